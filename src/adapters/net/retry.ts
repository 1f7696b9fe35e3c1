// Trying again within a budget: growing waits with jitter, and the other side's `Retry-After`.
import type { Clock } from '../../gate/ports.ts'

export interface Attempt<T> {
  readonly value: T
  /** Absent or false: this was the answer. */
  readonly again?: boolean
  /** The other side's own wish, milliseconds; never shortened. */
  readonly afterMs?: number | undefined
}

export interface RetryLimits {
  readonly clock: Clock
  readonly random: () => number
  /** No attempt starts at or after this moment, milliseconds since the epoch. */
  readonly until: number
  readonly maxAttempts?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** The last attempt's value: the answer, or what the budget ended on. */
export async function persist<T>(
  attempt: (n: number) => Promise<Attempt<T>>,
  limits: RetryLimits,
): Promise<T> {
  const { clock, random, until, maxAttempts = Number.POSITIVE_INFINITY, signal } = limits
  const stopped = (): boolean => signal?.aborted === true
  for (let n = 1; ; n++) {
    const { value, again, afterMs } = await attempt(n)
    if (again !== true || n >= maxAttempts || stopped()) return value
    const wait = Math.max(afterMs ?? 0, backoffMs(n, random()))
    if (clock.now() + wait >= until) return value
    await clock.sleep(wait, signal)
    if (stopped()) return value
  }
}

const FIRST_MS = 500
const MAX_MS = 30_000

/** 0.5 s doubling to 30 s, minus up to a quarter. `random` is in [0, 1). */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 10))
  return Math.round(full * (1 - 0.25 * random))
}

/** `Retry-After` in seconds or as a date (RFC 9110 10.2.3), in milliseconds from now. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const date = /[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
