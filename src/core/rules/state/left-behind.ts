import { classOf, lossOf } from '../destruction/loss.ts'
import type { Rule } from '../rule.ts'
import { findingOn } from '../speak.ts'

const ID = 'left-behind'

/** Objects dropped from the state, left-overs of failed replacements, objects marked tainted. */
export const leftBehind: Rule = {
  scope: 'change',
  id: ID,
  title: 'An object leaves Terraform’s books, or a left-over of a failed apply goes',
  why: 'What nobody manages drifts, costs and is forgotten; a left-over may be the object in use.',
  remedy: 'Import it where it belongs before forgetting it here.',
  releaseWhen: 'Its new home is known, or the left-over is known to be unused.',
  sources: [
    'https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources',
  ],
  check: ({ change, kind }) => {
    const { action } = change
    const forgets =
      action.kind === 'forget' || (action.kind === 'replace' && action.old === 'forgotten')
    if (forgets) {
      return {
        findings: [
          findingOn(change, {
            rule: ID,
            concern: 'state-surgery',
            hazards:
              action.kind === 'replace'
                ? ['state-surgery', 'identity-churn', 'cost']
                : ['state-surgery'],
            severity: 'high',
            what:
              action.kind === 'replace'
                ? 'gets a new object while the old one stays behind, unmanaged'
                : 'leaves Terraform’s books; the object stays alive, unmanaged',
            why: 'From then on no plan shows what happens to it, and no code brings it back.',
            check: 'Who looks after it from now on, and in which state is it to be found?',
            rollback: 'Import it again by its id, which only the old state and the provider know.',
            alternative:
              action.kind === 'replace'
                ? 'Import the old object under an address of its own first, so that somebody still sees it.'
                : 'Import it where it will live first, and forget it here in the plan after that.',
            covers: 'all',
          }),
        ],
      }
    }
    if (change.deposed !== undefined) {
      const loss = lossOf(kind)
      return {
        findings: [
          findingOn(change, {
            rule: ID,
            concern: 'state-surgery',
            hazards: ['state-surgery', ...loss.hazards],
            severity: 'high',
            what: `is a left-over of an unfinished replacement and would be destroyed (${classOf(kind).replace('_', ' ')})`,
            why: 'Usually the current object is the one in use, but a half-finished replacement may say otherwise.',
            check: 'Is it really the current object that serves, and not this one?',
            rollback:
              'The left-over itself does not come back; what it held returns only from a copy.',
            alternative:
              'Look it up by its id first; end it in a plan of its own once the current object serves.',
            covers: 'all',
          }),
        ],
      }
    }
    return {}
  },
}
