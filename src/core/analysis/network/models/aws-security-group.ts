// Security groups of AWS: rules written inside the group, and the two generations of rule resources.
// Rules only allow; their union counts. Sources: AWS provider documentation of the attributes named
// below; EC2 API reference, IpPermission.
import type { Side } from '../../../change/model.ts'
import type { Path } from '../../../json.ts'
import { readBlocks, readFlag, readScalar, readText, readTexts } from '../attribute.ts'
import type { Collector, GroupName, GroupRules, Surroundings } from '../collector.ts'
import { parseProtocol, portsFromPair } from '../protocol.ts'
import type { Direction, NetRule } from '../rule.ts'
import {
  cidrPeers,
  type Notes,
  namedPeer,
  noteFlaws,
  notePorts,
  type Peer,
  rangePeer,
  takeNotes,
} from './peer.ts'

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress']

const ITSELF = 'the group itself'

/** What the attributes of one writing style are called. */
interface Names {
  readonly protocol: string
  readonly cidrs: readonly string[]
  readonly lists: readonly string[]
  readonly groups: string
  readonly computesGroup: boolean
  readonly self?: string
}

const BLOCK: Names = {
  protocol: 'protocol',
  cidrs: ['cidr_blocks', 'ipv6_cidr_blocks'],
  lists: ['prefix_list_ids'],
  groups: 'security_groups',
  computesGroup: false,
  self: 'self',
}
const RULE: Names = { ...BLOCK, groups: 'source_security_group_id', computesGroup: true }
const RULE_2: Names = {
  protocol: 'ip_protocol',
  cidrs: ['cidr_ipv4', 'cidr_ipv6'],
  lists: ['prefix_list_id'],
  groups: 'referenced_security_group_id',
  computesGroup: false,
}

const SHARED: Pick<Collector, 'ordered' | 'implied' | 'duplicates'> = {
  ordered: false,
  implied: [],
  duplicates: true,
}

export const awsGroup: Collector = {
  ...SHARED,
  style: 'inline',
  reads: ['ingress', 'egress'],
  words: [],
  ids: (side) => readText(side, ['id']).value?.split(' ') ?? [],
  collect: (side, around) => {
    const group = ownGroup(side, around)
    const notes = takeNotes()
    const { kind } = around.subject.change.action
    const isMade = group.isNew || kind === 'create' || kind === 'replace'
    const rules = DIRECTIONS.flatMap((direction) => {
      const blocks = readBlocks(side, [direction])
      // The attribute is computed too: a new group without blocks shows it as unknown.
      const isComputed = isMade && around.isConfigured(direction) === false
      if (!isComputed) noteFlaws(direction, blocks.flaws, notes)
      return blocks.value.flatMap((at) =>
        rulesAt({
          side,
          at,
          prefix: `${direction}.`,
          direction,
          names: BLOCK,
          group,
          around,
          notes,
        }),
      )
    })
    return [{ group, rules, ...notes }]
  },
}

export const awsRule: Collector = {
  ...SHARED,
  style: 'separate',
  reads: [
    ...['type', 'protocol', 'from_port', 'to_port', 'security_group_id', 'cidr_blocks'],
    ...['ipv6_cidr_blocks', 'prefix_list_ids', 'self', 'source_security_group_id'],
    ...['id', 'security_group_rule_id', 'region'],
  ],
  words: ['description', 'timeouts'],
  collect: (side, around) => {
    const type = readText(side, ['type']).value
    const direction = DIRECTIONS.find((name) => name === type)
    return separateRules(side, around, direction, RULE)
  },
}

// The second generation says its direction in the name of the type only.
const DIRECTION_OF_TYPE: Readonly<Record<string, Direction>> = {
  aws_vpc_security_group_ingress_rule: 'ingress',
  aws_vpc_security_group_egress_rule: 'egress',
}

export const awsRule2: Collector = {
  ...SHARED,
  style: 'separate',
  reads: [
    ...['ip_protocol', 'from_port', 'to_port', 'security_group_id', 'cidr_ipv4', 'cidr_ipv6'],
    ...['prefix_list_id', 'referenced_security_group_id'],
    ...['id', 'arn', 'security_group_rule_id', 'region'],
  ],
  words: ['description', 'tags', 'tags_all'],
  collect: (side, around) => {
    const direction = DIRECTION_OF_TYPE[around.subject.change.type]
    return separateRules(side, around, direction, RULE_2)
  },
}

function ownGroup(side: Side, around: Surroundings): GroupName {
  const id = readText(side, ['id']).value
  return around.groupById(id ?? around.subject.change.address)
}

function separateRules(
  side: Side,
  around: Surroundings,
  direction: Direction | undefined,
  names: Names,
): readonly GroupRules[] {
  const notes = takeNotes()
  const group = groupOfRule(side, around, notes)
  if (direction === undefined) {
    notes.doubts.push('it is neither an inbound nor an outbound rule')
    return [{ group, rules: [], ...notes }]
  }
  const rules = rulesAt({ side, at: [], prefix: '', direction, names, group, around, notes })
  if (rules.length === 0 && notes.doubts.length === 0) notes.doubts.push('it names no peer')
  return [{ group, rules, ...notes }]
}

function groupOfRule(side: Side, around: Surroundings, notes: Notes): GroupName {
  const id = readText(side, ['security_group_id'])
  if (id.value !== undefined) return around.groupById(id.value)
  const groups = around.groupsByReference('security_group_id') ?? []
  const [group] = groups
  if (group !== undefined && groups.length === 1) return group
  notes.doubts.push('the group it belongs to is not known')
  const { address } = around.subject.change
  return { key: `group of ${address}`, label: `the group of ${address}`, isNew: false }
}

/** One place where ports and peers stand together: a block of a group, or a rule resource. */
interface Spot {
  readonly side: Side
  readonly at: Path
  readonly prefix: string
  readonly direction: Direction
  readonly names: Names
  readonly group: GroupName
  readonly around: Surroundings
  readonly notes: Notes
}

function rulesAt(spot: Spot): NetRule[] {
  const { side, at, prefix, direction, names, notes } = spot
  const word = readScalar(side, [...at, names.protocol])
  const from = readScalar(side, [...at, 'from_port'])
  const to = readScalar(side, [...at, 'to_port'])
  noteFlaws(prefix + names.protocol, word.flaws, notes)
  noteFlaws(`${prefix}from_port`, from.flaws, notes)
  noteFlaws(`${prefix}to_port`, to.flaws, notes)
  const peers = peersAt(spot)
  if (word.flaws.length + from.flaws.length + to.flaws.length > 0) return []
  const protocol = parseProtocol(word.value)
  if (protocol === undefined) {
    notes.doubts.push(`\`${prefix}${names.protocol}\` names no protocol`)
    return []
  }
  const ports = notePorts(portsFromPair(protocol, from.value, to.value), notes)
  if (ports === undefined) return []
  return peers.map(({ needs, range }) => ({
    ...{ direction, needs, range, protocol, ports },
    allow: true,
    priority: 0,
  }))
}

function peersAt(spot: Spot): Peer[] {
  const { side, at, prefix, names, around, notes } = spot
  const peers: Peer[] = []
  for (const attribute of names.cidrs) {
    const texts = readTexts(side, [...at, attribute])
    noteFlaws(prefix + attribute, texts.flaws, notes)
    peers.push(...cidrPeers(texts.value, prefix + attribute, notes))
  }
  for (const attribute of names.lists) {
    const ids = readTexts(side, [...at, attribute])
    noteFlaws(prefix + attribute, ids.flaws, notes)
    for (const id of ids.value) {
      peers.push(...(around.addressesOf(id)?.map(rangePeer) ?? [namedPeer(id)]))
    }
  }
  if (names.self !== undefined) {
    const self = readFlag(side, [...at, names.self])
    noteFlaws(prefix + names.self, self.flaws, notes)
    if (self.value) peers.push(namedPeer(ITSELF))
  }
  return [...peers, ...groupPeers(spot, peers.length > 0)]
}

function groupPeers(spot: Spot, hasOthers: boolean): Peer[] {
  const { side, at, prefix, names, group, around, notes } = spot
  const attribute = prefix + names.groups
  const { value, flaws } = readTexts(side, [...at, names.groups])
  noteFlaws(
    attribute,
    flaws.filter((flaw) => flaw !== 'unknown'),
    notes,
  )
  const known = value.map((id) => around.groupById(id))
  const referred = flaws.includes('unknown') ? around.groupsByReference(attribute) : []
  // Older providers compute the source group of a rule that has other sources: nothing is hidden.
  const isComputed = names.computesGroup && hasOthers
  if (referred === undefined && !isComputed) noteFlaws(attribute, ['unknown'], notes)
  return [...known, ...(referred ?? [])].map((other) =>
    namedPeer(other.key === group.key ? ITSELF : other.label),
  )
}
