// The closed list of what a model's answer may let pass at all, inside a limit a person wrote. On it
// stands only harm that shows itself and that applying the old value undoes.
import type { Hazard } from '../../knowledge/kind.ts'
import type { Concern, Finding } from '../../rules/finding.ts'
import { type FloorConcern, type FloorHazard, touchesFloor } from './operations.ts'

/** What nobody understood, or what does not fit together: no reading of the plan can settle it. */
export type DoubtConcern = Extract<
  Concern,
  | 'opaque'
  | 'unknown-type'
  | 'unrecognised'
  | 'unexplained'
  | 'unexplained-create'
  | 'incomplete'
  | 'hostile-text'
  | 'misdeployment'
  | 'stale'
  | 'failing-check'
  | 'interaction'
>

export type WeighableConcern = Exclude<
  'workload-rollout' | 'interruption' | 'capacity-out-of-bounds' | 'cost-jump' | 'output-changed',
  // A concern of the floor or of doubt in the list above drops out here, and the table below does
  // not compile.
  FloorConcern | DoubtConcern
>

/** By concern, the worst that follows when a model lets it pass wrongly, and how it ends. */
export const WEIGHABLE: Readonly<Record<WeighableConcern, string>> = {
  'workload-rollout': 'the new version fails; the old one comes back with the old code',
  interruption: 'users notice a restart at a bad hour; it ends by itself',
  'capacity-out-of-bounds': 'too little or too much runs; the old number comes back',
  'cost-jump': 'money is spent until somebody sees it; the old size comes back',
  'output-changed':
    'readers fail at their next plan, which waits by itself; the old value comes back',
}

// Left out on purpose: what harms unseen (monitoring-lowered), what hands traffic or access to
// another party (traffic-moved, network-narrowed, which includes access that moves), what depends on
// something no plan holds (drift-reverted: who changed it by hand, and why; destroy-compute: what
// was kept on the machine), and what never waits anyway (destroy-trivial, alarm-slightly-looser).

/** Hazards a weighable finding may name; one of any other kind keeps it with people. */
const BEARABLE: readonly Hazard[] = [
  'outage',
  'capacity-loss',
  'cost',
  'workload-rollout',
] satisfies readonly Exclude<Hazard, FloorHazard>[]

export const WEIGHABLE_CONCERNS: readonly string[] = Object.keys(WEIGHABLE)

/**
 * May any limit make this finding a question for a model at all? Never one about the whole plan, and
 * never a critical one: what everything else stands on (the name service of a network) is more than a
 * restart, even where only an interruption is at stake.
 */
export function isWeighable(finding: Finding): boolean {
  return (
    Object.hasOwn(WEIGHABLE, finding.concern) &&
    finding.severity !== 'critical' &&
    finding.hazards.every((hazard) => BEARABLE.includes(hazard)) &&
    !touchesFloor(finding) &&
    finding.address !== ''
  )
}
