// Everything rules and policy have to say of a plan, before a verdict is drawn from it. What a second
// reader is asked about, and all that it may argue with.
import type { Facts } from '../analysis/facts.ts'
import type { Plan } from '../plan/model.ts'
import type { Judgement } from '../rules/judge.ts'
import type { Phase, Policy } from './policy.ts'
import type { Weighing } from './weigh.ts'

export interface Examination {
  readonly plan: Plan
  readonly policy: Policy
  readonly facts: Facts
  readonly judgement: Judgement
  readonly weighing: Weighing
  /** Sentences of guards: each holds the plan, whatever is in it. */
  readonly stops: readonly string[]
  readonly phase: Phase
  readonly owner: string | null
}
