// Decisions on every plan at hand: fixtures, the plans made to slip past the rules, and real ones
// where they are present beside this repository.
import type { Decision } from '../../src/core/decision.ts'
import { AWS_DANGERS } from '../attack/scenarios/aws-dangers.ts'
import { AWS_EVERYDAY } from '../attack/scenarios/aws-everyday.ts'
import { AZURE } from '../attack/scenarios/azure.ts'
import { CLUSTERS_AND_SERVICES } from '../attack/scenarios/clusters-and-services.ts'
import { GOOGLE } from '../attack/scenarios/google.ts'
import { OTHER_TYPES } from '../attack/scenarios/other-types.ts'
import type { Attack } from '../attack/scenarios/parts.ts'
import { PLANS_AND_PLACES } from '../attack/scenarios/plans-and-places.ts'
import { judge } from '../mutation/judge.ts'
import { DEMO_PLANS, decisionOn, REAL_PLANS, SCENARIO_PLANS } from './fixture-plans.ts'

const AT = Date.parse('2026-11-20T10:00:00Z')

const ATTACKS: readonly Attack[] = [
  ...AWS_EVERYDAY,
  ...AWS_DANGERS,
  ...GOOGLE,
  ...AZURE,
  ...CLUSTERS_AND_SERVICES,
  ...PLANS_AND_PLACES,
  ...OTHER_TYPES,
]

export interface Judged {
  readonly name: string
  readonly decision: Decision
}

/** In a fixed order. Documents that are no readable plan are left out. */
export async function everyDecision(): Promise<readonly Judged[]> {
  const all: Judged[] = []
  for (const plan of [...DEMO_PLANS, ...SCENARIO_PLANS, ...REAL_PLANS]) {
    const decision = await decisionOn(plan)
    if (decision !== undefined) all.push({ name: plan.name, decision })
  }
  for (const { id, env, plan } of ATTACKS) {
    const judged = await judge(plan, { tags: {}, at: AT, ...env })
    if (judged.kind === 'decided') all.push({ name: id, decision: judged.decision })
  }
  return all
}
