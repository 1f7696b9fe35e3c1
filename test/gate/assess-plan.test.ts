// A policy that changes while a model is asked counts as it has become, as for every other run.
import { describe, expect, it } from 'vitest'
import type { Decision } from '../../src/core/decision.ts'
import type { Policy } from '../../src/core/policy/policy.ts'
import { assessPlan } from '../../src/gate/assess-plan.ts'
import { dailyTokens } from '../../src/gate/review/budget.ts'
import { manualClock } from '../support/manual-clock.ts'
import { RELEASED_PLAN } from '../support/plans.ts'
import {
  fakeReviewer,
  type Met,
  planFrom,
  policyFrom,
  ROLLOUT_PLAN,
  ROLLOUT_POLICY,
} from '../support/review.ts'

const AT = Date.parse('2026-11-20T12:00:00Z')

/** `next` comes into force with the second request to the model. */
async function assessed(plan: string, met: Met, next: Policy | undefined): Promise<Decision> {
  const clock = manualClock(AT)
  let policy = await policyFrom(ROLLOUT_POLICY)
  const reader = fakeReviewer(met)
  const reviewer: typeof reader = {
    ...reader,
    ask: (...asked) => {
      if (reader.prompts.length === 1 && next !== undefined) policy = next
      return reader.ask(...asked)
    },
  }
  const ports = {
    get policy() {
      return policy
    },
    clock,
    log: () => undefined,
    review: { reviewer, budget: dailyTokens(1_000_000) },
  }
  const limits = () => ({ until: AT + 60_000, signal: new AbortController().signal })
  const context = { at: AT, tags: {}, workspace: 'orders-prod' }
  return assessPlan(await planFrom(plan), context, ports, { limits })
}

const KILLED = await policyFrom(ROLLOUT_POLICY).then((policy) => ({ ...policy, killSwitch: true }))
const WITHOUT_LIMITS = await policyFrom('version: 1\npreset: standard\n')
const SAME_LIMITS = await policyFrom(`${ROLLOUT_POLICY}owner: jane@acme.example\n`)

describe('while a model is asked', () => {
  it('the policy stays as it is, as a rule', async () => {
    const decision = await assessed(ROLLOUT_PLAN, 'always-release', undefined)
    expect(decision).toMatchObject({ verdict: 'release', review: { outcome: 'released' } })
  })

  it.each([
    ['the kill switch is thrown', KILLED],
    ['its limits are withdrawn', WITHOUT_LIMITS],
    ['something else in the policy changes', SAME_LIMITS],
  ])('%s, and nothing is let pass on its word', async (_, next) => {
    const decision = await assessed(ROLLOUT_PLAN, 'always-release', next)
    expect(decision.verdict).toBe('hold')
    expect(decision.review).toMatchObject({ outcome: 'no-change', limits: [] })
    expect(decision.review?.leftOut).toEqual(['the policy as it has become meanwhile'])
  })

  it('the kill switch is thrown, and what the rules alone would release is held', async () => {
    expect((await assessed(RELEASED_PLAN, 'careful', KILLED)).verdict).toBe('hold')
  })

  it('the policy changes, and a worry holds as before', async () => {
    const decision = await assessed(RELEASED_PLAN, 'always-hold', SAME_LIMITS)
    expect(decision).toMatchObject({ verdict: 'hold', review: { outcome: 'escalated' } })
  })
})
