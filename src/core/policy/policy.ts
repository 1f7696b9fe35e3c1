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

export interface Policy {
  readonly preset: PresetName
  /** `sha256:…` of the canonical text of the policy in force. */
  readonly digest: string
  readonly phase: Phase
  readonly killSwitch: boolean
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
  readonly limits: { readonly maxChanges?: number; readonly maxServices?: number }
}
