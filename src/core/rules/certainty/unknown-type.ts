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
          why: `${GUESSED[kind.guess]}, ${kind.guess === 'glue' ? 'and' : 'but'} a name is no evidence.`,
          covers: 'all',
        }),
      ],
    }
  },
}

/** What a name suggests, as the beginning of a sentence. */
const GUESSED: Readonly<Record<ResourceClass, string>> = {
  datastore: 'By its name it probably holds data',
  volume: 'By its name it is probably a volume',
  backup: 'By its name it probably has to do with backups',
  key_secret: 'By its name it is probably a key or secret',
  identity: 'By its name it probably has to do with identities and rights',
  network_fabric: 'By its name it is probably part of a network',
  network_rule: 'By its name it is probably a network rule',
  dns_traffic: 'By its name it probably carries or directs traffic',
  edge_protection: 'By its name it probably protects the edge',
  compute_fleet: 'By its name it is probably a group of machines',
  compute_singleton: 'By its name it is probably a machine',
  serverless: 'By its name it is probably a function or job',
  messaging: 'By its name it is probably a queue or topic',
  monitoring: 'By its name it probably has to do with monitoring',
  governance: 'By its name it probably has to do with governance',
  metadata: 'By its name it is probably metadata',
  glue: 'Its name does not say what it is',
}
