// The decision document, `holdgate.decision/v1`: what every surface renders and machines read.
import type { Tier } from './context.ts'
import type { JsonValue } from './json.ts'
import type { Hazard, Severity } from './knowledge/kind.ts'

export type RiskLevel = 'none' | 'low' | 'medium' | 'high' | 'critical'

export interface DecidedFinding {
  readonly rule: string
  readonly concern: string
  readonly hazards: readonly Hazard[]
  readonly severity: Severity
  /** This finding alone is reason enough to wait for a person under the policy in force. */
  readonly holds: boolean
  /** The grant without which it would hold. */
  readonly grant?: string
  readonly address: string
  readonly summary: string
  readonly evidence: readonly {
    readonly path: string
    readonly before?: JsonValue
    readonly after?: JsonValue
    readonly forcesReplacement?: true
    readonly note?: string
  }[]
  readonly why: string
  readonly check: string
  readonly alternative: string
  readonly reversibility: string
  readonly rollback: string
  readonly after: string
  readonly unaffected?: string
}

export interface Decision {
  readonly schema: 'holdgate.decision/v1'
  readonly verdict: 'release' | 'hold'
  /** Never empty, most important first. */
  readonly because: readonly [string, ...string[]]
  readonly risk: {
    readonly level: RiskLevel
    /** 0 to 100. The maximum over findings decides; harmless changes never lower it. */
    readonly score: number
    readonly arithmetic: readonly string[]
  }
  readonly environment: { readonly name: string; readonly tier: Tier; readonly because: string }
  readonly plan: {
    readonly digest: string
    readonly fingerprint: string
    readonly formatVersion: string
    readonly terraformVersion: string | null
    readonly bytes: number
    readonly changes: Readonly<Record<ChangeCount, number>>
  }
  /** Most severe first, those that hold before those that do not. */
  readonly findings: readonly DecidedFinding[]
  /** What was looked at and found harmless. */
  readonly clear: readonly string[]
  readonly policy: {
    readonly preset: string
    readonly digest: string
    /** Ids of the grants without which a finding would hold. */
    readonly grants: readonly string[]
    /** Why grants that speak about this plan did not release it: "outside grant … is above max 50".
     * Like the two below always written; absent only in documents of earlier versions. */
    readonly nearMisses?: readonly string[]
    /** Ids of the rules that said something, sorted. */
    readonly rules?: readonly string[]
    /** Who answers for this verdict: whoever granted a release, else the owner; empty where nobody is named. */
    readonly accountable?: readonly string[]
    readonly killSwitch: boolean
    readonly phase: 'observe' | 'propose' | 'enforce'
    /** Who may decide on a hold, where the policy names someone. */
    readonly owner: string | null
  }
  readonly review: JsonValue
}

export type ChangeCount =
  | 'create'
  | 'update'
  | 'replace'
  | 'delete'
  | 'forget'
  | 'read'
  | 'no-op'
  | 'import'
  | 'move'
  | 'unrecognised'
