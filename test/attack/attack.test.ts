// Plans a careful person would think of, made to slip past the rules. What should wait has to wait:
// there is no list of exceptions for that. Needless holds and hazards left unsaid stand below.
import { describe, expect, test } from 'vitest'
import type { Decision } from '../../src/core/decision.ts'
import type { Hazard } from '../../src/core/knowledge/kind.ts'
import { judge } from '../mutation/judge.ts'
import { AWS_DANGERS } from './scenarios/aws-dangers.ts'
import { AWS_EVERYDAY } from './scenarios/aws-everyday.ts'
import { AZURE } from './scenarios/azure.ts'
import { CLUSTERS_AND_SERVICES } from './scenarios/clusters-and-services.ts'
import { GOOGLE } from './scenarios/google.ts'
import { OTHER_TYPES } from './scenarios/other-types.ts'
import type { Attack } from './scenarios/parts.ts'
import { PLANS_AND_PLACES } from './scenarios/plans-and-places.ts'
import { THE_OTHER_WAY } from './scenarios/the-other-way.ts'

const AT = Date.parse('2026-11-20T10:00:00Z')
const ATTACKS: readonly Attack[] = [
  ...AWS_EVERYDAY,
  ...AWS_DANGERS,
  ...GOOGLE,
  ...AZURE,
  ...CLUSTERS_AND_SERVICES,
  ...PLANS_AND_PLACES,
  ...OTHER_TYPES,
  ...THE_OTHER_WAY,
]

/** Harmless plans that wait all the same, and why. */
const HELD_NEEDLESSLY: ReadonlyMap<string, string> = new Map([
  ['AE52', 'a new key names its own account, which nothing else in the plan proves to be ours'],
  ['AE105', 'that the group pins an older version stands in a neighbour that is not kept'],
  ['AZ18', 'inline access policies are compared by position'],
  ['CS27', 'the service account of a new workload may hold any rights'],
])

/** Hazards that are true and go unsaid, on plans that wait anyway. */
const UNSAID: ReadonlyMap<string, readonly Hazard[]> = new Map<string, readonly Hazard[]>([
  ['OT52', ['guardrail-loss']], // the row of the type says nothing of counting instead of blocking
  ['OT62', ['outage']], // nor of throttling
  ['OT78', ['guardrail-loss']], // a type outside the catalogue
  ['AD124', ['cost']], // a type outside the catalogue: nobody knows what it costs
])

async function decisionOn({ env, plan }: Attack): Promise<Decision> {
  const judged = await judge(plan, { tags: {}, at: AT, ...env })
  if (judged.kind !== 'decided') throw new Error(judged.because)
  return judged.decision
}

test('every attack has an id of its own', () => {
  expect(new Set(ATTACKS.map(({ id }) => id)).size).toBe(ATTACKS.length)
})

describe('what should wait waits', () => {
  const dangers = ATTACKS.filter(({ expect: wanted }) => wanted === 'hold')
  test.each(dangers.map((attack) => [attack.id, attack.why, attack] as const))(
    '%s: %s',
    async (_id, _why, attack) => {
      const decision = await decisionOn(attack)
      expect(decision.verdict).toBe('hold')
      const named = new Set(decision.findings.flatMap(({ hazards }) => hazards))
      const unsaid = (attack.hazards ?? []).filter((hazard) => !named.has(hazard))
      expect(unsaid.filter((hazard) => UNSAID.get(attack.id)?.includes(hazard) !== true)).toEqual(
        [],
      )
    },
  )
})

describe('what harms nobody passes', () => {
  const harmless = ATTACKS.filter(({ expect: wanted }) => wanted === 'release')
  test.each(harmless.map((attack) => [attack.id, attack.why, attack] as const))(
    '%s: %s',
    async (_id, _why, attack) => {
      const { verdict } = await decisionOn(attack)
      const allowed = HELD_NEEDLESSLY.has(attack.id) ? ['hold', 'release'] : ['release']
      expect(allowed).toContain(verdict)
    },
  )
})
