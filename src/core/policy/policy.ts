// The policy in force, after preset and defaults. The file a team writes becomes one of these.
import type { KindRow } from '../knowledge/kind.ts'

export type PresetName = 'strict' | 'standard' | 'relaxed'
export type Phase = 'observe' | 'propose' | 'enforce'

/** Patterns with `*`; every key given has to match, any pattern of a key is enough. */
export interface Match {
  readonly organization?: readonly string[]
  readonly project?: readonly string[]
  readonly workspace?: readonly string[]
  readonly directory?: readonly string[]
  readonly tag?: readonly string[]
  readonly account?: readonly string[]
}

/** What a grant may allow; a closed list. */
export type Operation = 'metadata' | 'scale' | 'monitoring' | 'dns-ttl' | 'replicas' | 'rollout'

/**
 * A grant as its author wrote it. Whatever is missing makes it inert (`grants/in-force.ts`), so that
 * a half-written grant never stops a team's file from loading, and never releases anything either.
 */
export interface WrittenGrant {
  readonly id?: string
  readonly operation?: Operation
  readonly environments?: readonly string[]
  /** Patterns with `*` on resource addresses. */
  readonly addresses?: readonly string[]
  readonly bounds?: WrittenBounds
  readonly granted_by?: string
  readonly justification?: string
  readonly rollback?: string
  /** `2027-06-30`: the last day in force, in UTC. */
  readonly expires?: string
}

export interface WrittenBounds {
  readonly min?: number
  readonly max?: number
  /** `2x`: at most twice or half as much; a number: at most so much more or less. */
  readonly step?: string | number
  readonly direction?: 'up' | 'down' | 'both'
}

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'

/** What a team makes of a rule beyond the preset: more severe, or always a person. Never less. */
export interface Raise {
  readonly rule: string
  readonly severity?: 'medium' | 'high' | 'critical'
  readonly holds?: true
  readonly addresses?: readonly string[]
}

/**
 * What a model's answer may let pass, as its author wrote it. Like a grant it is inert while anything
 * is missing or once its day is over.
 */
export interface WrittenReviewLimit {
  readonly id?: string
  /** Questions of findings; only those of the closed list that a model may weigh at all. */
  readonly concerns?: readonly string[]
  readonly environments?: readonly string[]
  /** Patterns with `*` on resource addresses. */
  readonly addresses?: readonly string[]
  readonly granted_by?: string
  readonly justification?: string
  readonly rollback?: string
  readonly expires?: string
}

/**
 * What a named person pre-approved, complete and in force: findings of these questions, here, may be
 * let pass by an opinion. The limit of everything a model can release.
 */
export interface ReviewLimit {
  readonly id: string
  readonly grantedBy: string
  readonly rollback: string
  /** `2027-06-30`: the last day in force, in UTC. */
  readonly expires: string
}

export interface ReviewPolicy {
  /** Show the blocks of configuration that define changed resources. */
  readonly code: boolean
  /** Hide cloud account, project and subscription ids from the model. */
  readonly hideAccounts: boolean
  readonly releases: readonly WrittenReviewLimit[]
}

export interface Policy {
  readonly preset: PresetName
  /** `sha256:…` of the canonical text of the policy in force. */
  readonly digest: string
  readonly phase: Phase
  readonly killSwitch: boolean
  /** Who answers for decisions where no workspace names somebody. */
  readonly owner?: string
  readonly environments: readonly { readonly name: string; readonly match: Match }[]
  readonly workspaces: readonly {
    readonly match: Match
    readonly owner?: string
    readonly regulated?: boolean
    readonly phase?: Phase
  }[]
  readonly freezes: readonly {
    readonly name: string
    /** Wall-clock times in `timezone`, ISO 8601 without offset. */
    readonly from: string
    readonly until: string
    readonly timezone: string
  }[]
  /** Rows for types the catalogue does not have; looked up before the type counts as unknown. */
  readonly catalogue: readonly KindRow[]
  readonly limits: {
    readonly maxChanges?: number
    readonly maxServices?: number
    /** Of the objects that exist, in percent. */
    readonly maxSharePercent?: number
  }
  readonly grants: readonly WrittenGrant[]
  /** Where an entry speaks about the environment, releases happen inside one of its windows only. */
  readonly releaseHours: readonly {
    readonly environments: readonly string[]
    readonly days: readonly Weekday[]
    /** Wall-clock times `HH:MM` in `timezone`; `from` is inside, `until` is not. */
    readonly from: string
    readonly until: string
    readonly timezone: string
  }[]
  /** Patterns of who counts as a machine; a run it creates waits in production. */
  readonly automation: readonly string[]
  /** A run nobody wrote a message for waits. */
  readonly requireMessage: boolean
  /** Patterns of addresses where every change waits for a person. */
  readonly critical: readonly string[]
  /** Patterns of addresses whose rollouts need nobody. */
  readonly continuouslyDeployed: readonly string[]
  readonly raise: readonly Raise[]
  readonly review: ReviewPolicy
}
