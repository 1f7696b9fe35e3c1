import type { Hazard, ResourceClass } from '../../knowledge/kind.ts'
import { isLoss } from '../destruction/loss.ts'
import type { Rule } from '../rule.ts'
import { findingOn } from '../speak.ts'

/** What such a change may mean by the words of the type's name; said beside the doubt, never instead. */
const PERHAPS: Partial<Record<ResourceClass, Hazard>> = {
  identity: 'privilege-escalation',
  governance: 'guardrail-loss',
  edge_protection: 'guardrail-loss',
}

/** A type outside the catalogue. Its end is judged with the other ends as well, by a guess. */
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
    if (kind.kind === 'known' || change.mode !== 'managed' || change.deposed !== undefined)
      return {}
    const creates = change.action.kind === 'create'
    const ends = isLoss(subject)
    const described = change.deltas.every(({ name }) => /^(tags|labels|tags_all)(\.|$)/.test(name))
    if (!creates && !ends && (change.action.kind !== 'update' || described)) return {}
    const perhaps = ends ? undefined : PERHAPS[kind.guess]
    return {
      findings: [
        findingOn(change, {
          rule: 'unknown-type',
          concern: 'unknown-type',
          hazards: perhaps === undefined ? ['opaque'] : ['opaque', perhaps],
          severity: creates ? 'medium' : 'high',
          what: `would be ${creates ? 'created' : ends ? 'ended' : 'changed'}, and its type ${kind.type} is not in the catalogue`,
          why: `By its name it is probably a ${kind.guess.replace('_', ' ')}, but a name is no evidence.`,
          covers: 'all',
        }),
      ],
    }
  },
}
