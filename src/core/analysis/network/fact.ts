// What the network analysis learned of one rule set. Plain data: words, no ranges, no secrets.
import type { Remark } from './collector.ts'
import type { Grade } from './grade.ts'

export type NetworkEffect =
  /** The same traffic is allowed, however it is written now. Also: a new group that opens nothing to the internet. */
  | 'nil'
  | 'narrower'
  /** More is allowed, none of it inbound from the internet. Outbound openings are here too. */
  | 'wider'
  /** Strangers can reach what they could not; whatever else changes. */
  | 'public'
  /** The same ports move from one private peer to another of similar size. */
  | 'moved'
  | 'mixed'
  /** Not worked out; `doubts` says why. Never less serious than any other effect but `public`. */
  | 'unknown'

export interface NetworkFact {
  /** The rule set judged, for people: address of the group in the plan, or its identifier. */
  readonly group: string
  /**
   * Changes this fact accounts for, with the top-level attributes it explains; `all` for a rule
   * resource of which nothing else changes. Sorted by address.
   */
  readonly changes: readonly AccountedChange[]
  readonly effect: NetworkEffect
  /** Grade of what opens; `low` when nothing opens. Of the known part where the effect is unknown. */
  readonly grade: Grade
  /** What opens to the public is only 80/443, on a group of a load balancer. */
  readonly webOnly: boolean
  /** In words, sorted, capped with a count of the rest: "tcp 443 from 10.2.0.0/16". */
  readonly opened: readonly string[]
  readonly closed: readonly string[]
  /** Rules of the group that both sides have. */
  readonly unchangedCount: number
  /** One sentence: connections that may drop, or a step that may fail, on the way to the end state. */
  readonly gap?: string
  /** Created in this plan and attached to nothing that existed before. */
  readonly newGroup: boolean
  /** Inbound traffic from the internet is cut: a CDN or load balancer may stand behind it. */
  readonly fromPublic: boolean
  /** Why the effect is unknown: sentences that name attributes, never values. */
  readonly doubts: readonly string[]
  readonly remarks: readonly Remark[]
  readonly reads: 'ingress' | 'egress' | 'both'
}

export interface AccountedChange {
  readonly address: string
  readonly deposed?: string
  readonly covers: 'all' | readonly string[]
}
