// A rule is one object in one file. It sees one subject and the facts; never another rule, the
// policy, the clock or the network.
import type { Facts } from '../analysis/facts.ts'
import type { Subject } from '../knowledge/subject.ts'
import type { Clearance, Finding } from './finding.ts'

export interface Spoken {
  readonly findings?: readonly Finding[]
  readonly clearances?: readonly Clearance[]
}

interface RuleText {
  /** kebab-case, stable, never reused. */
  readonly id: string
  readonly title: string
  readonly why: string
  readonly remedy: string
  /** When a person may rightly let it through. */
  readonly releaseWhen: string
  readonly sources: readonly string[]
}

export type Rule =
  | (RuleText & { readonly scope: 'change'; check(subject: Subject, facts: Facts): Spoken })
  | (RuleText & { readonly scope: 'plan'; check(facts: Facts): Spoken })
