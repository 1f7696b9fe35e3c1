// An update is sent until it is answered for good, and never longer than its budget.
import { describe, expect, it } from 'vitest'
import type { Task } from '../../../../src/adapters/platform/tfc/payload.ts'
import { reportTask } from '../../../../src/adapters/platform/tfc/report.ts'
import type { ReportLimits, Update } from '../../../../src/gate/ports.ts'
import { manualClock } from '../../../support/manual-clock.ts'
import { type Reply, scriptedFetch } from '../../../support/scripted-fetch.ts'

const URL = 'https://app.terraform.io/api/v2/task-results/guid/callback?url_code=a%2Fb+c'
const TASK: Task = {
  resultId: 'taskrs-1',
  callbackUrl: URL,
  accessToken: 'T0',
  ask: { kind: 'judge', stage: 'post_plan' },
  acceptsOutcomes: true,
  speculative: false,
  enforcement: 'mandatory',
}
const UPDATE: Update = {
  status: 'failed',
  message: 'Hold',
  outcomes: [{ id: 'a', description: 'b', body: 'c', tags: {} }],
}

async function report(
  replies: readonly Reply[],
  { budgetMs = 120_000, ...limits }: Partial<ReportLimits> & { budgetMs?: number } = {},
  task: Task = TASK,
) {
  const clock = manualClock()
  const { fetch, asked } = scriptedFetch(replies)
  const started = clock.now()
  const net = { fetch, clock, random: () => 0 }
  const job = reportTask(task, UPDATE, net, { until: started + budgetMs, ...limits })
  const result = await clock.settle(job)
  return { result, asked, tookMs: clock.now() - started }
}

const hasOutcomes = ({ body }: { body: string }): boolean => body.includes('"relationships"')

describe('a callback', () => {
  it('is a PATCH to the address as given, with type and token, following nothing', async () => {
    const { result, asked } = await report([200])
    expect(result).toEqual({ ok: true, value: 'accepted' })
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({
      method: 'PATCH',
      url: URL,
      authorization: 'Bearer T0',
      contentType: 'application/vnd.api+json',
      redirect: 'manual',
    })
  })

  it('carries outcomes only for a caller that accepts them', async () => {
    expect((await report([200])).asked.map(hasOutcomes)).toEqual([true])
    const without = await report([200], {}, { ...TASK, acceptsOutcomes: false })
    expect(without.asked.map(hasOutcomes)).toEqual([false])
  })

  it('is decided already at 409', async () => {
    const { result, asked } = await report([409])
    expect(result).toEqual({ ok: true, value: 'already-decided' })
    expect(asked).toHaveLength(1)
  })

  it('is sent once more without outcomes after 422', async () => {
    const { result, asked } = await report([422, 200])
    expect(result.ok).toBe(true)
    expect(asked.map(hasOutcomes)).toEqual([true, false])
  })

  it('ends at a second 422', async () => {
    const { result, asked } = await report([422])
    expect(result).toEqual({ ok: false, error: { reason: 'refused', status: 422 } })
    expect(asked).toHaveLength(2)
  })

  it('stays without outcomes when 422 is followed by trouble', async () => {
    const { asked } = await report([422, 503, 200])
    expect(asked.map(hasOutcomes)).toEqual([true, false, false])
  })

  it.each([
    [401, 'unauthorised'],
    [404, 'not-found'],
    [400, 'refused'],
    [307, 'refused'],
  ])('is given up at %i', async (status, reason) => {
    const { result, asked } = await report([status])
    expect(!result.ok && result.error.reason).toBe(reason)
    expect(asked).toHaveLength(1)
  })

  it.each([429, 500, 'no connection', 'hang'] as const)(
    'is sent again after %s until the budget ends',
    async (reply) => {
      const { result, asked, tookMs } = await report([reply])
      expect(!result.ok && result.error.reason).toBe('unreachable')
      expect(asked.length).toBeGreaterThan(4)
      // One attempt may still be waiting for its answer when the budget ends.
      expect(tookMs).toBeLessThan(120_000 + 15_001)
    },
  )

  it('obeys Retry-After', async () => {
    const { result, tookMs } = await report([
      { status: 503, headers: { 'retry-after': '30' } },
      200,
    ])
    expect(result.ok).toBe(true)
    expect(tookMs).toBe(30_000)
  })

  it('is sent once as a heartbeat', async () => {
    expect((await report([503], { once: true })).asked).toHaveLength(1)
  })
})
