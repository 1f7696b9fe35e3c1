// What hangs on a resource: the reference graph of the configuration, walked backwards. Readers in
// other workspaces are not in it, so every count is "at least".
import type { Configuration } from '../plan/model.ts'
import { forEachReference, isPassage } from './references.ts'

/** Block addresses (without instance keys) that depend on a block, directly or through others. */
export type Dependents = (blockAddress: string) => readonly string[]

const NOBODY: Dependents = () => []

/** Nodes visited for one block. Beyond this the answer only says "at least" more loudly. */
const MOST_VISITED = 500

/**
 * The dependents of any block of a configuration, sorted, the nearest 500 at most. Variables and
 * outputs of modules pass through. Locals, `each` and `count` are not followed (the document does not
 * resolve them). Cycles end.
 */
export function dependentsIn(configuration: Configuration | undefined): Dependents {
  if (configuration === undefined) return NOBODY
  const readers = new Map<string, string[]>()
  forEachReference(configuration, (reader, read) => {
    const list = readers.get(read)
    if (list === undefined) readers.set(read, [reader])
    else list.push(reader)
  })
  // One answer is kept: rules ask for the same block in a row, and keeping all could be a square.
  let last: { readonly address: string; readonly found: readonly string[] } | undefined
  return (address) => {
    if (last?.address === address) return last.found
    last = { address, found: walk(address, readers) }
    return last.found
  }
}

function walk(from: string, readers: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const seen = new Set<string>([from])
  const queue = [from]
  for (let at = 0; at < queue.length; at += 1) {
    for (const reader of readers.get(queue[at] ?? '') ?? []) {
      if (seen.has(reader)) continue
      if (seen.size > MOST_VISITED) break
      seen.add(reader)
      queue.push(reader)
    }
  }
  seen.delete(from)
  return [...seen].filter((node) => !isPassage(node)).sort()
}
