// From what a person signed for, as it was written, to what is in force at a moment, or the reasons
// why it is not: grants, and the limits of a review.
import { err, ok, type Result } from '../../result.ts'
import type {
  Operation,
  ReviewLimit,
  WrittenBounds,
  WrittenGrant,
  WrittenReviewLimit,
} from '../policy.ts'
import { needsRange } from './operations.ts'

export interface Grant {
  readonly id: string
  readonly operation: Operation
  readonly environments: readonly string[]
  readonly addresses: readonly string[]
  readonly bounds: WrittenBounds
  readonly grantedBy: string
  readonly rollback: string
  readonly expires: string
}

const DAY_MS = 86_400_000

/**
 * @param at milliseconds since the epoch; the day in `expires` is the last one in force, in UTC
 * @returns the grant, or every reason why it releases nothing ("granted_by is missing")
 */
export function inForce(
  written: WrittenGrant,
  at: number,
): Result<Grant, readonly [string, ...string[]]> {
  const { id, operation, environments, addresses, bounds = {}, expires } = written
  const reasons = [
    ...missing(written, ['id', 'operation', ...SIGNED]),
    ...rangeReasons(operation, bounds),
    ...expiryReasons(expires, at),
  ]
  const [first, ...others] = reasons
  if (first !== undefined) return err([first, ...others])
  if (
    id === undefined ||
    operation === undefined ||
    environments === undefined ||
    addresses === undefined ||
    expires === undefined
  ) {
    return err(['it is incomplete'])
  }
  return ok({
    id,
    operation,
    environments,
    addresses,
    bounds,
    grantedBy: written.granted_by ?? '',
    rollback: written.rollback ?? '',
    expires,
  })
}

/** The same for what a model may let pass. */
export function limitInForce(
  written: WrittenReviewLimit,
  at: number,
): Result<ReviewLimit, readonly [string, ...string[]]> {
  const { id, expires } = written
  const [first, ...others] = [
    ...missing(written, ['id', 'concerns', ...SIGNED]),
    ...expiryReasons(expires, at),
  ]
  if (first !== undefined) return err([first, ...others])
  if (id === undefined || expires === undefined) return err(['it is incomplete'])
  const { granted_by: grantedBy = '', rollback = '' } = written
  return ok({ id, grantedBy, rollback, expires })
}

const SIGNED = [
  'environments',
  'addresses',
  'granted_by',
  'justification',
  'rollback',
  'expires',
] as const

function missing<K extends string>(
  written: { readonly [key in K]?: string | readonly string[] },
  required: readonly K[],
): string[] {
  return required.filter((key) => !isSaid(written[key])).map((key) => `${key} is missing`)
}

function isSaid(value: string | readonly string[] | undefined): boolean {
  return value !== undefined && (typeof value === 'string' ? value.trim() !== '' : value.length > 0)
}

function rangeReasons(operation: Operation | undefined, bounds: WrittenBounds): string[] {
  if (operation === undefined || !needsRange(operation)) return []
  return (['min', 'max'] as const)
    .filter((key) => bounds[key] === undefined)
    .map((key) => `bounds.${key} is missing`)
}

function expiryReasons(expires: string | undefined, at: number): string[] {
  if (expires === undefined) return []
  const day = Date.parse(`${expires}T00:00:00Z`)
  // A day nobody can place has passed, not: has all the time in the world.
  if (Number.isNaN(day)) return ['expires is not a day']
  return at < day + DAY_MS ? [] : [`it expired on ${expires}`]
}
