// Does a catalogue condition (`true>false`, `dec`, `to:0`, `shrink` …) hold for one delta?
// Three answers: a condition that cannot be checked because a side is hidden or unknown is `unsure`,
// and the caller treats that as a hit.
import type { Value } from '../change/model.ts'
import { isEmptyJson, isList, isObject, type JsonValue, sameJson } from '../json.ts'
import { unreachable } from '../result.ts'

export type Answer = 'yes' | 'no' | 'unsure'

/** Conditions that name one direction, with the condition that is its opposite. */
const OPPOSITE: ReadonlyMap<string, string> = new Map([
  ['true>false', 'false>true'],
  ['false>true', 'true>false'],
  ['inc', 'dec'],
  ['dec', 'inc'],
  ['longer', 'shorter'],
  ['shorter', 'longer'],
  ['grow', 'shrink'],
  ['shrink', 'grow'],
  ['set>unset', 'unset>set'],
  ['unset', 'unset>set'],
  ['unset>set', 'set>unset'],
  ['set', 'set>unset'],
  ['set/dec', 'set>unset'],
  // Going up is the other way from going down; going back to an older version is no way to safety.
  ['down', 'up'],
  ['to:0', 'from:0'],
  ['from:Enabled', 'to:Enabled'],
])

const TAKES_AWAY = new Set(['set>unset', 'unset', 'shrink', 'true>false'])
const ADDS = new Set(['unset>set', 'set', 'grow', 'false>true'])

/** The value demonstrably went the other way: retention up where only down is a worry. */
export function isOpposite(when: string, before: Value, after: Value): boolean {
  // Reaching a state whose loss would be the worry is the other way round too.
  const opposite =
    OPPOSITE.get(when) ?? (when.startsWith('from:') ? `to:${when.slice(5)}` : undefined)
  return opposite !== undefined && holdsWhen(opposite, before, after) === 'yes'
}

/** Whether `when` (catalogue field `rules[].when`) speaks about going from one value to another. */
export function holdsWhen(when: string, before: Value, after: Value): Answer {
  if (when === 'any') return 'yes'
  const b = comparable(before)
  const a = comparable(after)
  // Nothing that was never there can be taken away, whatever hidden value comes instead.
  if (b !== 'hidden' && isEmptyJson(b.value) && TAKES_AWAY.has(when)) return 'no'
  if (a !== 'hidden' && isEmptyJson(a.value) && ADDS.has(when)) return 'no'
  if (b === 'hidden' || a === 'hidden') return 'unsure'
  return compare(when, b.value, a.value)
}

function compare(when: string, before: JsonValue, after: JsonValue): Answer {
  switch (when) {
    case 'true>false':
      return answer(isTrue(before) && !isTrue(after))
    case 'false>true':
      return answer(!isTrue(before) && isTrue(after))
    case 'set>unset':
    case 'unset':
      return answer(!isEmptyJson(before) && isEmptyJson(after))
    case 'unset>set':
      return answer(isEmptyJson(before) && !isEmptyJson(after))
    case 'set':
      return answer(!isEmptyJson(after))
    case 'set/unset':
      return answer(isEmptyJson(before) !== isEmptyJson(after))
    case 'set/dec':
      return isEmptyJson(before) && !isEmptyJson(after)
        ? 'yes'
        : byNumber(before, after, (b, a) => a < b)
    case 'inc':
      return byNumber(before, after, (b, a) => a > b)
    case 'dec':
      return byNumber(before, after, (b, a) => a < b)
    case 'longer':
      return byNumber(before, after, (b, a) => orForEver(a) > orForEver(b))
    case 'shorter':
      return byNumber(before, after, (b, a) => orForEver(a) < orForEver(b))
    case 'up':
      return byVersion(before, after, (order) => order.at >= 0 && order.up)
    case 'down':
      return byVersion(before, after, (order) => order.at >= 0 && !order.up)
    case 'major_up':
      return byVersion(before, after, (order) => order.at === 0 && order.up)
    case 'minor_up':
      return byVersion(before, after, (order) => order.at > 0 && order.up)
    case 'grow':
      return bySize(before, after, 'grow')
    case 'shrink':
      return bySize(before, after, 'shrink')
    case 'widen':
    case 'narrow':
      // Coverage of addresses or principals is worked out by analysis; here any change may be it.
      return 'unsure'
    default:
      return byLiteral(when, before, after)
  }
}

function byLiteral(when: string, before: JsonValue, after: JsonValue): Answer {
  if (when.startsWith('to:'))
    return answer(includesWord(after, when.slice(3)) && !includesWord(before, when.slice(3)))
  if (when.startsWith('from:'))
    return answer(includesWord(before, when.slice(5)) && !includesWord(after, when.slice(5)))
  const family = /^(.+)<>(.+)$/.exec(when)
  if (family?.[1] !== undefined && family[2] !== undefined) {
    const [one, two] = [family[1], family[2]]
    return answer(
      (contains(before, one) && contains(after, two)) ||
        (contains(before, two) && contains(after, one)),
    )
  }
  const pair = /^(.+)>(.+)$/.exec(when)
  if (pair?.[1] !== undefined && pair[2] !== undefined) {
    return answer(contains(before, pair[1]) && contains(after, pair[2]))
  }
  return 'unsure'
}

function comparable(value: Value): { readonly value: JsonValue } | 'hidden' {
  switch (value.kind) {
    case 'known':
      return { value: value.value }
    case 'absent':
      return { value: null }
    case 'sensitive':
    case 'unknown':
      return 'hidden'
    default:
      return unreachable(value)
  }
}

function answer(yes: boolean): Answer {
  return yes ? 'yes' : 'no'
}

/** Booleans may be strings, and several providers write their switches in words. */
export function isTrue(value: JsonValue): boolean {
  return value === true || (typeof value === 'string' && /^(true|enabled|on)$/i.test(value))
}

/** A number, or a string that is one. Undefined for anything else. */
export function numberOf(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || !/^-?\d+(\.\d+)?$/.test(value)) return undefined
  return Number(value)
}

function byNumber(
  before: JsonValue,
  after: JsonValue,
  test: (before: number, after: number) => boolean,
): Answer {
  if (isEmptyJson(before) && isEmptyJson(after)) return 'no'
  const b = numberOf(before)
  const a = numberOf(after)
  // From or to "not set" the provider's default takes over, which the plan does not tell.
  if (b === undefined || a === undefined) return 'unsure'
  // Below zero stands for "no limit" (-1 of provider documentations), which is more than any number.
  if (b < 0 !== a < 0) return 'unsure'
  return answer(test(b, a))
}

/** A time where 0 stands for "for ever". */
function orForEver(time: number): number {
  return time === 0 ? Number.POSITIVE_INFINITY : time
}

/** Where two dotted versions first differ (0 = major), and in which direction. */
function byVersion(
  before: JsonValue,
  after: JsonValue,
  test: (order: { readonly at: number; readonly up: boolean }) => boolean,
): Answer {
  const b = versionOf(before)
  const a = versionOf(after)
  if (b === undefined || a === undefined) return 'unsure'
  const length = Math.max(b.length, a.length)
  for (let at = 0; at < length; at += 1) {
    const from = b[at] ?? 0
    const to = a[at] ?? 0
    if (from !== to) return answer(test({ at, up: to > from }))
  }
  return sameJson(before, after) ? 'no' : 'unsure'
}

function versionOf(value: JsonValue): readonly number[] | undefined {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string') return undefined
  const digits = /\d+(\.\d+)*/.exec(text)?.[0]
  return digits?.split('.').map(Number)
}

function bySize(before: JsonValue, after: JsonValue, direction: 'grow' | 'shrink'): Answer {
  const b = membersOf(before)
  const a = membersOf(after)
  if (b === undefined || a === undefined) return 'unsure'
  const gained = a.some((item) => !b.some((other) => sameJson(item, other)))
  const lost = b.some((item) => !a.some((other) => sameJson(item, other)))
  return answer(direction === 'grow' ? gained : lost)
}

function membersOf(value: JsonValue): readonly JsonValue[] | undefined {
  if (isEmptyJson(value)) return []
  if (isList(value)) return value
  if (isObject(value)) return Object.entries(value).map(([key, item]) => [key, item])
  return [value]
}

function includesWord(value: JsonValue, word: string): boolean {
  if (isList(value)) return value.some((item) => includesWord(item, word))
  return String(value ?? '').toLowerCase() === word.toLowerCase()
}

function contains(value: JsonValue, word: string): boolean {
  return typeof value === 'string' && value.toLowerCase().includes(word.toLowerCase())
}
