import { isLoss } from '../destruction/loss.ts'
import type { Rule } from '../rule.ts'
import { findingOn } from '../speak.ts'

/** A type outside the catalogue: create and update. Its end is judged with the other ends, by a guess. */
export const unknownType: Rule = {
  scope: 'change',
  id: 'unknown-type',
  title: 'A resource type that is not in the catalogue',
  why: 'What its attributes do, and what goes with it, is not known here.',
  remedy: 'Read the provider documentation, then add a row for the type.',
  releaseWhen: 'Someone who knows the type has looked.',
  sources: ['https://registry.terraform.io/browse/providers'],
  check: (subject) => {
    const { change, kind } = subject
    if (kind.kind === 'known' || change.mode !== 'managed' || isLoss(subject)) return {}
    const creates = change.action.kind === 'create'
    const described = change.deltas.every(({ name }) => /^(tags|labels|tags_all)(\.|$)/.test(name))
    if (!creates && (change.action.kind !== 'update' || described)) return {}
    return {
      findings: [
        findingOn(change, {
          rule: 'unknown-type',
          concern: 'unknown-type',
          hazards: ['opaque'],
          severity: creates ? 'medium' : 'high',
          what: `would be ${creates ? 'created' : 'changed'}, and its type ${kind.type} is not in the catalogue`,
          why: `By its name it is probably a ${kind.guess.replace('_', ' ')}, but a name is no evidence.`,
          covers: 'all',
        }),
      ],
    }
  },
}
