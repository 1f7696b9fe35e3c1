// A run with a second reader: asked where it can still stop something, never waited for too long, and
// never the reason why a run ends late, twice or without an answer.
import { describe, expect, it } from 'vitest'
import { builtInPolicy } from '../../../src/core/policy/presets.ts'
import { ok } from '../../../src/core/result.ts'
import { nodeHasher } from '../../../src/entry/hasher.ts'
import type { LogFields, Stage } from '../../../src/gate/ports.ts'
import { askForReview } from '../../../src/gate/review/ask.ts'
import { dailyTokens } from '../../../src/gate/review/budget.ts'
import { type GateOptions, gateRun } from '../../../src/gate/run.ts'
import { fakeRun } from '../../support/fake-run.ts'
import { manualClock } from '../../support/manual-clock.ts'
import { HELD_PLAN, RELEASED_PLAN } from '../../support/plans.ts'
import {
  examinationOf,
  fakeReviewer,
  type Met,
  policyFrom,
  ROLLOUT_PLAN,
  ROLLOUT_POLICY,
} from '../../support/review.ts'

const MINUTE = 60_000
const ROLLOUT = await policyFrom(ROLLOUT_POLICY)

interface Given {
  readonly plan?: string
  readonly stage?: Stage
  readonly met?: readonly [Met, ...Met[]]
  readonly timeLimitMs?: number
  readonly options?: GateOptions
  readonly policy?: typeof ROLLOUT
  /** Called once a model stays silent. */
  readonly onSilence?: () => void
}

async function gate(given: Given = {}) {
  const { plan = ROLLOUT_PLAN, stage = 'post_plan', met = ['careful'], options = {} } = given
  const { timeLimitMs = 55 * MINUTE, policy = ROLLOUT } = given
  const clock = manualClock()
  const reviewer = fakeReviewer(...met)
  const logged: [string, LogFields][] = []
  const run = fakeRun(clock, {
    ask: { kind: 'judge', stage },
    context: { tags: {}, workspace: 'orders-prod' },
    openPlan: async () => ok(new Blob([plan]).stream()),
  })
  const job = gateRun(
    run,
    {
      policy,
      clock,
      newHasher: nodeHasher,
      keepUnchanged: () => true,
      newReference: () => 'ref-1',
      log: (_, event, fields = {}) => logged.push([event, fields]),
      timings: { timeLimitMs, firstBeatMs: 5_000, beatMs: 60_000, beatAgainMs: 30_000 },
      review: { reviewer, budget: dailyTokens(1_000_000) },
    },
    options,
  )
  await Promise.race([job, reviewer.silent])
  given.onSilence?.()
  const end = await clock.settle(job)
  const finals = run.reported.filter(({ status }) => status !== 'running')
  const beats = run.reported.length - finals.length
  const asked = reviewer.prompts.length
  return { end, finals, beats, asked, logged, tookMs: clock.now() - run.acceptedAt }
}

describe('a second reader', () => {
  it('is asked after the plan and before the apply, and nowhere else', async () => {
    const asked: Partial<Record<Stage, number>> = {}
    for (const stage of ['pre_plan', 'post_plan', 'pre_apply', 'post_apply'] as const) {
      asked[stage] = (await gate({ stage })).asked
    }
    expect(asked).toEqual({ pre_plan: 0, post_plan: 2, pre_apply: 2, post_apply: 0 })
  })

  it('lets pass what a limit allows, and nothing else', async () => {
    const allowed = await gate({ met: ['always-release'] })
    expect(allowed.finals.map(({ status }) => status)).toEqual(['passed'])
    const floor = await gate({ met: ['always-release'], plan: HELD_PLAN })
    expect(floor.finals.map(({ status }) => status)).toEqual(['failed'])
  })

  it('holds what the rules would release', async () => {
    const { finals } = await gate({ met: ['always-hold'], plan: RELEASED_PLAN })
    expect(finals.map(({ status }) => status)).toEqual(['failed'])
  })

  it('is not asked under the kill switch', async () => {
    const policy = await builtInPolicy('standard', { killSwitch: true })
    const { asked, finals } = await gate({ policy })
    expect(asked).toBe(0)
    expect(finals.map(({ status }) => status)).toEqual(['failed'])
  })

  it('is spoken of in the log with the id of its run', async () => {
    const { logged } = await gate()
    const about = logged.filter(([event]) => event.startsWith('review'))
    expect(about.map(([event]) => event)).toEqual(['review-pass', 'review-pass', 'review-heard'])
    for (const [, fields] of about) expect(fields.result).toBe('taskrs-1')
  })
})

describe('a model that stays silent', () => {
  it.each([
    ['a tag', RELEASED_PLAN, 'passed'],
    ['a rollout', ROLLOUT_PLAN, 'failed'],
  ])('costs the review of %s and five minutes, not the run', async (_, plan, status) => {
    const { finals, end, tookMs, beats } = await gate({ met: ['silence'], plan })
    expect(end).toBe('reported')
    expect(finals.map((final) => final.status)).toEqual([status])
    expect(finals[0]?.message).not.toContain('HOLDGATE_TIME_LIMIT')
    expect(tookMs).toBe(5 * MINUTE)
    expect(beats).toBeGreaterThanOrEqual(5)
  })

  it.each([9 * MINUTE, 5 * MINUTE, MINUTE, 20_000, 5_000])(
    'within %i ms leaves the run time to conclude and to report',
    async (timeLimitMs) => {
      const { finals, tookMs } = await gate({ met: ['silence'], timeLimitMs })
      expect(finals).toHaveLength(1)
      expect(finals[0]?.message).not.toContain('HOLDGATE_TIME_LIMIT')
      const work = timeLimitMs - Math.min(2 * MINUTE, timeLimitMs * 0.2)
      expect(tookMs).toBeLessThanOrEqual(work - Math.min(10_000, work * 0.25))
    },
  )

  it('within the 27 s of a Worker without a queue leaves 10 s', async () => {
    const endsBy = manualClock().now() + 27_000
    const { finals, tookMs } = await gate({ met: ['silence'], options: { endsBy } })
    expect(finals).toHaveLength(1)
    expect(tookMs).toBeLessThanOrEqual(17_000)
    expect(tookMs).toBeGreaterThan(15_000)
  })

  it('ends when the service does, and the run reports the verdict of the rules', async () => {
    for (const [plan, status] of [
      [RELEASED_PLAN, 'passed'],
      [ROLLOUT_PLAN, 'failed'],
    ] as const) {
      const stop = new AbortController()
      const { finals, tookMs, end } = await gate({
        met: ['silence'],
        plan,
        options: { stop: stop.signal },
        onSilence: () => stop.abort(),
      })
      expect(end).toBe('reported')
      expect(finals.map((final) => final.status)).toEqual([status])
      expect(finals[0]?.message).not.toMatch(/shut down before the assessment/)
      expect(tookMs).toBe(0)
    }
  })
})

describe('a plan that takes long to prepare for a second reader', () => {
  it('is judged as without one, and before the time of its run is over', async () => {
    const manual = manualClock()
    let spent = 0
    let isWorking = false
    // Whoever looks at this clock has worked for half a second since.
    const clock = {
      ...manual,
      now: () => {
        if (isWorking) spent += 500
        return manual.now() + spent
      },
    }
    const reviewer = fakeReviewer('always-release')
    const began = clock.now()
    const asking = askForReview(
      await examinationOf(),
      { reviewer, budget: dailyTokens(1_000_000), clock, log: () => undefined },
      { until: began + 16_000, signal: new AbortController().signal },
    )
    isWorking = true
    const reviewed = await manual.settle(asking)
    isWorking = false
    expect(reviewed?.heard.kind).toBe('none')
    expect(reviewer.prompts).toEqual([])
    expect(clock.now() - began).toBeLessThan(18_000)
  })
})
