import type { Rule } from '../rule.ts'
import { finding } from '../speak.ts'

/** `check` blocks and conditions that do not pass; the author's messages are not repeated, they may hold values. */
export const failingCheck: Rule = {
  scope: 'plan',
  id: 'failing-check',
  title: 'A check of the configuration does not pass',
  why: 'The authors wrote down what has to be true, and it is not.',
  remedy: 'Make the check pass, or remove it if it is wrong.',
  releaseWhen: 'The check is known to be wrong.',
  sources: ['https://developer.hashicorp.com/terraform/language/checks'],
  check: ({ plan }) => {
    // `unknown` alone is usual before the first apply: only a verdict counts.
    const failing = plan.checks.filter(({ status }) => status !== 'pass' && status !== 'unknown')
    if (failing.length === 0) return {}
    return {
      findings: [
        finding('', {
          rule: 'failing-check',
          concern: 'failing-check',
          hazards: ['opaque'],
          severity: 'high',
          what: `${failing.length === 1 ? 'a check' : `${failing.length} checks`} of the configuration ${failing.length === 1 ? 'does' : 'do'} not pass`,
          why: 'A failing check only warns; the apply goes on in spite of it.',
          evidence: failing
            .slice(0, 5)
            .map(({ address, status }) => ({ path: '', note: `${address}: ${status}` })),
          covers: [],
        }),
      ],
    }
  },
}
