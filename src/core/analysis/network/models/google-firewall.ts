// Firewall rules of a Google network: lower priority first, a deny beats an allow of equal priority,
// then the implied rules: inbound denied, outbound allowed. Source: Google Cloud, "VPC firewall rules".
import type { Side } from '../../../change/model.ts'
import { ALL_V4, ANYWHERE } from '../address.ts'
import { type Read, readBlocks, readFlag, readScalar, readText, readTexts } from '../attribute.ts'
import type { Collector, GroupName, Surroundings } from '../collector.ts'
import {
  ALL_PORTS,
  ANY_PROTOCOL,
  hasPorts,
  type Ports,
  parseInteger,
  parseProtocol,
  portsFromText,
} from '../protocol.ts'
import { type Direction, type NetRule, part } from '../rule.ts'
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

const DEFAULT_PRIORITY = 1000
const IMPLIED_PRIORITY = 65_536

const SOURCES = {
  ranges: 'source_ranges',
  names: [
    ['source_tags', 'tag'],
    ['source_service_accounts', 'service account'],
  ],
} as const
const TARGETS = [
  ['target_tags', 'tag'],
  ['target_service_accounts', 'service account'],
] as const
const DESTINATIONS = 'destination_ranges'

export const googleFirewall: Collector = {
  style: 'separate',
  ordered: true,
  duplicates: false,
  reads: [
    ...['allow', 'deny', 'direction', 'priority', 'disabled', 'network', 'project', 'name', 'id'],
    ...['self_link', 'creation_timestamp', DESTINATIONS, SOURCES.ranges],
    ...[...SOURCES.names, ...TARGETS].map(([attribute]) => attribute),
  ],
  words: ['description', 'log_config', 'timeouts'],
  implied: [
    {
      direction: 'egress',
      needs: [],
      range: ANYWHERE,
      protocol: ANY_PROTOCOL,
      ports: ALL_PORTS,
      allow: true,
      priority: IMPLIED_PRIORITY,
      implied: true,
    },
  ],
  collect: (side, around) => {
    const notes = takeNotes()
    const group = networkOf(side, around, notes)
    const disabled = readFlag(side, ['disabled'])
    noteFlaws('disabled', disabled.flaws, notes)
    const rules = disabled.value ? [] : rulesOf(side, around, notes)
    return [{ group, rules, ...notes }]
  },
}

function networkOf(side: Side, around: Surroundings, notes: Notes): GroupName {
  const { change } = around.subject
  const created = around.createdByReference('network', readText(side, ['network']).value)
  if (created !== undefined) {
    const label = created.join(' and ')
    return { key: `network ${label}`, label, isNew: true }
  }
  const network = readText(side, ['network'])
  if (network.value === undefined) {
    notes.doubts.push('the network it belongs to is not known')
    return {
      key: `network of ${change.address}`,
      label: `the network of ${change.address}`,
      isNew: false,
    }
  }
  const link = /projects\/([^/]+)\/global\/networks\/([^/]+)$/.exec(network.value)
  const name = link?.[2] ?? network.value
  const project =
    link?.[1] ?? readText(side, ['project']).value ?? readText(change.before, ['project']).value
  return { key: `network ${project ?? ''}/${name}`, label: `network ${name}`, isNew: false }
}

function rulesOf(side: Side, around: Surroundings, notes: Notes): NetRule[] {
  const direction = directionOf(side, around, notes)
  const priority = priorityOf(side, notes)
  const texts = (attribute: string): readonly string[] =>
    noted(attribute, around, notes, readTexts(side, [attribute]))
  const isInbound = direction === 'ingress'
  const named: Peer[] = isInbound
    ? SOURCES.names.flatMap(([attribute, word]) =>
        texts(attribute).map((name) => namedPeer(`${word} ${name}`)),
      )
    : []
  const peerRanges = isInbound ? SOURCES.ranges : DESTINATIONS
  const partRanges = isInbound ? DESTINATIONS : SOURCES.ranges
  const ranges = cidrPeers(texts(peerRanges), peerRanges, notes)
  // Nothing named means every IPv4 address; a doubtful attribute is not nothing.
  const isOpen = ranges.length + named.length === 0 && notes.doubts.length === 0
  const peers = [...ranges, ...named, ...(isOpen ? [rangePeer(ALL_V4)] : [])]
  const targets = TARGETS.flatMap(([attribute, word]) =>
    texts(attribute).map((name) => [part(`${word} ${name}`)]),
  )
  const others = texts(partRanges).map((text) =>
    part(`${isInbound ? 'destination' : 'source'} ${text}`),
  )
  const parts = product(
    targets.length === 0 ? [[]] : targets,
    others.length === 0 ? [[]] : others.map((other) => [other]),
  )
  if (priority === undefined) return []
  return servicesOf(side, notes).flatMap(({ allow, protocol, ports }) =>
    peers.flatMap(({ needs, range }) =>
      parts.map((own) => ({
        ...{ direction, range, protocol, ports, allow, priority },
        needs: [...needs, ...own].sort(),
      })),
    ),
  )
}

/** Unknown and not configured on a create is the provider's own computation of "not set". */
function noted(
  attribute: string,
  around: Surroundings,
  notes: Notes,
  read: Read<readonly string[]>,
): readonly string[] {
  const isComputed =
    around.subject.change.action.kind === 'create' && around.isConfigured(attribute) === false
  noteFlaws(
    attribute,
    isComputed ? read.flaws.filter((flaw) => flaw !== 'unknown') : read.flaws,
    notes,
  )
  return read.value
}

function directionOf(side: Side, around: Surroundings, notes: Notes): Direction {
  const read = readTexts(side, ['direction'])
  const [word = 'INGRESS'] = noted('direction', around, notes, read)
  if (word !== 'INGRESS' && word !== 'EGRESS') notes.doubts.push('`direction` is no direction')
  return word === 'EGRESS' ? 'egress' : 'ingress'
}

function priorityOf(side: Side, notes: Notes): number | undefined {
  const read = readScalar(side, ['priority'])
  noteFlaws('priority', read.flaws, notes)
  if (read.value === undefined) return read.flaws.length === 0 ? DEFAULT_PRIORITY : undefined
  const priority = parseInteger(read.value)
  if (priority === undefined) notes.doubts.push('`priority` is no number')
  return priority
}

interface Service {
  readonly allow: boolean
  readonly protocol: string
  readonly ports: Ports
}

function servicesOf(side: Side, notes: Notes): Service[] {
  return (['allow', 'deny'] as const).flatMap((action) => {
    const blocks = readBlocks(side, [action])
    noteFlaws(action, blocks.flaws, notes)
    return blocks.value.flatMap((at) => {
      const word = readScalar(side, [...at, 'protocol'])
      noteFlaws(`${action}.protocol`, word.flaws, notes)
      const texts = readTexts(side, [...at, 'ports'])
      noteFlaws(`${action}.ports`, texts.flaws, notes)
      const protocol = parseProtocol(word.value)
      if (protocol === undefined) {
        notes.doubts.push(`\`${action}.protocol\` names no protocol`)
        return []
      }
      if (texts.flaws.length > 0) return []
      const allow = action === 'allow'
      if (texts.value.length === 0 || !hasPorts(protocol)) {
        return [{ allow, protocol, ports: ALL_PORTS }]
      }
      return texts.value.flatMap((text) => {
        const ports = notePorts(portsFromText(text), notes)
        return ports === undefined ? [] : [{ allow, protocol, ports }]
      })
    })
  })
}

function product(
  left: readonly (readonly string[])[],
  right: readonly (readonly string[])[],
): string[][] {
  return left.flatMap((one) => right.map((other) => [...one, ...other]))
}
