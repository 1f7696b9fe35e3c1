// Which attributes the code sets and which the provider computes: an unknown value of the second kind
// only says that something else in the same object changed.

import type { Change, Delta } from '../change/model.ts'
import { blockAddress } from '../plan/address.ts'
import type { ConfiguredResource, Plan } from '../plan/model.ts'

/**
 * Asks the configuration of the plan about a top-level attribute. True where the attribute is set there, and true where that
 * cannot be told: no configuration in the document, or no block for the address.
 */
export function configuredBy(plan: Plan): (change: Change, delta: Pick<Delta, 'path'>) => boolean {
  const blocks = new Map<string, ReadonlySet<string>>()
  for (const block of plan.configuration?.resources ?? [])
    blocks.set(block.address, topLevel(block))
  return (change, { path }) => {
    const set = blocks.get(blockAddress(change.address))
    return set === undefined || set.has(String(path[0] ?? ''))
  }
}

function topLevel(block: ConfiguredResource): ReadonlySet<string> {
  const names = [...Object.keys(block.references), ...block.constants]
  return new Set(names.map((name) => name.split('.')[0] ?? name))
}
