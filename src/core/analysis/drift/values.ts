// When two values of a drift mean the same: providers and clouds rewrite what they are given.
import { canonicalJson, isEmptyJson, isList, isObject, type JsonValue, member } from '../../json.ts'
import { parseText } from '../../plan/kept.ts'

const DEEPEST = 64

/**
 * One text for what a value means: "not set" in its forms is one, rules of a set have no order, JSON
 * documents are compared by content (policy documents also without order), and ids of deleted
 * principals do not count. Any other list keeps its order.
 */
export function meaning(value: JsonValue | undefined): string {
  return mean(value, false, 0)
}

function mean(value: JsonValue | undefined, unordered: boolean, depth: number): string {
  if (value === undefined || isEmptyJson(value)) return ''
  if (depth > DEEPEST) return canonicalJson(value)
  if (isList(value)) {
    const parts = value
      .filter((item) => !isDeletedMember(item))
      .map((item) => mean(item, unordered, depth + 1))
    if (parts.length === 0) return ''
    return `[${(unordered || value.every(isRule) ? parts.sort() : parts).join(',')}]`
  }
  if (isObject(value)) {
    const parts = Object.keys(value)
      .sort()
      .flatMap((key) => {
        const inner = mean(value[key], unordered, depth + 1)
        return inner === '' ? [] : [`${JSON.stringify(key)}:${inner}`]
      })
    return parts.length === 0 ? '' : `{${parts.join(',')}}`
  }
  const parsed = typeof value === 'string' ? documentOf(value) : undefined
  if (parsed === undefined) return JSON.stringify(value)
  return `document ${mean(parsed, member(parsed, 'Statement') !== undefined, depth + 1)}`
}

const RULE_KEYS = ['from_port', 'protocol', 'rule_no', 'destination_port_range']

/** A member of a rule set: its place in the list says nothing. */
export function isRule(value: JsonValue | undefined): boolean {
  return isObject(value) && RULE_KEYS.some((key) => Object.hasOwn(value, key))
}

/** GCP writes `deleted:serviceAccount:…?uid=…` for a principal that is gone. */
function isDeletedMember(value: JsonValue): boolean {
  return typeof value === 'string' && /^deleted:\w+:.*\?uid=\d+$/.test(value)
}

const LONGEST_DOCUMENT = 200_000

function documentOf(text: string): JsonValue | undefined {
  if (!/^\s*[{[]/.test(text) || text.length > LONGEST_DOCUMENT) return undefined
  return parseText(text)
}

/** `arn:aws:iam::1:role/app` and `app` name one thing in two ways. */
export function isOtherSpelling(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return false
  const [long, short] = a.length > b.length ? [a, b] : [b, a]
  return (
    short !== '' &&
    !short.startsWith('arn:') &&
    long.startsWith('arn:') &&
    (long.endsWith(`/${short}`) || long.endsWith(`:${short}`))
  )
}
