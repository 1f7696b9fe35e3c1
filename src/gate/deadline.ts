// The time of one run, fixed when it is accepted. Work ends early enough that the final callback
// always has its reserve; nothing extends either bound.
import type { Clock } from './ports.ts'

export interface Deadline {
  /** Work that has not ended by now is not waited for. Milliseconds since the epoch. */
  readonly workUntil: number
  /** Last moment for an attempt at the final callback. Milliseconds since the epoch. */
  readonly reportUntil: number
  /** Fires at `workUntil`, or when the process is asked to stop. */
  readonly signal: AbortSignal
  /** Lets go of the timer. */
  close(): void
}

/** The reserve grows with the limit and is capped: 55 min keep 2 min, 20 s keep 4 s. */
const RESERVE_SHARE = 0.2
const MAX_RESERVE_MS = 120_000

/**
 * @param endsAt last moment for the final callback, milliseconds since the epoch
 * @param stop fires when the process wants to end; the run then reports what it can
 */
export function openDeadline(clock: Clock, endsAt: number, stop?: AbortSignal): Deadline {
  const remaining = Math.max(0, endsAt - clock.now())
  const workUntil = endsAt - Math.min(MAX_RESERVE_MS, remaining * RESERVE_SHARE)
  const work = new AbortController()
  const closed = new AbortController()
  const end = (): void => work.abort()
  if (stop?.aborted === true) end()
  stop?.addEventListener('abort', end, { once: true, signal: closed.signal })
  void clock.sleep(Math.max(0, workUntil - clock.now()), closed.signal).then(() => {
    if (!closed.signal.aborted) end()
  })
  return { workUntil, reportUntil: endsAt, signal: work.signal, close: () => closed.abort() }
}

export interface Ending {
  /** Fires at the given moment, with one of the outer signals, or when closed. */
  readonly signal: AbortSignal
  /** Lets go of the timer and ends what is still under way. */
  close(): void
}

/** A part of a run with a time of its own, milliseconds since the epoch. */
export function endingAt(clock: Clock, until: number, outer: AbortSignal): Ending {
  const closed = new AbortController()
  const late = new AbortController()
  void clock.sleep(Math.max(0, until - clock.now()), closed.signal).then(() => late.abort())
  return {
    signal: AbortSignal.any([outer, late.signal, closed.signal]),
    close: () => closed.abort(),
  }
}

/** Resolves with the job's value, or with `undefined` as soon as the signal fires. */
export async function unlessAborted<T>(
  job: Promise<T>,
  signal: AbortSignal,
): Promise<T | undefined> {
  if (signal.aborted) {
    job.catch(() => undefined)
    return undefined
  }
  const done = new AbortController()
  const aborted = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), {
      once: true,
      signal: done.signal,
    })
  })
  try {
    return await Promise.race([job, aborted])
  } finally {
    done.abort()
    job.catch(() => undefined)
  }
}
