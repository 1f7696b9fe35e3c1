// What a reader can tell from the prompt alone: the packet's items, and what stands behind the fence.
import type { AskedModel } from './api-rules.ts'

export interface Cited {
  readonly address: string
  readonly path: string
}

export interface SeenFinding extends Cited {
  readonly severity: string
}

export interface SeenQuestion extends Cited {
  readonly id: string
}

export interface PacketView {
  /** Every address that an item names, in order, each once. */
  readonly addresses: readonly string[]
  readonly findings: readonly SeenFinding[]
  readonly questions: readonly SeenQuestion[]
  /** The packet says that something is not in it. */
  readonly hasGaps: boolean
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
    hasGaps: items.some(saysLeftOut),
    writings: fenced.flatMap((item) => text(item.text) ?? []),
  }
}

/** Lines that are one JSON object each; the sentence before them is none. */
function itemsIn(block: string): readonly Item[] {
  return block.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return []
    try {
      return [JSON.parse(line) as Item]
    } catch {
      return []
    }
  })
}

/** Under whatever name: a reader in doubt takes a packet for incomplete. */
function saysLeftOut(item: Item): boolean {
  return [item.item, ...Object.keys(item)].some((word) => /left.?out/i.test(text(word) ?? ''))
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
  const [address, id] = [text(item.address), text(item.id)]
  if (item.item !== 'question' || address === undefined || id === undefined) return []
  return [{ address, id, path: text(item.path) ?? '' }]
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
