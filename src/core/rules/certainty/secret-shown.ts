import { isEmptyJson } from '../../json.ts'
import type { Rule } from '../rule.ts'
import { evidenceFor, findingOn } from '../speak.ts'

/** Only the sensitive mark changes: nothing is built, but the value is printed from now on. */
export const secretShown: Rule = {
  scope: 'change',
  id: 'secret-shown',
  title: 'A value that is no longer marked sensitive',
  why: 'Without the mark the value appears in plans, logs and outputs that more people read.',
  remedy: 'Keep the mark, or rotate the value at its source first.',
  releaseWhen: 'The value never was a secret.',
  sources: ['https://developer.hashicorp.com/terraform/language/manage-sensitive-data'],
  check: ({ change }) => {
    if (change.action.kind !== 'update') return {}
    const shown = change.deltas.filter(
      (delta) =>
        delta.markOnly && delta.before.kind === 'sensitive' && delta.after.kind !== 'sensitive',
    )
    const hidden = change.deltas.filter(
      (delta) =>
        delta.markOnly && delta.after.kind === 'sensitive' && !isEmptyJson(change.after.value),
    )
    return {
      clearances:
        hidden.length === 0
          ? []
          : [
              {
                rule: 'secret-shown',
                address: change.address,
                covers: hidden.map(({ name }) => name),
                note: 'values newly marked sensitive',
              },
            ],
      findings:
        shown.length === 0
          ? []
          : [
              findingOn(change, {
                rule: 'secret-shown',
                concern: 'secret-shown',
                hazards: ['secret-exposure'],
                severity: 'high',
                what: `no longer marks ${shown.map(({ name }) => name).join(', ')} as sensitive`,
                why: 'From now on the value stands in every plan and state that is printed.',
                evidence: evidenceFor(shown),
                covers: shown.map(({ name }) => name),
              }),
            ],
    }
  },
}
