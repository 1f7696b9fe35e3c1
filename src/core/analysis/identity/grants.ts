// A grant is a box: one set of values for each dimension (who, what, on what), and conditions.
// This file subtracts boxes from boxes: what of one list is not covered by another list.
import type { Budget } from './pattern.ts'

export interface Dimension {
  /** `NotAction`, `NotResource`, `NotPrincipal`: everything but the values. */
  readonly negated: boolean
  /** Sorted, without duplicates. */
  readonly values: readonly string[]
  readonly known: ReadonlySet<string>
  /** The values that may cover others than themselves. */
  readonly patterns: readonly string[]
}

export interface Grant<C> {
  readonly dimensions: readonly Dimension[]
  readonly conditions: C
}

/** How values of one dimension compare, and when one set of conditions implies another. */
export interface Algebra<C> {
  readonly isPattern: (at: number, value: string) => boolean
  readonly covers: (at: number, wide: string, narrow: string, budget: Budget) => boolean
  readonly overlaps: (at: number, a: string, b: string, budget: Budget) => boolean
  /** Whatever passes `narrow` passes `wide`. */
  readonly implies: (narrow: C, wide: C, budget: Budget) => boolean
  /** One text for one content. */
  readonly conditionKey: (conditions: C) => string
}

export function dimension<C>(
  algebra: Algebra<C>,
  at: number,
  values: readonly string[],
  negated = false,
): Dimension {
  const known = new Set(values)
  const sorted = [...known].sort()
  return {
    negated,
    values: sorted,
    known,
    patterns: sorted.filter((value) => algebra.isPattern(at, value)),
  }
}

/**
 * What `grants` allow that `by` does not provably allow, in as few boxes as the splitting finds.
 * Undefined when the budget ran out. Splits along the dimensions in their order.
 */
export function remainder<C>(
  grants: readonly Grant<C>[],
  by: readonly Grant<C>[],
  algebra: Algebra<C>,
  budget: Budget,
): readonly Grant<C>[] | undefined {
  if (budget.left < 0) return undefined
  const same = new Set(by.map((grant) => grantKey(grant, algebra)))
  const rest: Grant<C>[] = []
  for (const grant of grants) {
    const key = grantKey(grant, algebra)
    if (same.has(key)) continue
    for (const part of split(grant, 0, by, algebra, budget)) rest.push(part)
    if (budget.left < 0) return undefined
    same.add(key)
  }
  return rest
}

/** Every dimension of `wide` covers that of `narrow`; conditions are not looked at. */
export function coversDimensions<C>(
  wide: Grant<C>,
  narrow: Grant<C>,
  algebra: Algebra<C>,
  budget: Budget,
): boolean {
  return narrow.dimensions.every((dimension, at) => {
    const other = wide.dimensions[at]
    return other !== undefined && coversDimension(at, other, dimension, algebra, budget)
  })
}

export function grantKey<C>(grant: Grant<C>, algebra: Algebra<C>): string {
  const dimensions = grant.dimensions.map(({ negated, values }) => [negated, values])
  return JSON.stringify([dimensions, algebra.conditionKey(grant.conditions)])
}

function split<C>(
  grant: Grant<C>,
  at: number,
  by: readonly Grant<C>[],
  algebra: Algebra<C>,
  budget: Budget,
): readonly Grant<C>[] {
  if (budget.left < 0 || by.length === 0) return [grant]
  if (by.some((other) => budget.left >= 0 && isCovered(grant, other, algebra, budget))) return []
  const here = grant.dimensions[at]
  if (here === undefined) return [grant]
  if (here.negated || here.values.length < 2) return split(grant, at + 1, by, algebra, budget)
  const whole: string[] = []
  const parts: Grant<C>[] = []
  for (const value of here.values) {
    const only = dimension(algebra, at, [value])
    const part = withDimension(grant, at, only)
    const candidates = by.filter((other) => {
      const theirs = other.dimensions[at]
      return theirs !== undefined && coversDimension(at, theirs, only, algebra, budget)
    })
    const rest = split(part, at + 1, candidates, algebra, budget)
    if (rest.length === 1 && rest[0] === part) whole.push(value)
    else for (const piece of rest) parts.push(piece)
    if (budget.left < 0) return [grant]
  }
  if (whole.length === here.values.length) return [grant]
  if (whole.length === 0) return parts
  return [withDimension(grant, at, dimension(algebra, at, whole)), ...parts]
}

function isCovered<C>(
  narrow: Grant<C>,
  wide: Grant<C>,
  algebra: Algebra<C>,
  budget: Budget,
): boolean {
  return (
    coversDimensions(wide, narrow, algebra, budget) &&
    algebra.implies(narrow.conditions, wide.conditions, budget)
  )
}

function coversDimension<C>(
  at: number,
  wide: Dimension,
  narrow: Dimension,
  algebra: Algebra<C>,
  budget: Budget,
): boolean {
  budget.left -= 1
  if (wide.negated) {
    if (narrow.negated) {
      return wide.values.every((value) => coversValue(at, narrow, value, algebra, budget))
    }
    return narrow.values.every((value) =>
      wide.values.every((out) => budget.left >= 0 && !algebra.overlaps(at, out, value, budget)),
    )
  }
  if (narrow.negated) return wide.known.has('*')
  return narrow.values.every((value) => coversValue(at, wide, value, algebra, budget))
}

function coversValue<C>(
  at: number,
  wide: Dimension,
  value: string,
  algebra: Algebra<C>,
  budget: Budget,
): boolean {
  budget.left -= 1
  if (wide.known.has(value)) return true
  if (budget.left < 0) return false
  return wide.patterns.some((pattern) => algebra.covers(at, pattern, value, budget))
}

function withDimension<C>(grant: Grant<C>, at: number, replacement: Dimension): Grant<C> {
  return {
    conditions: grant.conditions,
    dimensions: grant.dimensions.map((old, index) => (index === at ? replacement : old)),
  }
}
