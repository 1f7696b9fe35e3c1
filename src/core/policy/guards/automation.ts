import { meetsName } from '../match.ts'
import type { Guard } from './guard.ts'

/** In production a run that a machine began waits for a person to say that it was wanted. */
export const automation: Guard = {
  id: 'automation',
  stop: (policy, run, facts) => {
    if (policy.automation.length === 0 || facts === undefined) return undefined
    if (facts.environment.tier !== 'production' || facts.subjects.length === 0) return undefined
    const who = run.createdBy?.trim() ?? ''
    if (who === '') return 'who created this run is not known, and it may have been a machine'
    return meetsName(policy.automation, who)
      ? 'automation created this run, and production waits for a person'
      : undefined
  },
}
