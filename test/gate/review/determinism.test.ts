// The same plan and the same answers give the same decision, byte for byte, in whatever order the plan
// lists its changes.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { conclude, examine } from '../../../src/core/assess.ts'
import type { Decision } from '../../../src/core/decision.ts'
import type { Prompt } from '../../../src/core/review/model.ts'
import { systemClock } from '../../../src/entry/clock.ts'
import type { BehaviourName } from '../../../src/entry/practice/model/behaviours.ts'
import { askForReview } from '../../../src/gate/review/ask.ts'
import { dailyTokens } from '../../../src/gate/review/budget.ts'
import { DEMO_PLANS, type FixturePlan, SCENARIO_PLANS } from '../../support/fixture-plans.ts'
import { fakeReviewer, planFrom, policyFrom, ROLLOUT_POLICY } from '../../support/review.ts'

const POLICY = await policyFrom(
  ROLLOUT_POLICY.replace(
    '[workload-rollout]',
    '[workload-rollout, interruption, capacity-out-of-bounds, cost-jump, output-changed]',
  )
    .replace('[production]', '[production, staging, dev]')
    .replace('["aws_ecs_service.orders"]', '["*"]'),
)
const AT = Date.parse('2026-11-20T15:00:00Z')
/** Readers that raise and readers that let pass; each plan meets one of them. */
const READERS: readonly BehaviourName[] = [
  'careful',
  'always-release',
  'always-hold',
  'cites-wrong',
]

interface Came {
  readonly decision: Decision
  readonly prompts: readonly Prompt[]
}

async function review(
  text: string,
  { context }: FixturePlan,
  reader: BehaviourName,
): Promise<Came> {
  const examination = examine(await planFrom(text), { at: AT, ...context }, POLICY)
  const reviewer = fakeReviewer(reader)
  const reviewed = await askForReview(
    examination,
    { reviewer, budget: dailyTokens(1e12), clock: systemClock, log: () => undefined },
    { until: Date.now() + 600_000, signal: new AbortController().signal },
  )
  return { decision: await conclude(examination, reviewed), prompts: reviewer.prompts }
}

/** Everything but what says which bytes were read. */
function material({ plan, ...decision }: Decision): string {
  const { digest: _, bytes: __, ...rest } = plan
  return JSON.stringify({ ...decision, plan: rest })
}

function reordered(text: string, order: (list: unknown[]) => unknown[]): string {
  const plan = JSON.parse(text) as { resource_changes?: unknown[] }
  return JSON.stringify({ ...plan, resource_changes: order([...(plan.resource_changes ?? [])]) })
}

const halves = (list: unknown[]): unknown[] => [
  ...list.filter((_, at) => at % 2 === 1),
  ...list.filter((_, at) => at % 2 === 0),
]

const PLANS = [...DEMO_PLANS, ...SCENARIO_PLANS]

describe.each(PLANS.map((plan, at) => [plan.name, plan, at] as const))('%s', (_, plan, at) => {
  it('is reviewed alike every time, in every order', async () => {
    const text = readFileSync(plan.file, 'utf8')
    const reader = READERS[at % READERS.length] ?? 'careful'
    const first = await review(text, plan, reader)
    const again = await review(text, plan, reader)
    expect(JSON.stringify(again.decision)).toBe(JSON.stringify(first.decision))
    for (const order of [halves, (list: unknown[]) => list.reverse()]) {
      const other = await review(reordered(text, order), plan, reader)
      expect(other.prompts).toEqual(first.prompts)
      expect(material(other.decision)).toBe(material(first.decision))
    }
  })
})

it('some of these plans are let pass and some are raised', async () => {
  const outcomes = new Set<string | undefined>()
  for (const [at, plan] of PLANS.entries()) {
    const reader = READERS[at % READERS.length] ?? 'careful'
    const { decision } = await review(readFileSync(plan.file, 'utf8'), plan, reader)
    outcomes.add(decision.review?.outcome)
  }
  expect(outcomes).toContain('escalated')
  expect(outcomes).toContain('released')
  expect(outcomes).toContain('no-opinion')
  expect(outcomes).toContain('no-change')
})
