import { servicesOf } from '../../analysis/services.ts'
import type { Guard } from './guard.ts'

/** `limits.max_services`: more services in one plan than the team wants to release unseen. */
export const serviceLimit: Guard = {
  id: 'service-limit',
  stop: (policy, _run, facts) => {
    const most = policy.limits.maxServices
    if (most === undefined || facts === undefined) return undefined
    const services = servicesOf(facts.subjects)
    return services.length > most
      ? `the plan touches ${services.length} services and the policy's limit is ${most}`
      : undefined
  },
}
