import type { Facts } from '../../analysis/facts.ts'
import type { Matched } from '../match.ts'
import type { Policy } from '../policy.ts'

/** A guard looks at the run as a whole. It can only stop: a sentence why, or undefined. */
export interface Guard {
  readonly id: string
  stop(policy: Policy, run: Matched, facts: Facts | undefined): string | undefined
}
