// Network ACLs of AWS: ordered, stateless, first match wins, what matches nothing is denied.
// Sources: AWS VPC user guide, "Network ACLs"; provider documentation of the attributes below.
import type { Side } from '../../../change/model.ts'
import type { Path } from '../../../json.ts'
import { readBlocks, readFlag, readScalar, readText, readTexts } from '../attribute.ts'
import type { Collector, GroupName, Remark, Surroundings } from '../collector.ts'
import type { Flow } from '../compare-sets.ts'
import { isIcmp, parseInteger, parseProtocol, portsFromPair } from '../protocol.ts'
import type { Direction, NetRule } from '../rule.ts'
import { cidrPeers, type Notes, noteFlaws, notePorts, takeNotes } from './peer.ts'

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress']
const CIDRS: readonly string[] = ['cidr_block', 'ipv6_cidr_block']
const PLACE: readonly string[] = ['from_port', 'to_port', 'icmp_type', 'icmp_code']

/** Where answers to connections from inside arrive; nothing remembers a connection here. */
const EPHEMERAL = { from: 32_768, to: 60_999 }

const SHARED: Pick<Collector, 'ordered' | 'implied' | 'duplicates' | 'remarkOn'> = {
  ordered: true,
  implied: [],
  duplicates: true,
  remarkOn: remarkOnEphemeral,
}

export const awsAcl: Collector = {
  ...SHARED,
  style: 'inline',
  reads: ['ingress', 'egress'],
  words: [],
  ids: (side) => readText(side, ['id']).value?.split(' ') ?? [],
  collect: (side, around) => {
    const notes = takeNotes()
    const id = readText(side, ['id']).value
    const named = around.groupById(id ?? around.subject.change.address)
    const takesOver = readTexts(side, ['subnet_ids']).value.length > 0
    // A new list on subnets that exist takes the place of another list, which is not in the plan.
    if (named.isNew && takesOver) {
      notes.doubts.push('its subnets have another list now, which is not in the plan')
    }
    const group = { ...named, isNew: named.isNew && !takesOver }
    const rules = DIRECTIONS.flatMap((direction) => {
      const blocks = readBlocks(side, [direction])
      const isComputed = named.isNew && around.isConfigured(direction) === false
      if (!isComputed) noteFlaws(direction, blocks.flaws, notes)
      const names = { action: 'action', number: 'rule_no' }
      return blocks.value.flatMap((at) => rulesAt(side, at, direction, names, notes))
    })
    return [{ group, rules, ...notes }]
  },
}

export const awsAclRule: Collector = {
  ...SHARED,
  style: 'separate',
  reads: [
    ...['network_acl_id', 'rule_number', 'rule_action', 'egress', 'protocol', 'id', 'region'],
    ...CIDRS,
    ...PLACE,
  ],
  words: [],
  collect: (side, around) => {
    const notes = takeNotes()
    const egress = readFlag(side, ['egress'])
    noteFlaws('egress', egress.flaws, notes)
    const direction = egress.value ? 'egress' : 'ingress'
    const group = groupOfRule(side, around, notes)
    const names = { action: 'rule_action', number: 'rule_number' }
    return [{ group, rules: rulesAt(side, [], direction, names, notes), ...notes }]
  },
}

function groupOfRule(side: Side, around: Surroundings, notes: Notes): GroupName {
  const id = readText(side, ['network_acl_id']).value
  if (id !== undefined) return around.groupById(id)
  const groups = around.groupsByReference('network_acl_id') ?? []
  const [group] = groups
  if (group !== undefined && groups.length === 1) return group
  notes.doubts.push('the list it belongs to is not known')
  const { address } = around.subject.change
  return { key: `list of ${address}`, label: `the list of ${address}`, isNew: false }
}

function rulesAt(
  side: Side,
  at: Path,
  direction: Direction,
  names: { readonly action: string; readonly number: string },
  notes: Notes,
): NetRule[] {
  const scalar = (name: string): string | number | undefined => {
    const read = readScalar(side, [...at, name])
    noteFlaws(name, read.flaws, notes)
    return read.value
  }
  const protocol = parseProtocol(scalar('protocol'))
  const priority = parseInteger(scalar(names.number))
  const action = scalar(names.action)
  const [from, to, type, code] = PLACE.map(scalar)
  const peers = CIDRS.flatMap((name) => {
    const texts = readTexts(side, [...at, name])
    noteFlaws(name, texts.flaws, notes)
    return cidrPeers(texts.value, name, notes)
  })
  if (protocol === undefined) notes.doubts.push('`protocol` names no protocol')
  if (priority === undefined) notes.doubts.push(`\`${names.number}\` is no number`)
  const word = typeof action === 'string' ? action.toLowerCase() : ''
  if (word !== 'allow' && word !== 'deny') notes.doubts.push(`\`${names.action}\` is no action`)
  if (protocol === undefined || priority === undefined) return []
  const pair = isIcmp(protocol) ? [type, code] : [from, to]
  const ports = notePorts(portsFromPair(protocol, pair[0], pair[1]), notes)
  if (ports === undefined) return []
  return peers.map(({ needs, range }) => ({
    ...{ direction, needs, range, protocol, ports, priority },
    allow: word === 'allow',
  }))
}

function remarkOnEphemeral(_opened: readonly Flow[], closed: readonly Flow[]): readonly Remark[] {
  const cuts = closed.some(
    ({ protocol, ports }) =>
      protocol !== 'icmp' && ports.from <= EPHEMERAL.from && ports.to >= EPHEMERAL.to,
  )
  if (!cuts) return []
  return [
    {
      hazard: 'outage',
      text: 'ports that answers come back to (32768-60999) are closed, and nothing here remembers connections',
    },
  ]
}
