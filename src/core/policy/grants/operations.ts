// The closed list of what a grant may allow: which questions it can answer, on which kinds of objects,
// and which attributes may change. Everything else on the same object makes the grant stand back.
import type { Delta } from '../../change/model.ts'
import type { Hazard, ResourceClass } from '../../knowledge/kind.ts'
import type { Subject } from '../../knowledge/subject.ts'
import { isUnder } from '../../rules/attributes/paths.ts'
import type { Concern, Finding } from '../../rules/finding.ts'
import type { Operation } from '../policy.ts'

/** What no setting of a policy file can let pass: loss of data or keys, exposure, escalation. */
export type FloorConcern = Extract<
  Concern,
  | 'destroy-stateful'
  | 'destroy-backup'
  | 'destroy-key'
  | 'destroy-identity'
  | 'destroy-governance'
  | 'destroy-audit'
  | 'mass-destroy'
  | 'data-deleted-by-setting'
  | 'key-weakened'
  | 'one-way'
  | 'exposure-internet'
  | 'exposure-web'
  | 'identity-granted'
  | 'identity-wide'
  | 'identity-dangerous'
  | 'guardrail-lowered'
  | 'secret-shown'
>

// A record, so that a name missing here does not compile.
const FLOOR_TABLE: Readonly<Record<FloorConcern, true>> = {
  'destroy-stateful': true,
  'destroy-backup': true,
  'destroy-key': true,
  'destroy-identity': true,
  'destroy-governance': true,
  'destroy-audit': true,
  'mass-destroy': true,
  'data-deleted-by-setting': true,
  'key-weakened': true,
  'one-way': true,
  'exposure-internet': true,
  'exposure-web': true,
  'identity-granted': true,
  'identity-wide': true,
  'identity-dangerous': true,
  'guardrail-lowered': true,
  'secret-shown': true,
}

export const HARD_FLOOR: ReadonlySet<string> = new Set(Object.keys(FLOOR_TABLE))

/** A finding that names one of these stays, whatever question it puts. */
export type FloorHazard = Extract<
  Hazard,
  | 'data-loss'
  | 'irreversible'
  | 'key-loss'
  | 'internet-exposure'
  | 'privilege-escalation'
  | 'one-way-door'
>

const FLOOR_HAZARD_TABLE: Readonly<Record<FloorHazard, true>> = {
  'data-loss': true,
  irreversible: true,
  'key-loss': true,
  'internet-exposure': true,
  'privilege-escalation': true,
  'one-way-door': true,
}

const FLOOR_HAZARDS: ReadonlySet<string> = new Set(Object.keys(FLOOR_HAZARD_TABLE))

export type GrantableConcern = Exclude<
  | 'cost-jump'
  | 'capacity-out-of-bounds'
  | 'monitoring-lowered'
  | 'alarm-slightly-looser'
  | 'workload-rollout'
  | 'drift-reverted',
  // A concern of the floor in the list above drops out here, and the table below does not compile.
  FloorConcern
>

/** The whole reach of grants. A concern that is not named here waits for a person, grant or not. */
export const GRANTABLE: Readonly<Record<Operation, readonly GrantableConcern[]>> = {
  metadata: ['drift-reverted'],
  scale: ['capacity-out-of-bounds', 'cost-jump'],
  replicas: ['capacity-out-of-bounds', 'cost-jump'],
  monitoring: ['monitoring-lowered', 'alarm-slightly-looser', 'drift-reverted'],
  'dns-ttl': ['drift-reverted'],
  rollout: ['workload-rollout'],
}

/** May any grant for this operation answer this finding at all? */
export function isGrantable(operation: Operation, finding: Finding): boolean {
  const concerns: readonly Concern[] = GRANTABLE[operation]
  // Without an attribute it is about the object as a whole, not about the change that was granted.
  const aboutChange = finding.covers.length > 0 || finding.concern === 'drift-reverted'
  return concerns.includes(finding.concern) && !touchesFloor(finding) && aboutChange
}

/** The finding names something that only a person may accept. */
export function touchesFloor({ concern, hazards }: Finding): boolean {
  return HARD_FLOOR.has(concern) || hazards.some((hazard) => FLOOR_HAZARDS.has(hazard))
}

const SCALED: readonly ResourceClass[] = [
  'compute_fleet',
  'compute_singleton',
  'serverless',
  'messaging',
]

/** How large one of them is, not how many there are: another machine, not another number of them. */
const SIZE_OF_ONE =
  /(timeout|storage|iops|throughput|memory|cpu|retention|disk|limit|bandwidth|volume|_gb|_mb)|(^|\.)size$/

const REPLICAS = /(replica|num(ber)?_cache_clusters|secondary_count|reader)/

/** Numbers and texts of an alarm; never what switches it off or decides whom it reaches. */
const MONITORING = [
  'threshold',
  'evaluation_periods',
  'datapoints_to_alarm',
  'period',
  'retention_in_days',
  'dashboard_body',
  'dashboard_json',
  'message',
  'alarm_description',
  'monitor_thresholds',
]

/** A number that says how much of it runs: never part of a rollout, whatever block it stands in. */
export function isSize({ kind }: Subject, name: string): boolean {
  return (
    kind.kind === 'known' &&
    (kind.row.scaling ?? []).some(({ path }) => isUnder(name, path) || isUnder(path, name))
  )
}

/** Does the operation speak about this attribute of this object? `metadata` names what is plain text. */
export function isAllowed(
  operation: Operation,
  subject: Subject,
  { name, markOnly }: Delta,
  metadata: ReadonlySet<string>,
): boolean {
  const { kind } = subject
  if (markOnly) return false
  if (operation === 'metadata') return metadata.has(name)
  if (kind.kind === 'unknown') return false
  const scaled =
    (kind.row.scaling ?? []).some(({ path }) => isUnder(name, path)) && !SIZE_OF_ONE.test(name)
  switch (operation) {
    case 'scale':
      return scaled && SCALED.includes(kind.class)
    case 'replicas':
      return scaled && kind.class === 'datastore' && REPLICAS.test(name)
    case 'monitoring':
      return kind.class === 'monitoring' && MONITORING.some((path) => isUnder(name, path))
    case 'dns-ttl':
      return kind.class === 'dns_traffic' && name === 'ttl'
    case 'rollout':
      return (
        !isSize(subject, name) &&
        (kind.row.rules ?? []).some(
          (row) => row.hazards.includes('workload-rollout') && isUnder(name, row.path),
        )
      )
    default:
      return false
  }
}

/** Operations whose numbers have to lie in a written range. */
export function needsRange(operation: Operation): boolean {
  return operation === 'scale' || operation === 'replicas' || operation === 'dns-ttl'
}
