// What a reader can tell from the prompt alone: the packet's items, and what stands behind the fence.
import type { AskedModel } from './api-rules.ts'

export interface Cited {
  readonly address: string
  readonly path: string
}

export interface SeenFinding extends Cited {
  readonly severity: string
}

export interface SeenQuestion extends SeenFinding {
  readonly id: string
}

export interface PacketView {
  /** Every address that an item names, in order, each once. */
  readonly addresses: readonly string[]
  readonly findings: readonly SeenFinding[]
  readonly questions: readonly SeenQuestion[]
  /** The packet says that nothing is left out of it. */
  readonly isWhole: boolean
  /** Texts that people wrote, as shown. */
  readonly writings: readonly string[]
}

type Item = Readonly<Record<string, unknown>>

export function viewOf({ blocks }: AskedModel): PacketView {
  const [packet = '', ...rest] = blocks
  const items = itemsIn(packet)
  const fenced = rest.flatMap((block) => itemsIn(block))
  return {
    addresses: [...new Set(items.flatMap(addressesIn))],
    findings: items.flatMap(findingIn),
    questions: items.flatMap(questionIn),
    isWhole: isWhole(items),
    writings: fenced.flatMap((item) => text(item.text) ?? []),
  }
}

/** Lines that are one JSON object each, members of a list or not; the sentence before is none. */
function itemsIn(block: string): readonly Item[] {
  return block.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return []
    try {
      return [JSON.parse(line.replace(/,$/, '')) as Item]
    } catch {
      return []
    }
  })
}

/** The first item says what is not shown; without one nobody knows. */
function isWhole(items: readonly Item[]): boolean {
  const head = items.find(({ item }) => item === 'plan')
  return Array.isArray(head?.left_out) && head.left_out.length === 0
}

function addressesIn({ address, addresses }: Item): readonly string[] {
  const listed = Array.isArray(addresses) ? addresses : []
  return [address, ...listed].flatMap((one) => text(one) ?? [])
}

function findingIn(item: Item): readonly SeenFinding[] {
  const [address, severity] = [text(item.address), text(item.severity)]
  if (item.item !== 'finding' || address === undefined || severity === undefined) return []
  const [evidence] = Array.isArray(item.evidence) ? item.evidence : []
  return [{ address, severity, path: text(evidence?.path) ?? '' }]
}

function questionIn(item: Item): readonly SeenQuestion[] {
  const id = text(item.question)
  return id === undefined ? [] : findingIn(item).map((found) => ({ ...found, id }))
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
