// A plan that was read becomes a decision: rules and policy first, then a second reader where there is
// one, then the verdict. The same step for every way in.
import { conclude, examine } from '../core/assess.ts'
import type { Context } from '../core/context.ts'
import type { Decision } from '../core/decision.ts'
import type { Plan } from '../core/plan/model.ts'
import type { Heard } from '../core/review/model.ts'
import { questionsOf } from '../core/review/questions.ts'
import type { Ports, Run } from './ports.ts'
import { type AskLimits, askForReview } from './review/ask.ts'

/** `policy` is asked for again after a review: it may change while the service is up. */
export interface AssessPlanPorts extends Pick<Ports, 'policy' | 'clock' | 'log'> {
  readonly review?: Ports['review'] | undefined
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
  const { policy } = ports
  if (reviewed === undefined || policy === examination.policy) {
    return conclude(examination, reviewed)
  }
  // A model takes minutes, and a kill switch or a freeze that came meanwhile must not wait for it.
  const again = examine(plan, context, policy)
  return conclude(again, { questions: questionsOf(again), heard: outdated(reviewed.heard) })
}

/** What was said under another policy may hold a plan, and never lets one pass. */
function outdated(heard: Heard): Heard {
  const leftOut = [...heard.asked.leftOut, 'the policy as it has become meanwhile']
  return { ...heard, asked: { ...heard.asked, leftOut } }
}
