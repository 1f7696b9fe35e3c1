// How bad it is that a flow opens. Grades follow reach first (internet, large private, small
// private), then what listens there (administration and data ports).
import { holds, PRIVATE_BLOCKS, publicSizes, type Range, sizes } from './address.ts'
import { type Flow, OTHER_PROTOCOLS } from './compare-sets.ts'
import { ALL_PORTS, MAX_PORT, type Ports, SERVICE_PROTOCOL } from './protocol.ts'
import type { NetRule } from './rule.ts'

export type Grade = 'low' | 'medium' | 'high' | 'critical'

const RANKS: readonly Grade[] = ['low', 'medium', 'high', 'critical']

/** More public addresses than a /16 (IPv4) or a /32 (IPv6) are "the internet", fewer are someone. */
const NAMED_EXTERNAL_V4 = 2n ** 16n
const NAMED_EXTERNAL_V6 = 2n ** 96n
/** More private addresses than a /16 or a /32 are more than one network. */
const ONE_NETWORK_V4 = 2n ** 16n
const ONE_NETWORK_V6 = 2n ** 96n

/** Remote administration, data stores, brokers and cluster control planes. */
const SENSITIVE_PORTS: readonly number[] = [
  22, 23, 25, 135, 139, 445, 1433, 1521, 2375, 2376, 2379, 2380, 3306, 3389, 4789, 5432, 5601, 5900,
  5985, 5986, 6379, 6443, 8086, 9000, 9042, 9092, 9200, 9300, 10250, 11211, 15672, 27017, 50070,
]
const WEB_PORTS: readonly number[] = [80, 443]
const TRANSPORT: ReadonlySet<string> = new Set(['tcp', 'udp', OTHER_PROTOCOLS])

export function worse(a: Grade, b: Grade): Grade {
  return RANKS.indexOf(a) >= RANKS.indexOf(b) ? a : b
}

export function worst(grades: readonly Grade[]): Grade {
  return grades.reduce(worse, 'low')
}

/** The flow reaches so many public addresses that strangers are among them. */
export function isPublic(flow: Flow): boolean {
  return !flow.needs.some((need) => need.startsWith('peer:')) && isInternet(flow.ranges)
}

export function isInternet(ranges: readonly Range[]): boolean {
  const { v4, v6 } = publicSizes(ranges)
  return v4 > NAMED_EXTERNAL_V4 || v6 > NAMED_EXTERNAL_V6
}

/** Some public address, however few, takes part. */
export function isExternal(flow: Flow): boolean {
  if (flow.needs.some((need) => need.startsWith('peer:'))) return false
  const { v4, v6 } = publicSizes(flow.ranges)
  return v4 + v6 > 0n
}

export function isWeb(flow: Flow): boolean {
  return (
    (flow.protocol === 'tcp' || flow.protocol === 'udp') &&
    flow.ports.from === flow.ports.to &&
    WEB_PORTS.includes(flow.ports.from)
  )
}

/**
 * Grade of an inbound opening. `webFront`: the group is known to belong to a load balancer.
 * `exposes`: some rule that a person wrote lets the internet in; else the opening is a platform's
 * own "allow all", behind whatever else keeps strangers out.
 */
export function gradeInbound(flow: Flow, webFront: boolean, exposes: boolean): Grade {
  const sensitive = isSensitive(flow)
  if (isPublic(flow)) {
    if (!exposes) return 'high'
    if (flow.protocol === OTHER_PROTOCOLS || sensitive) return 'critical'
    return webFront && isWeb(flow) ? 'medium' : 'high'
  }
  if (isExternal(flow) && sensitive) return 'high'
  return isLarge(flow) ? 'high' : 'medium'
}

/**
 * Grade of an outbound opening. Reaching the internet is normal where everything was reachable, and
 * a hole where the group had a list of its own.
 */
export function gradeOutbound(flow: Flow, before: readonly NetRule[]): Grade {
  if (!isPublic(flow)) return isLarge(flow) ? 'high' : 'medium'
  const allowed = before.filter((rule) => rule.direction === 'egress' && rule.allow)
  const toInternet = allowed.some(
    ({ needs, range }) => !needs.some((need) => need.startsWith('peer:')) && isInternet([range]),
  )
  const hadList = allowed.length > 0 && !toInternet
  return hadList ? 'high' : 'medium'
}

function isSensitive({ protocol, ports }: Flow): boolean {
  if (protocol === SERVICE_PROTOCOL) return true
  if (!TRANSPORT.has(protocol)) return false
  return SENSITIVE_PORTS.some((port) => port >= ports.from && port <= ports.to)
}

function isLarge(flow: Flow): boolean {
  if (flow.protocol === OTHER_PROTOCOLS || isAllPorts(flow)) return true
  if (flow.needs.some((need) => need.startsWith('peer:'))) return false
  const { v4, v6 } = sizes(flow.ranges)
  if (v4 > ONE_NETWORK_V4 || v6 > ONE_NETWORK_V6) return true
  return PRIVATE_BLOCKS.some((block) => flow.ranges.some((range) => holds(range, block)))
}

function isAllPorts({ protocol, ports }: Flow): boolean {
  return TRANSPORT.has(protocol) && samePorts(ports, ALL_PORTS)
}

export function samePorts(a: Ports, b: Ports): boolean {
  return a.from === b.from && Math.min(a.to, MAX_PORT) === b.to
}
