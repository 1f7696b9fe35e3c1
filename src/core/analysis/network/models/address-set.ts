// Lists of addresses that rules elsewhere name: prefix lists, IP groups, IP sets. The list is judged
// as if every protocol were open to it, because who uses it, here or in another account, is not known.
import type { Side } from '../../../change/model.ts'
import type { Range } from '../address.ts'
import { readBlocks, readTexts } from '../attribute.ts'
import type { Collector } from '../collector.ts'
import { ALL_PORTS, ANY_PROTOCOL } from '../protocol.ts'
import { cidrPeers, type Notes, noteFlaws, takeNotes } from './peer.ts'

/** Where a list keeps its addresses: texts, or blocks with one text each. */
const IN_BLOCKS = { block: 'entry', attribute: 'cidr' }
const IN_TEXTS = ['cidrs', 'addresses']
/** Sets under this name are matched by rules that admit or block: growing may mean either. */
const EITHER_WAY = 'addresses'

/** The addresses of one side of a list, with doubts about those that could not be read. */
export function readAddresses(side: Side): {
  readonly ranges: readonly Range[]
  readonly notes: Notes
} {
  const notes = takeNotes()
  const blocks = readBlocks(side, [IN_BLOCKS.block])
  noteFlaws(IN_BLOCKS.block, blocks.flaws, notes)
  const sources = [
    ...blocks.value.map((at) => [...at, IN_BLOCKS.attribute]),
    ...IN_TEXTS.map((attribute) => [attribute]),
  ]
  const ranges = sources.flatMap((path) => {
    const name = path.filter((step) => typeof step === 'string').join('.')
    const texts = readTexts(side, path)
    noteFlaws(name, texts.flaws, notes)
    return cidrPeers(texts.value, name, notes).map((peer) => peer.range)
  })
  return { ranges, notes }
}

export const addressSet: Collector = {
  style: 'inline',
  ordered: false,
  reads: [IN_BLOCKS.block, ...IN_TEXTS, 'max_entries', 'version'],
  words: [],
  duplicates: false,
  implied: [],
  collect: (side, { subject }) => {
    const { address, action } = subject.change
    const { ranges, notes } = readAddresses(side)
    const group = { key: address, label: address, isNew: action.kind === 'create' }
    const rules = ranges.map((range) => ({
      direction: 'ingress' as const,
      needs: [],
      range,
      protocol: ANY_PROTOCOL,
      ports: ALL_PORTS,
      allow: true,
      priority: 0,
    }))
    const ambiguous = readTexts(side, [EITHER_WAY]).value.length > 0
    return [{ group, rules, ambiguous, ...notes }]
  },
}
