// Network policies of Kubernetes: pods that no policy selects may talk to everyone; a policy that
// selects them denies its directions, less what all such policies allow together. In the terms of an
// ordered set: allows first, then the denial of each selector, then the platform's "allow all".
// Source: Kubernetes documentation, "Network Policies".
import type { Side } from '../../../change/model.ts'
import { hasSensitiveBelow, hasUnknownBelow, plainAt } from '../../../change/side.ts'
import {
  canonicalJson,
  isEmptyJson,
  isList,
  isObject,
  type JsonValue,
  type Path,
} from '../../../json.ts'
import { ANYWHERE, parseCidr, subtract } from '../address.ts'
import { readBlocks, readScalar, readText, readTexts } from '../attribute.ts'
import type { Collector, GroupName, Remark, Surroundings } from '../collector.ts'
import type { Flow } from '../compare-sets.ts'
import {
  ALL_PORTS,
  ANY_PROTOCOL,
  MAX_PORT,
  type Ports,
  parseInteger,
  parseProtocol,
} from '../protocol.ts'
import { type Direction, type NetRule, part } from '../rule.ts'
import {
  EVERYONE,
  type Notes,
  namedPeer,
  noteFlaws,
  type Peer,
  rangePeer,
  takeNotes,
} from './peer.ts'

const ALLOW = 1
const DENY = 2
const OTHERWISE = 3
const SPEC: Path = ['spec', 0]
const DIRECTIONS = [
  { direction: 'ingress', word: 'Ingress', peers: 'from' },
  { direction: 'egress', word: 'Egress', peers: 'to' },
] as const

export const kubernetesPolicy: Collector = {
  style: 'separate',
  ordered: true,
  duplicates: false,
  reads: ['spec', 'id'],
  words: ['timeouts'],
  naming: ['metadata'],
  implied: (['ingress', 'egress'] as const).map((direction) => ({
    ...everything(direction, [], true, OTHERWISE),
    implied: true,
  })),
  collect: (side, around) => {
    const notes = takeNotes()
    return [{ group: namespaceOf(side, around, notes), rules: rulesOf(side, notes), ...notes }]
  },
  remarkOn: remarkOnIsolation,
}

function everything(
  direction: Direction,
  needs: readonly string[],
  allow: boolean,
  priority: number,
): NetRule {
  return {
    ...{ direction, needs, allow, priority },
    ...{ range: ANYWHERE, protocol: ANY_PROTOCOL, ports: ALL_PORTS },
  }
}

function namespaceOf(side: Side, around: Surroundings, notes: Notes): GroupName {
  const name = readText(side, ['metadata', 0, 'namespace'])
  const created = around.createdByReference('metadata.namespace', name.value)
  if (created !== undefined) {
    const label = created.join(' and ')
    return { key: `namespace ${label}`, label, isNew: true }
  }
  noteFlaws('metadata.namespace', name.flaws, notes)
  const label = `namespace ${name.value ?? 'default'}`
  return { key: label, label, isNew: false }
}

function rulesOf(side: Side, notes: Notes): NetRule[] {
  if (readBlocks(side, ['spec']).value.length !== 1) {
    notes.doubts.push('`spec` could not be read')
    return []
  }
  const pods = selectorText(side, [...SPEC, 'pod_selector'], notes)
  const own = pods === undefined ? [] : [part(`pods ${pods}`)]
  const types = readTexts(side, [...SPEC, 'policy_types'])
  noteFlaws('spec.policy_types', types.flaws, notes)
  return DIRECTIONS.flatMap(({ direction, word, peers }) => {
    const blocks = readBlocks(side, [...SPEC, direction])
    noteFlaws(`spec.${direction}`, blocks.flaws, notes)
    const isNamed =
      types.value.length > 0
        ? types.value.includes(word)
        : direction === 'ingress' || blocks.value.length > 0
    if (!isNamed) return []
    const allows = blocks.value.flatMap((at) => {
      const ports = portsAt(side, [...at, 'ports'], notes)
      return peersAt(side, [...at, peers], notes).flatMap(({ needs, range }) =>
        ports.map((port) => ({
          ...{ direction, range, allow: true, priority: ALLOW, ...port.rule },
          needs: [...new Set([...own, ...needs, ...port.needs])].sort(),
        })),
      )
    })
    return [...allows, everything(direction, own, false, DENY)]
  })
}

function peersAt(side: Side, path: Path, notes: Notes): readonly Peer[] {
  const blocks = readBlocks(side, path)
  noteFlaws('peer', blocks.flaws, notes)
  if (blocks.value.length === 0) return blocks.flaws.length === 0 ? [EVERYONE] : []
  return blocks.value.flatMap((at) => {
    const [ip] = readBlocks(side, [...at, 'ip_block']).value
    if (ip !== undefined) return blockPeers(side, ip, notes)
    const has = (name: string): boolean => readBlocks(side, [...at, name]).value.length > 0
    const pods = selectorText(side, [...at, 'pod_selector'], notes)
    const spaces = selectorText(side, [...at, 'namespace_selector'], notes)
    if (!has('namespace_selector')) return [namedPeer(`pods ${pods ?? 'of the namespace'}`)]
    const where = spaces === undefined ? 'any namespace' : `namespaces ${spaces}`
    return [namedPeer(pods === undefined ? where : `pods ${pods} in ${where}`)]
  })
}

function blockPeers(side: Side, at: Path, notes: Notes): Peer[] {
  const whole = readText(side, [...at, 'cidr'])
  const holes = readTexts(side, [...at, 'except'])
  noteFlaws('ip_block.cidr', whole.flaws, notes)
  noteFlaws('ip_block.except', holes.flaws, notes)
  const range = whole.value === undefined ? undefined : parseCidr(whole.value)?.range
  const except = holes.value.flatMap((text) => parseCidr(text)?.range ?? [])
  if (range === undefined || except.length < holes.value.length) {
    notes.doubts.push('`ip_block` holds a text that is no address range')
  }
  return range === undefined ? [] : subtract(range, except).map(rangePeer)
}

interface PortOf {
  readonly needs: readonly string[]
  readonly rule: { readonly protocol: string; readonly ports: Ports }
}

function portsAt(side: Side, path: Path, notes: Notes): PortOf[] {
  const blocks = readBlocks(side, path)
  noteFlaws('ports', blocks.flaws, notes)
  if (blocks.value.length === 0 && blocks.flaws.length === 0) {
    return [{ needs: [], rule: { protocol: ANY_PROTOCOL, ports: ALL_PORTS } }]
  }
  return blocks.value.flatMap((at) => {
    const [word, port, end] = ['protocol', 'port', 'end_port'].map((name) => {
      const read = readScalar(side, [...at, name])
      noteFlaws(`ports.${name}`, read.flaws, notes)
      return read.value === '' ? undefined : read.value
    })
    const protocol = parseProtocol(word ?? 'tcp')
    if (protocol === undefined) {
      notes.doubts.push('`ports.protocol` names no protocol')
      return []
    }
    if (port === undefined) return [{ needs: [], rule: { protocol, ports: ALL_PORTS } }]
    const from = parseInteger(port)
    if (from === undefined) {
      return [{ needs: [part(`port ${port}`)], rule: { protocol, ports: ALL_PORTS } }]
    }
    // The provider writes 0 for an end port that is not set.
    const last = parseInteger(end ?? from)
    const to = last === 0 ? from : last
    if (to === undefined || from < 0 || to > MAX_PORT || from > to) {
      notes.doubts.push('a port is outside 0-65535, no whole number or after its end')
      return []
    }
    return [{ needs: [], rule: { protocol, ports: { from, to } } }]
  })
}

/** One text for one selector; undefined for the empty one, which selects everything. */
function selectorText(side: Side, path: Path, notes: Notes): string | undefined {
  if (hasUnknownBelow(side, path)) noteFlaws('selector', ['unknown'], notes)
  if (hasSensitiveBelow(side, path)) {
    noteFlaws('selector', ['sensitive'], notes)
    return 'hidden'
  }
  const pruned = prune(plainAt(side, path) ?? null)
  return pruned === null ? undefined : canonicalJson(pruned)
}

/** Without the empty lists and nulls that a provider writes for what is not set. */
function prune(value: JsonValue): JsonValue {
  if (isList(value)) {
    const items = value.map(prune).filter((item) => !isEmptyJson(item))
    return items.length === 0 ? null : items
  }
  if (!isObject(value)) return value
  const kept = Object.entries(value)
    .map(([key, item]): [string, JsonValue] => [key, prune(item)])
    .filter(([, item]) => item !== null)
  return kept.length === 0 ? null : Object.fromEntries(kept)
}

function remarkOnIsolation(opened: readonly Flow[], closed: readonly Flow[]): readonly Remark[] {
  const isWhole = ({ protocol, ports, needs }: Flow): boolean =>
    protocol === 'other' &&
    ports.to - ports.from === MAX_PORT &&
    !needs.some((need) => need.startsWith('peer:'))
  const remarks: Remark[] = []
  if (closed.some(isWhole)) {
    remarks.push({
      hazard: 'outage',
      text: 'pods that no policy selected are selected now: all they do not allow is denied at once',
    })
  }
  if (opened.some(isWhole)) {
    remarks.push({
      hazard: 'network-widening',
      text: 'the last policy that selects some pods goes: everything is allowed to or from them',
    })
  }
  return remarks
}
