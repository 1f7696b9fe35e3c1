import { mayBeDynamic } from '../../analysis/configured.ts'
import type { Facts } from '../../analysis/facts.ts'
import type { Delta } from '../../change/model.ts'
import type { Kind } from '../../knowledge/kind.ts'
import type { Subject } from '../../knowledge/subject.ts'
import type { Rule } from '../rule.ts'

/** Values the provider recomputes because something else in the object changes: no news by themselves. */
export const computed: Rule = {
  scope: 'change',
  id: 'computed',
  title: 'Attributes that only the provider sets',
  why: 'An attribute the code does not set becomes unknown when another one changes; that other one is the news.',
  remedy: 'None needed.',
  releaseWhen: 'Always, as long as the cause beside it is accounted for.',
  sources: ['https://developer.hashicorp.com/terraform/internals/json-format'],
  check: (subject, facts) => {
    const { change } = subject
    if (change.action.kind !== 'update') return {}
    const configured = change.deltas.filter((delta) => facts.isConfigured(change, delta))
    // Nothing configured changes, and yet the object does: then what is computed is the news.
    if (configured.length === 0) return {}
    const names = change.deltas
      .filter((delta) => delta.after.kind === 'unknown' && isComputed(subject, delta, facts))
      .map(({ name }) => name)
    if (names.length === 0) return {}
    return {
      clearances: [
        {
          rule: 'computed',
          address: change.address,
          covers: names,
          note: 'values the provider recomputes',
        },
      ],
    }
  },
}

/** Only the provider sets it, as far as the document tells; where the catalogue knows the attribute, doubt counts. */
export function isComputed({ change, kind }: Subject, delta: Delta, facts: Facts): boolean {
  if (facts.isConfigured(change, delta)) return false
  return !(mayBeDynamic(change, delta) && knows(kind, String(delta.path[0] ?? '')))
}

function knows(kind: Kind, attribute: string): boolean {
  if (kind.kind === 'unknown') return true
  const { rules, authoritative, policy_attrs, force_new } = kind.row
  const paths = [
    ...[...(rules ?? []), ...(authoritative ?? []), ...(policy_attrs ?? [])].map(
      ({ path }) => path,
    ),
    ...(force_new ?? []),
  ]
  return paths.some((path) => path.split('.')[0] === attribute)
}
