// A clock that runs faster than the wall's, now() and sleep() alike: waits of minutes are tested as
// they are configured, in seconds. On a busy machine it goes slower: of a time in which this process
// did not get to run, only a little counts, so that a late answer is late by this clock only where
// somebody was made to wait.
import type { Clock } from '../../src/gate/ports.ts'

const TICK_MS = 5
/** What counts of the time between two ticks, at most. */
const MOST_MS = 20

interface Sleeper {
  readonly until: number
  readonly wake: () => void
}

export function fastClock(speed: number): Clock {
  const start = Date.now()
  const sleepers = new Set<Sleeper>()
  let passed = 0
  let last = performance.now()
  const tick = (): void => {
    const now = performance.now()
    passed += Math.min(now - last, MOST_MS) * speed
    last = now
    for (const { until, wake } of sleepers) if (until <= passed) wake()
  }
  setInterval(tick, TICK_MS).unref()
  return {
    now: () => Math.floor(start + passed),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve()
        const sleeper = {
          until: passed + ms,
          wake: () => {
            sleepers.delete(sleeper)
            signal?.removeEventListener('abort', sleeper.wake)
            resolve()
          },
        }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', sleeper.wake, { once: true })
      }),
  }
}
