import type { Guard } from './guard.ts'

/** `limits.max_changes`: a plan larger than the team wants to release unseen. */
export const sizeLimit: Guard = {
  id: 'size-limit',
  stop: (policy, _run, facts) => {
    const most = policy.limits.maxChanges
    const count = facts?.subjects.length ?? 0
    return most !== undefined && count > most
      ? `the plan has ${count} changes and the policy's limit is ${most}`
      : undefined
  },
}
