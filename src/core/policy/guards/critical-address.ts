import { meetsAddress } from '../match.ts'
import type { Guard } from './guard.ts'

/** `critical`: addresses the team named, where every change waits for a person, also a harmless one. */
export const criticalAddress: Guard = {
  id: 'critical-address',
  stop: (policy, _run, facts) => {
    const met = (facts?.subjects ?? []).filter(
      ({ change }) =>
        change.action.kind !== 'no-op' &&
        [change.address, change.previousAddress ?? change.address].some((address) =>
          meetsAddress(policy.critical, address),
        ),
    )
    const [first, ...others] = met
    if (first === undefined) return undefined
    const more = others.length > 0 ? ` and ${others.length} more` : ''
    return `${first.change.address}${more} changes, which the policy marks as critical`
  },
}
