// Each finding against the policy: what the preset says of its question, what the team raised, and
// what a grant or a mark of continuous deployment lets pass.
import type { Facts } from '../analysis/facts.ts'
import { nameOf } from '../change/from-plan.ts'
import type { Severity } from '../knowledge/kind.ts'
import { accountsFor } from '../rules/attributes/paths.ts'
import type { Finding } from '../rules/finding.ts'
import type { Judgement } from '../rules/judge.ts'
import { applyGrants } from './grants/apply.ts'
import type { Grant } from './grants/in-force.ts'
import { isSize, touchesFloor } from './grants/operations.ts'
import { meetsAddress } from './match.ts'
import type { Policy, Raise, ReviewLimit } from './policy.ts'
import { holdsUnder } from './presets.ts'

export interface Weighed {
  readonly finding: Finding
  readonly holds: boolean
  /** The team made it hold by name: no grant and no opinion lifts it. */
  readonly fixed?: true
  /** The grant without which this finding would hold. */
  readonly grant?: Grant
  /** The limit within which a second reader let it pass; without that it would hold. */
  readonly limit?: ReviewLimit
}

export interface Weighing {
  readonly weighed: readonly Weighed[]
  /** Sentences that hold the plan without being about a finding. */
  readonly stops: readonly string[]
  readonly nearMisses: readonly string[]
}

/** Weighs every finding of a judgement. What the team raised is beyond the reach of its grants. */
export function weigh(policy: Policy, facts: Facts, judgement: Judgement): Weighing {
  const raised = judgement.findings.map((finding) => raise(finding, policy.raise))
  const judged: Judgement = { ...judgement, findings: raised.map(({ finding }) => finding) }
  const held = raised.map(({ finding, holds }) => ({
    finding,
    fixed: holds,
    holds: holds || holdsHere(finding, policy, facts),
  }))
  const asked = held.filter(({ holds, fixed }) => holds && !fixed).map(({ finding }) => finding)
  const { by, nearMisses } = applyGrants(policy, facts, judged, asked)
  return {
    weighed: held.map(({ finding, holds, fixed }) => {
      const grant = by.get(finding)
      if (grant !== undefined) return { finding, holds: false, grant }
      return fixed ? { finding, holds, fixed } : { finding, holds }
    }),
    stops: raisedClearances(judgement, policy.raise),
    nearMisses,
  }
}

function holdsHere(finding: Finding, policy: Policy, facts: Facts): boolean {
  if (!holdsUnder(policy.preset, finding.concern, facts.environment.tier)) return false
  const isContinuous =
    finding.concern === 'workload-rollout' &&
    !touchesFloor(finding) &&
    meetsAddress(policy.continuouslyDeployed, finding.address)
  return !isContinuous || resizes(finding, facts)
}

/** The finding is also about how much runs, or about an object that cannot be looked at. */
function resizes({ address, covers }: Finding, { subjects }: Facts): boolean {
  const meant = subjects.filter(({ change }) => nameOf(change) === address)
  return (
    meant.length === 0 ||
    meant.some((subject) =>
      subject.change.deltas.some(({ name }) => accountsFor(covers, name) && isSize(subject, name)),
    )
  )
}

const ORDER: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical']

function raise(
  finding: Finding,
  raises: readonly Raise[],
): { readonly finding: Finding; readonly holds: boolean } {
  const meant = raises.filter((one) => speaksOf(one, finding.rule, finding.address))
  const severities = [finding.severity, ...meant.flatMap(({ severity }) => severity ?? [])]
  const severity = ORDER.findLast((one) => severities.includes(one)) ?? 'critical'
  return {
    finding: severity === finding.severity ? finding : { ...finding, severity },
    holds: meant.some(({ holds }) => holds === true),
  }
}

function speaksOf({ rule, addresses }: Raise, of: string, address: string): boolean {
  return rule === of && (addresses === undefined || meetsAddress(addresses, address))
}

/** A rule that the team made to hold holds where it finds something harmless, too. */
function raisedClearances({ clearances }: Judgement, raises: readonly Raise[]): string[] {
  const held = clearances.filter(({ rule, address }) =>
    raises.some((one) => one.holds === true && speaksOf(one, rule, address)),
  )
  return [...new Set(held.map(({ rule }) => rule))].map(
    (rule) => `the policy makes a person look at everything the rule ${rule} speaks about`,
  )
}
