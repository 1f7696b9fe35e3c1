// What a model of network rules has to tell: which groups a resource speaks about, and its rules.
import type { Side } from '../../change/model.ts'
import type { Hazard } from '../../knowledge/kind.ts'
import type { Subject } from '../../knowledge/subject.ts'
import type { Range } from './address.ts'
import type { Flow } from './compare-sets.ts'
import type { NetRule } from './rule.ts'

export interface Remark {
  readonly hazard: Hazard
  readonly text: string
}

/** The rules that one side of one resource contributes to one group. */
export interface GroupRules {
  readonly group: GroupName
  readonly rules: readonly NetRule[]
  /** Why the rules may not be all, or not these. */
  readonly doubts: readonly string[]
  readonly remarks: readonly Remark[]
  /** Whether the addresses are admitted or blocked is said elsewhere. */
  readonly ambiguous?: boolean
}

export interface GroupName {
  /** Equal for all resources that speak about the same group. */
  readonly key: string
  readonly label: string
  /** Created in this plan, so that it had no rules and no members before. */
  readonly isNew: boolean
}

/** What a collector may ask about the rest of the plan, for one side of one resource. */
export interface Surroundings {
  readonly subject: Subject
  readonly which: 'before' | 'after'
  /** The group behind an identifier that rules use (`sg-1`). */
  groupById(id: string): GroupName
  /** The groups an unknown attribute takes its value from; undefined where that is in doubt. */
  groupsByReference(attribute: string): readonly GroupName[] | undefined
  /**
   * Configuration addresses an attribute refers to, where its value comes from an object that is
   * created in this plan: the value is unknown, or the name of such an object.
   */
  createdByReference(attribute: string, value: string | undefined): readonly string[] | undefined
  /** The addresses behind the identifier of an address list in this plan. */
  addressesOf(id: string): readonly Range[] | undefined
  /** The configuration sets the attribute; undefined where there is no configuration. */
  isConfigured(attribute: string): boolean | undefined
}

export interface Collector {
  /** Rules stand inside the group's resource, or are resources of their own. */
  readonly style: 'inline' | 'separate'
  /** Priorities and denies count. */
  readonly ordered: boolean
  /** Top-level attributes that the rules are read from: what a fact explains. */
  readonly reads: readonly string[]
  /** Attributes of a separate rule that say nothing about traffic and change in place. */
  readonly words: readonly string[]
  /** Attributes that name the rule resource: explained where it comes or goes, not where they change. */
  readonly naming?: readonly string[]
  /** The platform refuses a rule that stands there already. */
  readonly duplicates: boolean
  /** Identifiers by which other resources refer to this group. Absent: the resource is no group. */
  ids?(side: Side): readonly string[]
  /** Rules of the platform that no resource writes, present on both sides of every group. */
  readonly implied: readonly NetRule[]
  collect(side: Side, surroundings: Surroundings): readonly GroupRules[]
  /** What a person should know of a difference beside the difference itself. */
  remarkOn?(opened: readonly Flow[], closed: readonly Flow[]): readonly Remark[]
}
