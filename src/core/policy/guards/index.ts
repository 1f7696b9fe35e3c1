// Every guard, imported by hand. A guard that throws counts as a stop.
import type { Facts } from '../../analysis/facts.ts'
import type { Matched } from '../match.ts'
import type { Policy } from '../policy.ts'
import { automation } from './automation.ts'
import { criticalAddress } from './critical-address.ts'
import { fleetShare } from './fleet-share.ts'
import { freeze } from './freeze.ts'
import type { Guard } from './guard.ts'
import { killSwitch } from './kill-switch.ts'
import { planArguments } from './plan-arguments.ts'
import { regulated } from './regulated.ts'
import { releaseHours } from './release-hours.ts'
import { runMessage } from './run-message.ts'
import { serviceLimit } from './service-limit.ts'
import { sizeLimit } from './size-limit.ts'
import { strictProduction } from './strict-production.ts'

export const GUARDS: readonly Guard[] = [
  killSwitch,
  freeze,
  releaseHours,
  regulated,
  automation,
  runMessage,
  planArguments,
  strictProduction,
  criticalAddress,
  sizeLimit,
  serviceLimit,
  fleetShare,
]

/** Those that can be asked before there is a plan. */
const BEFORE_PLAN: readonly Guard[] = [killSwitch, freeze]

/** Why this run has to wait whatever its changes are; empty when no guard stops it. */
export function stopsOf(policy: Policy, run: Matched, facts: Facts): readonly string[] {
  return ask(GUARDS, policy, run, facts)
}

/** The same before a plan exists: kill switch and freezes only. */
export function stopsBeforePlan(policy: Policy, run: Matched): readonly string[] {
  return ask(BEFORE_PLAN, policy, run, undefined)
}

function ask(
  guards: readonly Guard[],
  policy: Policy,
  run: Matched,
  facts: Facts | undefined,
): string[] {
  return guards.flatMap((guard) => {
    try {
      return guard.stop(policy, run, facts) ?? []
    } catch {
      return [`the guard ${guard.id} failed, and a guard that fails stops the run`]
    }
  })
}
