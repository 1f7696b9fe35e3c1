// Long work on the processor, done in turns: heartbeats and other runs get theirs in between, and
// work whose time is over is given up.
import type { Steps } from '../core/review/steps.ts'
import type { Clock } from './ports.ts'

/** Too short for anybody to notice, long enough that the waiting costs little. */
const TURN_MS = 50
/** Where a clock stands still during work on the processor, as on Workers, steps are counted. */
const TURN_STEPS = 2_000

export interface TurnLimits {
  /** Milliseconds since the epoch. */
  readonly until: number
  readonly signal: AbortSignal
}

/** The steps' value, or undefined as soon as time is over or the signal has fired. */
export async function inTurns<T>(
  steps: Steps<T>,
  clock: Clock,
  { until, signal }: TurnLimits,
): Promise<T | undefined> {
  let began = clock.now()
  let count = 0
  while (!signal.aborted && began < until) {
    const step = steps.next()
    if (step.done === true) return step.value
    count += 1
    if (count < TURN_STEPS && clock.now() - began < TURN_MS) continue
    await clock.sleep(0, signal)
    began = clock.now()
    count = 0
  }
  return undefined
}
