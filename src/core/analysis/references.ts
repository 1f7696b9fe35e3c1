// The reference graph of a configuration: who reads what. Nodes are block addresses without instance
// keys; variables and outputs of modules are nodes too (`var:module.a:name`, `out:module.a:name`).
import { blockAddress } from '../plan/address.ts'
import type { Configuration, ConfiguredResource } from '../plan/model.ts'

/** Calls `edge` for every reference of every block, call input and module output. */
export function forEachReference(
  configuration: Configuration,
  edge: (reader: string, read: string) => void,
): void {
  for (const block of configuration.resources) {
    for (const node of readsOf(block, undefined)) edge(block.address, node)
  }
  for (const call of configuration.moduleCalls) {
    const parent = call.address.split('.').slice(0, -2).join('.')
    for (const [name, references] of Object.entries(call.inputs)) {
      for (const node of nodesOf(references, parent)) edge(`var:${call.address}:${name}`, node)
    }
    for (const [name, references] of Object.entries(call.outputs)) {
      for (const node of nodesOf(references, call.address)) {
        edge(`out:${call.address}:${name}`, node)
      }
    }
  }
}

/** What a block reads: in one attribute (and everything below it), or anywhere when undefined. */
export function readsOf(block: ConfiguredResource, attribute: string | undefined): string[] {
  const here = block.moduleCalls.map((name) => `module.${name}`).join('.')
  const lists = Object.entries(block.references).flatMap(([path, references]) =>
    attribute === undefined || path === attribute || path.startsWith(`${attribute}.`)
      ? references
      : [],
  )
  return nodesOf(attribute === undefined ? [...lists, ...block.dependsOn] : lists, here)
}

/** Variables and outputs are nodes of the graph and not things anyone owns. */
export function isPassage(node: string): boolean {
  return node.startsWith('var:') || node.startsWith('out:')
}

function nodesOf(references: readonly string[], here: string): string[] {
  return [...new Set(references.flatMap((one) => nodeOf(one, here)))]
}

const NO_NODE = new Set(['local', 'each', 'count', 'self', 'path', 'terraform'])

/** `aws_vpc.main.id` in `module.net` → `module.net.aws_vpc.main`. */
function nodeOf(reference: string, here: string): readonly string[] {
  const [first = '', second = '', third = ''] = blockAddress(reference).split('.')
  const inside = (name: string): string => (here === '' ? name : `${here}.${name}`)
  if (first === 'var') return second === '' ? [] : [`var:${here}:${second}`]
  if (first === 'module') return third === '' ? [] : [`out:${inside(`module.${second}`)}:${third}`]
  if (NO_NODE.has(first)) return []
  if (first === 'data') return third === '' ? [] : [inside(`data.${second}.${third}`)]
  return second === '' ? [] : [inside(`${first}.${second}`)]
}
