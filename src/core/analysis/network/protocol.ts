// Protocols and ports in one form: names instead of numbers, ranges instead of absences.

/** Ports, both ends included. For ICMP the number is type × 256 + code; else 0-65535 is "all". */
export interface Ports {
  readonly from: number
  readonly to: number
}

export const MAX_PORT = 65_535
export const ALL_PORTS: Ports = { from: 0, to: MAX_PORT }

/** Every protocol; expanded to the protocols that a rule set names, and the rest. */
export const ANY_PROTOCOL = 'any'

/** What stands behind a rule that names no ports because it guards one data service. */
export const SERVICE_PROTOCOL = 'the service'

// IANA protocol numbers that people and providers write by name.
const BY_NUMBER: ReadonlyMap<number, string> = new Map([
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [47, 'gre'],
  [50, 'esp'],
  [51, 'ah'],
  [58, 'icmpv6'],
  [94, 'ipip'],
  [132, 'sctp'],
])
const NAMES: ReadonlySet<string> = new Set(BY_NUMBER.values())
const WORDS_FOR_ANY: ReadonlySet<string> = new Set(['-1', 'all', '*', 'any'])
const WITH_PORTS: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp'])

/** `tcp`, `any`, `protocol 89`; undefined for a word that names no protocol. */
export function parseProtocol(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const word = String(value).trim().toLowerCase()
  if (WORDS_FOR_ANY.has(word)) return ANY_PROTOCOL
  if (NAMES.has(word)) return word
  if (!/^\d{1,3}$/.test(word)) return undefined
  const number = Number(word)
  return number > 255 ? undefined : (BY_NUMBER.get(number) ?? `protocol ${number}`)
}

export function hasPorts(protocol: string): boolean {
  return WITH_PORTS.has(protocol)
}

export function isIcmp(protocol: string): boolean {
  return protocol === 'icmp' || protocol === 'icmpv6'
}

/** A whole number, also one written as text; undefined for everything else. */
export function parseInteger(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined
  if (typeof value !== 'string' || !/^-?\d{1,10}$/.test(value)) return undefined
  return Number(value)
}

export type PortsRead =
  | { readonly kind: 'ports'; readonly ports: Ports }
  | { readonly kind: 'reversed' | 'absurd' | 'incomplete' }

/**
 * Ports from a pair as Terraform providers write it. Absent means all; -1 means all; a protocol
 * without ports covers all whatever stands there.
 */
export function portsFromPair(protocol: string, from: unknown, to: unknown): PortsRead {
  if (!hasPorts(protocol) && !isIcmp(protocol)) return { kind: 'ports', ports: ALL_PORTS }
  const noFrom = from === undefined || from === null
  const noTo = to === undefined || to === null
  if (noFrom && noTo) return { kind: 'ports', ports: ALL_PORTS }
  if (isIcmp(protocol)) return icmpPorts(noFrom ? -1 : from, noTo ? -1 : to)
  if (noFrom || noTo) return { kind: 'incomplete' }
  const low = parseInteger(from)
  const high = parseInteger(to)
  if (low === -1 && high === -1) return { kind: 'ports', ports: ALL_PORTS }
  if (!isPort(low) || !isPort(high)) return { kind: 'absurd' }
  return low > high ? { kind: 'reversed' } : { kind: 'ports', ports: { from: low, to: high } }
}

/** `443`, `8000-8100`, `*`: the textual form of ranges. */
export function portsFromText(text: string): PortsRead {
  if (text === '*') return { kind: 'ports', ports: ALL_PORTS }
  const [from = '', to, ...rest] = text.split('-').map((part) => part.trim())
  if (rest.length > 0) return { kind: 'absurd' }
  const low = parseInteger(from)
  const high = to === undefined ? low : parseInteger(to)
  if (!isPort(low) || !isPort(high)) return { kind: 'absurd' }
  return low > high ? { kind: 'reversed' } : { kind: 'ports', ports: { from: low, to: high } }
}

function isPort(value: number | undefined): value is number {
  return value !== undefined && value >= 0 && value <= MAX_PORT
}

function icmpPorts(type: unknown, code: unknown): PortsRead {
  const kind = parseInteger(type)
  const detail = parseInteger(code)
  if (kind === -1) return { kind: 'ports', ports: ALL_PORTS }
  if (kind === undefined || kind < 0 || kind > 255) return { kind: 'absurd' }
  const base = kind * 256
  if (detail === -1) return { kind: 'ports', ports: { from: base, to: base + 255 } }
  if (detail === undefined || detail < 0 || detail > 255) return { kind: 'absurd' }
  return { kind: 'ports', ports: { from: base + detail, to: base + detail } }
}
