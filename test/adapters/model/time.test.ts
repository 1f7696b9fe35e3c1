// The run's time is the only one: no attempt that cannot end, no wait that outlasts it.
import { describe, expect, it } from 'vitest'
import { anthropicReviewer } from '../../../src/adapters/model/anthropic.ts'
import { secret } from '../../../src/adapters/net/secret.ts'
import { type ManualClock, manualClock } from '../../support/manual-clock.ts'
import { MODEL, message, PROMPT } from '../../support/model-provider.ts'
import { type Reply, scriptedFetch } from '../../support/scripted-fetch.ts'

const SECOND = 1_000
const ANSWER: Reply = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(message()),
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>

function setUp(fetch: Fetch, clock: ManualClock = manualClock()) {
  const reviewer = anthropicReviewer({
    apiKey: secret('sk-test-0123456789'),
    model: MODEL,
    net: { fetch, clock, random: () => 0 },
  })
  const stop = new AbortController()
  const ask = (ms: number) => reviewer.ask(PROMPT, { until: clock.now() + ms, signal: stop.signal })
  return { clock, stop, ask }
}

async function scripted(replies: readonly Reply[], ms: number) {
  const { fetch, asked } = scriptedFetch(replies)
  const { clock, ask } = setUp(fetch)
  const start = clock.now()
  const heard = await clock.settle(ask(ms))
  return {
    heard: heard.ok ? 'an answer' : heard.error.reason,
    asked: asked.length,
    tookMs: clock.now() - start,
  }
}

const status = (code: number, headers: Record<string, string> = {}): Reply => ({
  status: code,
  headers,
})

describe('an attempt that failed', () => {
  it.each([408, 409, 429, 500, 503, 529])('with %i is made again', async (code) => {
    expect(await scripted([status(code), ANSWER], 60 * SECOND)).toEqual({
      heard: 'an answer',
      asked: 2,
      tookMs: 500,
    })
  })

  it('for want of a connection is made again', async () => {
    const { heard, asked } = await scripted(['no connection', ANSWER], 60 * SECOND)
    expect([heard, asked]).toEqual(['an answer', 2])
  })

  it.each([400, 401, 403, 404, 413, 422])('with %i is not made again', async (code) => {
    expect(await scripted([status(code), ANSWER], 60 * SECOND)).toEqual({
      heard: 'rejected',
      asked: 1,
      tookMs: 0,
    })
  })

  it('is made again or not as the provider says', async () => {
    const again = await scripted([status(400, { 'x-should-retry': 'true' }), ANSWER], 60 * SECOND)
    expect(again).toMatchObject({ heard: 'an answer', asked: 2 })
    const never = await scripted([status(529, { 'x-should-retry': 'false' }), ANSWER], 60 * SECOND)
    expect(never).toEqual({ heard: 'overloaded', asked: 1, tookMs: 0 })
  })

  it('is made four times at most', async () => {
    const { heard, asked } = await scripted([status(529)], 3_600 * SECOND)
    expect([heard, asked]).toEqual(['overloaded', 4])
  })

  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': '0.75' }, 750],
    [{ 'retry-after-ms': '2500' }, 2_500],
    [{ 'retry-after': '3', 'retry-after-ms': '2500' }, 3_000],
    [{ 'retry-after': 'Fri, 20 Nov 2026 09:30:09 GMT' }, 9_000],
    [{ 'retry-after': 'soon' }, 500],
  ])('waits as asked: %j', async (headers, tookMs) => {
    const result = await scripted([status(429, headers), ANSWER], 60 * SECOND)
    expect(result).toEqual({ heard: 'an answer', asked: 2, tookMs })
  })

  it.each([
    { 'retry-after': '60' },
    { 'retry-after': '99999999999999' },
    { 'retry-after-ms': '60000' },
    { 'retry-after': 'Fri, 20 Nov 2037 09:30:09 GMT' },
  ])('ends at once when asked to wait beyond the time: %j', async (headers) => {
    expect(await scripted([status(429, headers), ANSWER], 60 * SECOND)).toEqual({
      heard: 'rate-limited',
      asked: 1,
      tookMs: 0,
    })
  })
})

describe('time', () => {
  it('that is too short for an answer costs no request', async () => {
    expect(await scripted([ANSWER], 1_999)).toEqual({ heard: 'timed-out', asked: 0, tookMs: 0 })
    expect(await scripted([ANSWER], -5)).toEqual({ heard: 'timed-out', asked: 0, tookMs: 0 })
  })

  it.each([2, 27, 119])('of %i seconds ends an attempt that hangs', async (seconds) => {
    expect(await scripted(['hang'], seconds * SECOND)).toEqual({
      heard: 'timed-out',
      asked: 1,
      tookMs: seconds * SECOND,
    })
  })

  it('of an attempt is two minutes, and what may have been billed is not asked again', async () => {
    expect(await scripted(['hang', ANSWER], 3_600 * SECOND)).toEqual({
      heard: 'timed-out',
      asked: 1,
      tookMs: 120 * SECOND,
    })
  })

  it('is never overrun, whatever mix of failures comes', async () => {
    for (const ms of [2_500, 10_000, 30_000, 200_000]) {
      const result = await scripted([status(529), 'no connection', status(500), 'hang'], ms)
      expect(result.tookMs).toBeLessThanOrEqual(ms)
    }
  })

  it('ends a body that trickles, and one whose sender ignores the end', async () => {
    const trickle: Fetch = async () =>
      new Response(new ReadableStream({ pull: () => new Promise(() => undefined) }), {
        headers: { 'content-type': 'application/json' },
      })
    const deaf: Fetch = () => new Promise(() => undefined)
    for (const fetch of [trickle, deaf]) {
      const { clock, ask } = setUp(fetch)
      const start = clock.now()
      expect(await clock.settle(ask(30 * SECOND))).toEqual({
        ok: false,
        error: { reason: 'timed-out' },
      })
      expect(clock.now() - start).toBe(30 * SECOND)
    }
  })

  it('ends when the run is told to stop, in an attempt and between two', async () => {
    const hanging = setUp(scriptedFetch(['hang']).fetch)
    const job = hanging.ask(60 * SECOND)
    await hanging.clock.advance(5 * SECOND)
    hanging.stop.abort()
    expect(await job).toEqual({ ok: false, error: { reason: 'timed-out' } })

    const busy = scriptedFetch([status(529, { 'retry-after': '20' }), ANSWER])
    const waiting = setUp(busy.fetch)
    const other = waiting.ask(60 * SECOND)
    await waiting.clock.advance(5 * SECOND)
    waiting.stop.abort()
    expect(await other).toEqual({ ok: false, error: { reason: 'overloaded' } })
    expect(busy.asked).toHaveLength(1)
  })

  it('that is over before the start costs no request', async () => {
    const { fetch, asked } = scriptedFetch([ANSWER])
    const { stop, ask } = setUp(fetch)
    stop.abort()
    expect(await ask(60 * SECOND)).toEqual({ ok: false, error: { reason: 'timed-out' } })
    expect(asked).toHaveLength(0)
  })
})
