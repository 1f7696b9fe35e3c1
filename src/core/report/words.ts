// The words every surface shares. `hold` is "needs a person": nobody is told that they were refused.
import type { ChangeCount, DecidedFinding, Decision } from '../decision.ts'
import type { JsonValue } from '../json.ts'
import type { Severity } from '../knowledge/kind.ts'
import { REVERSAL_WORDS } from '../knowledge/reversal.ts'
import { visible } from '../text/safe.ts'
import { redact } from '../text/secrets.ts'

/** UTF-16 units kept of one sentence and of one address. */
const MAX_SENTENCE = 700
const MAX_ADDRESS = 240

/** A sentence as it may be shown: redacted, visible, bounded. Escaping is the surface's. */
export function sentence(text: string, maxLength: number = MAX_SENTENCE): string {
  return visible(redact(text), maxLength).trim()
}

export function addressText(address: string): string {
  return address === '' ? 'the plan' : visible(redact(address, { identifier: true }), MAX_ADDRESS)
}

/** A note about what was cut ends a sentence too. */
const STOPPED = /[.!?…]"?$|… \(\+\d+ characters\)$/

/** The text ends in a full stop, question mark or exclamation mark. */
export function stopped(text: string): string {
  return text === '' || STOPPED.test(text) ? text : `${text}.`
}

/** A value as evidence: strings in quotes, `(not set)` for null, containers as JSON. */
export function valueText(value: JsonValue): string {
  if (value === null) return '(not set)'
  if (typeof value !== 'string') return sentence(JSON.stringify(value), 300)
  const text = sentence(value, 300)
  return SPOKEN.test(text) ? text : `"${text}"`
}

/** What stands for a value instead of being one. */
const SPOKEN = /^(?:\((?:sensitive|known after apply|redacted)\)|\{\d+ keys\}|\[\d+ items\])$/

export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info']

export const COUNTS: readonly (readonly [ChangeCount, string])[] = [
  ['unrecognised', 'of an unknown kind'],
  ['delete', 'to destroy'],
  ['replace', 'to replace'],
  ['forget', 'to forget'],
  ['update', 'to change'],
  ['create', 'to create'],
  ['import', 'to import'],
  ['move', 'to move'],
  ['read', 'to read'],
  ['no-op', 'unchanged'],
]

/** "1 to replace, 3 to change, 40 unchanged", or that nothing changes. */
export function changesText(changes: Decision['plan']['changes']): string {
  const counted = COUNTS.filter(([name]) => (changes[name] ?? 0) > 0)
  const told = counted.map(([name, words]) => `${changes[name]} ${words}`).join(', ')
  if (counted.some(([name]) => name !== 'no-op')) return told
  return told === '' ? 'no changes' : `no changes (${told})`
}

export function hasChanges(changes: Decision['plan']['changes']): boolean {
  return COUNTS.some(([name]) => name !== 'no-op' && (changes[name] ?? 0) > 0)
}

/** "1 finding", "3 findings". */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** The labelled sentences of a finding that have something to say, in reading order. */
export function adviceOf(finding: DecidedFinding): readonly (readonly [string, string])[] {
  const all: readonly (readonly [string, string | undefined])[] = [
    ['Why it matters', finding.why],
    ['Check first', finding.check],
    ['Safer way', finding.alternative],
    ['Can it be undone', wayBackOf(finding)],
    ['How to undo', finding.rollback],
    ['Watch afterwards', finding.after],
    ['What stays', finding.unaffected],
  ]
  return all.flatMap(([label, text]) =>
    text === undefined || text.trim() === ''
      ? []
      : [[label, capital(stopped(sentence(unmarked(text))))] as const],
  )
}

/** The words of the class lead, where the document has a class. */
function wayBackOf({ reversal, reversibility }: DecidedFinding): string {
  if (reversal === undefined) return reversibility
  const words = REVERSAL_WORDS[reversal]
  return reversibility.startsWith(words) ? reversibility : `${words}: ${reversibility}`
}

/** A sentence starts large, unless it starts with a name or a piece of code. */
export function capital(text: string): string {
  return /^\p{Ll}+[,:.]?(?: (?![{=])|$)/u.test(text)
    ? text.charAt(0).toUpperCase() + text.slice(1)
    : text
}

/** Advice as plain words: whether a name is set as code is the surface's affair. */
function unmarked(text: string): string {
  return text
    .replace(/`([^`\n]{1,80})`/g, '$1')
    .replace(/(?<![\p{L}\p{N}*])\*(\p{L}+)\*(?![\p{L}\p{N}*])/gu, '$1')
}

/** The labels of `adviceOf` that speak of the time after. */
export const UNDO_LABELS: ReadonlySet<string> = new Set([
  'Can it be undone',
  'How to undo',
  'Watch afterwards',
])

/** Who decides where the policy is silent about it. */
export const NOBODY_NAMED = 'the owner of this workspace (the policy names nobody)'
