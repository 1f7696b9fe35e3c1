// The decision document, `holdgate.decision/v1`: what every surface renders and machines read.
import type { Tier } from './context.ts'
import type { JsonValue } from './json.ts'
import type { Hazard, Severity } from './knowledge/kind.ts'
import type { Reversal } from './knowledge/reversal.ts'

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
  /** The limit of the policy within which a model's answer lets it pass. */
  readonly limit?: string
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
  /** The class of the way back. Absent only in documents of earlier versions, like that of the plan. */
  readonly reversal?: Reversal
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
    /** The worst way back among the findings about changes that would happen; `instant` where there are none. */
    readonly reversal?: Reversal
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
  /**
   * What depends on the blocks that findings are about, as far as the configuration shows: at least
   * these. `dependents` may be shorter than `total`. Absent where nothing is known to depend.
   */
  readonly reach?: readonly {
    readonly address: string
    readonly dependents: readonly string[]
    readonly total: number
  }[]
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
  /** The model's part, apart from the rules' part; null where no model was asked. */
  readonly review: Review | null
}

/** What a model said of the plan, and what came of it under the limits a person wrote. */
export interface Review {
  /**
   * `no-opinion`: nothing usable was heard, the rules' verdict stands. `no-change`: heard, and the
   * rules' verdict stands. `escalated`: it turned a release into a hold, or added reasons to one.
   * `released`: every question that held was answered as harmless, inside limits of the policy.
   */
  readonly outcome: 'no-opinion' | 'no-change' | 'escalated' | 'released'
  /** One sentence: what it changed, or why nothing. */
  readonly because: string
  /** The verdict of rules and policy alone. */
  readonly without: 'release' | 'hold'
  readonly model: string
  readonly promptDigest: string
  readonly packetDigest: string
  readonly notesDigest: string | null
  /** Blocks of the configuration that were shown to it. */
  readonly codeBlocks: number
  /** Only claims that cite an address and a path of the packet. */
  readonly claims: readonly {
    readonly pass: 'blind' | 'informed'
    readonly kind: 'worry' | 'mismatch' | 'harmless'
    readonly address: string
    readonly path: string
    readonly hazard: Hazard | null
    /** Written by a model: one line, redacted, at most 300 characters. */
    readonly says: string
  }[]
  /** Claims thrown away because they cite nothing that was shown. */
  readonly discarded: number
  /** What a model was not shown; while this is not empty it releases nothing. */
  readonly leftOut: readonly string[]
  /** Why text in the plan looks written for its reviewer; the same holds for this. */
  readonly hostile: readonly string[]
  /** The limits under which it released: ids and who granted them. */
  readonly limits: readonly { readonly id: string; readonly grantedBy: string }[]
  readonly usage: {
    readonly inputTokens: number
    readonly outputTokens: number
    readonly cacheReadTokens: number
    readonly cacheWriteTokens: number
  }
  /** US dollars, by the prices in the settings; null where they are not known. */
  readonly cost: number | null
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
