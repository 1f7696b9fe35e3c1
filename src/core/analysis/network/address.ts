// One line for all addresses: IPv6 occupies [0, 2^128), IPv4 the 2^32 numbers above it. Two families
// on one line let the arithmetic treat "anywhere" as one range and never mix the families up.
import ipaddr from 'ipaddr.js'

/** A range of the address line, both ends included. */
export interface Range {
  readonly from: bigint
  readonly to: bigint
}

const V6_BITS = 128
const V4_BITS = 32
const V4_START = 1n << BigInt(V6_BITS)

/** Every IPv4 address. */
export const ALL_V4: Range = { from: V4_START, to: V4_START + (1n << BigInt(V4_BITS)) - 1n }
/** Every IPv6 address. */
export const ALL_V6: Range = { from: 0n, to: V4_START - 1n }
/** Every address of both families. */
export const ANYWHERE: Range = { from: 0n, to: ALL_V4.to }

export interface Cidr {
  readonly range: Range
  /** The text had bits set below its prefix (`10.0.0.5/24`); the range is the masked one. */
  readonly hostBits: boolean
}

/**
 * `10.0.0.0/8`, `2001:db8::/32`, or a bare address (one address). Undefined for anything else:
 * octal, hexadecimal and shortened IPv4 forms are refused because providers refuse them.
 */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/')
  const head = slash === -1 ? text : text.slice(0, slash)
  const address = parseAddress(head)
  if (address === undefined) return undefined
  const bits = address >= V4_START ? V4_BITS : V6_BITS
  const prefix = slash === -1 ? bits : parsePrefix(text.slice(slash + 1), bits)
  if (prefix === undefined) return undefined
  const size = 1n << BigInt(bits - prefix)
  // The IPv4 part starts at a multiple of every block size, so masking works on the line itself.
  const from = address - (address % size)
  return { range: { from, to: from + size - 1n }, hostBits: from !== address }
}

/** The place of one address on the line; undefined where the text is none. */
export function parseAddress(text: string): bigint | undefined {
  const v4 = parseV4(text)
  if (v4 !== undefined) return V4_START + BigInt(v4)
  if (text.length > 45 || text.includes('%') || !text.includes(':')) return undefined
  if (!ipaddr.IPv6.isValid(text)) return undefined
  return ipaddr.IPv6.parse(text)
    .toByteArray()
    .reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
}

function parseV4(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (parts === null) return undefined
  let sum = 0
  for (const part of parts.slice(1)) {
    const byte = Number(part)
    if (byte > 255 || (part.length > 1 && part.startsWith('0'))) return undefined
    sum = sum * 256 + byte
  }
  return sum
}

function parsePrefix(text: string, bits: number): number | undefined {
  if (!/^\d{1,3}$/.test(text)) return undefined
  const prefix = Number(text)
  return prefix <= bits ? prefix : undefined
}

function cidr(text: string): Range {
  return parseCidr(text)?.range ?? ANYWHERE
}

/** RFC 1918: the three blocks that a person means by "the whole private network". */
export const PRIVATE_BLOCKS: readonly Range[] = [
  cidr('10.0.0.0/8'),
  cidr('172.16.0.0/12'),
  cidr('192.168.0.0/16'),
]

/** Not reachable from the internet, sorted: RFC 1918, 6598, 1122, 3927, 4193, 4291. */
const PRIVATE: readonly Range[] = [
  cidr('fc00::/7'),
  cidr('fe80::/10'),
  cidr('10.0.0.0/8'),
  cidr('100.64.0.0/10'),
  cidr('127.0.0.0/8'),
  cidr('169.254.0.0/16'),
  cidr('172.16.0.0/12'),
  cidr('192.168.0.0/16'),
]

/** Everything that is not private, as ranges of one family each. */
export const PUBLIC: readonly Range[] = [ALL_V6, ALL_V4].flatMap((family) =>
  subtract(family, PRIVATE),
)

function overlaps(a: Range, b: Range): boolean {
  return a.from <= b.to && b.from <= a.to
}

/** What is left of a range; holes in any order, also outside of it. */
export function subtract(range: Range, holes: readonly Range[]): Range[] {
  const rest: Range[] = []
  let from = range.from
  const inside = holes.filter((hole) => overlaps(hole, range))
  for (const hole of inside.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    if (hole.from > from) rest.push({ from, to: hole.from - 1n })
    if (hole.to >= from) from = hole.to + 1n
  }
  if (from <= range.to) rest.push({ from, to: range.to })
  return rest
}

export interface Sizes {
  readonly v4: bigint
  readonly v6: bigint
}

/** How many addresses of disjoint ranges lie outside the private blocks, by family. */
export function publicSizes(ranges: readonly Range[]): Sizes {
  return sizesWithin(ranges, PUBLIC)
}

/** How many addresses disjoint ranges hold, by family. */
export function sizes(ranges: readonly Range[]): Sizes {
  return sizesWithin(ranges, [ALL_V6, ALL_V4])
}

function sizesWithin(ranges: readonly Range[], parts: readonly Range[]): Sizes {
  let v4 = 0n
  let v6 = 0n
  for (const range of ranges) {
    for (const part of parts) {
      if (!overlaps(range, part)) continue
      const from = higher(range.from, part.from)
      const to = lower(range.to, part.to)
      if (from >= V4_START) v4 += to - from + 1n
      else v6 += to - from + 1n
    }
  }
  return { v4, v6 }
}

function higher(a: bigint, b: bigint): bigint {
  return a < b ? b : a
}

function lower(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

/** `range` holds all of `part`. */
export function holds(range: Range, part: Range): boolean {
  return range.from <= part.from && range.to >= part.to
}

/** In words: `10.0.0.0/16`, `10.0.0.5`, `10.0.0.0-10.0.2.255`, `anywhere`. One family per text. */
export function rangeTexts(range: Range): string[] {
  if (holds(range, ANYWHERE)) return ['anywhere']
  if (range.from < V4_START && range.to >= V4_START) {
    return [
      ...rangeTexts({ from: range.from, to: ALL_V6.to }),
      ...rangeTexts({ from: V4_START, to: range.to }),
    ]
  }
  const bits = range.from >= V4_START ? V4_BITS : V6_BITS
  const size = range.to - range.from + 1n
  if (size === 1n) return [addressText(range.from)]
  const prefix = bits - (size.toString(2).length - 1)
  const isBlock = (size & (size - 1n)) === 0n && range.from % size === 0n
  if (isBlock) return [`${addressText(range.from)}/${prefix}`]
  return [`${addressText(range.from)}-${addressText(range.to)}`]
}

function addressText(address: bigint): string {
  const v4 = address >= V4_START
  let rest = v4 ? address - V4_START : address
  const bytes: number[] = []
  for (let at = 0; at < (v4 ? 4 : 16); at += 1) {
    bytes.unshift(Number(rest & 255n))
    rest >>= 8n
  }
  return v4 ? bytes.join('.') : new ipaddr.IPv6(bytes).toString()
}
