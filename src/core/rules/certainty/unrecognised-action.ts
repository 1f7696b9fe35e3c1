import type { Rule } from '../rule.ts'
import { findingOn } from '../speak.ts'

/** Words this version does not know are the most severe case: newer tools add actions without a version bump. */
export const unrecognisedAction: Rule = {
  scope: 'change',
  id: 'unrecognised-action',
  title: 'An action or kind of object this version does not know',
  why: 'A new word may mean destroy. Reading it as harmless is how gates are passed.',
  remedy: 'Update Holdgate; until then a person reads this change in the plan itself.',
  releaseWhen: 'A person has read the plan and knows what the word means.',
  sources: ['https://developer.hashicorp.com/terraform/internals/json-format'],
  check: ({ change }) => {
    const words = change.action.kind === 'unrecognised' ? change.action.words : undefined
    if (words === undefined && change.mode !== 'unrecognised') return {}
    return {
      findings: [
        findingOn(change, {
          rule: 'unrecognised-action',
          concern: 'unrecognised',
          hazards: ['opaque'],
          severity: 'critical',
          what:
            words === undefined
              ? 'is a kind of object this version does not know'
              : 'has a list of actions this version does not know',
          why: 'What it does is not known, so nothing about it counts as harmless.',
          covers: 'all',
        }),
      ],
    }
  },
}
