// Scaling that leaves every bound a person would set.
import {
  isList,
  isObject,
  type JsonObject,
  type JsonValue,
  type Path,
  pathText,
} from '../../../src/core/json.ts'
import { kindOf } from '../../../src/core/knowledge/catalogue.ts'
import { asUpdate, managedOf, type Placed, withinChange } from '../edit.ts'
import type { Operator } from '../mutant.ts'

// Only knobs that count running things. Left out: sizes of disks and memory, throughput, weights and
// durations (how much is too much differs by service), and values that are zero or unset already.
const COUNTS = new Set([
  'desired_capacity',
  'desired_count',
  'desired_size',
  'instances',
  'max_capacity',
  'max_count',
  'max_node_count',
  'max_replicas',
  'max_size',
  'min_capacity',
  'min_count',
  'min_node_count',
  'min_replicas',
  'min_size',
  'node_count',
  'replicas',
])

const FACTORS = [9, 25, 100] as const

/** Nine times and more: a bill nobody agreed to. Zero: nothing left to answer, or no floor. */
export const scaling: Operator = {
  name: 'scaling far out of bounds',
  mutate: (seed) =>
    managedOf(seed.plan).flatMap((placed) => {
      const { after, before } = placed
      if (after === null || before === null || kindOf(placed.type).kind === 'unknown') return []
      return counts(after).flatMap(([path, value]) =>
        [...FACTORS.map((factor) => value * factor), 0].map((next) => ({
          why:
            next === 0
              ? `${pathText(path)} goes to 0 and nothing is left`
              : `${pathText(path)} goes from ${value} to ${next}`,
          address: placed.address,
          plan: withinChange(seed.plan, placed.at, edits(placed, after, path, next)),
        })),
      )
    }),
}

function edits(placed: Placed, after: JsonObject, path: Path, next: number): JsonObject {
  const dotted = path.join('.')
  const whole = asUpdate(placed, after)
  const text = typeof valueIn(after, path) === 'string'
  return { ...whole, [`change.after.${dotted}`]: text ? String(next) : next }
}

function valueIn(value: JsonValue, path: Path): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((here, step) => {
    if (isList(here) && typeof step === 'number') return here[step]
    return isObject(here) ? here[String(step)] : undefined
  }, value)
}

/** Knobs with a number above 1, as numbers or as the digits some providers write. */
function counts(value: JsonValue, at: Path = []): readonly (readonly [Path, number])[] {
  if (isList(value)) return value.flatMap((item, index) => counts(item, [...at, index]))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, item]) => {
    const number = typeof item === 'string' && /^\d+$/.test(item) ? Number(item) : item
    const here: Path = [...at, name]
    if (COUNTS.has(name) && typeof number === 'number' && number > 1)
      return [[here, number] as const]
    return counts(item, here)
  })
}
