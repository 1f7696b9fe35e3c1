// What hangs on a resource: the reference graph of the configuration, walked backwards. Readers in
// other workspaces are not in it, so every count is "at least".
import type { Configuration, ConfiguredResource } from '../plan/model.ts'

/** Block addresses (without instance keys) that depend on a block, directly or through others. */
export type Dependents = (blockAddress: string) => readonly string[]

const NOBODY: Dependents = () => []

/**
 * The dependents of any block of a configuration. Variables and outputs of modules pass through.
 * Locals, `each` and `count` are not followed (the document does not resolve them). Cycles end.
 */
export function dependentsIn(configuration: Configuration | undefined): Dependents {
  if (configuration === undefined) return NOBODY
  const readers = reverse(configuration)
  const known = new Map<string, readonly string[]>()
  return (address) => {
    const before = known.get(address)
    if (before !== undefined) return before
    const found = walk(address, readers)
    known.set(address, found)
    return found
  }
}

function walk(from: string, readers: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const seen = new Set<string>([from])
  const queue = [from]
  for (let at = 0; at < queue.length; at += 1) {
    for (const reader of readers.get(queue[at] ?? '') ?? []) {
      if (seen.has(reader)) continue
      seen.add(reader)
      queue.push(reader)
    }
  }
  seen.delete(from)
  return [...seen].filter((node) => !isPassage(node)).sort()
}

/** Variables and outputs are nodes of the graph and not things anyone owns. */
const PASSAGE = /^(var|out):/

function isPassage(node: string): boolean {
  return PASSAGE.test(node)
}

function reverse(configuration: Configuration): Map<string, string[]> {
  const readers = new Map<string, string[]>()
  const edge = (reader: string, read: string): void => {
    const list = readers.get(read)
    if (list === undefined) readers.set(read, [reader])
    else list.push(reader)
  }
  for (const block of configuration.resources) {
    const here = moduleOf(block)
    const references = [...Object.values(block.references).flat(), ...block.dependsOn]
    for (const node of new Set(references.flatMap((one) => nodeOf(one, here))))
      edge(block.address, node)
  }
  for (const call of configuration.moduleCalls) {
    const parent = call.address.split('.').slice(0, -2).join('.')
    for (const [name, references] of Object.entries(call.inputs)) {
      for (const node of references.flatMap((one) => nodeOf(one, parent)))
        edge(`var:${call.address}:${name}`, node)
    }
    for (const [name, references] of Object.entries(call.outputs)) {
      for (const node of references.flatMap((one) => nodeOf(one, call.address)))
        edge(`out:${call.address}:${name}`, node)
    }
  }
  return readers
}

function moduleOf(block: ConfiguredResource): string {
  return block.moduleCalls.map((name) => `module.${name}`).join('.')
}

/** `aws_vpc.main.id` in `module.net` → `module.net.aws_vpc.main`. */
function nodeOf(reference: string, here: string): readonly string[] {
  const parts = reference.replace(/\[[^\]]*\]/g, '').split('.')
  const [first = '', second = '', third = ''] = parts
  const inside = (name: string): string => (here === '' ? name : `${here}.${name}`)
  if (first === 'var') return second === '' ? [] : [`var:${here}:${second}`]
  if (first === 'module') return third === '' ? [] : [`out:${inside(`module.${second}`)}:${third}`]
  if (
    first === 'local' ||
    first === 'each' ||
    first === 'count' ||
    first === 'self' ||
    first === 'path'
  )
    return []
  if (first === 'data') return third === '' ? [] : [inside(`data.${second}.${third}`)]
  return second === '' ? [] : [inside(`${first}.${second}`)]
}
