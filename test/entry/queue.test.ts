// A queue message ends in one final report, comes back while that may help, and never loops.
import { describe, expect, it } from 'vitest'
import { builtInPolicy } from '../../src/core/policy/presets.ts'
import { err, ok } from '../../src/core/result.ts'
import { nodeHasher } from '../../src/entry/hasher.ts'
import { finishDeadLetter, judgeMessage } from '../../src/entry/queue.ts'
import type { Run } from '../../src/gate/ports.ts'
import { fakeRun } from '../support/fake-run.ts'
import { manualClock } from '../support/manual-clock.ts'

const POLICY = await builtInPolicy('standard')
const BUDGET_MS = 14 * 60_000

interface Given {
  readonly ageMs?: number
  readonly body?: string
  readonly openPlan?: Run['openPlan']
}

function message(answer: () => ReturnType<Run['report']>, given: Given = {}) {
  const { ageMs = 0, body = 'sealed', ...more } = given
  const clock = manualClock()
  const logged: string[] = []
  const run = fakeRun(clock, { answer, ...more })
  const ended: string[] = []
  return {
    clock,
    run,
    logged,
    ended,
    message: {
      body,
      ack: () => void ended.push('ack'),
      retry: (options?: { delaySeconds?: number }) =>
        void ended.push(`retry after ${options?.delaySeconds} s`),
    },
    service: {
      gate: {
        policy: POLICY,
        clock,
        newHasher: nodeHasher,
        keepUnchanged: () => true,
        newReference: () => 'ref-1',
        log: (_: unknown, event: string) => void logged.push(event),
        timings: {
          timeLimitMs: 55 * 60_000,
          firstBeatMs: 5_000,
          beatMs: 180_000,
          beatAgainMs: 30_000,
        },
      },
      platform: {
        name: 'fake',
        path: '/run-task',
        receive: async () => ok({ kind: 'probe' as const }),
        reopen: async (text: string) =>
          text === 'sealed' ? { ...run, acceptedAt: run.acceptedAt - ageMs } : undefined,
      },
    },
  }
}

const unreachable = async () =>
  err({ reason: 'unreachable' as const, attempts: 9, last: 'answered 503' })

describe('a message', () => {
  it('is done with once the platform has its answer', async () => {
    const m = message(async () => ok('accepted'))
    await m.clock.settle(judgeMessage(m.message, m.service, BUDGET_MS))
    expect(m.ended).toEqual(['ack'])
    expect(m.run.reported.map(({ status }) => status)).toEqual(['failed'])
  })

  it('is done with when the platform refuses the answer for good', async () => {
    const m = message(async () => err({ reason: 'unauthorised' }))
    await m.clock.settle(judgeMessage(m.message, m.service, BUDGET_MS))
    expect(m.ended).toEqual(['ack'])
  })

  it('comes back while the platform cannot be reached and time remains', async () => {
    const m = message(unreachable)
    await m.clock.settle(judgeMessage(m.message, m.service, BUDGET_MS))
    expect(m.ended).toEqual(['retry after 30 s'])
  })

  it('comes back while its plan is not there yet', async () => {
    const openPlan = async () => err({ reason: 'not-ready' as const, attempts: 3 })
    const m = message(async () => ok('accepted'), { openPlan })
    await m.clock.settle(judgeMessage(m.message, m.service, BUDGET_MS))
    expect([m.ended, m.run.reported]).toEqual([['retry after 10 s'], []])
  })

  it('does not come back after its time is over', async () => {
    const m = message(unreachable, { ageMs: 56 * 60_000 })
    await m.clock.settle(judgeMessage(m.message, m.service, BUDGET_MS))
    expect(m.ended).toEqual(['ack'])
  })

  it('picked up too late still gets its one attempt at a final report', async () => {
    const m = message(async () => ok('accepted'), { ageMs: 56 * 60_000 })
    await m.clock.settle(judgeMessage(m.message, m.service, BUDGET_MS))
    expect(m.run.reported.map(({ status }) => status)).toEqual(['failed'])
  })

  it.each([judgeMessage, finishDeadLetter])(
    'that this service did not seal is dropped, and the log says so',
    async (handle) => {
      const m = message(async () => ok('accepted'), { body: 'forged' })
      await m.clock.settle(handle(m.message, m.service, BUDGET_MS))
      expect([m.ended, m.logged, m.run.reported]).toEqual([['ack'], ['message-unreadable'], []])
    },
  )
})

describe('a dead letter', () => {
  it('ends in a failed report with a reference', async () => {
    const m = message(async () => ok('accepted'))
    await m.clock.settle(finishDeadLetter(m.message, m.service))
    expect(m.ended).toEqual(['ack'])
    expect(m.run.reported.map(({ status }) => status)).toEqual(['failed'])
    expect(m.run.reported[0]?.message).toContain('ref-1')
  })

  it('that cannot be reported either is not kept for ever', async () => {
    const m = message(() => Promise.reject(new Error('bug')))
    await m.clock.settle(finishDeadLetter(m.message, m.service))
    expect(m.ended).toEqual(['ack'])
  })
})
