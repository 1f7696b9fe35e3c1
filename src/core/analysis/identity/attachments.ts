// Grants without a document: attachments, memberships, assignments, access levels, ceilings. Works
// from attribute names (`grant-attributes.ts`) and the catalogue's rules, never from type names.
import { canonicalJson, isList, isObject, type JsonValue } from '../../json.ts'
import type { KindRow } from '../../knowledge/kind.ts'
import { MANAGED_POLICIES } from './aws/managed-policies.ts'
import { type Comparison, compared, type Danger, join, NIL, unknown } from './comparison.ts'
import {
  CEILINGS,
  GRANTING,
  LEVELS,
  LIMITING,
  NAMING,
  POLICY_NAMES,
  PRINCIPAL_LIMITS,
} from './grant-attributes.ts'
import { hiddenText, reading, type Setting } from './setting.ts'
import { clip } from './words.ts'

/** Entries of one attribute; a longer list is not compared. */
const MAX_ENTRIES = 20_000
const LATER = '(created in this plan)'
/** Values that may hold a credential are never shown. */
const NOT_SHOWN = new Set(['access_string', 'event_source_token'])

/** The top-level attributes of a kind that grant, limit or cap something, documents apart. */
export function grantAttributes(row: KindRow, names: Iterable<string>): readonly string[] {
  const ruled = (row.rules ?? [])
    .filter((rule) => ['privilege', 'lockout', 'expose'].includes(rule.effect))
    .map((rule) => rule.path.split('.')[0] ?? rule.path)
  const documents = new Set((row.policy_attrs ?? []).map((attribute) => attribute.path))
  const isOwn = (name: string): boolean =>
    documents.size === 0 && (GRANTING.has(name) || LIMITING.has(name))
  return [...new Set(names)]
    .filter((name) => !documents.has(name))
    .filter((name) => isOwn(name) || CEILINGS.has(name) || ruled.includes(name))
    .sort()
}

/** What one attribute grants on one side and not on the other. */
export function compareAttribute(setting: Setting, name: string): Comparison {
  const before = entriesOf(setting, 'before', name)
  const after = entriesOf(setting, 'after', name)
  if (typeof before === 'string') return unknown(before)
  if (typeof after === 'string') return unknown(after)
  const added = [...after].filter((entry) => !before.has(entry))
  const removed = [...before].filter((entry) => !after.has(entry))
  if (added.length === 0 && removed.length === 0) return NIL
  if (CEILINGS.has(name)) return compareCeiling(name, removed, added, setting)
  if (LIMITING.has(name)) return compareLimit(name, removed, added)
  return compared({
    gained: added.map((entry) => sayGranted(name, entry)),
    lost: removed.map((entry) => sayGranted(name, entry)),
    dangers: dangersOf(setting, name, added),
    public: isOpen(setting, name, [...after]),
    losses: isAuthoritative(setting.row, name)
      ? removed.map((entry) => ({
          kind: 'authoritative',
          text: `${sayGranted(name, entry)} is dropped, and so is whatever was added elsewhere`,
        }))
      : removed.map((entry) => ({ kind: 'attachment', text: `loses ${sayGranted(name, entry)}` })),
  })
}

/** The whole object comes or goes: who holds what, in one line. */
export function compareWhole(setting: Setting, attributes: readonly string[]): Comparison {
  const parts = attributes.map((name) => compareAttribute(setting, name))
  const joined = join(parts)
  if (setting.after === undefined) {
    const text = wholeText(setting, 'before')
    return compared({ lost: [text], losses: [{ kind: 'attachment', text: `${text} is removed` }] })
  }
  const isAuthority = (setting.row.authoritative ?? []).some(({ path }) => path === '*')
  const text = `${wholeText(setting, 'after')}: drops whatever was made elsewhere`
  return compared({
    gained: [wholeText(setting, 'after')],
    ...(isAuthority ? { lost: [text], losses: [{ kind: 'authoritative', text }] } : {}),
    dangers: joined.dangers,
    public: joined.public,
    doubts: joined.doubts,
    mild: !isAuthority && joined.doubts.length === 0 && holdsNothing(setting),
  })
}

function compareCeiling(
  name: string,
  removed: readonly string[],
  added: readonly string[],
  setting: Setting,
): Comparison {
  // A new object was never without its ceiling, and one that goes needs none.
  if (setting.before === undefined || setting.after === undefined) return NIL
  const [old, now] = [removed[0], added[0]]
  if (old === undefined) {
    return compared({ lost: [`${name} ${clip(now ?? '')} caps what it may do`] })
  }
  const what = `${name} ${clip(old)}`
  const text = now === undefined ? `${what} is removed` : `${what} is replaced by ${clip(now)}`
  return compared({
    gained: [text],
    lost: now === undefined ? [] : [`${name} ${clip(now)} caps what it may do`],
    dangers: [{ kind: 'boundary-removed', text }],
  })
}

function compareLimit(
  name: string,
  removed: readonly string[],
  added: readonly string[],
): Comparison {
  if (removed.length === 0) return compared({ lost: [`${name} is tighter or new`] })
  const isGone = added.length === 0
  const text = isGone ? `${name} is removed or shorter` : `${name} is another one`
  return compared({
    gained: [text],
    lost: [text],
    dangers: [{ kind: 'condition-loosened', text }],
  })
}

function dangersOf(setting: Setting, name: string, added: readonly string[]): readonly Danger[] {
  return added.flatMap((entry): readonly Danger[] => {
    const text = say(name, entry)
    const policy = POLICY_NAMES.has(name)
      ? MANAGED_POLICIES.get(entry.slice(entry.lastIndexOf('/') + 1).toLowerCase())
      : undefined
    if (policy !== undefined) return [{ kind: policy, text }]
    const level = LEVELS.find(
      ({ attributes, values }) => attributes.has(name) && values.has(entry.toLowerCase()),
    )
    if (level !== undefined) return [{ kind: level.kind, text }]
    if (isOpen(setting, name, [entry])) return [{ kind: 'public', text }]
    const account = name.startsWith('principal') ? accountIn(entry) : undefined
    if (account === undefined || setting.accounts.has(account)) return []
    return [{ kind: 'external-principal', text: `account ${account} is not known to be ours` }]
  })
}

function isOpen(setting: Setting, name: string, entries: readonly string[]): boolean {
  if (!name.startsWith('principal') || !entries.includes('*')) return false
  return PRINCIPAL_LIMITS.every((limit) => reading(setting, 'after', limit).kind === 'absent')
}

function accountIn(principal: string): string | undefined {
  return /^(?:arn:[a-z-]+:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(principal)?.[1]
}

function isAuthoritative(row: KindRow, name: string): boolean {
  return (row.authoritative ?? []).some(({ path }) => path === '*' || path === name)
}

function wholeText(setting: Setting, which: 'before' | 'after'): string {
  const words = (setting.row.identity ?? []).flatMap((name) => {
    const held = reading(setting, which, name)
    if (held.kind === 'absent') return []
    const value = held.kind === 'plain' ? entryText(held.value) : LATER
    return [say(name, held.kind === 'hidden' && held.why === 'sensitive' ? '(sensitive)' : value)]
  })
  return words.length === 0 ? clip(setting.change.address) : words.join(', ')
}

function holdsNothing(setting: Setting): boolean {
  const { after } = setting
  if (after === undefined || !isObject(after.value)) return false
  const unknowns = isObject(after.unknown) ? Object.keys(after.unknown) : []
  return [...Object.keys(after.value), ...unknowns].every(
    (name) => NAMING.has(name) || reading(setting, 'after', name).kind === 'absent',
  )
}

/** The entries of an attribute as a set of texts, or why they cannot be told. */
function entriesOf(
  setting: Setting,
  which: 'before' | 'after',
  name: string,
): ReadonlySet<string> | string {
  const held = reading(setting, which, name)
  if (held.kind === 'absent') return new Set()
  if (held.kind === 'hidden') {
    const isOurs = held.why === 'unknown' && which === 'after' && setting.isCreatedHere(name)
    return isOurs ? new Set([LATER]) : hiddenText(name, held.why, which)
  }
  const { value } = held
  const items = isList(value) ? value : isObject(value) ? pairsOf(value) : [value]
  if (items.length > MAX_ENTRIES) return `${name} is too long to compare`
  return new Set(items.map(entryText))
}

function pairsOf(value: { readonly [key: string]: JsonValue }): readonly string[] {
  return Object.entries(value).map(([key, held]) => `${key}=${entryText(held)}`)
}

function entryText(value: JsonValue): string {
  return isList(value) || isObject(value) ? canonicalJson(value) : String(value)
}

function say(name: string, entry: string): string {
  const words = name.replaceAll('_', ' ')
  return NOT_SHOWN.has(name) ? words : `${words} ${clip(entry)}`
}

/** Values of attributes that only the catalogue's rules name may be whole documents. */
function sayGranted(name: string, entry: string): string {
  return GRANTING.has(name) ? say(name, entry) : `${name.replaceAll('_', ' ')} changes`
}
