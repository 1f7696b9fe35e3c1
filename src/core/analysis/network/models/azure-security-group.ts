// Network security groups of Azure: lowest priority number first, first match wins, then the
// platform's own rules from 65000 on. Source: Microsoft Learn, "Network security groups".
import type { Side } from '../../../change/model.ts'
import type { Path } from '../../../json.ts'
import { PUBLIC } from '../address.ts'
import { readBlocks, readScalar, readText, readTexts } from '../attribute.ts'
import type { Collector, GroupName, Surroundings } from '../collector.ts'
import {
  ALL_PORTS,
  ANY_PROTOCOL,
  type Ports,
  parseInteger,
  parseProtocol,
  portsFromText,
} from '../protocol.ts'
import { type Direction, type NetRule, part } from '../rule.ts'
import {
  cidrPeers,
  EVERYONE,
  type Notes,
  namedPeer,
  noteFlaws,
  notePorts,
  type Peer,
  rangePeer,
  takeNotes,
} from './peer.ts'

const NETWORK = 'VirtualNetwork'
const BALANCER = 'AzureLoadBalancer'
const INTERNET = 'Internet'

const INTERNET_PEERS: readonly Peer[] = PUBLIC.map(rangePeer)

function implied(
  direction: Direction,
  { needs, range }: Peer,
  allow: boolean,
  priority: number,
): NetRule {
  return {
    ...{ direction, needs, range, allow, priority },
    ...{ protocol: ANY_PROTOCOL, ports: ALL_PORTS, implied: true },
  }
}

const SHARED: Pick<Collector, 'ordered' | 'implied' | 'duplicates'> = {
  ordered: true,
  duplicates: true,
  implied: [
    implied('ingress', namedPeer(NETWORK), true, 65_000),
    implied('ingress', namedPeer(BALANCER), true, 65_001),
    implied('ingress', EVERYONE, false, 65_500),
    implied('egress', namedPeer(NETWORK), true, 65_000),
    ...INTERNET_PEERS.map((peer) => implied('egress', peer, true, 65_001)),
    implied('egress', EVERYONE, false, 65_500),
  ],
}

const RULE_ATTRIBUTES: readonly string[] = [
  ...['name', 'priority', 'direction', 'access', 'protocol'],
  ...['source_port_range', 'source_port_ranges', 'destination_port_range'],
  ...['destination_port_ranges', 'source_address_prefix', 'source_address_prefixes'],
  ...['destination_address_prefix', 'destination_address_prefixes'],
  ...['source_application_security_group_ids', 'destination_application_security_group_ids'],
]

export const azureGroup: Collector = {
  ...SHARED,
  style: 'inline',
  reads: ['security_rule'],
  words: [],
  ids: (side) => {
    const id = groupId(side, 'name')
    return id === undefined ? [] : [id]
  },
  collect: (side, around) => {
    const notes = takeNotes()
    const group = around.groupById(groupId(side, 'name') ?? around.subject.change.address)
    const blocks = readBlocks(side, ['security_rule'])
    const isComputed = group.isNew && around.isConfigured('security_rule') === false
    if (!isComputed) noteFlaws('security_rule', blocks.flaws, notes)
    const rules = blocks.value.flatMap((at) => rulesAt(side, at, notes))
    return [{ group, rules, ...notes }]
  },
}

export const azureRule: Collector = {
  ...SHARED,
  style: 'separate',
  reads: [...RULE_ATTRIBUTES, 'network_security_group_name', 'resource_group_name', 'id'],
  words: ['description', 'timeouts'],
  collect: (side, around) => {
    const notes = takeNotes()
    const group = groupOfRule(side, around, notes)
    return [{ group, rules: rulesAt(side, [], notes), ...notes }]
  },
}

function groupId(side: Side, attribute: string): string | undefined {
  const home = readText(side, ['resource_group_name']).value
  const name = readText(side, [attribute]).value
  if (home === undefined || name === undefined) return undefined
  return `${home}/${name}`.toLowerCase()
}

function groupOfRule(side: Side, around: Surroundings, notes: Notes): GroupName {
  const id = groupId(side, 'network_security_group_name')
  if (id !== undefined) return around.groupById(id)
  const groups = around.groupsByReference('network_security_group_name') ?? []
  const [group] = groups
  if (group !== undefined && groups.length === 1) return group
  notes.doubts.push('the group it belongs to is not known')
  const { address } = around.subject.change
  return { key: `group of ${address}`, label: `the group of ${address}`, isNew: false }
}

function rulesAt(side: Side, at: Path, notes: Notes): NetRule[] {
  const word = (name: string): string => {
    const read = readScalar(side, [...at, name])
    noteFlaws(name, read.flaws, notes)
    return read.value === undefined ? '' : String(read.value).toLowerCase()
  }
  const texts = (...names: readonly string[]): readonly string[] =>
    names.flatMap((name) => {
      const read = readTexts(side, [...at, name])
      noteFlaws(name, read.flaws, notes)
      return read.value
    })
  const direction = { inbound: 'ingress', outbound: 'egress' }[word('direction')]
  const access = word('access')
  const protocol = parseProtocol(word('protocol'))
  const priority = parseInteger(word('priority'))
  const ports = portsOf(texts('destination_port_range', 'destination_port_ranges'), notes)
  const sourcePorts = texts('source_port_range', 'source_port_ranges')
  const ends = (end: 'source' | 'destination'): Ends => ({
    prefixes: texts(`${end}_address_prefix`, `${end}_address_prefixes`),
    groups: texts(`${end}_application_security_group_ids`),
  })
  const [source, destination] = [ends('source'), ends('destination')]
  if (direction === undefined) notes.doubts.push('`direction` is no direction')
  if (access !== 'allow' && access !== 'deny') notes.doubts.push('`access` is no action')
  if (protocol === undefined) notes.doubts.push('`protocol` names no protocol')
  if (priority === undefined) notes.doubts.push('`priority` is no number')
  if (direction === undefined || protocol === undefined || priority === undefined) return []
  const isInbound = direction === 'ingress'
  const peers = peersOf(isInbound ? source : destination, notes)
  const places = partsOf(
    isInbound ? destination : source,
    isInbound ? 'destination' : 'source',
    notes,
  )
  const origins = sourcePorts.some((text) => text === '*')
    ? [undefined]
    : [...new Set(sourcePorts)].map((text) => part(`source port ${text}`))
  return peers.flatMap(({ needs, range }) =>
    places.flatMap((place) =>
      (origins.length === 0 ? [undefined] : origins).flatMap((origin) =>
        ports.map((port) => ({
          direction: isInbound ? ('ingress' as const) : ('egress' as const),
          needs: [...needs, ...[place, origin].flatMap((need) => need ?? [])].sort(),
          ...{ range, protocol, ports: port, priority },
          allow: access === 'allow',
        })),
      ),
    ),
  )
}

interface Ends {
  readonly prefixes: readonly string[]
  readonly groups: readonly string[]
}

function portsOf(texts: readonly string[], notes: Notes): Ports[] {
  if (texts.length === 0) notes.doubts.push('it names no ports')
  return texts.flatMap((text) => notePorts(portsFromText(text), notes) ?? [])
}

function peersOf({ prefixes, groups }: Ends, notes: Notes): Peer[] {
  if (prefixes.length + groups.length === 0) notes.doubts.push('it names no peer')
  return [
    ...prefixes.flatMap((text) => {
      if (text === '*' || text.toLowerCase() === 'any') return [EVERYONE]
      if (text.toLowerCase() === INTERNET.toLowerCase()) return INTERNET_PEERS
      // A service tag is a word; whatever begins like an address has to be one.
      return /^[A-Za-z][\w.-]*$/.test(text)
        ? [namedPeer(tagName(text))]
        : cidrPeers([text], 'address prefix', notes)
    }),
    ...groups.map((id) => namedPeer(id)),
  ]
}

/** Tags are compared without case; the two that the platform's own rules use keep their spelling. */
function tagName(text: string): string {
  const known = [NETWORK, BALANCER].find((name) => name.toLowerCase() === text.toLowerCase())
  return known ?? text.toLowerCase()
}

/** The own end of a rule: everything behind the group, or a part that is told apart by its name. */
function partsOf({ prefixes, groups }: Ends, word: string, notes: Notes): (string | undefined)[] {
  if (prefixes.length + groups.length === 0) notes.doubts.push(`it names no ${word}`)
  const whole = prefixes.some((text) => {
    const name = text.toLowerCase()
    // What the group guards lies in the virtual network, so that tag leaves nothing out.
    return name === '*' || name === 'any' || name === NETWORK.toLowerCase()
  })
  if (whole) return [undefined]
  return [...prefixes, ...groups].map((text) => part(`${word} ${text.toLowerCase()}`))
}
