// A clock for tests: time passes only when everything that can happen now has happened, and then
// jumps to the next sleeper. No test waits, and none depends on how fast the machine is.
import type { Clock } from '../../src/gate/ports.ts'

export interface ManualClock extends Clock {
  /** Lets time pass until the job has settled; sleepers wake in the order of their times. */
  settle<T>(job: Promise<T>): Promise<T>
  /** Lets exactly so much time pass. */
  advance(ms: number): Promise<void>
  /** Waits asked for so far, milliseconds, in order. */
  readonly waits: readonly number[]
}

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/** Turns of the event loop after which fakes without real I/O have nothing left to do. */
const IDLE_TURNS = 10

export function manualClock(start: number = Date.parse('2026-11-20T09:30:00Z')): ManualClock {
  let now = start
  let sleepers: Sleeper[] = []
  const waits: number[] = []

  const wakeNext = (until: number): boolean => {
    const next = sleepers.reduce<Sleeper | undefined>(
      (first, one) => (first === undefined || one.at < first.at ? one : first),
      undefined,
    )
    if (next === undefined || next.at > until) return false
    now = Math.max(now, next.at)
    next.wake()
    return true
  }

  return {
    waits,
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve()
        waits.push(ms)
        const sleeper = {
          at: now + ms,
          wake: () => {
            sleepers = sleepers.filter((one) => one !== sleeper)
            resolve()
          },
        }
        sleepers.push(sleeper)
        signal?.addEventListener('abort', sleeper.wake, { once: true })
      }),
    settle: async (job) => {
      let settled = false
      job.then(
        () => {
          settled = true
        },
        () => {
          settled = true
        },
      )
      while (true) {
        await idle()
        if (settled) return job
        if (!wakeNext(Number.POSITIVE_INFINITY)) throw new Error('nothing left to wait for')
      }
    },
    advance: async (ms) => {
      const until = now + ms
      do await idle()
      while (wakeNext(until))
      now = until
      await idle()
    },
  }
}

/** Digests under way on other threads, which a busy machine may leave waiting for long. */
let digests = 0
const digest = crypto.subtle.digest.bind(crypto.subtle)
crypto.subtle.digest = (...input) => {
  digests += 1
  return digest(...input).finally(() => {
    digests -= 1
  })
}

async function idle(): Promise<void> {
  for (let turn = 0; turn < IDLE_TURNS; turn++) {
    await new Promise((resolve) => setImmediate(resolve))
    if (digests > 0) turn = 0
  }
}
