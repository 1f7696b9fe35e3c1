// The archive is fetched with the token, redirected without it; whatever goes wrong, there is none.
import { describe, expect, it } from 'vitest'
import { openCode } from '../../../../src/adapters/platform/tfc/code.ts'
import { manualClock } from '../../../support/manual-clock.ts'
import { type Reply, scriptedFetch } from '../../../support/scripted-fetch.ts'

const PLATFORM = 'https://app.terraform.io'
const STORE = 'https://archivist.terraform.io/v1/object/secret'
const CODE_URL = `${PLATFORM}/api/v2/configuration-versions/cv-1/download`
const TO_STORE: Reply = { status: 302, headers: { location: STORE } }
const MINUTE = 60_000

async function open(replies: readonly Reply[], codeUrl: string | undefined = CODE_URL) {
  const clock = manualClock()
  const { fetch, asked } = scriptedFetch(replies)
  const started = clock.now()
  const body = await clock.settle(
    openCode(
      { accessToken: 'T0', ...(codeUrl === '' ? {} : { codeUrl }) },
      [PLATFORM, 'http://127.0.0.1:8080'],
      { fetch, clock, random: () => 0 },
      { until: started + 50 * MINUTE, signal: new AbortController().signal },
    ),
  )
  const text = body === undefined ? undefined : await new Response(body).text()
  return { text, asked, tookMs: clock.now() - started }
}

describe('fetching the configuration', () => {
  it.each([302, 307])(
    'sends the token to the platform and not to the store (%i)',
    async (status) => {
      const { text, asked } = await open([
        { ...TO_STORE, status },
        { status: 200, body: 'archive' },
      ])
      expect(text).toBe('archive')
      expect(asked.map(({ method, url, authorization }) => [method, url, authorization])).toEqual([
        ['GET', CODE_URL, 'Bearer T0'],
        ['GET', STORE, null],
      ])
      expect(asked.every(({ redirect }) => redirect === 'manual')).toBe(true)
    },
  )

  it('never sends the token again once a redirect has left the platform', async () => {
    const home: Reply = { status: 302, headers: { location: CODE_URL } }
    const { asked } = await open([TO_STORE, home, { status: 200, body: 'archive' }])
    expect(asked.map(({ authorization }) => authorization)).toEqual(['Bearer T0', null, null])
  })

  it('does not send the token to another configured origin', async () => {
    const other: Reply = { status: 302, headers: { location: 'http://127.0.0.1:8080/object' } }
    const { asked } = await open([other, { status: 200, body: 'archive' }])
    expect(asked[1]?.authorization).toBeNull()
  })

  it.each([
    '',
    'https://evil.example/cv',
    'http://app.terraform.io/cv',
    'https://a:b@app.terraform.io/',
  ])('calls nothing for %j', async (codeUrl) => {
    const { text, asked } = await open([200], codeUrl)
    expect(text).toBeUndefined()
    expect(asked).toEqual([])
  })

  it.each([
    'http://archivist.terraform.io/x',
    'https://10.0.0.1/x',
    'https://localhost/x',
    'file:///etc/passwd',
  ])('does not follow a redirect to %s', async (location) => {
    const { text, asked } = await open([{ status: 302, headers: { location } }])
    expect(text).toBeUndefined()
    expect(asked).toHaveLength(1)
  })

  it.each([204, 400, 401, 403, 404, 410])('asks once and has none after %i', async (status) => {
    const { text, asked } = await open([status])
    expect(text).toBeUndefined()
    expect(asked).toHaveLength(1)
  })

  it.each([429, 500, 503, 'no connection', 'hang'] as const)(
    'gives up on %s within half a minute',
    async (reply) => {
      const { text, tookMs, asked } = await open([reply])
      expect(text).toBeUndefined()
      expect(asked.length).toBeLessThanOrEqual(3)
      expect(tookMs).toBeLessThanOrEqual(MINUTE / 2)
    },
  )

  it('asks the platform again when the store fails once', async () => {
    const { text, asked } = await open([TO_STORE, 503, TO_STORE, { status: 200, body: 'archive' }])
    expect(text).toBe('archive')
    expect(asked.map(({ url }) => url)).toEqual([CODE_URL, STORE, CODE_URL, STORE])
  })

  it('ends with the signal', async () => {
    const clock = manualClock()
    const { fetch, asked } = scriptedFetch([200])
    const limits = { until: clock.now() + MINUTE, signal: AbortSignal.abort() }
    const net = { fetch, clock, random: () => 0 }
    const task = { accessToken: 'T0', codeUrl: CODE_URL }
    expect(await openCode(task, [PLATFORM], net, limits)).toBeUndefined()
    expect(asked).toEqual([])
  })
})
