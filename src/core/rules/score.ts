// How risky: the worst finding decides. Harmless changes never lower it and many small ones never add
// up to a large one, so that one guard removed among 200 tag edits reads like one guard removed.
import type { Tier } from '../context.ts'
import type { RiskLevel } from '../decision.ts'
import type { Severity } from '../knowledge/kind.ts'
import type { Finding } from './finding.ts'

export interface Risk {
  readonly level: RiskLevel
  readonly score: number
  readonly arithmetic: readonly string[]
}

/** Points out of 100 for what a finding would mean in production. */
const BASE: Readonly<Record<Severity, number>> = {
  info: 2,
  low: 20,
  medium: 45,
  high: 70,
  critical: 90,
}
const IRREVERSIBLE = 6
const EACH_FURTHER_HAZARD = 1
/** What the same finding weighs where the policy lets it pass. */
const STAKE: Readonly<Record<Tier, number>> = { production: 0.5, staging: 0.5, dev: 0.3 }
const LEVELS: readonly (readonly [number, RiskLevel])[] = [
  [75, 'critical'],
  [50, 'high'],
  [25, 'medium'],
  [1, 'low'],
]
const SHOWN = 5

/** The plan's risk with its arithmetic, one line for each of the heaviest findings. */
export function scoreOf(
  weighed: readonly { readonly finding: Finding; readonly holds: boolean }[],
  tier: Tier,
  changes: number,
): Risk {
  const parts = weighed
    .map(({ finding, holds }) => part(finding, holds, tier))
    .sort((a, b) => b.points - a.points || (a.text < b.text ? -1 : 1))
  const top = parts[0]?.points ?? 0
  const score = Math.max(top, changes > 0 ? 1 : 0)
  const level = LEVELS.find(([from]) => score >= from)?.[1] ?? 'none'
  const rest = parts.length - SHOWN
  return {
    level,
    score,
    arithmetic: [
      ...parts.slice(0, SHOWN).map(({ text }) => text),
      ...(rest > 0 ? [`and ${rest} lighter finding${rest === 1 ? '' : 's'}`] : []),
      origin(score, top),
    ],
  }
}

function origin(score: number, top: number): string {
  if (score === 0) return 'score 0: nothing changes'
  return score > top
    ? `score ${score}: something changes, and nothing found in it weighs more`
    : `score ${score} is the heaviest finding, not a sum`
}

function part(finding: Finding, holds: boolean, tier: Tier): { points: number; text: string } {
  const irreversible = finding.hazards.includes('irreversible') ? IRREVERSIBLE : 0
  const further = Math.min(4, Math.max(0, finding.hazards.length - 1)) * EACH_FURTHER_HAZARD
  const full = Math.min(100, BASE[finding.severity] + irreversible + further)
  const points = holds ? full : Math.round(full * STAKE[tier])
  const steps = [
    `${finding.severity} ${BASE[finding.severity]}`,
    ...(irreversible > 0 ? [`irreversible +${irreversible}`] : []),
    ...(further > 0 ? [`further hazards +${further}`] : []),
    ...(holds ? [] : [`may pass in ${tier} ×${STAKE[tier]}`]),
  ]
  const where = finding.address === '' ? 'the plan' : finding.address
  return { points, text: `${points} = ${steps.join(', ')} (${finding.rule}, ${where})` }
}
