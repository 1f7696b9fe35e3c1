// What analysis learned of the plan as a whole. Each pass: changes → one fact. Passes never see rules.
import type { Change } from '../change/model.ts'
import type { Context } from '../context.ts'
import type { Subject } from '../knowledge/subject.ts'
import type { Plan } from '../plan/model.ts'
import type { Environment } from './environment.ts'

export interface Facts {
  readonly plan: Plan
  readonly context: Context
  readonly environment: Environment
  readonly subjects: readonly Subject[]
  /** Kept no-ops: unchanged neighbours of rule sets. */
  readonly unchanged: readonly Subject[]
  readonly drift: readonly Change[]
}
