// Reads an AWS policy document into statements. Strict: what is not a policy in the grammar of the
// IAM reference is no policy here, so that nothing is compared which AWS would read differently.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
import { isList, isObject, type JsonObject, type JsonValue, member } from '../../../json.ts'
import { err, ok, type Result } from '../../../result.ts'
import { parseJson } from '../../../text/parse-json.ts'
import { type Clause, readClauses } from './condition.ts'

export interface Part {
  readonly negated: boolean
  readonly values: readonly string[]
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny'
  /** Absent in policies attached to an identity. */
  readonly principal?: Part
  readonly action: Part
  /** `*` where the grammar leaves it out (trust policies). */
  readonly resource: Part
  readonly conditions: readonly Clause[]
}

export interface PolicyDocument {
  /** 2012-10-17 reads `${…}` as variables, everything older reads it as text. */
  readonly variables: boolean
  readonly hasVariables: boolean
  readonly statements: readonly Statement[]
  /** Actions as they were written, by their lower-case form. */
  readonly spelling: ReadonlyMap<string, string>
}

/** Ten times AWS's own limit for its largest policy documents (20 480 characters). */
export const MAX_DOCUMENT_CHARS = 200_000
/** Values of all statements together. */
export const MAX_VALUES = 50_000

const DOCUMENT_KEYS = new Set(['Version', 'Id', 'Statement'])
const STATEMENT_KEYS = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
])
const PRINCIPAL_KINDS = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser'])

/** One document, or a list of blocks that each hold one in `policy`; absent reads as empty. */
export function readPolicies(value: JsonValue | undefined): Result<PolicyDocument, string> {
  if (!isList(value)) return readPolicy(value ?? {})
  const spelling = new Map<string, string>()
  const statements: Statement[] = []
  let [variables, hasVariables] = [true, false]
  for (const block of value) {
    const read = readPolicy(member(block, 'policy') ?? {})
    if (!read.ok) return read
    if (read.value.statements.length === 0) continue
    variables = variables && read.value.variables
    hasVariables = hasVariables || read.value.hasVariables
    for (const statement of read.value.statements) statements.push(statement)
    for (const [key, text] of read.value.spelling) spelling.set(key, text)
  }
  if (statements.length > MAX_VALUES) return err('the policy documents are too large to compare')
  return ok({ variables, hasVariables, statements, spelling })
}

/** JSON text or its object; `''` and `{}` read as a document without statements. */
export function readPolicy(value: JsonValue): Result<PolicyDocument, string> {
  const document = typeof value === 'string' ? parseText(value) : value
  if (document === undefined) return err('the policy document cannot be read')
  if (!isObject(document)) return err('the policy document is not an object')
  if (Object.keys(document).length === 0) {
    return ok({ variables: true, hasVariables: false, statements: [], spelling: new Map() })
  }
  if (Object.keys(document).some((key) => !DOCUMENT_KEYS.has(key))) {
    return err('the policy document has members no policy has')
  }
  const version = document.Version
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    return err('the policy document has a version that is not known')
  }
  const list = isList(document.Statement) ? document.Statement : [document.Statement]
  const statements: Statement[] = []
  const spelling = new Map<string, string>()
  let values = 0
  for (const item of list) {
    const statement = isObject(item) ? readStatement(item, spelling) : undefined
    if (statement === undefined) return err('a statement of the policy document cannot be read')
    values += sizeOf(statement)
    if (values > MAX_VALUES) return err('the policy document is too large to compare')
    statements.push(statement)
  }
  const hasVariables = statements.some(usesVariables)
  return ok({ variables: version === '2012-10-17', hasVariables, statements, spelling })
}

function parseText(text: string): JsonValue | undefined {
  if (text.trim() === '') return {}
  if (text.length > MAX_DOCUMENT_CHARS) return undefined
  try {
    const value = parseJson(text)
    return hasRepeatedMembers(text, value) ? undefined : value
  } catch {
    return undefined
  }
}

/** Which of two members of one name counts is the reader's choice, and AWS's may be another one. */
function hasRepeatedMembers(text: string, value: JsonValue): boolean {
  const written = text.match(/"(?:[^"\\]|\\.)*"|:/g)?.filter((token) => token === ':').length ?? 0
  let read = 0
  const open: JsonValue[] = [value]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (isList(next)) for (const item of next) open.push(item)
    if (!isObject(next)) continue
    for (const item of Object.values(next)) {
      read += 1
      open.push(item)
    }
  }
  return written !== read
}

function readStatement(item: JsonObject, spelling: Map<string, string>): Statement | undefined {
  if (Object.keys(item).some((key) => !STATEMENT_KEYS.has(key))) return undefined
  const effect = item.Effect
  if (effect !== 'Allow' && effect !== 'Deny') return undefined
  const action = readPart(item, 'Action', (text) => lower(text, spelling))
  const resource = readPart(item, 'Resource', (text) => text)
  const principal = readPrincipal(item)
  const conditions = readClauses(item.Condition)
  if (action === undefined || action === 'absent' || resource === undefined) return undefined
  if (principal === undefined || conditions === undefined) return undefined
  return {
    effect,
    action,
    resource: resource === 'absent' ? { negated: false, values: ['*'] } : resource,
    conditions,
    ...(principal === 'absent' ? {} : { principal }),
  }
}

function lower(text: string, spelling: Map<string, string>): string {
  const plain = text.toLowerCase()
  const held = spelling.get(plain)
  // The smaller spelling: the order of statements must not show.
  if (held === undefined || text < held) spelling.set(plain, text)
  return plain
}

function readPart(
  item: JsonObject,
  name: 'Action' | 'Resource',
  spell: (text: string) => string,
): Part | 'absent' | undefined {
  const [plain, not] = [item[name], item[`Not${name}`]]
  if (plain !== undefined && not !== undefined) return undefined
  if (plain === undefined && not === undefined) return 'absent'
  const values = readStrings(plain ?? not)
  return values && { negated: plain === undefined, values: values.map(spell) }
}

function readPrincipal(item: JsonObject): Part | 'absent' | undefined {
  const [plain, not] = [item.Principal, item.NotPrincipal]
  if (plain !== undefined && not !== undefined) return undefined
  const principal = plain ?? not
  if (principal === undefined) return 'absent'
  const negated = plain === undefined
  if (principal === '*') return { negated, values: ['*'] }
  if (!isObject(principal) || Object.keys(principal).length === 0) return undefined
  const values: string[] = []
  for (const [kind, names] of Object.entries(principal)) {
    const list = PRINCIPAL_KINDS.has(kind) ? readStrings(names) : undefined
    if (list === undefined) return undefined
    for (const name of list) values.push(spellPrincipal(kind, name))
  }
  return { negated, values }
}

/** `*` for everyone; `AWS:<account>` for an account, whichever of the two ways it was written. */
function spellPrincipal(kind: string, name: string): string {
  if (kind === 'AWS' && name === '*') return '*'
  const root = /^arn:[a-z-]+:iam::(\d{12}):root$/.exec(name)
  return `${kind}:${kind === 'AWS' && root?.[1] !== undefined ? root[1] : name}`
}

function readStrings(value: JsonValue | undefined): readonly string[] | undefined {
  if (typeof value === 'string') return [value]
  if (!isList(value) || value.length === 0) return undefined
  return value.every((item) => typeof item === 'string') ? (value as readonly string[]) : undefined
}

function sizeOf(statement: Statement): number {
  const { principal, action, resource, conditions } = statement
  return (
    (principal?.values.length ?? 0) +
    action.values.length +
    resource.values.length +
    conditions.reduce((sum, clause) => sum + clause.values.length, 0)
  )
}

function usesVariables(statement: Statement): boolean {
  return (
    statement.resource.values.some((value) => value.includes('${')) ||
    statement.conditions.some((clause) => clause.values.some((value) => value.includes('${')))
  )
}
