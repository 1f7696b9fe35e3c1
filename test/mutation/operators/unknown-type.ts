// Types nobody has described: what they do cannot be known.
import {
  remove,
  replace,
  resourceChange,
  type Step,
  type Target,
  update,
} from '../../../fixtures/tools/plan-builder.ts'
import { withChanges } from '../edit.ts'
import type { Operator } from '../mutant.ts'

const PROVIDER = { name: 'acme', source: 'registry.terraform.io/acme/acme', version: '>= 1.0' }
const TYPES = ['acme_payment_rail', 'acme_ledger', 'acme_router', 'acme_widget_v2'] as const

// Left out: creating one (a team's choice) and updates of tags alone (the plan proves what changes).
const STEPS: readonly { readonly why: string; readonly step: (of: Target) => Step }[] = [
  { why: 'an unknown thing is changed', step: (of) => update(of, { set: { mode: 'fast' } }) },
  { why: 'an unknown thing is destroyed', step: remove },
  {
    why: 'an unknown thing is made anew',
    step: (of) => replace(of, { set: { mode: 'fast' }, because: ['mode'] }),
  },
]

export const unknownType: Operator = {
  name: 'type unknown',
  mutate: (seed, random) =>
    STEPS.map(({ why, step }) => {
      const name = `main_${random.int(1000, 9999)}`
      const type = random.pick(TYPES)
      const values = { id: name, mode: 'safe', name, tags: { Service: 'shop' } }
      const element = resourceChange(step({ provider: PROVIDER, type, name, values }))
      return { why, address: `${type}.${name}`, plan: withChanges(seed.plan, 0, [element]) }
    }),
}
