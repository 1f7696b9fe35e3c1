// Why an object is replaced, back to the first cause: a value that is known only after the apply
// comes from somewhere, and the configuration says from where.

import type { Change, Delta } from '../change/model.ts'
import type { Subject } from '../knowledge/subject.ts'
import { blockAddress } from '../plan/address.ts'
import type { Configuration, ConfiguredResource, Plan } from '../plan/model.ts'
import { forEachReference, isPassage, readsOf } from './references.ts'

export interface Cause {
  /**
   * `own`: an attribute that forces it changes to a known value. `upstream`: the value comes from
   * another object of this plan. `untraced`: the value is unknown and leads nowhere in this plan.
   */
  readonly kind: 'own' | 'upstream' | 'tainted' | 'requested' | 'triggered' | 'untraced'
  /** Dotted attributes of the object itself that force the replacement, sorted. */
  readonly attributes: readonly string[]
  /** From the first cause to the last one before the object; empty unless `upstream` or `triggered`. */
  readonly chain: readonly Link[]
  /** Other replacements of this plan that follow from this one, directly or through others. */
  readonly follow: number
  /** The new object is made first, and so is one that depends on it: that order is passed down. */
  readonly orderFrom?: string
}

export interface Link {
  /** Block address: a configuration knows no instances. */
  readonly address: string
  readonly happens: 'replaced' | 'created' | 'changed' | 'read'
  /** What forces this one, where it is replaced. */
  readonly attributes: readonly string[]
}

/** The cause of a replacement; undefined for any other change. */
export type Causes = (change: Change) => Cause | undefined

/** Links of one chain. Longer ones start in the middle. */
const LONGEST = 20
/** Variables and outputs passed through for one attribute. */
const MOST_PASSAGES = 500

/** Traces replacements through the configuration of a plan; without one, only to their own attributes. */
export function causesIn(plan: Plan, subjects: readonly Subject[]): Causes {
  const graph = graphOf(plan.configuration)
  const changed = changedBlocks(subjects)
  const steps = new Map<string, Step>()
  const stepOf = (change: Change): Step => {
    const known = steps.get(change.address)
    if (known !== undefined) return known
    const found = step(change, graph, changed)
    steps.set(change.address, found)
    return found
  }
  const trace = (change: Change): { own: Step; chain: Link[] } => {
    const own = stepOf(change)
    const chain: Link[] = []
    const seen = new Set([blockAddress(change.address)])
    let next = own.from
    while (next !== undefined && chain.length < LONGEST && !seen.has(next)) {
      seen.add(next)
      const upstream = changed.get(next)
      if (upstream === undefined) break
      const more = upstream.action.kind === 'replace' ? stepOf(upstream) : undefined
      chain.unshift({
        address: next,
        happens: happensTo(upstream),
        attributes: more?.attributes ?? [],
      })
      next = more?.from
    }
    return { own, chain }
  }
  const followers = new Map<string, number>()
  const orders = new Map<string, string>()
  for (const { change } of subjects) {
    if (change.action.kind !== 'replace' || change.deposed !== undefined) continue
    for (const { address } of trace(change).chain) {
      followers.set(address, (followers.get(address) ?? 0) + 1)
    }
    const block = graph.blocks.get(blockAddress(change.address))
    if (change.action.order !== 'create-first' || block === undefined) continue
    for (const read of readThrough(block, undefined, graph)) orders.set(read, block.address)
  }
  return (change) => {
    if (change.action.kind !== 'replace') return undefined
    const { own, chain } = trace(change)
    const block = blockAddress(change.address)
    const orderFrom = change.action.order === 'create-first' ? orders.get(block) : undefined
    return {
      kind: own.kind,
      attributes: own.attributes,
      chain,
      follow: followers.get(block) ?? 0,
      ...(orderFrom === undefined ? {} : { orderFrom }),
    }
  }
}

/** One person's words for a chain: "random_id.suffix is replaced → bucket → aws_s3_bucket.media". */
export function chainText({ kind, chain, attributes: own }: Cause, to: string): string {
  return [
    ...chain.map(({ address, happens, attributes }) =>
      attributes.length === 0
        ? `${address} is ${happens}`
        : `${address} is ${happens} (${attributes.slice(0, 2).join(', ')})`,
    ),
    ...(kind === 'upstream' ? own.slice(0, 1) : []),
    to,
  ].join(' → ')
}

interface Step {
  readonly kind: Cause['kind']
  readonly attributes: readonly string[]
  /** The changed block to go on with. */
  readonly from?: string
}

interface Graph {
  readonly blocks: ReadonlyMap<string, ConfiguredResource>
  /** Passage → what it reads. */
  readonly passages: ReadonlyMap<string, readonly string[]>
}

function step(change: Change, graph: Graph, changed: ReadonlyMap<string, Change>): Step {
  const forced = change.deltas.filter((delta) => delta.forcesReplacement)
  const attributes = [...new Set(forced.map(({ name }) => name))].sort()
  if (change.reason === 'replace_because_tainted') return { kind: 'tainted', attributes }
  if (change.reason === 'replace_by_request') return { kind: 'requested', attributes }
  const block = graph.blocks.get(blockAddress(change.address))
  if (change.reason === 'replace_by_triggers') {
    // The trigger itself is not in the document; something the block reads is the likeliest.
    const from = block === undefined ? undefined : strongest(block, undefined, graph, changed)
    return { kind: 'triggered', attributes, ...(from === undefined ? {} : { from }) }
  }
  const unknown = forced.filter(isUnknown)
  if (unknown.length < forced.length || forced.length === 0) return { kind: 'own', attributes }
  for (const { path } of unknown) {
    const from =
      block === undefined ? undefined : strongest(block, String(path[0] ?? ''), graph, changed)
    if (from !== undefined) return { kind: 'upstream', attributes, from }
  }
  return { kind: 'untraced', attributes }
}

function isUnknown(delta: Delta): boolean {
  return delta.after.kind === 'unknown'
}

/** Of the changed blocks an attribute reads: a replaced one before a new one before the others. */
function strongest(
  block: ConfiguredResource,
  attribute: string | undefined,
  graph: Graph,
  changed: ReadonlyMap<string, Change>,
): string | undefined {
  const rank = (node: string): number => RANK[happensTo(changed.get(node))]
  return readThrough(block, attribute, graph)
    .filter((node) => changed.has(node))
    .sort((a, b) => rank(b) - rank(a) || (a < b ? -1 : 1))[0]
}

/** Blocks that an attribute (or the whole block) reads, directly or through variables and outputs. */
function readThrough(
  block: ConfiguredResource,
  attribute: string | undefined,
  { passages }: Graph,
): string[] {
  const seen = new Set<string>(readsOf(block, attribute))
  const found: string[] = []
  for (const node of seen) {
    if (!isPassage(node)) {
      if (node !== block.address) found.push(node)
      continue
    }
    if (seen.size > MOST_PASSAGES) continue
    for (const read of passages.get(node) ?? []) seen.add(read)
  }
  return found
}

const RANK: Readonly<Record<Link['happens'], number>> = {
  replaced: 4,
  created: 3,
  read: 2,
  changed: 1,
}

function happensTo(change: Change | undefined): Link['happens'] {
  switch (change?.action.kind) {
    case 'replace':
      return 'replaced'
    case 'create':
      return 'created'
    case 'read':
      return 'read'
    default:
      return 'changed'
  }
}

/** One change per block: the strongest, and of equals the first by address. */
function changedBlocks(subjects: readonly Subject[]): ReadonlyMap<string, Change> {
  const found = new Map<string, Change>()
  for (const { change } of subjects) {
    if (change.deposed !== undefined || !SPREADS.has(change.action.kind)) continue
    const block = blockAddress(change.address)
    const other = found.get(block)
    const gain = RANK[happensTo(change)] - (other === undefined ? 0 : RANK[happensTo(other)])
    if (other === undefined || gain > 0 || (gain === 0 && change.address < other.address)) {
      found.set(block, change)
    }
  }
  return found
}

/** What can make a value of another object new. */
const SPREADS = new Set(['create', 'replace', 'update', 'read'])

function graphOf(configuration: Configuration | undefined): Graph {
  const passages = new Map<string, string[]>()
  if (configuration === undefined) return { blocks: new Map(), passages }
  forEachReference(configuration, (reader, read) => {
    if (!isPassage(reader)) return
    const list = passages.get(reader)
    if (list === undefined) passages.set(reader, [read])
    else list.push(read)
  })
  return {
    blocks: new Map(configuration.resources.map((block) => [block.address, block])),
    passages,
  }
}
