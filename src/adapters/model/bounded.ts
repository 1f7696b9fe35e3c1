// A job that ends in time whatever it does: one that ignores its signal is left behind.
import type { Clock } from '../../gate/ports.ts'

export type Bounded<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed' }
  /** Out of time, or told to stop. */
  | { readonly kind: 'over' }

export async function bounded<T>(
  clock: Clock,
  ms: number,
  signal: AbortSignal,
  job: (stop: AbortSignal) => Promise<T>,
): Promise<Bounded<T>> {
  const stop = new AbortController()
  const ended = new AbortController()
  const over = new Promise<Bounded<T>>((resolve) => {
    const end = (): void => {
      if (ended.signal.aborted) return
      resolve({ kind: 'over' })
      stop.abort()
    }
    if (signal.aborted) return end()
    signal.addEventListener('abort', end, { once: true, signal: ended.signal })
    void clock.sleep(ms, ended.signal).then(end)
  })
  const done = async (): Promise<Bounded<T>> => {
    try {
      return { kind: 'done', value: await job(stop.signal) }
    } catch {
      return { kind: 'failed' }
    }
  }
  try {
    return await Promise.race([over, done()])
  } finally {
    ended.abort()
  }
}
