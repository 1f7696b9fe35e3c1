// A clock that runs faster than the wall's, now() and sleep() alike: waits of minutes are tested as
// they are configured, in seconds.
import type { Clock } from '../../src/gate/ports.ts'

export function fastClock(speed: number): Clock {
  const start = Date.now()
  return {
    now: () => start + (Date.now() - start) * speed,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve()
        const wake = (): void => {
          clearTimeout(timer)
          signal?.removeEventListener('abort', wake)
          resolve()
        }
        const timer = setTimeout(wake, ms / speed)
        signal?.addEventListener('abort', wake, { once: true })
      }),
  }
}
