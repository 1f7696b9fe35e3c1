// Notices a stream that has come to a halt, long before the run's own deadline would. The reader
// reports progress once for each MiB, so this also ends what is slower than that.
import type { Clock } from './ports.ts'

export interface Watch {
  /** Fires when there was no progress for the given time. */
  readonly signal: AbortSignal
  start(): void
  readonly progress: () => void
  stop(): void
}

/** @param stalledMs longest time between two signs of progress; noticed after at most twice that */
export function watchProgress(clock: Clock, stalledMs: number): Watch {
  const stalled = new AbortController()
  const stopped = new AbortController()
  let moved = false
  const look = async (): Promise<void> => {
    while (true) {
      await clock.sleep(stalledMs, stopped.signal)
      if (stopped.signal.aborted) return
      if (!moved) return stalled.abort()
      moved = false
    }
  }
  return {
    signal: stalled.signal,
    start: () => void look(),
    progress: () => {
      moved = true
    },
    stop: () => stopped.abort(),
  }
}
