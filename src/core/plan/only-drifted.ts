import { isObject, type JsonObject, type JsonValue, member, sameJson } from '../json.ts'

/**
 * The same element of `resource_drift` without the attributes that did not drift: those equal on both
 * sides, marked alike and known. Drift lists whole objects of which one attribute differs, and is
 * compared with the plan only where its own sides differ. Dates stay: they tell when it was changed.
 */
export function onlyDrifted(element: JsonValue): JsonValue {
  const change = member(element, 'change')
  const before = member(change, 'before')
  const after = member(change, 'after')
  if (!isObject(element) || !isObject(change) || !isObject(before) || !isObject(after))
    return element
  const marks = [member(change, 'before_sensitive'), member(change, 'after_sensitive')]
  const unknown = member(change, 'after_unknown')
  if (unknown === true || marks.includes(true)) return element
  const [sensitiveBefore, sensitiveAfter] = marks
  const equal = new Set<string>()
  const shared: [string, JsonValue][] = []
  for (const [key, value] of Object.entries(after)) {
    const old = member(before, key)
    if (old === undefined || !sameJson(old, value)) shared.push([key, value])
    else if (
      isMoment(value) ||
      (member(unknown, key) ?? false) !== false ||
      !sameJson(member(sensitiveBefore, key), member(sensitiveAfter, key))
    )
      shared.push([key, old])
    else equal.add(key)
  }
  const sides: Record<string, JsonValue> = { ...change, after: Object.fromEntries(shared) }
  for (const key of ['before', 'before_sensitive', 'after_sensitive', 'after_unknown']) {
    const side = change[key]
    if (isObject(side)) sides[key] = without(side, equal)
  }
  return { ...element, change: sides }
}

function without(side: JsonObject, keys: ReadonlySet<string>): JsonValue {
  const rest: [string, JsonValue][] = []
  for (const key of Object.keys(side)) if (!keys.has(key)) rest.push([key, side[key] ?? null])
  return Object.fromEntries(rest)
}

const DATE = /\d{4}-\d{2}-\d{2}|\d{2}:\d{2}/
const LONGEST_DATE = 40

function isMoment(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && value.length <= LONGEST_DATE && DATE.test(value)
}
