// The way from one rule set to an equal one is not always smooth: what a person should expect on it.
import type { Bucket, Entry } from './bucket.ts'
import { type NetRule, ruleKey } from './rule.ts'

const REMAKE =
  'a rule is deleted before its successor exists: new connections may be dropped for seconds'
const NO_ORDER =
  'rules are deleted and created in no fixed order: new connections may be dropped for seconds'
const REFUSED =
  'a rule is created that stands there already: the apply may stop with a duplicate error'
const DUPLICATE = `${NO_ORDER}, or the apply stops with a duplicate error and needs a second run`

/**
 * One sentence, or undefined where no step can interrupt traffic that stays allowed.
 * `nothingCloses`: all that was allowed stays allowed; what is closed for good is no gap.
 */
export function gapOf({ entries }: Bucket, nothingCloses: boolean): string | undefined {
  const steps = entries
    .filter((entry) => entry.touched)
    .map((entry) => ({ entry, lost: lostBy(entry), gained: gainedBy(entry) }))
  const makers = new Map<string, Entry[]>()
  for (const { entry, gained } of steps) {
    for (const rule of gained) {
      const key = ruleKey(rule)
      makers.set(key, [...(makers.get(key) ?? []), entry].slice(0, 2))
    }
  }
  const hasTwin = steps.some(
    ({ entry, lost }) =>
      entry.collector.duplicates &&
      lost.some((rule) => makers.get(ruleKey(rule))?.some((maker) => maker !== entry)),
  )
  if (hasTwin) return DUPLICATE
  if (entries.some((entry) => stands(entry, makers))) return REFUSED
  if (!nothingCloses) return undefined
  const losers = steps.filter(({ lost }) => lost.length > 0)
  const gainers = steps.filter(({ gained }) => gained.length > 0)
  if (losers.some(({ entry }) => gainers.some((gainer) => gainer.entry !== entry))) return NO_ORDER
  return losers.some(({ entry }) => isDeleteFirst(entry) && (entry.after?.rules.length ?? 0) > 0)
    ? REMAKE
    : undefined
}

/** A rule that stays as it is, and another resource creates too. */
function stands(entry: Entry, makers: ReadonlyMap<string, readonly Entry[]>): boolean {
  if (!entry.collector.duplicates || makers.size === 0) return false
  const before = new Set(entry.before?.rules.map(ruleKey))
  return (entry.after?.rules ?? []).some((rule) => {
    const key = ruleKey(rule)
    return before.has(key) && makers.get(key)?.some((maker) => maker !== entry)
  })
}

function isDeleteFirst({ subject }: Entry): boolean {
  const { action } = subject.change
  return action.kind === 'replace' && action.order === 'delete-first'
}

function lostBy(entry: Entry): readonly NetRule[] {
  if (isDeleteFirst(entry)) return entry.before?.rules ?? []
  return without(entry.before?.rules ?? [], entry.after?.rules ?? [])
}

function gainedBy(entry: Entry): readonly NetRule[] {
  if (isDeleteFirst(entry)) return entry.after?.rules ?? []
  return without(entry.after?.rules ?? [], entry.before?.rules ?? [])
}

function without(rules: readonly NetRule[], others: readonly NetRule[]): readonly NetRule[] {
  const keys = new Set(others.map(ruleKey))
  return rules.filter((rule) => !keys.has(ruleKey(rule)))
}
