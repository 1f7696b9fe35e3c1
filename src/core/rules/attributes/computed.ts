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
  check: ({ change }, facts) => {
    if (change.action.kind !== 'update') return {}
    const configured = change.deltas.filter((delta) => facts.isConfigured(change, delta))
    // Nothing configured changes, and yet the object does: then what is computed is the news.
    if (configured.length === 0) return {}
    const names = change.deltas
      .filter((delta) => delta.after.kind === 'unknown' && !facts.isConfigured(change, delta))
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
