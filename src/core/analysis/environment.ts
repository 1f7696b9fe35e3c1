// Where a plan applies: production unless there is positive evidence of something else.
import type { Tier } from '../context.ts'

export interface Environment {
  readonly name: string
  readonly tier: Tier
  /** An environment that is made to be torn down (`pr-512`, `preview-x`), proven by the workspace. */
  readonly ephemeral: boolean
  readonly because: string
  /** Signals that contradict each other: production rules apply and a person is told. */
  readonly conflict?: string
}
