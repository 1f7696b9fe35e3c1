// Which AWS names cover which: actions, ARNs and texts with policy variables.
import { type Budget, includes, MAX_PATTERN_CHARS, overlaps } from '../pattern.ts'

const VARIABLE = /\$\{[^}]*\}/g
/** arn, partition, service, region, account, resource: a wildcard stays in its own field. */
const ARN_FIELDS = 6

/**
 * A variable may stand for any text: on the narrow side it is read as `*`, on the wide side it
 * covers nothing but itself.
 */
export function includesText(wide: string, narrow: string, budget: Budget): boolean {
  if (wide === narrow) return true
  if (wide.includes('${') || isLong(wide, narrow)) return false
  return includes(wide, narrow.replace(VARIABLE, '*'), budget)
}

/** Field by field; a shorter pattern that ends in `*` is completed, as AWS does. */
export function includesArn(wide: string, narrow: string, budget: Budget): boolean {
  if (wide === narrow || wide === '*') return true
  if (wide.includes('${') || isLong(wide, narrow)) return false
  const [outer, inner] = [fieldsOf(wide), fieldsOf(narrow.replace(VARIABLE, '*'))]
  if (outer === undefined || inner === undefined) return false
  return outer.every((field, at) => includes(field, inner[at] ?? '', budget))
}

/** May name a common resource: anything not proven apart. */
export function overlapsArn(a: string, b: string, budget: Budget): boolean {
  if (isLong(a, b)) return true
  return overlaps(a.replace(VARIABLE, '*'), b.replace(VARIABLE, '*'), budget)
}

function isLong(a: string, b: string): boolean {
  return a.length > MAX_PATTERN_CHARS || b.length > MAX_PATTERN_CHARS
}

function fieldsOf(arn: string): readonly string[] | undefined {
  const fields = arn.split(':')
  if (fields.length >= ARN_FIELDS) {
    return [...fields.slice(0, ARN_FIELDS - 1), fields.slice(ARN_FIELDS - 1).join(':')]
  }
  if (!arn.endsWith('*')) return undefined
  return [...fields, ...Array<string>(ARN_FIELDS - fields.length).fill('*')]
}
