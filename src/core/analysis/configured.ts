// Which attributes the code sets and which the provider computes: an unknown value of the second kind
// only says that something else in the same object changed.

import type { Change, Delta } from '../change/model.ts'
import { isList, isObject, valueAt } from '../json.ts'
import { blockAddress } from '../plan/address.ts'
import type { ConfiguredResource, Plan } from '../plan/model.ts'

/**
 * Asks the configuration of the plan about a top-level attribute. True where it is set there, and true
 * where that cannot be told: no configuration in the document, or no block for the address.
 */
export function configuredBy(plan: Plan): (change: Change, delta: Pick<Delta, 'path'>) => boolean {
  const blocks = new Map<string, ReadonlySet<string>>()
  for (const block of plan.configuration?.resources ?? [])
    blocks.set(block.address, topLevel(block))
  return (change, { path }) => {
    const set = blocks.get(blockAddress(change.address))
    const attribute = String(path[0] ?? '')
    return set === undefined || set.has(attribute)
  }
}

function topLevel(block: ConfiguredResource): ReadonlySet<string> {
  const names = [...Object.keys(block.references), ...block.constants]
  return new Set(names.map((name) => name.split('.')[0] ?? name))
}

/**
 * The attribute of an existing object is a list of blocks. `dynamic` blocks leave no trace in the
 * document, so that such a list may be configured although nothing says so.
 */
export function mayBeDynamic(change: Change, { path }: Pick<Delta, 'path'>): boolean {
  const before = valueAt(change.before.value, [String(path[0] ?? '')])
  return change.action.kind === 'update' && isList(before) && before.every((item) => isObject(item))
}
