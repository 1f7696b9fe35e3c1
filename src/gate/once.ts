// Deliveries repeat; a result is worked on once. Known limit: this memory is one process's (on
// Workers one isolate's) and bounded. Beyond it a repeated delivery is judged a second time, which
// the platform answers with 409 on the second final callback: wasted work, never a second verdict.
import type { Clock, Once } from './ports.ts'

/** Longer than the platform can wait for a result (60 min), so no open result is forgotten. */
const KEEP_MS = 2 * 60 * 60_000
const MAX_IDS = 20_000

export function rememberOnce(clock: Pick<Clock, 'now'>): Once {
  const seen = new Map<string, number>()
  return {
    claim: (id) => {
      const now = clock.now()
      forgetOld(seen, now)
      if (seen.has(id)) return false
      seen.set(id, now)
      return true
    },
    release: (id) => {
      seen.delete(id)
    },
  }
}

/** A Map keeps insertion order, so the oldest come first and the walk stops at the first young one. */
function forgetOld(seen: Map<string, number>, now: number): void {
  for (const [id, at] of seen) {
    if (now - at < KEEP_MS && seen.size < MAX_IDS) return
    seen.delete(id)
  }
}
