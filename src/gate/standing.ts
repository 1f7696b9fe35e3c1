// Before the plan exists, only standing orders can speak: the kill switch and freezes.
import type { Policy } from '../core/policy/policy.ts'
import type { RunTaskReport } from '../core/report/run-task.ts'

/** @param at the moment to judge by, milliseconds since the epoch */
export function standingOrders(policy: Policy, at: number): RunTaskReport {
  const orders = [
    ...(policy.killSwitch ? ['the kill switch is on'] : []),
    ...policy.freezes
      .filter((freeze) => isWithin(freeze, at))
      .map(
        (freeze) => `the freeze "${freeze.name}" lasts until ${freeze.until} ${freeze.timezone}`,
      ),
  ]
  if (orders.length === 0) {
    return {
      status: 'passed',
      message:
        'No kill switch and no freeze is in force. The plan itself is not assessed before it exists.',
      outcomes: [],
    }
  }
  const because = orders.join('; ')
  // The kill switch means what it says in every phase; a freeze only observes in `observe`.
  if (policy.phase === 'observe' && !policy.killSwitch) {
    return {
      status: 'passed',
      message: `Observing only: would hold, because ${because}.`,
      outcomes: [],
    }
  }
  return {
    status: 'failed',
    message: `Hold: ${because}. A person should decide whether to run it now.`,
    outcomes: [],
  }
}

/** Both bounds are wall-clock times in the freeze's own zone; `until` is not part of it. */
function isWithin(freeze: Policy['freezes'][number], at: number): boolean {
  const now = wallClock(at, freeze.timezone)
  return padded(freeze.from) <= now && now < padded(freeze.until)
}

/** `2026-12-28T00:00:00` in the given IANA zone: texts of one form compare like times. */
function wallClock(at: number, timezone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((candidate) => candidate.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}`
}

function padded(time: string): string {
  return time.padEnd(19, 'T00:00:00'.slice(time.length - 10))
}
