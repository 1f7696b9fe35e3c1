// What two rule sets allow, compared as rectangles of addresses × ports. Rules match in order of
// priority, first match wins; a set without order is the case where all priorities are equal.
//
//   ports ▲   ┌────┐          The ports axis is cut at every edge of a rule into strips. In one
//         │ ┌─┼─┐  │          strip only addresses differ: the rules, best priority first, paint the
//         │ └─┼─┘  │ ← strip  part of the line that is still bare. What allow rules painted is
//         │   └────┘          allowed; two such paintings are subtracted from each other. Strips
//         └──────────▶ addresses          without a rule that changed are skipped: nothing differs.
import type { Range } from './address.ts'
import type { Ports } from './protocol.ts'
import type { NetRule } from './rule.ts'
import { allowedSpans, type Painted, type Spans, subtractSpans } from './spans.ts'

/** Addresses that are open at every port of a range. Ranges are sorted and disjoint. */
export interface Piece {
  readonly ports: Ports
  readonly ranges: readonly Range[]
}

export interface Difference {
  readonly opened: readonly Piece[]
  readonly closed: readonly Piece[]
}

/** Work that is left, in visits of a rule in a strip; shared by all comparisons of one analysis. */
export interface Budget {
  left: number
}

export interface Comparison {
  /** Rules on both sides. */
  readonly kept: readonly NetRule[]
  readonly removed: readonly NetRule[]
  readonly added: readonly NetRule[]
}

/**
 * The traffic that only one side allows. All rules must apply to the same packets but for address,
 * port and priority. Undefined where the comparison costs more than the budget: nothing is known.
 */
export function compareRules(comparison: Comparison, budget: Budget): Difference | undefined {
  const { kept, removed, added } = comparison
  const changed = [...removed, ...added]
  if (changed.length === 0) return { opened: [], closed: [] }
  const all = [...kept, ...changed]
  if (all.length > budget.left) return undefined
  const strips = cutStrips(all, changed)
  const cost = all.length + all.reduce((sum, rule) => sum + countTouched(strips, rule), 0)
  if (cost > budget.left) return undefined
  budget.left -= cost
  const line = sortedUnique(all.flatMap(({ range }) => [range.from, range.to + 1n]))
  const before = fillStrips(strips, line, [...kept, ...removed])
  const after = fillStrips(strips, line, [...kept, ...added])
  const opened: Piece[] = []
  const closed: Piece[] = []
  strips.touched.forEach((at, slot) => {
    const ports = { from: strips.edges[at] ?? 0, to: (strips.edges[at + 1] ?? 0) - 1 }
    const was = allowedSpans(before[slot] ?? [])
    const is = allowedSpans(after[slot] ?? [])
    append(opened, ports, toRanges(subtractSpans(is, was), line))
    append(closed, ports, toRanges(subtractSpans(was, is), line))
  })
  return { opened, closed }
}

/** Opened pieces less what other pieces already tell. */
export function subtractPieces(
  pieces: readonly Piece[],
  known: readonly Piece[],
  budget: Budget,
): readonly Piece[] | undefined {
  if (pieces.length === 0 || known.length === 0) return pieces
  return compareRules({ kept: [], removed: asRules(known), added: asRules(pieces) }, budget)?.opened
}

function asRules(pieces: readonly Piece[]): NetRule[] {
  return pieces.flatMap(({ ports, ranges }) =>
    ranges.map((range) => ({
      direction: 'ingress' as const,
      needs: [],
      range,
      protocol: '',
      ports,
      allow: true,
      priority: 0,
    })),
  )
}

interface Strips {
  /** Strip `n` reaches from `edges[n]` to `edges[n + 1] - 1`. */
  readonly edges: readonly number[]
  readonly at: ReadonlyMap<number, number>
  /** Numbers of the strips in which a changed rule lies. */
  readonly touched: readonly number[]
  /** For every edge, how many touched strips lie below it. */
  readonly below: readonly number[]
}

function cutStrips(all: readonly NetRule[], changed: readonly NetRule[]): Strips {
  const edges = sortedUnique(all.flatMap(({ ports }) => [ports.from, ports.to + 1]))
  const at = new Map(edges.map((edge, index) => [edge, index]))
  const step = new Array<number>(edges.length).fill(0)
  const bump = (edge: number, by: number): void => {
    const index = at.get(edge) ?? 0
    step[index] = (step[index] ?? 0) + by
  }
  for (const { ports } of changed) {
    bump(ports.from, 1)
    bump(ports.to + 1, -1)
  }
  const touched: number[] = []
  const below: number[] = []
  let depth = 0
  for (let index = 0; index < edges.length; index += 1) {
    below.push(touched.length)
    depth += step[index] ?? 0
    if (depth > 0) touched.push(index)
  }
  return { edges, at, touched, below }
}

function slots({ at, below }: Strips, { ports }: NetRule): { first: number; end: number } {
  return {
    first: below[at.get(ports.from) ?? 0] ?? 0,
    end: below[at.get(ports.to + 1) ?? 0] ?? 0,
  }
}

function countTouched(strips: Strips, rule: NetRule): number {
  const { first, end } = slots(strips, rule)
  return end - first
}

/** For every touched strip its rules, best priority first, denies before allows of equal priority. */
function fillStrips(
  strips: Strips,
  line: readonly bigint[],
  rules: readonly NetRule[],
): readonly (readonly Painted[])[] {
  const place = new Map(line.map((edge, index) => [edge, index]))
  const filled: Painted[][] = strips.touched.map(() => [])
  const ordered = [...rules].sort(
    (a, b) => a.priority - b.priority || Number(a.allow) - Number(b.allow),
  )
  for (const rule of ordered) {
    const painted: Painted = {
      from: place.get(rule.range.from) ?? 0,
      end: place.get(rule.range.to + 1n) ?? 0,
      allow: rule.allow,
    }
    const { first, end } = slots(strips, rule)
    for (let slot = first; slot < end; slot += 1) filled[slot]?.push(painted)
  }
  return filled
}

function toRanges(spans: Spans, line: readonly bigint[]): Range[] {
  return spans.map(([from, end]) => ({ from: line[from] ?? 0n, to: (line[end] ?? 1n) - 1n }))
}

/** Neighbouring strips that hold the same addresses are one piece. */
function append(pieces: Piece[], ports: Ports, ranges: readonly Range[]): void {
  if (ranges.length === 0) return
  const last = pieces.at(-1)
  if (last !== undefined && last.ports.to + 1 === ports.from && sameRanges(last.ranges, ranges)) {
    pieces[pieces.length - 1] = { ports: { from: last.ports.from, to: ports.to }, ranges }
    return
  }
  pieces.push({ ports, ranges })
}

function sameRanges(a: readonly Range[], b: readonly Range[]): boolean {
  return (
    a.length === b.length &&
    a.every((range, at) => range.from === b[at]?.from && range.to === b[at]?.to)
  )
}

function sortedUnique<T extends number | bigint>(values: readonly T[]): T[] {
  return [...new Set(values)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}
