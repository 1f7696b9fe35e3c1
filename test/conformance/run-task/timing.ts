import { describe, expect, it } from 'vitest'
import type { Fault, Repeated } from '../../../src/entry/practice/faults.ts'
import { finals, type PracticeRun } from '../../../src/entry/practice/recording.ts'
import { HELD_PLAN, RELEASED_PLAN } from '../../support/plans.ts'
import type { Bench, Rig } from '../../support/rig.ts'

export function timing({ runtime, rig, hasty }: Bench): void {
  describe('callback timing and errors', () => {
    it.runIf(runtime.speed > 1)(
      '58. when the work takes time, running goes out first',
      async () => {
        const { run } = await rig().decide(slow())
        expect(run.callbacks[0]?.status).toBe('running')
        expect(run.callbacks[0]?.accepted).toBe(true)
        expect(run.violations).toEqual([])
      },
    )

    it.runIf(runtime.speed > 1)(
      '59. running is repeated for as long as the work takes',
      async () => {
        const { run } = await rig().decide(slow())
        const beats = run.callbacks.filter(({ status }) => status === 'running')
        expect(beats.length).toBeGreaterThan(2)
      },
    )

    it('60. a final status goes out before the time limit, whatever hangs', async () => {
      const { final } = await hasty().decide({
        faults: { plan: [{ fault: { kind: 'hang' }, times: 'always' }] },
      })
      expect(final.status).toBe('failed')
      expect(final.message).toContain('HOLDGATE_TIME_LIMIT')
    })

    it('62. 409 means decided already: nothing is tried again', async () => {
      const run = await gaveUp(rig(), { kind: 'status', status: 409 })
      expect(run.callbacks.filter(({ final }) => final)).toHaveLength(1)
    })

    it.each([401, 404])('63. %i is not tried for ever, and no token is logged', async (status) => {
      const run = await gaveUp(rig(), { kind: 'status', status })
      expect(run.callbacks.filter(({ final }) => final).length).toBeLessThanOrEqual(2)
      const logs = rig().service.logs()
      expect(logs).toContain(run.identity.taskResultId)
      expect(logs).not.toContain(run.identity.token)
      expect(logs).not.toContain(run.identity.guid)
    })

    it('64. 422 on outcomes is tried once more without them', async () => {
      const { run, final } = await rig().decide({
        faults: { finalCallback: [{ fault: { kind: 'refuse-outcomes' }, times: 'always' }] },
      })
      const [first, second, ...more] = run.callbacks.filter((taken) => taken.final)
      expect(more).toEqual([])
      expect(first?.outcomes.length).toBeGreaterThan(0)
      expect(second).toBe(final)
      expect(final.outcomes).toEqual([])
      expect(final.status).toBe(first?.status)
      expect(final.message).toBe(first?.message)
    })

    it('64. 422 that stays ends it', async () => {
      const run = await gaveUp(rig(), { kind: 'status', status: 422 })
      expect(run.callbacks.filter(({ final }) => final)).toHaveLength(2)
    })

    it.each([
      ['429', { kind: 'status', status: 429, retryAfter: '0' }],
      ['500', { kind: 'status', status: 500 }],
      ['503', { kind: 'status', status: 503 }],
      ['a broken connection', { kind: 'reset' }],
    ] as const)('65. %s on the final callback is tried again', async (_, fault) => {
      const { run, final } = await rig().decide(onFinal(fault, 2))
      expect(run.callbacks.filter((taken) => taken.final)).toHaveLength(3)
      expect(final.accepted).toBe(true)
      expect(final.outcomes.length).toBeGreaterThan(0)
    })

    it.runIf(runtime.speed > 1)('66. a failed heartbeat does not end the work', async () => {
      const fault = { kind: 'status', status: 500 } as const
      const { run, final } = await rig().decide({
        ...slow(),
        faults: { ...slow().faults, callback: [{ fault, times: 2 }] },
      })
      expect(run.callbacks.filter(({ accepted }) => !accepted).length).toBeGreaterThan(0)
      expect(final.outcomes.length).toBeGreaterThan(0)
    })

    it('66. a final callback that keeps failing is tried until the time is over', async () => {
      const run = hasty().open(onFinal({ kind: 'status', status: 503 }, 'always'))
      await hasty().deliver(run)
      await hasty().platform.until(
        'a third attempt',
        () => run.callbacks.filter(({ final }) => final)[2],
        20_000,
      )
      expect(finals(run)).toEqual([])
    })

    it('68. what could not be evaluated is never passed', async () => {
      for (const fault of [401, 404, 422, 410].map(
        (status) => ({ kind: 'status', status }) as const,
      )) {
        const { final } = await rig().decide({
          plan: { kind: 'text', text: RELEASED_PLAN },
          faults: { plan: [{ fault, times: 'always' }] },
        })
        expect(final.status).toBe('failed')
      }
    })
  })
}

/** The plan becomes available only after a few attempts: work that takes its time. */
function slow(): { plan: { kind: 'text'; text: string }; faults: { plan: Repeated[] } } {
  return {
    plan: { kind: 'text', text: HELD_PLAN },
    faults: { plan: [{ fault: { kind: 'delay', ms: 400 }, times: 1 }] },
  }
}

function onFinal(
  fault: Fault,
  times: Repeated['times'],
): { faults: { finalCallback: Repeated[] } } {
  return { faults: { finalCallback: [{ fault, times }] } }
}

/** A run whose final callback is refused like this for good; returns once nothing more comes. */
async function gaveUp(rig: Rig, fault: Fault): Promise<PracticeRun> {
  const run = rig.open(onFinal(fault, 'always'))
  expect((await rig.deliver(run)).status).toBe(200)
  await rig.platform.until(
    'a final attempt',
    () => run.callbacks.find(({ final }) => final),
    20_000,
  )
  await rig.settled()
  await rig.settled()
  expect(finals(run)).toEqual([])
  return run
}
