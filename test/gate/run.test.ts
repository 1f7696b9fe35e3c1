// Every run ends in one final report; whatever keeps it from being judged ends as failed.
import { describe, expect, it } from 'vitest'
import type { Policy } from '../../src/core/policy/policy.ts'
import { builtInPolicy } from '../../src/core/policy/presets.ts'
import { err, ok } from '../../src/core/result.ts'
import { nodeHasher } from '../../src/entry/hasher.ts'
import type { LogFields, Run } from '../../src/gate/ports.ts'
import { type GateOptions, type GatePorts, gateRun } from '../../src/gate/run.ts'
import { type FakeRunOptions, fakeRun } from '../support/fake-run.ts'
import { manualClock } from '../support/manual-clock.ts'
import { HELD_PLAN, RELEASED_PLAN } from '../support/plans.ts'

const MINUTE = 60_000
const STANDARD = await builtInPolicy('standard')
const never = <T>(): Promise<T> => new Promise(() => undefined)

const planOf =
  (text: string): Run['openPlan'] =>
  async () =>
    ok(new Blob([text]).stream())

interface More extends GateOptions {
  readonly policy?: Policy
  readonly timeLimitMs?: number
  /** No time passes: for work that is really done, not faked. */
  readonly still?: true
}

async function gate(options: FakeRunOptions = {}, more: More = {}) {
  const { policy = STANDARD, timeLimitMs = 55 * MINUTE, still, ...gateOptions } = more
  const clock = manualClock()
  const logged: [string, LogFields][] = []
  const ports: GatePorts = {
    policy,
    clock,
    newHasher: nodeHasher,
    keepUnchanged: () => true,
    newReference: () => 'ref-1',
    log: (_, event, fields = {}) => logged.push([event, fields]),
    timings: { timeLimitMs, firstBeatMs: 5_000, beatMs: 180_000, beatAgainMs: 30_000 },
  }
  const run = fakeRun(clock, options)
  const job = gateRun(run, ports, gateOptions)
  const end = await (still === true ? job : clock.settle(job))
  const finals = run.reported.filter(({ status }) => status !== 'running')
  return { run, end, finals, final: finals[0], logged, tookMs: clock.now() - run.acceptedAt }
}

describe('a run', () => {
  it('is held with its outcomes', async () => {
    const { end, finals } = await gate({ openPlan: planOf(HELD_PLAN) }, { still: true })
    expect(end).toBe('reported')
    expect(finals).toHaveLength(1)
    expect(finals[0]?.status).toBe('failed')
    expect(finals[0]?.outcomes.length).toBeGreaterThan(0)
  })

  it('is released', async () => {
    const { finals } = await gate({ openPlan: planOf(RELEASED_PLAN) }, { still: true })
    expect(finals.map(({ status }) => status)).toEqual(['passed'])
  })

  it('under the kill switch is held, whatever it does', async () => {
    const policy = await builtInPolicy('relaxed', { killSwitch: true })
    const { final } = await gate({ openPlan: planOf(RELEASED_PLAN) }, { policy, still: true })
    expect(final?.status).toBe('failed')
  })
})

describe('a run that cannot be judged', () => {
  const REASONS = [
    'no-address',
    'foreign-address',
    'unauthorised',
    'not-found',
    'unsupported-terraform',
    'interrupted',
  ] as const

  it.each(REASONS)('for want of a plan (%s) fails', async (reason) => {
    const { finals } = await gate({ openPlan: async () => err({ reason }) })
    expect(finals.map(({ status }) => status)).toEqual(['failed'])
  })

  it('says for each want of a plan something else', async () => {
    const messages = new Set<string | undefined>()
    for (const reason of REASONS) {
      messages.add((await gate({ openPlan: async () => err({ reason }) })).final?.message)
    }
    expect(messages.size).toBe(REASONS.length)
  })

  it('because its plan breaks off fails', async () => {
    const { finals } = await gate(
      { openPlan: planOf(RELEASED_PLAN.slice(0, 200)) },
      { still: true },
    )
    expect(finals.map(({ status }) => status)).toEqual(['failed'])
  })

  it('because something throws fails, with a reference and without what was thrown', async () => {
    const { finals, logged, end } = await gate({
      openPlan: () => Promise.reject(new Error('hunter2 in https://app.terraform.io/x')),
    })
    expect(end).toBe('reported')
    expect(finals.map(({ status }) => status)).toEqual(['failed'])
    expect(finals[0]?.message).toContain('ref-1')
    expect(JSON.stringify([finals, logged])).not.toMatch(/hunter2|https:|\.ts:/)
    expect(logged.some(([, fields]) => fields.reference === 'ref-1')).toBe(true)
  })

  it('of an unknown kind fails and says so', async () => {
    const ask = { kind: 'unsupported', because: 'This stage is new to this service' } as const
    const { final } = await gate({ ask })
    expect(final?.status).toBe('failed')
    expect(final?.message).toContain('This stage is new to this service')
  })

  it.each([55 * MINUTE, 9 * MINUTE, 20_000])(
    'within %i ms fails before that time is over, with time left for the callback',
    async (timeLimitMs) => {
      const { finals, tookMs } = await gate({ openPlan: never }, { timeLimitMs })
      expect(finals.map(({ status }) => status)).toEqual(['failed'])
      expect(finals[0]?.message).toContain('HOLDGATE_TIME_LIMIT')
      expect(tookMs).toBeLessThanOrEqual(timeLimitMs * 0.97)
      expect(tookMs).toBeGreaterThanOrEqual(timeLimitMs * 0.75)
    },
  )

  it('within the time of its runtime fails before that is over', async () => {
    const endsBy = manualClock().now() + 27_000
    const { finals, tookMs } = await gate({ openPlan: never }, { endsBy })
    expect(finals.map(({ status }) => status)).toEqual(['failed'])
    expect(tookMs).toBeLessThan(27_000)
  })

  it('because its plan stops coming fails within minutes, not at the deadline', async () => {
    const stalling = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"format_version":')),
    })
    const { finals, tookMs } = await gate({ openPlan: async () => ok(stalling) })
    expect(finals.map(({ status }) => status)).toEqual(['failed'])
    expect(finals[0]?.message).toContain('came to a halt')
    expect(tookMs).toBeLessThanOrEqual(3 * MINUTE)
  })

  it('before the process stops fails at once', async () => {
    const stop = new AbortController()
    stop.abort()
    const { finals, tookMs } = await gate({ openPlan: never }, { stop: stop.signal })
    expect(finals.map(({ status }) => status)).toEqual(['failed'])
    expect(finals[0]?.message).toContain('shut down')
    expect(tookMs).toBe(0)
  })
})

describe('a run that somebody will call again', () => {
  const waitUntil = manualClock().now() + 20_000
  const notYet = async () => err({ reason: 'not-ready' as const, attempts: 3 })

  it('is postponed while its plan is not there, and nothing final is reported', async () => {
    const { end, finals } = await gate({ openPlan: notYet }, { waitUntil })
    expect([end, finals]).toEqual(['postponed', []])
  })

  it('fails when waiting has been long enough', async () => {
    const { end, final } = await gate({ openPlan: notYet }, { waitUntil, timeLimitMs: 0 })
    expect([end, final?.status]).toEqual(['reported', 'failed'])
  })

  it('fails at once for a reason that waiting does not change', async () => {
    const { end, final } = await gate({}, { waitUntil })
    expect([end, final?.status]).toEqual(['reported', 'failed'])
  })
})

describe('before the plan', () => {
  const ask = { kind: 'judge', stage: 'pre_plan' } as const
  const freeze = { name: 'x', from: '2026-11-01', until: '2026-12-01', timezone: 'Europe/Berlin' }

  it('nothing is fetched, and nothing stands against the run', async () => {
    const openPlan = () => Promise.reject(new Error('fetched'))
    expect((await gate({ ask, openPlan })).final?.status).toBe('passed')
  })

  it('a freeze holds', async () => {
    const { final } = await gate({ ask }, { policy: { ...STANDARD, freezes: [freeze] } })
    expect(final?.status).toBe('failed')
    expect(final?.message).toContain('freeze')
  })

  it('the kill switch holds', async () => {
    const { final } = await gate({ ask }, { policy: { ...STANDARD, killSwitch: true } })
    expect(final?.status).toBe('failed')
    expect(final?.message).toContain('kill switch')
  })

  it('a freeze that is only observed is told, and holds nothing', async () => {
    const policy: Policy = { ...STANDARD, phase: 'observe', freezes: [freeze] }
    const { final } = await gate({ ask }, { policy })
    expect(final?.status).toBe('passed')
    expect(final?.message).toMatch(/Observing only.*freeze/)
  })
})

describe('heartbeats', () => {
  it('begin within 10 s, come at most 5 min apart, and stop before the final report', async () => {
    const { run, finals } = await gate({ openPlan: never })
    const times = [run.acceptedAt, ...run.reported.map(({ at }) => at)]
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
    expect(gaps[0]).toBeLessThanOrEqual(10_000)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(5 * MINUTE)
    expect(run.reported.length).toBeGreaterThan(10)
    expect(run.reported.at(-1)).toBe(finals[0])
  })

  it('are not sent for work that is quick', async () => {
    const { run } = await gate()
    expect(run.reported.map(({ status }) => status)).toEqual(['failed'])
  })

  it('that fail are followed sooner by the next, and do not end the work', async () => {
    const { run, finals } = await gate({
      openPlan: never,
      answer: async (update, n) =>
        update.status === 'running' && n < 4
          ? err({ reason: 'unreachable', attempts: 1, last: 'answered 500' })
          : ok('accepted'),
    })
    const [first, second, third, fourth] = run.reported.map(({ at }) => at - run.acceptedAt)
    expect([first, second, third, fourth]).toEqual([5_000, 35_000, 65_000, 95_000])
    expect(finals).toHaveLength(1)
  })

  it('end when the platform no longer knows the result; the work does not', async () => {
    const { run, finals } = await gate({
      openPlan: never,
      answer: async () => err({ reason: 'not-found' }),
    })
    expect(run.reported.filter(({ status }) => status === 'running')).toHaveLength(1)
    expect(finals).toHaveLength(1)
  })

  it('that throw do not end the work', async () => {
    const { finals } = await gate({
      openPlan: never,
      answer: async (update) => {
        if (update.status === 'running') throw new Error('bug')
        return ok('accepted')
      },
    })
    expect(finals).toHaveLength(1)
  })
})

describe('the end of a run', () => {
  it.each([
    ['reported', async () => ok('accepted' as const)],
    ['reported', async () => ok('already-decided' as const)],
    ['given-up', async () => err({ reason: 'unauthorised' as const })],
    ['given-up', async () => err({ reason: 'refused' as const, status: 422 })],
    ['unreachable', async () => err({ reason: 'unreachable' as const, attempts: 9, last: 'x' })],
    ['unreachable', () => Promise.reject(new Error('bug'))],
  ])('is %s as the platform answers', async (expected, answer) => {
    const { end, finals } = await gate({ answer })
    expect(end).toBe(expected)
    expect(finals).toHaveLength(1)
  })
})
