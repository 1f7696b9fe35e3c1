// Findings and guards become a verdict. Any reason to hold holds; a release needs every change to be
// accounted for, at least one rule to have looked, and nobody to object. Order never matters.
import type { Judgement } from '../rules/judge.ts'
import type { Phase } from './policy.ts'
import type { Weighed, Weighing } from './weigh.ts'
import { byWeight } from './weight.ts'

export interface Verdict {
  readonly verdict: 'release' | 'hold'
  readonly because: readonly [string, ...string[]]
  /** Most severe first, those that hold before those that do not. */
  readonly weighed: readonly Weighed[]
  /** Grants that released a finding, by id. */
  readonly grants: readonly string[]
  /** Why grants that speak about this plan did not release it. */
  readonly nearMisses: readonly string[]
  /** Who answers for a release by grant or within a limit; empty for any other verdict. */
  readonly grantedBy: readonly string[]
}

type Reasons = readonly [string, ...string[]]

const REASONS_SHOWN = 5
export function decide(input: {
  readonly judgement: Judgement
  /** With the sentences of guards among its stops. */
  readonly weighing: Weighing
  readonly phase: Phase
  readonly changes: number
  readonly rulesAsked: number
}): Verdict {
  const { judgement, changes, weighing } = input
  const weighed = [...weighing.weighed].sort(byWeight)
  const used = weighed.flatMap(({ grant }) => (grant === undefined ? [] : [grant]))
  const limits = weighed.flatMap(({ limit }) => (limit === undefined ? [] : [limit]))
  const about = {
    weighed,
    grants: [...new Set(used.map(({ id }) => id))].sort(),
    nearMisses: weighing.nearMisses,
  }
  const holding = weighed.filter(({ holds }) => holds).map(({ finding }) => finding.summary)
  const stops = [
    ...(input.rulesAsked === 0 ? ['no rule was asked, and silence is no evidence'] : []),
    ...weighing.stops,
  ]
  const reasons = [...new Set([...holding, ...stops])]
  if (reasons.length > 0) {
    const because = shorten([...reasons, ...weighing.nearMisses])
    return { verdict: 'hold', because, grantedBy: [], ...about }
  }
  if (input.phase === 'propose' && changes > 0) {
    const because = 'the phase propose never releases; nothing else speaks against it'
    return { verdict: 'hold', because: [because], grantedBy: [], ...about }
  }
  return {
    verdict: 'release',
    because: firstOf(released(weighed), harmless(judgement, changes)),
    grantedBy: [...new Set([...used, ...limits].map(({ grantedBy }) => grantedBy))].sort(),
    ...about,
  }
}

function firstOf(lines: readonly string[], others: readonly [string, ...string[]]): Reasons {
  const [first = others[0], ...rest] = [...lines, ...others].slice(0, REASONS_SHOWN)
  return [first, ...rest]
}

/** One line for each grant and limit: which, whose, and how much of the plan it answers for. */
function released(weighed: readonly Weighed[]): string[] {
  const lines = new Map<string, readonly string[]>()
  for (const { grant, limit, finding } of weighed) {
    const by =
      grant !== undefined
        ? `allowed by grant ${grant.id} of ${grant.grantedBy}`
        : limit !== undefined
          ? `let pass by a second reader within limit ${limit.id} of ${limit.grantedBy}`
          : undefined
    if (by !== undefined) lines.set(by, [...(lines.get(by) ?? []), finding.summary])
  }
  return [...lines].map(([by, summaries]) => {
    const more = summaries.length > 1 ? ` and ${summaries.length - 1} more` : ''
    return `${by}: ${summaries[0] ?? ''}${more}`
  })
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

function shorten(reasons: readonly string[]): [string, ...string[]] {
  const [first = 'a person has to look', ...others] = reasons.slice(0, REASONS_SHOWN)
  const rest = reasons.length - REASONS_SHOWN
  return rest > 0
    ? [first, ...others, `and ${rest} more reason${rest === 1 ? '' : 's'}`]
    : [first, ...others]
}

function harmless(judgement: Judgement, changes: number): [string, ...string[]] {
  if (changes === 0) return ['the plan changes nothing']
  const [first = 'every change was looked at and is harmless here', ...others] =
    clearTexts(judgement)
  return [first, ...others.slice(0, REASONS_SHOWN - 1)]
}

/** "12 tag, label or description updates", most frequent first. */
export function clearTexts({ clearances }: Judgement): string[] {
  const addresses = new Map<string, Set<string>>()
  for (const { note, address } of clearances) {
    const seen = addresses.get(note)
    if (seen === undefined) addresses.set(note, new Set([address]))
    else seen.add(address)
  }
  return [...addresses]
    .sort(([a, x], [b, y]) => y.size - x.size || compare(a, b))
    .map(([note, seen]) => `${seen.size} × ${note}`)
}
