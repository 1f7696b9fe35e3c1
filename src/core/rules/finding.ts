// What rules say, before policy has weighed it: findings (someone should look) and clearances
// (looked at, harmless, and why). A part of a change that neither covers is itself a finding.
import type { JsonValue } from '../json.ts'
import type { Hazard, Severity } from '../knowledge/kind.ts'
import type { Reversal } from '../knowledge/reversal.ts'

/**
 * The question a finding puts to the policy: one row of the policy table each
 * (`core/policy/presets.ts`), so that a rule never decides and the policy never reads attributes.
 */
export type Concern =
  | 'destroy-stateful' // data store, volume, message store
  | 'destroy-backup'
  | 'destroy-key'
  | 'destroy-identity'
  | 'destroy-network' // network fabric, traffic, edge protection
  | 'destroy-governance'
  | 'destroy-audit'
  | 'destroy-compute' // compute, serverless, glue with a destroy severity
  | 'destroy-trivial' // the catalogue says the destroy is small or has no effect
  | 'mass-destroy'
  | 'protection-lowered'
  | 'audit-lowered'
  | 'monitoring-lowered'
  | 'alarm-slightly-looser'
  | 'guardrail-lowered'
  | 'interruption'
  | 'capacity-out-of-bounds'
  | 'capacity-to-zero'
  | 'cost-jump'
  | 'exposure-internet'
  | 'exposure-web' // 80/443 on a load balancer's group
  | 'network-widened'
  | 'network-narrowed'
  | 'network-changed' // an effect that could not be worked out
  | 'identity-granted'
  | 'identity-wide' // wildcards, conditions loosened
  | 'identity-removed'
  | 'identity-dangerous' // escalation, external, organisation- or account-wide
  | 'traffic-moved'
  | 'workload-rollout'
  | 'key-weakened'
  | 'secret-shown'
  | 'data-deleted-by-setting'
  | 'one-way'
  | 'code-execution'
  | 'opaque'
  | 'unknown-type'
  | 'unrecognised'
  | 'unexplained' // an in-place change that no rule accounts for
  | 'unexplained-create'
  | 'drift-reverted'
  | 'drift-reverted-security'
  | 'state-surgery'
  | 'incomplete'
  | 'hostile-text'
  | 'misdeployment'
  | 'blast-radius'
  | 'stale'
  | 'failing-check'
  | 'interaction' // two small steps that are large together
  | 'output-changed'
  | 'note' // never holds: worth saying

export interface Evidence {
  /** `ingress[0].cidr_blocks`; empty for a fact about the whole resource or plan. */
  readonly path: string
  /** Redacted: "(sensitive)", "(known after apply)"; absent where that side does not exist. */
  readonly before?: JsonValue
  readonly after?: JsonValue
  readonly forcesReplacement?: true
  /** A sentence where before → after is not the point. */
  readonly note?: string
}

export interface Finding {
  readonly rule: string
  readonly concern: Concern
  readonly hazards: readonly Hazard[]
  readonly severity: Severity
  /** Address of the change, with ` (deposed …)` where it is one; empty for the plan as a whole. */
  readonly address: string
  /** One line, most important fact first: "aws_db_instance.main would be replaced; its data is lost". */
  readonly summary: string
  readonly evidence: readonly Evidence[]
  /** Why it matters here, and to whom. */
  readonly why: string
  /** What to look at before saying yes. */
  readonly check: string
  /** The safer way; empty until `explain.ts` fills in that of the concern. */
  readonly alternative: string
  /** What the way back takes; `explain.ts` puts the words of its class in front. */
  readonly reversibility: string
  /** The class of the way back; a rule that says nothing leaves it to `reversal.ts`. */
  readonly reversal?: Reversal
  /** How to undo it, and what does not come back. */
  readonly rollback: string
  /** What to watch once it is applied. */
  readonly after: string
  /** What was looked at beside it and stays as it is; worked out by `stays.ts` where a rule says nothing. */
  readonly unaffected?: string
  /** Which deltas this finding accounts for. */
  readonly covers: Cover
}

/** `all` of a change, or the dotted attribute names (and everything below them). */
export type Cover = 'all' | readonly string[]

export interface Clearance {
  readonly rule: string
  readonly address: string
  readonly covers: Cover
  /** Counted together by this text: "tag-only updates". */
  readonly note: string
}
