// What is known of a resource type. Rows are data; the meaning of every field is in README.md here.

export type ResourceClass =
  | 'datastore'
  | 'volume'
  | 'backup'
  | 'key_secret'
  | 'identity'
  | 'network_fabric'
  | 'network_rule'
  | 'dns_traffic'
  | 'edge_protection'
  | 'compute_fleet'
  | 'compute_singleton'
  | 'serverless'
  | 'messaging'
  | 'monitoring'
  | 'governance'
  | 'metadata'
  | 'glue'

export type Hazard =
  | 'data-loss'
  | 'irreversible'
  | 'outage'
  | 'capacity-loss'
  | 'internet-exposure'
  | 'network-widening'
  | 'privilege-escalation'
  | 'lock-out'
  | 'key-loss'
  | 'secret-exposure'
  | 'protection-loss'
  | 'audit-loss'
  | 'guardrail-loss'
  | 'traffic-cutover'
  | 'identity-churn'
  | 'cost'
  | 'blast-radius'
  | 'drift-revert'
  | 'opaque'
  | 'supply-chain'
  | 'workload-rollout'
  | 'state-surgery'
  | 'one-way-door'
  | 'prompt-injection'
  | 'misdeployment'

export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical'

export type Reversibility =
  | 'irreversible'
  | 'window'
  | 'backup'
  | 'new_identity'
  | 'recreate'
  | 'locked'
  | 'none'

export interface Protection {
  readonly attr: string
  readonly op: '=' | '!=' | '>' | '>=' | 'present'
  readonly value?: string
  readonly kind:
    | 'delete_guard'
    | 'final_copy'
    | 'non_empty_guard'
    | 'recoverability'
    | 'availability'
    | 'lifecycle'
    | 'external_lock'
    | 'other_resource'
    | 'provider_feature'
    | 'setting'
}

export interface AttributeRule {
  readonly path: string
  /** When the rule speaks: `any`, `true>false`, `dec`, `to:0`, `shrink`, `major_up` … */
  readonly when: string
  readonly effect: string
  readonly hazards: readonly Hazard[]
  readonly severity: 'none' | 'low' | 'medium' | 'high' | 'critical'
  readonly note: string
  readonly evidence: string
}

/** One thing to find on a new object. Values hidden or known after apply count as found. */
export type BirthMark =
  /** The configuration sets it, to something other than `false` or 0. */
  | { readonly path: string; readonly is: 'set' }
  | {
      readonly path: string
      readonly is: 'one-of' | 'not-one-of'
      readonly values: readonly string[]
    }
  /** None of the words occurs in it. */
  | { readonly path: string; readonly is: 'without'; readonly values: readonly string[] }
  /** A DNS name that stands for many or for the zone itself: a wildcard, `@`, or two labels. */
  | { readonly path: string; readonly is: 'wide-name' }

/** What being created does to things that exist already, where the default of the class is wrong. */
export type Birth =
  | { readonly look: false }
  | {
      readonly look: true
      readonly why: string
      readonly hazard: Hazard
      /** Looked at only when one of these is found on it; always, where there are none. */
      readonly when?: readonly BirthMark[]
      /** What it acts on: while everything named here is new in the same plan, nothing that exists feels it. */
      readonly on?: readonly string[]
    }

export interface KindRow {
  readonly type: string
  readonly aliases?: readonly string[]
  readonly class: ResourceClass
  readonly destroy: {
    /** 0 (trivial) to 5 (business-stopping, or data gone), for production. */
    readonly severity: number
    readonly reversibility: Reversibility
    readonly loses: string
    readonly recovery: string
    /** Beyond those of its class. */
    readonly hazards?: readonly Hazard[]
  }
  readonly protections?: readonly Protection[]
  readonly scaling?: readonly { readonly path: string; readonly grow_only: boolean }[]
  readonly scaling_by_count?: true
  readonly identity?: readonly string[]
  readonly metadata?: readonly string[]
  readonly metadata_traps?: readonly { readonly path: string; readonly why: string }[]
  readonly force_new?: readonly string[]
  readonly force_new_if?: readonly string[]
  readonly force_new_complete?: true
  readonly sensitive?: readonly string[]
  readonly replace_is_routine?: true
  readonly authoritative?: readonly { readonly path: string; readonly scope: string }[]
  readonly policy_attrs?: readonly { readonly path: string; readonly kind: string }[]
  readonly net_rule_model?: string
  /** Several where there are several reasons to look; any one suffices. */
  readonly create?: Birth | readonly Birth[]
  /** In-place changes here, between plain values and in any direction, harm nobody. */
  readonly harmless?: readonly string[]
  /** Setting these where nothing was set is harmless, also to a value known only after apply. */
  readonly harmless_to_add?: readonly string[]
  readonly rules?: readonly AttributeRule[]
  readonly confidence: 'high' | 'medium'
  readonly sources: readonly string[]
}

export type SecureLiteral = string | number | boolean | readonly string[]

export interface SecureValue {
  readonly type: string
  readonly path: string
  readonly topic: string
  readonly secure_values?: readonly SecureLiteral[]
  readonly insecure_values?: readonly SecureLiteral[]
  readonly when_missing: 'secure' | 'insecure'
  /** The public check the row is derived from. */
  readonly ref: string
}

/** A look-up never guesses: a type is known with its row, or unknown with a guess for words only. */
export type Kind =
  | {
      readonly kind: 'known'
      readonly type: string
      readonly class: ResourceClass
      readonly row: KindRow
    }
  | { readonly kind: 'unknown'; readonly type: string; readonly guess: ResourceClass }
