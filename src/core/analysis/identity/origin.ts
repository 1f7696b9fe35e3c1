// Where an unknown value comes from: follows the references of the configuration, through inputs
// and outputs of modules, to the resource blocks they end at.
import type { Change } from '../../change/model.ts'
import type { Configuration, ConfiguredResource, ModuleCall } from '../../plan/model.ts'

/** Steps from block to block; a longer chain counts as not followed. */
const MAX_STEPS = 200
/** Longer addresses are left as they are, and so match nothing. */
const MAX_ADDRESS_CHARS = 8192

export interface Origin {
  readonly isConfigured: (attribute: string) => boolean
  readonly isCreatedHere: (attribute: string) => boolean
}

/** The configuration, found by address. */
export interface Blocks {
  readonly resources: ReadonlyMap<string, ConfiguredResource>
  readonly calls: ReadonlyMap<string, ModuleCall>
}

export function blocksOf(configuration: Configuration): Blocks {
  return {
    resources: new Map(configuration.resources.map((block) => [block.address, block])),
    calls: new Map(configuration.moduleCalls.map((call) => [call.address, call])),
  }
}

/** `created`: addresses, without instance keys, of what this plan creates and the catalogue knows. */
export function originOf(
  change: Change,
  blocks: Blocks | undefined,
  created: ReadonlySet<string>,
): Origin {
  const module = withoutKeys(change.moduleAddress)
  const address = `${module === '' ? '' : `${module}.`}${change.type}.${change.name}`
  const block = blocks?.resources.get(address)
  if (blocks === undefined || block === undefined) {
    return { isConfigured: () => true, isCreatedHere: () => false }
  }
  return {
    isConfigured: (attribute) =>
      namesUnder(block, attribute).length > 0 ||
      block.constants.some((name) => isUnder(name, attribute)),
    isCreatedHere: (attribute) => {
      const references = namesUnder(block, attribute).flatMap(
        (name) => block.references[name] ?? [],
      )
      const ends = endsOf(references, module, blocks)
      return ends !== undefined && ends.length > 0 && ends.every((end) => created.has(end))
    },
  }
}

/** `module.a["x"].module.b[0]` → `module.a.module.b` */
export function withoutKeys(address: string): string {
  if (address.length > MAX_ADDRESS_CHARS) return address
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, '')
}

function namesUnder(block: ConfiguredResource, attribute: string): readonly string[] {
  return Object.keys(block.references).filter((name) => isUnder(name, attribute))
}

function isUnder(name: string, attribute: string): boolean {
  return name === attribute || name.startsWith(`${attribute}.`)
}

/** Addresses of the managed resources all references end at; undefined where one ends elsewhere. */
function endsOf(
  references: readonly string[],
  module: string,
  { calls }: Blocks,
): readonly string[] | undefined {
  const ends = new Set<string>()
  const queue = references.map((reference) => ({ reference, module }))
  for (let step = 0; queue.length > 0; step += 1) {
    const next = queue.pop()
    if (next === undefined || step > MAX_STEPS) return undefined
    const parts = withoutKeys(next.reference).split('.')
    const [head = '', name = '', output = ''] = parts
    if (head === 'var') {
      const call = calls.get(next.module)
      const inputs = call?.inputs[name]
      if (inputs === undefined || inputs.length === 0) return undefined
      for (const reference of inputs) queue.push({ reference, module: parentOf(next.module) })
    } else if (head === 'module') {
      const inner = join(next.module, `module.${name}`)
      const call = calls.get(inner)
      // Terraform lists `module.x` beside `module.x.output`: the shorter one says nothing more.
      if (output === '') continue
      const outputs = call?.outputs[output]
      if (outputs === undefined || outputs.length === 0) return undefined
      for (const reference of outputs) queue.push({ reference, module: inner })
    } else if (['data', 'local', 'each', 'count', 'path', 'terraform', 'self', ''].includes(head)) {
      return undefined
    } else ends.add(join(next.module, `${head}.${name}`))
  }
  return [...ends]
}

function join(module: string, rest: string): string {
  return module === '' ? rest : `${module}.${rest}`
}

function parentOf(module: string): string {
  return module.split('.').slice(0, -2).join('.')
}
