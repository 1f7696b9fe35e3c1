import type { Guard } from './guard.ts'

/** `limits.max_share_percent`: more of what exists changes at once than the team releases unseen. */
export const fleetShare: Guard = {
  id: 'fleet-share',
  stop: (policy, _run, facts) => {
    const most = policy.limits.maxSharePercent
    if (most === undefined || facts === undefined) return undefined
    const touched = facts.subjects.filter(
      ({ change }) =>
        change.mode === 'managed' && !['create', 'no-op', 'read'].includes(change.action.kind),
    ).length
    const share = (touched / (touched + facts.plan.noOps)) * 100
    return touched > 0 && share > most
      ? `the plan changes ${Math.floor(share)} % of the objects it knows and the policy's limit is ${most} %`
      : undefined
  },
}
