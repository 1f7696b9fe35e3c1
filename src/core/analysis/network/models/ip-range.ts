// Firewalls of a data service that admit a range of addresses: from-to pairs or CIDRs, no ports.
// On Azure the pair 0.0.0.0-0.0.0.0 does not mean an address but every service of every tenant.
// Source: Microsoft Learn, "Azure SQL Database server-level IP firewall rules".
import type { Side } from '../../../change/model.ts'
import { parseAddress } from '../address.ts'
import { readText, readTexts } from '../attribute.ts'
import type { Collector, GroupName, Surroundings } from '../collector.ts'
import { ALL_PORTS, SERVICE_PROTOCOL } from '../protocol.ts'
import {
  cidrPeers,
  type Notes,
  namedPeer,
  noteFlaws,
  type Peer,
  rangePeer,
  takeNotes,
} from './peer.ts'

const STARTS: readonly string[] = ['start_ip_address', 'start_ip']
const ENDS: readonly string[] = ['end_ip_address', 'end_ip']
const CIDRS: readonly string[] = ['cidr_block', 'ip_address']
const NAMES: readonly string[] = ['aws_security_group']
const HOMES: readonly string[] = ['server_id', 'server_name', 'project_id']
const EVERY_TENANT = '0.0.0.0'

export const ipRange: Collector = {
  style: 'separate',
  ordered: false,
  duplicates: false,
  implied: [],
  reads: [...STARTS, ...ENDS, ...CIDRS, ...NAMES, ...HOMES, 'resource_group_name', 'name', 'id'],
  words: ['comment', 'timeouts'],
  collect: (side, around) => {
    const notes = takeNotes()
    const group = serviceOf(side, around, notes)
    const peers = peersOf(side, notes)
    const rules = peers.map(({ needs, range }) => ({
      ...{ direction: 'ingress' as const, needs, range, protocol: SERVICE_PROTOCOL },
      ...{ ports: ALL_PORTS, allow: true, priority: 0 },
    }))
    return [{ group, rules, ...notes }]
  },
}

function serviceOf(side: Side, around: Surroundings, notes: Notes): GroupName {
  for (const attribute of HOMES) {
    const home = readText(side, [attribute])
    const created = around.createdByReference(attribute, home.value)
    if (created !== undefined) {
      const label = created.join(' and ')
      return { key: `service ${label}`, label, isNew: true }
    }
    if (home.value !== undefined) {
      return { ...around.groupById(home.value), key: `service ${home.value.toLowerCase()}` }
    }
  }
  notes.doubts.push('the service it belongs to is not known')
  const { address } = around.subject.change
  return { key: `service of ${address}`, label: `the service of ${address}`, isNew: false }
}

function peersOf(side: Side, notes: Notes): Peer[] {
  const first = (names: readonly string[]): string | undefined =>
    names.flatMap((name) => noted(side, name, notes) ?? [])[0]
  const start = first(STARTS)
  const end = first(ENDS)
  if (start !== undefined || end !== undefined) return pairPeers(start, end, notes)
  const peers = [
    ...NAMES.flatMap((name) => readTexts(side, [name]).value).map(namedPeer),
    ...CIDRS.flatMap((name) => cidrPeers(readTexts(side, [name]).value, name, notes)),
  ]
  // Exactly one of them is written, the provider computes the others: one that is known is enough.
  for (const name of [...NAMES, ...CIDRS]) {
    const { flaws } = readTexts(side, [name])
    noteFlaws(name, peers.length > 0 ? flaws.filter((flaw) => flaw !== 'unknown') : flaws, notes)
  }
  if (peers.length === 0) notes.doubts.push('it names no address')
  return peers
}

function noted(side: Side, attribute: string, notes: Notes): string | undefined {
  const read = readText(side, [attribute])
  noteFlaws(attribute, read.flaws, notes)
  return read.value
}

function pairPeers(start: string | undefined, end: string | undefined, notes: Notes): Peer[] {
  if (start === EVERY_TENANT && end === EVERY_TENANT) {
    notes.remarks.push({
      hazard: 'internet-exposure',
      text: '0.0.0.0-0.0.0.0 admits every Azure service, those of other tenants too',
    })
    return [namedPeer('all Azure services')]
  }
  const from = start === undefined ? undefined : parseAddress(start)
  const to = end === undefined ? undefined : parseAddress(end)
  if (from === undefined || to === undefined) {
    notes.doubts.push('an end of the address range is missing or no address')
    return []
  }
  if (from > to) {
    notes.doubts.push('the first address is greater than the last')
    return []
  }
  return [rangePeer({ from, to })]
}
