// The end of an object, by class of what it is: which question it puts to the policy, which hazards
// come with it, and what the catalogue and the old state know of ways back.
import { endsObject } from '../../change/action.ts'
import type { Change } from '../../change/model.ts'
import { plainAt } from '../../change/side.ts'
import type { JsonValue } from '../../json.ts'
import type {
  Hazard,
  Kind,
  KindRow,
  Protection,
  ResourceClass,
  Severity,
} from '../../knowledge/kind.ts'
import type { Subject } from '../../knowledge/subject.ts'
import type { Concern, Evidence } from '../finding.ts'
import { isTrue, numberOf } from '../when.ts'

export interface Loss {
  readonly concern: Concern
  readonly hazards: readonly Hazard[]
  readonly severity: Severity
  /** Where that of the class does not fit. */
  readonly why?: string
}

const BY_CLASS: Readonly<Record<ResourceClass, { concern: Concern; hazards: readonly Hazard[] }>> =
  {
    datastore: { concern: 'destroy-stateful', hazards: ['data-loss'] },
    volume: { concern: 'destroy-stateful', hazards: ['data-loss'] },
    messaging: { concern: 'destroy-stateful', hazards: ['data-loss', 'outage'] },
    backup: { concern: 'destroy-backup', hazards: ['data-loss', 'protection-loss'] },
    key_secret: { concern: 'destroy-key', hazards: ['key-loss', 'irreversible', 'data-loss'] },
    identity: { concern: 'destroy-identity', hazards: ['lock-out', 'outage'] },
    network_fabric: { concern: 'destroy-network', hazards: ['outage', 'identity-churn'] },
    network_rule: { concern: 'destroy-network', hazards: ['internet-exposure', 'outage'] },
    dns_traffic: { concern: 'destroy-network', hazards: ['outage', 'identity-churn'] },
    edge_protection: {
      concern: 'guardrail-lowered',
      hazards: ['guardrail-loss', 'internet-exposure'],
    },
    compute_fleet: { concern: 'destroy-compute', hazards: ['outage', 'capacity-loss'] },
    compute_singleton: { concern: 'destroy-compute', hazards: ['outage'] },
    serverless: { concern: 'destroy-compute', hazards: ['outage'] },
    monitoring: { concern: 'monitoring-lowered', hazards: ['audit-loss'] },
    governance: { concern: 'destroy-governance', hazards: ['guardrail-loss', 'outage'] },
    metadata: { concern: 'destroy-compute', hazards: ['outage'] },
    glue: { concern: 'destroy-compute', hazards: ['outage'] },
  }

const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical', 'critical']

/** The class a change is judged by; for a type outside the catalogue only a guess from its name. */
export function classOf(kind: Kind): ResourceClass {
  return kind.kind === 'known' ? kind.class : kind.guess
}

/** What the end of an object of this kind means. Severity is for production. */
export function lossOf(kind: Kind): Loss {
  const base = BY_CLASS[classOf(kind)]
  if (kind.kind === 'unknown') return { ...base, severity: 'high' }
  const { severity, reversibility } = kind.row.destroy
  const hazards: Hazard[] = [...base.hazards, ...(kind.row.destroy.hazards ?? [])]
  if (reversibility === 'irreversible' && severity >= 3) hazards.push('irreversible')
  if (reversibility === 'new_identity') hazards.push('identity-churn')
  if (severity >= 4 && !hazards.includes('outage')) hazards.push('outage')
  if (isDoor(kind)) {
    const why = 'While it is there nobody can open this to the public; without it one edit does.'
    return { concern: 'exposure-internet', hazards, severity: 'critical', why }
  }
  if (isAuditTrail(kind.row)) {
    return { concern: 'destroy-audit', hazards, severity: 'critical' }
  }
  if (kind.class === 'monitoring' && keepsHistory(kind.row)) {
    return { concern: 'destroy-stateful', hazards: ['data-loss', ...hazards], severity: 'high' }
  }
  return { concern: base.concern, hazards, severity: SEVERITIES[severity] ?? 'critical' }
}

/** Guards that keep strangers out of a store, and never let anyone in. */
const DOORS = /_public_access_block$|_storage_account_network_rules$/

/** What it takes away from strangers is known without any rules beside it. */
export function isDoor(kind: Kind): boolean {
  return kind.kind === 'known' && kind.class === 'network_rule' && DOORS.test(kind.type)
}

/** A guard that ends together with what it guards. */
export function lostWithIts(kind: Kind): Loss {
  const why = 'What it guards ends with it, so nothing is left to be opened.'
  return { ...BY_CLASS[classOf(kind)], severity: 'low', why }
}

/** Evidence by the name of the type, whatever else the row says of it: a name may only raise. */
const EVIDENCE =
  /trail|flow_log|audit|detector|recorder|guardduty|securityhub|macie|inspector|accessanalyzer_analyzer|sentinel|query_log|config_config_rule|security_monitoring|_sink$/

/** Trails, detectors, sinks: what a whole account loses its sight with. */
function isAuditTrail(row: KindRow): boolean {
  const { severity, reversibility } = row.destroy
  if (row.class !== 'monitoring') return false
  if (severity >= 3 && EVIDENCE.test(row.type)) return true
  if (severity < 4) return false
  return severity === 5 || reversibility === 'recreate' || reversibility === 'new_identity'
}

function keepsHistory(row: KindRow): boolean {
  return row.destroy.severity >= 4
}

/** The existing object is destroyed and nothing of weight is lost with it. */
export function isTrivialLoss(kind: Kind): boolean {
  if (kind.kind === 'unknown' || kind.class === 'monitoring') return false
  const { severity, reversibility } = kind.row.destroy
  return severity <= 1 || (kind.class === 'glue' && reversibility === 'none')
}

export function isLoss({ change }: Subject): boolean {
  return change.mode !== 'data' && endsObject(change.action)
}

/** What the old state says about guards and copies: read before the change, because that counts. */
export function guardsOf(
  change: Change,
  kind: Kind,
): { evidence: Evidence[]; stopsApply: boolean } {
  if (kind.kind === 'unknown') return { evidence: [], stopsApply: false }
  const evidence: Evidence[] = []
  let stopsApply = false
  for (const guard of kind.row.protections ?? []) {
    const state = guardState(change, guard)
    if (state === 'not visible') continue
    const held = state === 'in force'
    if (guard.kind === 'delete_guard' && held) stopsApply = true
    evidence.push({ path: guard.attr, note: `${GUARD_WORDS[guard.kind]}: ${held ? 'yes' : 'no'}` })
  }
  return { evidence, stopsApply }
}

const GUARD_WORDS: Readonly<Record<Protection['kind'], string>> = {
  delete_guard: 'deletion guard',
  final_copy: 'final copy on destroy',
  non_empty_guard: 'refuses while not empty',
  recoverability: 'helps recovery',
  availability: 'stays available',
  lifecycle: 'lifecycle guard',
  external_lock: 'lock',
  other_resource: 'protected elsewhere',
  provider_feature: 'provider keeps a copy',
  setting: 'protecting setting',
}

export const NO_LAST_COPY: string = 'no last copy is made, and what no earlier one holds is gone'

/** The kind makes a last copy where it is told to, and here it is told not to. */
export function makesNoLastCopy(change: Change, row: KindRow): boolean {
  const copies = (row.protections ?? []).filter((guard) => guard.kind === 'final_copy')
  return copies.length > 0 && copies.every((guard) => guardState(change, guard) === 'off')
}

/** What the old state says of one guard. */
export function guardState(change: Change, guard: Protection): 'in force' | 'off' | 'not visible' {
  if (!/^[a-z0-9_.]+$/.test(guard.attr)) return 'not visible'
  const steps = guard.attr.split('.')
  const value =
    plainAt(change.before, steps) ??
    plainAt(
      change.before,
      steps.flatMap((s, at) => (at === 0 ? [s] : [0, s])),
    )
  if (value === undefined) return 'not visible'
  switch (guard.op) {
    case 'present':
      return value === '' ? 'off' : 'in force'
    case '=':
      return matchesWord(value, guard.value) ? 'in force' : 'off'
    case '!=':
      return matchesWord(value, guard.value) ? 'off' : 'in force'
    default: {
      const has = numberOf(value)
      const wants = numberOf(guard.value)
      if (has === undefined || wants === undefined) return 'not visible'
      return (guard.op === '>' ? has > wants : has >= wants) ? 'in force' : 'off'
    }
  }
}

function matchesWord(value: JsonValue, wanted: string | undefined): boolean {
  if (wanted === 'true') return isTrue(value)
  if (wanted === 'false') return !isTrue(value)
  return String(value) === wanted
}
