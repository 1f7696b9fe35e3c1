// Heartbeats often enough to be seen within a test; every other wait is the real one, sped up.
import type { Timings } from '../../src/gate/ports.ts'

/** Seconds of the service's clock in one real second. */
export const SPEED = 20

export const QUICK_TIMINGS: Partial<Timings> = {
  firstBeatMs: 1_000,
  beatMs: 2_000,
  beatAgainMs: 1_000,
}
