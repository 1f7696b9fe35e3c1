import type { Policy } from '../policy.ts'
import type { Guard } from './guard.ts'

/** A change freeze in force at the moment of judging; `from` is inside, `until` is not. */
export const freeze: Guard = {
  id: 'freeze',
  stop: (policy, run) => {
    const active = policy.freezes.find((one) => isActive(one, run.at))
    return active === undefined
      ? undefined
      : `the freeze ${active.name} is in force until ${active.until} (${active.timezone})`
  },
}

/**
 * Compared as wall-clock times of the freeze's own zone, so that a switch of daylight saving inside
 * a freeze neither shortens nor lengthens it. A zone nobody knows keeps the freeze on.
 */
function isActive(one: Policy['freezes'][number], at: number): boolean {
  const now = wallClock(at, one.timezone)
  return now === undefined || (now >= pad(one.from) && now < pad(one.until))
}

/** `2026-12-28T00:00:00` in a zone, or undefined for an unknown zone. */
export function wallClock(at: number, timezone: string): string | undefined {
  try {
    const parts = new Intl.DateTimeFormat('en-CA', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    }).formatToParts(at)
    const get = (type: string): string => parts.find((part) => part.type === type)?.value ?? '00'
    return `${get('year')}-${get('month')}-${get('day')}T${get('hour')}:${get('minute')}:${get('second')}`
  } catch {
    return undefined
  }
}

function pad(time: string): string {
  return time.length === 10 ? `${time}T00:00:00` : time.length === 16 ? `${time}:00` : time
}
