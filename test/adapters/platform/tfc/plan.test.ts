// The plan is fetched with the token, redirected without it, asked for again where that helps.
import { describe, expect, it } from 'vitest'
import { openPlan } from '../../../../src/adapters/platform/tfc/plan.ts'
import { manualClock } from '../../../support/manual-clock.ts'
import { type Reply, scriptedFetch } from '../../../support/scripted-fetch.ts'

const PLATFORM = 'https://app.terraform.io'
const STORE = 'https://archivist.terraform.io/v1/object/secret'
const PLAN_URL = `${PLATFORM}/api/v2/plans/plan-1/json-output`
const TO_STORE: Reply = { status: 307, headers: { location: STORE } }
const MINUTES = 60_000

async function open(replies: readonly Reply[], planUrl: string | undefined = PLAN_URL) {
  const clock = manualClock()
  const { fetch, asked } = scriptedFetch(replies)
  const started = clock.now()
  const opened = await clock.settle(
    openPlan(
      { accessToken: 'T0', ...(planUrl === undefined ? {} : { planUrl }) },
      [PLATFORM, 'http://127.0.0.1:8080'],
      { fetch, clock, random: () => 0 },
      { until: started + 50 * MINUTES, signal: new AbortController().signal },
    ),
  )
  const text = opened.ok ? await new Response(opened.value).text() : undefined
  const failure = opened.ok ? undefined : opened.error
  return { text, failure, asked, tookMs: clock.now() - started }
}

describe('fetching the plan', () => {
  it('sends the token to the platform and not to the object store', async () => {
    const { text, asked } = await open([TO_STORE, { status: 200, body: 'plan' }])
    expect(text).toBe('plan')
    expect(asked.map(({ url, authorization }) => [url, authorization])).toEqual([
      [PLAN_URL, 'Bearer T0'],
      [STORE, null],
    ])
    expect(asked.every(({ redirect }) => redirect === 'manual')).toBe(true)
  })

  it('keeps the token on the platform itself', async () => {
    const { asked } = await open([
      { status: 307, headers: { location: '/_archivist/v1/object/x' } },
      { status: 200, body: 'plan' },
    ])
    expect(asked[1]).toMatchObject({
      url: `${PLATFORM}/_archivist/v1/object/x`,
      authorization: 'Bearer T0',
    })
  })

  it('never sends the token again once a redirect has left the platform', async () => {
    const { asked } = await open([
      TO_STORE,
      { status: 302, headers: { location: PLAN_URL } },
      { status: 200, body: 'plan' },
    ])
    expect(asked.map(({ authorization }) => authorization)).toEqual(['Bearer T0', null, null])
  })

  it('does not send the token to another configured origin', async () => {
    const { asked } = await open([
      { status: 307, headers: { location: 'http://127.0.0.1:8080/object' } },
      { status: 200, body: 'plan' },
    ])
    expect(asked[1]?.authorization).toBeNull()
  })

  it.each([
    ['http://archivist.terraform.io/x', 'scheme'],
    ['https://10.0.0.1/x', 'private address'],
    ['https://localhost/x', 'private address'],
    ['file:///etc/passwd', 'scheme'],
    ['https://a:b@archivist.terraform.io/x', 'user information'],
  ])('refuses a redirect to %s and does not ask again', async (location, why) => {
    const { failure, asked } = await open([{ status: 307, headers: { location } }])
    expect(failure).toEqual({ reason: 'redirect', why })
    expect(asked).toHaveLength(1)
  })

  it('ends a loop of redirects', async () => {
    const { failure, asked } = await open([{ status: 307, headers: { location: PLAN_URL } }])
    expect(failure).toEqual({ reason: 'redirect', why: 'too many hops' })
    expect(asked).toHaveLength(6)
  })

  it('calls nothing for an address that is not on a configured origin', async () => {
    const { failure, asked } = await open([200], 'https://evil.example/plan')
    expect(failure).toEqual({ reason: 'foreign-address' })
    expect(asked).toEqual([])
  })

  it.each([
    [401, 'unauthorised'],
    [404, 'not-found'],
    [422, 'unsupported-terraform'],
    [403, 'refused'],
    [418, 'refused'],
  ])('takes %i as final: %s', async (status, reason) => {
    const { failure, asked } = await open([status])
    expect(failure?.reason).toBe(reason)
    expect(asked).toHaveLength(1)
  })

  it('asks again after 204, and gives up on it within two minutes', async () => {
    const { text, asked } = await open([204, 204, TO_STORE, { status: 200, body: 'plan' }])
    expect(text).toBe('plan')
    expect(asked).toHaveLength(4)
    const never = await open([204])
    expect(never.failure?.reason).toBe('not-ready')
    expect(never.tookMs).toBeLessThan(2 * MINUTES)
  })

  it('asks the platform again, not the store, when the store fails', async () => {
    const { text, asked } = await open([
      TO_STORE,
      503,
      TO_STORE,
      'no connection',
      TO_STORE,
      { status: 200, body: 'plan' },
    ])
    expect(text).toBe('plan')
    expect(asked.map(({ url }) => url)).toEqual([PLAN_URL, STORE, PLAN_URL, STORE, PLAN_URL, STORE])
  })

  it.each([429, 500, 502, 503, 'no connection', 'hang'] as const)(
    'gives up on %s while the token may still be valid',
    async (reply) => {
      const { failure, tookMs, asked } = await open([reply])
      expect(failure?.reason).toBe('unavailable')
      expect(asked.length).toBeGreaterThan(3)
      expect(tookMs).toBeLessThan(10 * MINUTES)
    },
  )

  it('waits as long as Retry-After asks', async () => {
    const wait = { status: 429, headers: { 'retry-after': '45' } }
    const { text, tookMs } = await open([wait, { status: 200, body: 'plan' }])
    expect(text).toBe('plan')
    expect(tookMs).toBe(45_000)
  })

  it('says nothing of addresses in a failure', async () => {
    for (const replies of [
      [TO_STORE, 403],
      [TO_STORE, 503],
      [TO_STORE, 'hang'],
    ] as Reply[][]) {
      const { failure } = await open(replies)
      expect(JSON.stringify(failure)).not.toMatch(/https?:|archivist|secret/)
    }
  })
})
