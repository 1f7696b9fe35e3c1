// Do the numbers that change stay inside the bounds a grant names? Absolute range, step, direction.
import type { Delta, Value } from '../../change/model.ts'
import { numberOf } from '../../rules/when.ts'
import type { WrittenBounds } from '../policy.ts'

/**
 * Why a change of one attribute is outside, or undefined where it is inside. Bounds are inclusive.
 * A value that is hidden, unknown or not a number on either side is outside.
 */
export function outsideBounds(delta: Delta, bounds: WrittenBounds): string | undefined {
  const before = numberIn(delta.before)
  const after = numberIn(delta.after)
  if (before === undefined || after === undefined) {
    return `${delta.name} is not a number on both sides`
  }
  if (bounds.max !== undefined && after > bounds.max) return `${after} is above max ${bounds.max}`
  if (bounds.min !== undefined && after < bounds.min) return `${after} is below min ${bounds.min}`
  const { direction = 'both' } = bounds
  if (direction === 'up' && after < before) return `${before} to ${after} goes down, not up`
  if (direction === 'down' && after > before) return `${before} to ${after} goes up, not down`
  return beyondStep(before, after, bounds.step)
}

function beyondStep(
  before: number,
  after: number,
  step: string | number | undefined,
): string | undefined {
  if (step === undefined) return undefined
  const by = `${before} to ${after} is more than the step ${step}`
  const times = timesOf(step)
  if (times === undefined) return Math.abs(after - before) > Number(step) ? by : undefined
  const [low, high] = before < after ? [before, after] : [after, before]
  return high > low * times ? by : undefined
}

/** 2 for `2x`; undefined for a plain number. */
export function timesOf(step: string | number): number | undefined {
  const [, times] = /^(\d+(?:\.\d+)?)x$/.exec(String(step)) ?? []
  return times === undefined ? undefined : Number(times)
}

function numberIn(value: Value): number | undefined {
  return value.kind === 'known' ? numberOf(value.value) : undefined
}
