import type { Policy, Weekday } from '../policy.ts'
import { wallClock } from './freeze.ts'
import type { Guard } from './guard.ts'

/** Outside the hours a team set for an environment nobody is there to see a release go wrong. */
export const releaseHours: Guard = {
  id: 'release-hours',
  stop: (policy, run, facts) => {
    if (facts === undefined || facts.subjects.length === 0) return undefined
    const { name, tier } = facts.environment
    const windows = policy.releaseHours.filter(
      ({ environments }) => environments.includes(name) || environments.includes(tier),
    )
    if (windows.length === 0 || windows.some((one) => isOpen(one, run.at))) return undefined
    const said = windows.map(
      (one) => `${one.days.join(' ')} ${one.from} to ${one.until} ${one.timezone}`,
    )
    return `it is outside the release hours of ${name} (${said.join('; ')})`
  },
}

const DAYS: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** By the wall clock of the window's own zone; a zone nobody knows keeps it closed. */
function isOpen(one: Policy['releaseHours'][number], at: number): boolean {
  const now = wallClock(at, one.timezone)
  if (now === undefined) return false
  const day = DAYS[new Date(`${now.slice(0, 10)}T00:00:00Z`).getUTCDay()]
  const time = now.slice(11, 16)
  return day !== undefined && one.days.includes(day) && time >= one.from && time < one.until
}
