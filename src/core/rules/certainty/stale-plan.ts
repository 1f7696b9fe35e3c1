import type { Rule } from '../rule.ts'
import { finding } from '../speak.ts'

const STALE_AFTER_MS = 24 * 60 * 60 * 1000

/** Judged by `context.at`; a plan without a timestamp (before 1.5) has no age to judge. */
export const stalePlan: Rule = {
  scope: 'plan',
  id: 'stale-plan',
  title: 'A plan that is older than a day',
  why: 'The world moves on: the plan shows what would have happened then.',
  remedy: 'Plan again.',
  releaseWhen: 'Nothing else touches this infrastructure.',
  sources: ['https://developer.hashicorp.com/terraform/internals/json-format'],
  check: ({ plan, context }) => {
    const made = plan.timestamp === undefined ? Number.NaN : Date.parse(plan.timestamp)
    const age = context.at - made
    if (Number.isNaN(made) || age <= STALE_AFTER_MS || plan.changes.length === 0) return {}
    const days = Math.floor(age / STALE_AFTER_MS)
    return {
      findings: [
        finding('', {
          rule: 'stale-plan',
          concern: 'stale',
          hazards: ['opaque'],
          severity: 'medium',
          what: `the plan was made ${days} ${days === 1 ? 'day' : 'days'} ago`,
          why: 'What it would do today may differ from what it shows.',
          evidence: [{ path: 'timestamp', note: plan.timestamp ?? '' }],
          covers: [],
        }),
      ],
    }
  },
}
