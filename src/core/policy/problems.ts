// What is wrong with a policy file, where, what was expected, and which word was probably meant. No
// value of the file is repeated; the names of its keys are.
import { type Document, isMap, isNode, isPair, isScalar, type LineCounter, visit } from 'yaml'
import type * as z from 'zod'
import { isObject, type JsonValue } from '../json.ts'
import { FLOOR_STAYS } from './fields.ts'
import { nearest } from './nearest.ts'
import { policySchema } from './schema.ts'

export interface PolicyFailure {
  /** 1-based; 0 where the file as a whole is meant. */
  readonly line: number
  readonly column: number
  readonly path: string
  /** What was expected, and a suggestion where a word is nearly right. */
  readonly problem: string
}

type Steps = readonly (string | number)[]

/** Text that is not YAML, or uses what a policy may not: one problem for each place. */
export function yamlProblems(document: Document, lines: LineCounter): readonly PolicyFailure[] {
  const at = (offset: number): Pick<PolicyFailure, 'line' | 'column'> => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const broken = (document.errors ?? []).map(({ pos, message }) => ({
    ...at(pos[0]),
    path: '',
    problem: firstLine(message),
  }))
  const aliases: PolicyFailure[] = []
  visit(document, {
    Alias: (_key, node) => {
      aliases.push({
        ...at(node.range?.[0] ?? 0),
        path: '',
        problem: 'expected the value itself, not an alias (*name)',
      })
    },
  })
  return [...broken, ...aliases]
}

/** The problems of a file that is YAML but no policy, in the order of its lines. */
export function schemaProblems(
  issues: readonly z.core.$ZodIssue[],
  document: Document,
  lines: LineCounter,
): readonly PolicyFailure[] {
  const schema = policySchema() as JsonValue
  const value = document.toJS() as JsonValue
  return issues
    .flatMap((issue): PolicyFailure[] => {
      const steps = issue.path.map((step) => (typeof step === 'symbol' ? '' : String(step)))
      const path = issue.path.filter((step) => typeof step !== 'symbol')
      if (issue.code === 'unrecognized_keys') {
        return issue.keys.map((key) => ({
          ...keyPosition(document, path, key, lines),
          path: [...steps, key].join('.'),
          problem: unknownKey(key, path, schema),
        }))
      }
      const where = positionOf(document, path, lines)
      return [{ ...where, path: steps.join('.'), problem: wordsFor(issue, valueAt(value, path)) }]
    })
    .sort((a, b) => a.line - b.line || a.column - b.column)
}

const LOWERING =
  /^(lower|ignore|disable|skip|allow|off|except|exempt|exclude|suppress|mute|release|unsafe|hard_?floor|override|downgrade)/

function unknownKey(key: string, path: Steps, schema: JsonValue): string {
  const known = keysAt(schema, path)
  const meant = nearest(key, known)
  if (meant !== undefined) return `unknown key ${key}; did you mean ${meant}?`
  if (LOWERING.test(key) && path[0] !== 'catalogue') return `unknown key ${key}: ${FLOOR_STAYS}`
  return `unknown key ${key}; expected one of ${known.join(', ')}`
}

/** The keys the schema has at a path; alternatives are looked into, too. */
function keysAt(schema: JsonValue, path: Steps): readonly string[] {
  const levels = path.reduce<readonly JsonValue[]>(
    (here, step) => here.flatMap(alternatives).flatMap((one) => below(one, step)),
    [schema],
  )
  return levels
    .flatMap(alternatives)
    .flatMap((one) =>
      isObject(one) && isObject(one.properties) ? Object.keys(one.properties) : [],
    )
}

function alternatives(schema: JsonValue): readonly JsonValue[] {
  if (!isObject(schema)) return []
  return Array.isArray(schema.anyOf) ? (schema.anyOf as readonly JsonValue[]) : [schema]
}

function below(schema: JsonValue, step: string | number): readonly JsonValue[] {
  if (!isObject(schema)) return []
  const next =
    typeof step === 'number'
      ? schema.items
      : isObject(schema.properties)
        ? schema.properties[step]
        : undefined
  return next === undefined ? [] : [next]
}

function wordsFor(issue: z.core.$ZodIssue, found: JsonValue | undefined): string {
  if (issue.code === 'custom') return `expected ${issue.message}`
  if (issue.code === 'invalid_value') {
    const words = issue.values.map(String)
    const meant = typeof found === 'string' ? nearest(found, words) : undefined
    const generic = /^Invalid (option|input)/.test(issue.message)
    const expected = generic
      ? `one of ${words.join(', ')}`.replace(/^one of ([^,]+)$/, '$1')
      : issue.message
    return `expected ${expected}${meant === undefined ? '' : `; did you mean ${meant}?`}`
  }
  if (issue.code === 'invalid_type') {
    return `expected ${TYPES.get(issue.expected) ?? issue.expected}, found ${nameOf(found)}`
  }
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    const bound = issue.code === 'too_small' ? issue.minimum : issue.maximum
    if (issue.origin === 'array' && bound === 1 && issue.code === 'too_small') {
      return 'expected at least one item'
    }
    const { message } = issue
    return `expected ${message.replace(/^Too (small|big): expected /, '')}`
  }
  const { message } = issue
  return /^Invalid/.test(message) ? firstLine(message) : `expected ${firstLine(message)}`
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['object', 'a mapping'],
  ['array', 'a list'],
  ['string', 'text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
])

function nameOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return TYPES.get(typeof value) ?? typeof value
}

function valueAt(value: JsonValue, path: Steps): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((here, step) => {
    if (Array.isArray(here)) return (here as readonly JsonValue[])[Number(step)]
    return isObject(here) && Object.hasOwn(here, step) ? here[step] : undefined
  }, value)
}

/** The node at the path, or the nearest one above it that exists in the text. */
export function positionOf(
  document: Document,
  path: Steps,
  lines: LineCounter,
): { readonly line: number; readonly column: number } {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) {
      const at = lines.linePos(node.range[0])
      return { line: at.line, column: at.col }
    }
  }
  return { line: 1, column: 1 }
}

function keyPosition(
  document: Document,
  path: Steps,
  key: string,
  lines: LineCounter,
): { readonly line: number; readonly column: number } {
  const map = path.length === 0 ? document.contents : document.getIn(path, true)
  const pair = isMap(map)
    ? map.items.find((one) => isPair(one) && isScalar(one.key) && String(one.key.value) === key)
    : undefined
  if (!isScalar(pair?.key) || !pair.key.range) return positionOf(document, path, lines)
  const at = lines.linePos(pair.key.range[0])
  return { line: at.line, column: at.col }
}

export function firstLine(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/ at line \d+.*$/, '')
}
