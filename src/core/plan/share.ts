import { isObject, type JsonValue, member, sameJson } from '../json.ts'

/**
 * The same element, its `after` made of the parts of `before` wherever they are equal. Drift lists
 * whole objects of which one attribute differs; so they take half the memory until they are judged.
 */
export function shareSides(element: JsonValue): JsonValue {
  const change = member(element, 'change')
  const before = member(change, 'before')
  const after = member(change, 'after')
  if (!isObject(element) || !isObject(change) || !isObject(before) || !isObject(after))
    return element
  const shared = Object.entries(after).map(([key, value]) => {
    const old = member(before, key)
    return [key, old !== undefined && sameJson(old, value) ? old : value]
  })
  return { ...element, change: { ...change, after: Object.fromEntries(shared) } }
}
