import type { Rule } from '../rule.ts'
import { finding } from '../speak.ts'

export const misdeployment: Rule = {
  scope: 'plan',
  id: 'misdeployment',
  title: 'Signals disagree about where this plan applies',
  why: 'The right change in the wrong place is the hardest mistake to see in a diff.',
  remedy: 'Say in the policy file which environment this workspace is.',
  releaseWhen: 'Workspace, account and tags were compared by a person.',
  sources: ['https://developer.hashicorp.com/terraform/cloud-docs/workspaces'],
  check: ({ environment }) => {
    if (environment.conflict === undefined) return {}
    return {
      findings: [
        finding('', {
          rule: 'misdeployment',
          concern: environment.declared ? 'note' : 'misdeployment',
          hazards: ['misdeployment'],
          severity: environment.declared ? 'low' : 'critical',
          what: `it is not clear where this applies: ${environment.conflict}`,
          why: 'One of the two is wrong, and the plan is judged by the stricter one.',
          covers: [],
        }),
      ],
    }
  },
}
