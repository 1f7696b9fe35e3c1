// A plan that was read becomes a decision: rules and policy first, then a second reader where there is
// one, then the verdict. The same step for every way in.
import { conclude, examine } from '../core/assess.ts'
import type { Context } from '../core/context.ts'
import type { Decision } from '../core/decision.ts'
import type { Plan } from '../core/plan/model.ts'
import type { Ports, Run } from './ports.ts'
import { type AskLimits, askForReview } from './review/ask.ts'

export interface AssessPlanPorts extends Pick<Ports, 'policy' | 'clock' | 'log'> {
  readonly review: Ports['review'] | undefined
}

export interface Second {
  /** From when the time of the review is counted: asked once rules and policy are through. */
  readonly limits: () => AskLimits
  readonly openCode?: Run['openCode']
}

/**
 * @param second absent: no model is asked
 * @returns what rules and policy say alone where a second reader was not asked or not heard, apart from
 *   `review`, which says why
 */
export async function assessPlan(
  plan: Plan,
  context: Context,
  ports: AssessPlanPorts,
  second?: Second,
): Promise<Decision> {
  const examination = examine(plan, context, ports.policy)
  const { review } = ports
  if (review === undefined || second === undefined) return conclude(examination)
  const asking = { ...review, clock: ports.clock, log: ports.log }
  const reviewed = await askForReview(examination, asking, second.limits(), second.openCode)
  return conclude(examination, reviewed)
}
