// Rectangle arithmetic agrees with counting every packet one by one, and keeps its laws.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ANYWHERE, parseCidr } from '../../../../src/core/analysis/network/address.ts'
import { compareSets, type Flow } from '../../../../src/core/analysis/network/compare-sets.ts'
import type { NetRule } from '../../../../src/core/analysis/network/rule.ts'

const SEED = { seed: 20_261_120, numRuns: 300 }
const PLENTY = { left: 10_000_000 }

const span = (max: number): fc.Arbitrary<[number, number]> =>
  fc.tuple(fc.nat(max), fc.nat(max)).map(([a, b]): [number, number] => (a < b ? [a, b] : [b, a]))

const PROTOCOLS = ['tcp', 'udp', 'any']
const NEEDS = [[], ['peer:a'], ['part:t'], ['part:t', 'peer:a']]

function rules(ordered: boolean): fc.Arbitrary<NetRule[]> {
  return fc.array(
    fc.record({
      direction: fc.constantFrom('ingress' as const, 'egress' as const),
      needs: fc.constantFrom(...NEEDS),
      range: span(7).map(([from, to]) => ({ from: BigInt(from), to: BigInt(to) })),
      protocol: fc.constantFrom(...PROTOCOLS),
      ports: span(5).map(([from, to]) => ({ from, to })),
      allow: ordered ? fc.boolean() : fc.constant(true),
      priority: ordered ? fc.nat(3) : fc.constant(0),
    }),
    { maxLength: 7 },
  )
}

interface Packet {
  readonly direction: string
  readonly protocol: string
  readonly names: readonly string[]
  readonly address: bigint
  readonly port: number
}

const PACKETS: readonly Packet[] = ['ingress', 'egress'].flatMap((direction) =>
  ['tcp', 'udp', 'gre'].flatMap((protocol) =>
    [[], ['peer:a'], ['part:t'], ['part:t', 'peer:a']].flatMap((names) =>
      Array.from({ length: 8 * 6 }, (_, n) => ({
        direction,
        protocol,
        names,
        address: BigInt(n % 8),
        port: Math.floor(n / 8),
      })),
    ),
  ),
)

function isAllowed(set: readonly NetRule[], packet: Packet): boolean {
  const matching = set.filter(
    (rule) =>
      rule.direction === packet.direction &&
      (rule.protocol === 'any' || rule.protocol === packet.protocol) &&
      rule.needs.every((need) => packet.names.includes(need)) &&
      rule.range.from <= packet.address &&
      rule.range.to >= packet.address &&
      rule.ports.from <= packet.port &&
      rule.ports.to >= packet.port,
  )
  const best = Math.min(...matching.map((rule) => rule.priority))
  const deciding = matching.filter((rule) => rule.priority === best)
  return deciding.length > 0 && deciding.every((rule) => rule.allow)
}

function isTold(flows: readonly Flow[], protocols: readonly string[], packet: Packet): boolean {
  const protocol = protocols.includes(packet.protocol) ? packet.protocol : 'other'
  return flows.some(
    (flow) =>
      flow.direction === packet.direction &&
      flow.protocol === protocol &&
      flow.needs.every((need) => packet.names.includes(need)) &&
      flow.ports.from <= packet.port &&
      flow.ports.to >= packet.port &&
      flow.ranges.some((range) => range.from <= packet.address && range.to >= packet.address),
  )
}

describe.each([false, true])('rule sets, ordered: %s', (ordered) => {
  it('tell exactly which packets open and close', () => {
    fc.assert(
      fc.property(rules(ordered), rules(ordered), (before, after) => {
        const found = compareSets(before, after, ordered, { ...PLENTY })
        expect(found).toBeDefined()
        if (found === undefined) return
        for (const packet of PACKETS) {
          const was = isAllowed(before, packet)
          const is = isAllowed(after, packet)
          // Every real difference is told; a told one is real for some packet that carries the names.
          if (is && !was) expect(isTold(found.opened, found.protocols, packet)).toBe(true)
          if (was && !is) expect(isTold(found.closed, found.protocols, packet)).toBe(true)
          if (!ordered && isTold(found.opened, found.protocols, packet) && !is) {
            expect.unreachable('an opening that no packet has')
          }
        }
        if (found.opened.length > 0) {
          expect(PACKETS.some((p) => isAllowed(after, p) && !isAllowed(before, p))).toBe(true)
        }
        if (found.closed.length > 0) {
          expect(PACKETS.some((p) => isAllowed(before, p) && !isAllowed(after, p))).toBe(true)
        }
      }),
      SEED,
    )
  })

  it('mirror: what one direction opens the other closes', () => {
    fc.assert(
      fc.property(rules(ordered), rules(ordered), (before, after) => {
        const there = compareSets(before, after, ordered, { ...PLENTY })
        const back = compareSets(after, before, ordered, { ...PLENTY })
        expect(back?.opened.length === 0).toBe(there?.closed.length === 0)
        expect(back?.closed.length === 0).toBe(there?.opened.length === 0)
      }),
      SEED,
    )
  })

  it('do not depend on the order of writing', () => {
    fc.assert(
      fc.property(rules(ordered), rules(ordered), (before, after) => {
        const there = compareSets(before, after, ordered, { ...PLENTY })
        const turned = compareSets([...before].reverse(), [...after].reverse(), ordered, {
          ...PLENTY,
        })
        const sorted = (flows: readonly Flow[] | undefined): string[] =>
          (flows ?? []).map((flow) => text(flow)).sort()
        expect(sorted(turned?.opened)).toEqual(sorted(there?.opened))
        expect(sorted(turned?.closed)).toEqual(sorted(there?.closed))
      }),
      SEED,
    )
  })
})

function text(flow: Flow): string {
  return JSON.stringify(flow, (_, value) => (typeof value === 'bigint' ? String(value) : value))
}

const base: NetRule = {
  direction: 'ingress',
  needs: [],
  range: ANYWHERE,
  protocol: 'tcp',
  ports: { from: 443, to: 443 },
  allow: true,
  priority: 0,
}

function cidr(text_: string): NetRule['range'] {
  return parseCidr(text_)?.range ?? expect.unreachable(text_)
}

describe('address ranges', () => {
  const block = fc.tuple(fc.nat(255), fc.nat(255), fc.integer({ min: 1, max: 31 }))

  it('splitting a range in two is nil, widening it by one bit never is', () => {
    fc.assert(
      fc.property(block, ([a, b, prefix]) => {
        const whole = cidr(`${a}.${b}.0.0/${prefix}`)
        const middle = (whole.from + whole.to) / 2n
        const halves = [
          { ...base, range: { from: whole.from, to: middle } },
          { ...base, range: { from: middle + 1n, to: whole.to } },
        ]
        const one = [{ ...base, range: whole }]
        expect(compareSets(one, halves, false, { ...PLENTY })).toMatchObject({
          opened: [],
          closed: [],
        })
        const wider = [{ ...base, range: cidr(`${a}.${b}.0.0/${prefix - 1}`) }]
        const grown = compareSets(one, wider, false, { ...PLENTY })
        expect(grown?.opened.length).toBeGreaterThan(0)
        expect(grown?.closed).toEqual([])
      }),
      SEED,
    )
  })

  it('splitting a port range is nil', () => {
    fc.assert(
      fc.property(span(65_534), fc.nat(65_534), ([from, to], cut) => {
        fc.pre(cut >= from && cut < to)
        const parts = [
          { ...base, ports: { from, to: cut } },
          { ...base, ports: { from: cut + 1, to } },
        ]
        const found = compareSets([{ ...base, ports: { from, to } }], parts, false, { ...PLENTY })
        expect(found).toMatchObject({ opened: [], closed: [] })
      }),
      SEED,
    )
  })

  it('adding a rule never closes, and opens nothing only where it is covered', () => {
    fc.assert(
      fc.property(rules(false), rules(false), (before, more) => {
        const found = compareSets(before, [...before, ...more], false, { ...PLENTY })
        expect(found?.closed).toEqual([])
        const isCovered = PACKETS.every((p) => !isAllowed(more, p) || isAllowed(before, p))
        expect(found?.opened.length === 0).toBe(isCovered)
      }),
      SEED,
    )
  })
})

describe('large rule sets', () => {
  const many = (count: number, ports: (n: number) => NetRule['ports']): NetRule[] =>
    Array.from({ length: count }, (_, n) => {
      const from = cidr('10.0.0.0/8').from + BigInt(n * 4)
      return { ...base, range: { from, to: from + 1n }, ports: ports(n) }
    })

  it('a hundred thousand rules are compared where they lie apart', () => {
    const before = many(100_000, (n) => ({ from: n % 60_000, to: n % 60_000 }))
    const found = compareSets(before, before.slice(1), false, { left: 2_000_000 })
    expect(found?.closed).toHaveLength(1)
    expect(found?.opened).toEqual([])
  })

  it('a hundred thousand rules that all change are compared on few ports', () => {
    const before = many(100_000, () => ({ from: 443, to: 443 }))
    const after = before.map((rule) => ({ ...rule, ports: { from: 444, to: 444 } }))
    const found = compareSets(before, after, false, { left: 2_000_000 })
    expect(found?.opened[0]?.ranges).toHaveLength(100_000)
  })

  it('what would cost too much is given up, not guessed', () => {
    const before = many(20_000, (n) => ({ from: n, to: 65_000 - n }))
    expect(compareSets(before, [], false, { left: 2_000_000 })).toBeUndefined()
  })
})
