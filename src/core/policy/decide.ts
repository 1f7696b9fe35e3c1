// Findings and guards become a verdict. Any reason to hold holds; a release needs every change to be
// accounted for, at least one rule to have looked, and nobody to object. Order never matters.
import type { Tier } from '../context.ts'
import type { Severity } from '../knowledge/kind.ts'
import type { Finding } from '../rules/finding.ts'
import type { Judgement } from '../rules/judge.ts'
import type { Phase, PresetName } from './policy.ts'
import { holdsUnder } from './presets.ts'

export interface Weighed {
  readonly finding: Finding
  readonly holds: boolean
}

export interface Verdict {
  readonly verdict: 'release' | 'hold'
  readonly because: readonly [string, ...string[]]
  /** Most severe first, those that hold before those that do not. */
  readonly weighed: readonly Weighed[]
}

const REASONS_SHOWN = 5
const RANK: Readonly<Record<Severity, number>> = {
  critical: 0,
  high: 1,
  medium: 2,
  low: 3,
  info: 4,
}

export function decide(input: {
  readonly judgement: Judgement
  readonly stops: readonly string[]
  readonly preset: PresetName
  readonly phase: Phase
  readonly tier: Tier
  readonly changes: number
  readonly rulesAsked: number
}): Verdict {
  const weighed = input.judgement.findings
    .map((finding) => ({ finding, holds: holdsUnder(input.preset, finding.concern, input.tier) }))
    .sort(byWeight)
  const holding = weighed.filter(({ holds }) => holds).map(({ finding }) => finding.summary)
  const stops = [
    ...(input.rulesAsked === 0 ? ['no rule was asked, and silence is no evidence'] : []),
    ...input.stops,
  ]
  const reasons = [...new Set([...holding, ...stops])]
  if (reasons.length > 0) return { verdict: 'hold', because: shorten(reasons), weighed }
  if (input.phase === 'propose' && input.changes > 0) {
    return {
      verdict: 'hold',
      because: ['the phase propose never releases; nothing else speaks against it'],
      weighed,
    }
  }
  return { verdict: 'release', because: harmless(input.judgement, input.changes), weighed }
}

function byWeight(a: Weighed, b: Weighed): number {
  return (
    Number(b.holds) - Number(a.holds) ||
    RANK[a.finding.severity] - RANK[b.finding.severity] ||
    compare(a.finding.address, b.finding.address) ||
    compare(a.finding.rule, b.finding.rule) ||
    compare(a.finding.summary, b.finding.summary)
  )
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

function shorten(reasons: readonly string[]): [string, ...string[]] {
  const [first = 'a person has to look', ...others] = reasons.slice(0, REASONS_SHOWN)
  const rest = reasons.length - REASONS_SHOWN
  return rest > 0 ? [first, ...others, `and ${rest} more reasons`] : [first, ...others]
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
