// Condition blocks of AWS policies: clauses that all have to hold, and which clause implies which.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
import ipaddr from 'ipaddr.js'
import { isList, isObject, type JsonValue } from '../../../json.ts'
import { type Budget, hasWildcard } from '../pattern.ts'
import { includesArn, includesText } from './match.ts'

export interface Clause {
  /** Without qualifier and suffix: `StringLike`. */
  readonly operator: string
  readonly qualifier: '' | 'ForAllValues' | 'ForAnyValue'
  /** A request without the key passes. */
  readonly ifExists: boolean
  /** Lower case: condition keys are not case-sensitive. */
  readonly key: string
  /** Sorted, never empty. */
  readonly values: readonly string[]
}

const NEGATED = new Set([
  'StringNotEquals',
  'StringNotEqualsIgnoreCase',
  'StringNotLike',
  'ArnNotLike',
  'NotIpAddress',
  'NumericNotEquals',
  'DateNotEquals',
])

/** Undefined where the block is not in the grammar. */
export function readClauses(block: JsonValue | undefined): readonly Clause[] | undefined {
  if (block === undefined) return []
  if (!isObject(block)) return undefined
  const clauses: Clause[] = []
  for (const [name, tests] of Object.entries(block)) {
    if (!isObject(tests)) return undefined
    for (const [key, held] of Object.entries(tests)) {
      const values = readValues(held)
      if (values === undefined) return undefined
      clauses.push(clauseOf(name, key.toLowerCase(), values))
    }
  }
  return clauses
}

export function clauseKey(clause: Clause): string {
  const { qualifier, operator, ifExists, key, values } = clause
  return JSON.stringify([qualifier, operator, ifExists, key, values])
}

/** Whatever passes all of `narrow` provably passes all of `wide`. */
export function implies(
  narrow: readonly Clause[],
  wide: readonly Clause[],
  budget: Budget,
): boolean {
  return wide.every((clause) => isImplied(clause, narrow, budget))
}

export function isImplied(wide: Clause, by: readonly Clause[], budget: Budget): boolean {
  return by.some((narrow) => clauseImplies(narrow, wide, budget))
}

export function isNegated(clause: Clause): boolean {
  return NEGATED.has(clause.operator)
}

function clauseOf(name: string, key: string, values: readonly string[]): Clause {
  const [, prefix, base = name, suffix] =
    /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(name) ?? []
  return {
    operator: canonicalOperator(base, values),
    qualifier: prefix === 'ForAllValues' || prefix === 'ForAnyValue' ? prefix : '',
    ifExists: suffix !== undefined,
    key,
    values: [...new Set(values)].sort(),
  }
}

/** ArnEquals behaves as ArnLike; StringLike without a wildcard behaves as StringEquals. */
function canonicalOperator(name: string, values: readonly string[]): string {
  if (name === 'ArnEquals') return 'ArnLike'
  if (name === 'ArnNotEquals') return 'ArnNotLike'
  const literal = values.every((value) => !hasWildcard(value) && !value.includes('${'))
  if (name === 'StringLike' && literal) return 'StringEquals'
  if (name === 'StringNotLike' && literal) return 'StringNotEquals'
  return name
}

function readValues(held: JsonValue): readonly string[] | undefined {
  const list = isList(held) ? held : [held]
  if (list.length === 0) return undefined
  const values = list.flatMap((item) =>
    typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean'
      ? [String(item)]
      : [],
  )
  return values.length === list.length ? values : undefined
}

function clauseImplies(narrow: Clause, wide: Clause, budget: Budget): boolean {
  if (narrow.key !== wide.key || narrow.qualifier !== wide.qualifier) return false
  if (narrow.ifExists && !wide.ifExists) return false
  if (!isSameFamily(narrow.operator, wide.operator)) return false
  const [all, some] = isNegated(wide) ? [wide, narrow] : [narrow, wide]
  return all.values.every((value) =>
    some.values.some((other) => valueCovers(some.operator, other, value, budget)),
  )
}

function isSameFamily(narrow: string, wide: string): boolean {
  if (narrow === wide) return true
  if (narrow === 'StringEquals') return wide === 'StringLike' || wide === 'StringEqualsIgnoreCase'
  // Excluding more texts is the narrower test, so the pair runs the other way.
  return narrow === 'StringNotLike' && wide === 'StringNotEquals'
}

function valueCovers(operator: string, wide: string, narrow: string, budget: Budget): boolean {
  budget.left -= 1
  if (wide === narrow) return true
  switch (operator) {
    case 'StringLike':
    case 'StringNotLike':
      return includesText(wide, narrow, budget)
    case 'ArnLike':
    case 'ArnNotLike':
      return includesArn(wide, narrow, budget)
    case 'StringEqualsIgnoreCase':
    case 'StringNotEqualsIgnoreCase':
    case 'Bool':
      return wide.toLowerCase() === narrow.toLowerCase()
    case 'IpAddress':
    case 'NotIpAddress':
      return includesRange(wide, narrow)
    case 'NumericLessThan':
    case 'NumericLessThanEquals':
      return isNumber(wide) && isNumber(narrow) && Number(narrow) <= Number(wide)
    case 'NumericGreaterThan':
    case 'NumericGreaterThanEquals':
      return isNumber(wide) && isNumber(narrow) && Number(narrow) >= Number(wide)
    default:
      return false
  }
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text))
}

function includesRange(wide: string, narrow: string): boolean {
  const [outer, inner] = [rangeOf(wide), rangeOf(narrow)]
  if (outer === undefined || inner === undefined) return false
  const [address, bits] = inner
  return address.kind() === outer[0].kind() && bits >= outer[1] && address.match(outer)
}

/** An address, or a range in CIDR notation; anything else is undefined. */
export function rangeOf(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text)
  if (text.includes('/') || !ipaddr.isValid(text)) return undefined
  const address = ipaddr.parse(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}
