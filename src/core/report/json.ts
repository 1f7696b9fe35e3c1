// The decision document itself: the surface machines read. Nothing is cut here.
import type { Decision } from '../decision.ts'
import { isList, isObject, type JsonValue } from '../json.ts'
import { redact } from '../text/secrets.ts'

/**
 * `holdgate.decision/v1` as text: members in the order of the schema (others by name), two spaces,
 * a line break at the end. Secret-shaped text is redacted; invisible and control characters are
 * written as `\uXXXX`, so that the text is safe to print and means the same.
 */
export function renderJson(decision: Decision): string {
  const text = JSON.stringify(arranged(decision as unknown as JsonValue, ''), null, 2)
  return `${text.replace(HIDDEN, escapeUnits)}\n`
}

const HIDDEN = /[\u007f-\u009f\u2028\u2029\ufff9-\ufffb]|\p{Default_Ignorable_Code_Point}/gu

const ORDER: readonly string[] = [
  ...['schema', 'verdict', 'because', 'risk', 'environment', 'plan', 'findings', 'reach'],
  ...['clear', 'policy'],
  ...['review', 'level', 'score', 'arithmetic', 'name', 'tier', 'digest', 'fingerprint'],
  ...['formatVersion', 'terraformVersion', 'bytes', 'changes', 'create', 'update', 'replace'],
  ...['delete', 'forget', 'read', 'no-op', 'import', 'move', 'unrecognised', 'rule', 'concern'],
  ...['hazards', 'severity', 'holds', 'address', 'summary', 'evidence', 'path', 'before'],
  ...['after', 'forcesReplacement', 'note', 'why', 'check', 'alternative', 'reversibility'],
  ...['reversal', 'rollback', 'unaffected', 'preset', 'grants', 'killSwitch', 'phase', 'owner'],
  ...['accountable', 'rules', 'nearMisses'],
  ...['outcome', 'without', 'model', 'promptDigest', 'packetDigest', 'notesDigest', 'codeBlocks'],
  ...['claims', 'pass', 'kind', 'hazard', 'says', 'discarded', 'leftOut', 'hostile', 'limits'],
  ...['id', 'grantedBy', 'usage', 'inputTokens', 'outputTokens', 'cacheReadTokens'],
  ...['cacheWriteTokens', 'cost'],
]
const RANKS: ReadonlyMap<string, number> = new Map(ORDER.map((name, at) => [name, at]))

/** Random by nature, and not secret. */
const IDENTIFIERS: ReadonlySet<string> = new Set([
  ...['digest', 'fingerprint', 'address', 'promptDigest', 'packetDigest', 'notesDigest'],
])

function arranged(value: JsonValue, key: string): JsonValue {
  if (typeof value === 'string') return redact(value, { identifier: IDENTIFIERS.has(key) })
  if (isList(value)) return value.map((item) => arranged(item, key))
  if (!isObject(value)) return value
  const rank = (name: string): number => RANKS.get(name) ?? ORDER.length
  return Object.fromEntries(
    Object.keys(value)
      .filter((name) => value[name] !== undefined)
      .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
      .map((name) => [redact(name), arranged(value[name] ?? null, name)]),
  )
}

function escapeUnits(char: string): string {
  return Array.from(
    { length: char.length },
    (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('')
}
