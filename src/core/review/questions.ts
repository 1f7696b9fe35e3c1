// Which findings a model may answer for. Worked out before any model is asked, from policy and
// findings alone, so that nothing a model says can widen it.
import { nameOf } from '../change/from-plan.ts'
import type { Examination } from '../policy/examination.ts'
import { limitInForce } from '../policy/grants/in-force.ts'
import { isWeighable } from '../policy/grants/weighable.ts'
import { meetsAddress } from '../policy/match.ts'
import type { ReviewLimit, WrittenReviewLimit } from '../policy/policy.ts'
import type { Finding } from '../rules/finding.ts'
import type { Question } from './model.ts'

/**
 * The findings that hold, are weighable at all, were not raised by the team, and lie inside a limit
 * in force at `context.at`, in the order of the findings; the first such limit of the policy counts.
 * A limit that does not say everything, or is past its day, is as if it were not there.
 */
export function questionsOf(examination: Examination): readonly Question[] {
  const limits = limitsHere(examination)
  if (limits.length === 0) return []
  const twice = namedTwice(examination)
  return examination.weighing.weighed
    .flatMap(({ finding, holds, fixed }): Omit<Question, 'id'>[] => {
      if (!holds || fixed === true || !isWeighable(finding)) return []
      if (twice.has(finding.address)) return []
      const found = limits.find(({ written }) => speaksOf(written, finding))
      return found === undefined ? [] : [{ finding, limit: found.limit }]
    })
    .map((question, at) => ({ id: `q${at + 1}`, ...question }))
}

interface Limit {
  readonly written: WrittenReviewLimit
  readonly limit: ReviewLimit
}

function limitsHere({ policy, facts }: Examination): readonly Limit[] {
  const { name, tier } = facts.environment
  return policy.review.releases.flatMap((written): Limit[] => {
    const { environments = [] } = written
    if (!environments.includes(name) && !environments.includes(tier)) return []
    const limit = limitInForce(written, facts.context.at)
    return limit.ok ? [{ written, limit: limit.value }] : []
  })
}

function speaksOf(
  { concerns = [], addresses = [] }: WrittenReviewLimit,
  finding: Finding,
): boolean {
  return concerns.includes(finding.concern) && meetsAddress(addresses, finding.address)
}

/** Names that stand in the plan more than once: an answer about one could be about the other. */
function namedTwice({ facts }: Examination): ReadonlySet<string> {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const { change } of facts.subjects) {
    const name = nameOf(change)
    if (seen.has(name)) twice.add(name)
    seen.add(name)
  }
  return twice
}
