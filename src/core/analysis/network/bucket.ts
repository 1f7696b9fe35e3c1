// Everything a plan says about one group, brought to two rule sets: before and after the apply.
import type { Subject } from '../../knowledge/subject.ts'
import type { Collector, GroupName, GroupRules, Remark } from './collector.ts'
import { type Direction, type NetRule, ruleKey } from './rule.ts'

/** What one resource says about one group. */
export interface Entry {
  readonly subject: Subject
  readonly collector: Collector
  /** The change alters an attribute that this analysis accounts for. */
  readonly touched: boolean
  /** It alters what the rules are read from, not only words beside them. */
  readonly alters: boolean
  readonly before?: GroupRules
  readonly after?: GroupRules
}

export interface Bucket {
  readonly group: GroupName
  readonly entries: Entry[]
}

export interface TwoSides {
  readonly before: readonly NetRule[]
  readonly after: readonly NetRule[]
  readonly remarks: readonly Remark[]
}

/**
 * The two rule sets of a group. A group written inside its resource lists separate rules too once it
 * was refreshed: such echoes are left to the separate rule, which knows what becomes of it. What an
 * inline update takes away is taken away from an unchanged separate rule as well.
 */
export function twoSides({ entries }: Bucket): TwoSides {
  const inline = entries.filter(({ collector }) => collector.style === 'inline')
  const separate = entries.filter(({ collector }) => collector.style === 'separate')
  const inlineBefore = rulesOf(inline, 'before')
  const inlineAfter = rulesOf(inline, 'after')
  const separateBefore = rulesOf(separate, 'before')
  const separateAfter = rulesOf(separate, 'after')
  if (inline.length === 0 || separate.length === 0) {
    return {
      before: [...inlineBefore.values(), ...separateBefore.values()],
      after: [...inlineAfter.values(), ...separateAfter.values()],
      remarks: [],
    }
  }
  const echoes = new Set([...inlineBefore.keys()].filter((key) => separateBefore.has(key)))
  const revoked = new Set(
    [...echoes].filter((key) => !inlineAfter.has(key) && separateAfter.has(key)),
  )
  const isOwn = ([key]: readonly [string, NetRule]): boolean => !echoes.has(key)
  return {
    before: [...separateBefore.values(), ...values([...inlineBefore].filter(isOwn))],
    after: [
      ...values([...separateAfter].filter(([key]) => !revoked.has(key))),
      ...values([...inlineAfter].filter(isOwn)),
    ],
    remarks: mixedStyles(inline, inlineBefore, inlineAfter, separateAfter),
  }
}

function values(pairs: readonly (readonly [string, NetRule])[]): NetRule[] {
  return pairs.map(([, rule]) => rule)
}

function rulesOf(entries: readonly Entry[], which: 'before' | 'after'): Map<string, NetRule> {
  const rules = new Map<string, NetRule>()
  for (const entry of entries) {
    for (const rule of entry[which]?.rules ?? []) rules.set(ruleKey(rule), rule)
  }
  return rules
}

/** Inline rules are the whole set: a provider that sees others removes them. */
function mixedStyles(
  inline: readonly Entry[],
  inlineBefore: ReadonlyMap<string, NetRule>,
  inlineAfter: ReadonlyMap<string, NetRule>,
  separateAfter: ReadonlyMap<string, NetRule>,
): Remark[] {
  if (!inline.some(({ touched }) => touched)) return []
  const mixed = (['ingress', 'egress'] as const).filter(
    (direction) =>
      isWritten(direction, inlineBefore, inlineAfter) &&
      [...separateAfter.values()].some((rule) => rule.direction === direction),
  )
  return mixed.map((direction) => ({
    hazard: 'outage',
    text: `${direction} rules stand both inside the group and as resources of their own: the inline set removes the others at this or a later apply`,
  }))
}

/** The resource itself writes the direction: it adds or removes rules there in this plan. */
function isWritten(
  direction: Direction,
  before: ReadonlyMap<string, NetRule>,
  after: ReadonlyMap<string, NetRule>,
): boolean {
  const differs = (
    one: ReadonlyMap<string, NetRule>,
    other: ReadonlyMap<string, NetRule>,
  ): boolean => [...one].some(([key, rule]) => rule.direction === direction && !other.has(key))
  return differs(after, before) || (after.size > 0 && differs(before, after))
}

/** An unchanged rule means something else because an address list that it names changes. */
export function isShifted({ before, after }: Entry): boolean {
  if (before === after) return false
  const was = new Set(before?.rules.map(ruleKey))
  const is = new Set(after?.rules.map(ruleKey))
  return was.size !== is.size || [...was].some((key) => !is.has(key))
}
