// Peers and ports of one rule as they are collected, with what was doubtful about them.
import { ANYWHERE, parseCidr, type Range } from '../address.ts'
import { type Flaw, flawText } from '../attribute.ts'
import type { Remark } from '../collector.ts'
import { tame } from '../flow-words.ts'
import type { PortsRead } from '../protocol.ts'
import { peer } from '../rule.ts'

/** Notes that are taken while a resource is read. */
export interface Notes {
  readonly doubts: string[]
  readonly remarks: Remark[]
}

export function takeNotes(): Notes {
  return { doubts: [], remarks: [] }
}

export interface Peer {
  readonly needs: readonly string[]
  readonly range: Range
}

export const EVERYONE: Peer = { needs: [], range: ANYWHERE }

export function namedPeer(name: string): Peer {
  return { needs: [peer(name)], range: ANYWHERE }
}

export function rangePeer(range: Range): Peer {
  return { needs: [], range }
}

/** The addresses of CIDR texts; a text that is none is doubted, host bits are masked and remarked. */
export function cidrPeers(texts: readonly string[], attribute: string, notes: Notes): Peer[] {
  return texts.flatMap((text) => {
    const cidr = parseCidr(text)
    if (cidr === undefined) {
      notes.doubts.push(`\`${attribute}\` holds a text that is no address range`)
      return []
    }
    if (cidr.hostBits) {
      notes.remarks.push({
        hazard: 'network-widening',
        text: `${tame(text)} has bits set below its prefix; it stands for the whole range`,
      })
    }
    return [rangePeer(cidr.range)]
  })
}

export function noteFlaws(attribute: string, flaws: readonly Flaw[], notes: Notes): void {
  for (const flaw of flaws) notes.doubts.push(flawText(attribute, flaw))
}

const PORT_WORDS = {
  reversed: 'the first port is greater than the last',
  absurd: 'a port is outside 0-65535 or no whole number',
  incomplete: 'one end of the port range is missing',
} as const

/** The ports, or undefined with a doubt. */
export function notePorts(read: PortsRead, notes: Notes): { from: number; to: number } | undefined {
  if (read.kind === 'ports') return read.ports
  notes.doubts.push(PORT_WORDS[read.kind])
  if (read.kind === 'reversed') {
    notes.remarks.push({
      hazard: 'opaque',
      text: `${PORT_WORDS.reversed}: the provider may refuse it or read it another way`,
    })
  }
  return undefined
}
