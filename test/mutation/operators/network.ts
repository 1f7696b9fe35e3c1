// Ranges and ports of existing rules, made a little larger.
import { edited } from '../../../fixtures/tools/plan-tree.ts'
import {
  isList,
  isObject,
  type JsonObject,
  type JsonValue,
  type Path,
} from '../../../src/core/json.ts'
import { kindOf } from '../../../src/core/knowledge/catalogue.ts'
import { asUpdate, managedOf, type Placed, withinChange } from '../edit.ts'
import type { Danger, Operator } from '../mutant.ts'

const RANGES = new Set([
  'cidr_blocks',
  'cidr_ipv4',
  'source_address_prefix',
  'source_address_prefixes',
  'source_ranges',
])
const BITS = [1, 2, 3, 4, 6, 8] as const

interface Span {
  readonly from: number
  readonly to: number
}

// A widening counts only where it reaches an address that no rule of the plan allowed before: one
// covered by a neighbour has no net effect and rightly stays boring. Whatever any rule allows on any
// port counts as covered here, which leaves out too much rather than too little. Left out as well:
// rules of groups created in the same plan (nothing is attached to them yet), rules already as wide
// as an IPv4 range can be, and IPv6.
export const widerRange: Operator = {
  name: 'range of addresses widened',
  mutate: (seed) => {
    const placed = managedOf(seed.plan)
    const known = merged(
      placed.flatMap(({ before }) => texts(before)).flatMap(([, text]) => span(text)),
    )
    return placed.filter(onExistingGroup).flatMap((change) =>
      texts(change.after).flatMap(([path, text]) =>
        BITS.flatMap((bits): readonly Danger[] => {
          const wider = widen(text, bits)
          if (wider === undefined || covered(span(wider)[0], known)) return []
          return [danger(seed.plan, change, path, wider, `${text} becomes ${wider}`)]
        }),
      ),
    )
  },
}

/** The whole internet, where no rule of the plan let it in before. */
export const worldRange: Operator = {
  name: 'range of addresses opened to the world',
  mutate: (seed) => {
    const placed = managedOf(seed.plan)
    const before = placed.flatMap((change) => texts(change.before))
    if (before.some(([, text]) => text === '0.0.0.0/0')) return []
    return placed.filter(onExistingGroup).flatMap((change) =>
      texts(change.after)
        .filter(([, text]) => text !== '0.0.0.0/0')
        .map(([path, text]) =>
          danger(seed.plan, change, path, '0.0.0.0/0', `${text} becomes the whole internet`),
        ),
    )
  },
}

/** Every port from the first on, on rules of one group's own; blocks inside a group are left out. */
export const widerPorts: Operator = {
  name: 'range of ports widened',
  mutate: (seed) =>
    managedOf(seed.plan)
      .filter(onExistingGroup)
      .flatMap((change) => {
        const { after } = change
        const to = after?.to_port
        if (after === null || typeof to !== 'number' || to < 1 || to >= 65_000) return []
        return [to + 1, 65_535].map((port) => ({
          why: `ports up to ${port} instead of ${to}`,
          address: change.address,
          plan: withinChange(seed.plan, change.at, asUpdate(change, { ...after, to_port: port })),
        }))
      }),
}

function onExistingGroup({ type, after, before, element }: Placed): boolean {
  const kind = kindOf(type)
  if (kind.kind === 'unknown' || kind.row.net_rule_model === undefined || after === null)
    return false
  if (before !== null) return true
  const group = after.security_group_id
  return typeof group === 'string' && group !== '' && element.type !== 'aws_security_group'
}

function danger(plan: JsonObject, change: Placed, path: Path, range: string, why: string): Danger {
  const after = edited(change.after ?? {}, { [path.join('.')]: range })
  return {
    why,
    address: change.address,
    plan: withinChange(plan, change.at, asUpdate(change, after)),
  }
}

/** Every IPv4 range of a rule with its path. Egress is left out: wider egress is a matter of taste. */
function texts(value: JsonValue, at: Path = []): readonly (readonly [Path, string])[] {
  if (isList(value)) return value.flatMap((item, index) => texts(item, [...at, index]))
  if (typeof value === 'string') {
    const named = at.some((step) => typeof step === 'string' && RANGES.has(step))
    return named && span(value).length > 0 ? [[at, value]] : []
  }
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, item]) =>
    name === 'egress' ? [] : texts(item, [...at, name]),
  )
}

function span(cidr: string | undefined): readonly Span[] {
  const [, a, b, c, d, bits] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr ?? '') ?? []
  if (bits === undefined) return []
  const address = [a, b, c, d].reduce((sum, part) => sum * 256 + Number(part), 0)
  const size = 2 ** (32 - Number(bits))
  const from = Math.floor(address / size) * size
  return [{ from, to: from + size - 1 }]
}

function widen(cidr: string, bits: number): string | undefined {
  const length = Number(cidr.split('/')[1]) - bits
  const [found] = span(`${cidr.split('/')[0]}/${length}`)
  if (length < 0 || found === undefined) return undefined
  const parts = [24, 16, 8, 0].map((shift) => Math.floor(found.from / 2 ** shift) % 256)
  return `${parts.join('.')}/${length}`
}

function merged(spans: readonly Span[]): readonly Span[] {
  const all: Span[] = []
  for (const next of [...spans].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1)
    if (last === undefined || next.from > last.to + 1) all.push(next)
    else all.splice(-1, 1, { from: last.from, to: Math.max(last.to, next.to) })
  }
  return all
}

function covered(one: Span | undefined, known: readonly Span[]): boolean {
  return one === undefined || known.some(({ from, to }) => from <= one.from && one.to <= to)
}
