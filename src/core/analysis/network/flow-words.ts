// Flows in words: "tcp 443 from 10.2.0.0/16". Names in it come from the plan and are made tame.
import { rangeTexts } from './address.ts'
import { type Flow, OTHER_PROTOCOLS } from './compare-sets.ts'
import { isIcmp, MAX_PORT, type Ports } from './protocol.ts'
import type { Direction } from './rule.ts'

const MAX_WORDS = 12
const MAX_NAME = 80

/** Sorted; at most twelve lines, then a count of the rest. */
export function flowWords(flows: readonly Flow[], protocols: readonly string[]): string[] {
  const lines = new Map<string, Map<string, string>>()
  for (const flow of flows) {
    for (const place of placesOf(flow)) {
      const key = `${portsText('', flow.ports)}\u0000${place}`
      const inProtocol = lines.get(key) ?? new Map<string, string>()
      inProtocol.set(flow.protocol, portsText(flow.protocol, flow.ports))
      lines.set(key, inProtocol)
    }
  }
  const words = [...lines].flatMap(([key, inProtocol]) => {
    const place = key.slice(key.indexOf('\u0000') + 1)
    if (inProtocol.has(OTHER_PROTOCOLS) && protocols.every((name) => inProtocol.has(name))) {
      return [`all traffic ${place}`]
    }
    return [...inProtocol].map(([name, ports]) => `${protocolText(name)}${ports} ${place}`)
  })
  const sorted = sortNaturally([...new Set(words)])
  if (sorted.length <= MAX_WORDS) return sorted
  return [...sorted.slice(0, MAX_WORDS), `and ${sorted.length - MAX_WORDS} more`]
}

/** A name from a plan, fit for a sentence: no control or markup characters, bounded length. */
export function tame(name: string): string {
  const clean = name.replace(/[^\w.:/*@+=,[\]"' -]/g, '?')
  return clean.length <= MAX_NAME ? clean : `${clean.slice(0, MAX_NAME)}…`
}

function placesOf(flow: Flow): string[] {
  const peers = flow.needs.flatMap((need) =>
    need.startsWith('peer:') ? [tame(need.slice(5))] : [],
  )
  const parts = flow.needs.flatMap((need) =>
    need.startsWith('part:') ? [tame(need.slice(5))] : [],
  )
  const way = wayWord(flow.direction)
  const on = parts.length === 0 ? '' : ` on ${parts.join(' and ')}`
  const peerText = peers.join(' and ')
  return flow.ranges.flatMap(rangeTexts).map((range) => {
    if (peerText === '') return `${way} ${range}${on}`
    return range === 'anywhere' ? `${way} ${peerText}${on}` : `${way} ${peerText} at ${range}${on}`
  })
}

function wayWord(direction: Direction): string {
  return direction === 'ingress' ? 'from' : 'to'
}

function protocolText(protocol: string): string {
  return protocol === OTHER_PROTOCOLS ? 'all other protocols' : protocol
}

function portsText(protocol: string, { from, to }: Ports): string {
  if (from === 0 && to === MAX_PORT) return ''
  if (isIcmp(protocol))
    return ` type ${Math.floor(from / 256)}${from === to ? ` code ${from % 256}` : ''}`
  return from === to ? ` ${from}` : ` ${from}-${to}`
}

/** Numbers inside the text by value, so that port 443 comes before 8443. No locale involved. */
function sortNaturally(texts: readonly string[]): string[] {
  return texts
    .map((text) => ({ text, key: text.replace(/\d+/g, (digits) => digits.padStart(12, '0')) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ text }) => text)
}
