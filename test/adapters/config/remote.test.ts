// A policy behind an address: fresh where it can be, the last good copy where not, none at the start.
import { describe, expect, it } from 'vitest'
import { isAddress, remotePolicy } from '../../../src/adapters/config/remote.ts'
import { parsePolicy } from '../../../src/core/policy/file.ts'
import { err, ok } from '../../../src/core/result.ts'
import { manualClock } from '../../support/manual-clock.ts'

const URL_WITH_TOKEN = 'https://config.acme.example/holdgate.yaml?token=s3cr3t-value'
const STRICT = 'version: 1\npreset: strict\n'
const RELAXED = 'version: 1\npreset: relaxed\n'

type Reply = { status: number; body?: string; etag?: string; endless?: true } | 'down' | 'hang'

function rig(replies: readonly Reply[], url: string = URL_WITH_TOKEN) {
  const clock = manualClock()
  const asked: (string | null)[] = []
  const logged: string[] = []
  const fetch = async (_url: string, init: RequestInit): Promise<Response> => {
    asked.push(new Headers(init.headers).get('if-none-match'))
    const reply = replies[Math.min(asked.length, replies.length) - 1]
    if (reply === undefined || reply === 'down') throw new TypeError('fetch failed')
    if (reply === 'hang') {
      return new Promise((_, reject) => {
        init.signal?.addEventListener('abort', () => reject(new Error('aborted')))
      })
    }
    const headers = reply.etag === undefined ? {} : { etag: reply.etag }
    return new Response(reply.body ?? null, { status: reply.status, headers })
  }
  const start = () =>
    remotePolicy({
      url,
      net: { fetch, clock, random: () => 0 },
      parse: async (text) => {
        const policy = await parsePolicy(text)
        return policy.ok ? ok(policy.value) : err(policy.error.problem)
      },
      log: (level, event, fields) => logged.push(JSON.stringify({ level, event, ...fields })),
    })
  // Time enough for a request that hangs; what is under way without a clock is awaited.
  const patiently = async <T>(job: Promise<T>): Promise<T> => {
    await clock.advance(10_000)
    return job
  }
  return { clock, asked, logged, patiently, start: () => patiently(start()) }
}

async function started(replies: readonly Reply[]) {
  const here = rig(replies)
  const remote = await here.start()
  if (!remote.ok) throw new Error(remote.error)
  const { current, refresh } = remote.value
  const later = async (): Promise<string> => {
    await here.clock.advance(60_000)
    await here.patiently(refresh())
    return current().preset
  }
  return { ...here, current, refresh, later }
}

describe('without a first copy nothing starts', () => {
  it.each<[string, Reply]>([
    ['no connection', 'down'],
    ['no answer', 'hang'],
    ['an error of the server', { status: 500, body: STRICT }],
    ['a redirect', { status: 302 }],
    ['not modified', { status: 304 }],
    ['something that is no policy', { status: 200, body: 'preset: strict\n' }],
    ['something too large', { status: 200, body: `# ${'x'.repeat(600_000)}` }],
    ['nothing', { status: 200, body: '' }],
  ])('%s', async (_name, reply) => {
    const remote = await rig([reply]).start()
    expect(remote.ok).toBe(false)
    expect(JSON.stringify(remote)).not.toContain('s3cr3t')
  })

  it.each([
    'http://config.acme.example/holdgate.yaml',
    'ftp://config.acme.example/holdgate.yaml',
    'https://user:word@config.acme.example/holdgate.yaml',
    'https://',
  ])('%s is not asked at all', async (url) => {
    const { asked, start } = rig([{ status: 200, body: STRICT }], url)
    expect((await start()).ok).toBe(false)
    expect(asked).toEqual([])
  })
})

describe('with a copy', () => {
  it('the first answer is in force', async () => {
    expect((await started([{ status: 200, body: STRICT }])).current().preset).toBe('strict')
  })

  it('a new answer replaces it', async () => {
    const { later, logged } = await started([
      { status: 200, body: STRICT },
      { status: 200, body: RELAXED },
    ])
    expect(await later()).toBe('relaxed')
    expect(logged.join()).toContain('policy-changed')
  })

  it('the tag of the last answer is sent, and "not modified" keeps the copy', async () => {
    const { later, asked, logged } = await started([
      { status: 200, body: STRICT, etag: '"one"' },
      { status: 304 },
      { status: 200, body: RELAXED, etag: '"two"' },
      { status: 304 },
    ])
    expect([await later(), await later(), await later()]).toEqual(['strict', 'relaxed', 'relaxed'])
    expect(asked).toEqual([null, '"one"', '"one"', '"two"'])
    expect(logged.filter((line) => line.includes('warn'))).toEqual([])
  })

  it.each<[string, Reply]>([
    ['no connection', 'down'],
    ['no answer', 'hang'],
    ['an error of the server', { status: 503 }],
    ['a broken policy', { status: 200, body: 'version: 1\npreset: lax\n' }],
    ['something too large', { status: 200, body: `# ${'x'.repeat(600_000)}` }],
  ])('%s changes nothing, is logged, and the next good answer counts', async (_name, reply) => {
    const { later, logged } = await started([
      { status: 200, body: STRICT },
      reply,
      { status: 200, body: RELAXED },
    ])
    expect(await later()).toBe('strict')
    expect(logged.join()).toContain('policy-not-refreshed')
    expect(logged.join()).not.toContain('s3cr3t')
    expect(await later()).toBe('relaxed')
  })

  it('the address is asked once a minute at most', async () => {
    const { refresh, asked, clock } = await started([{ status: 200, body: STRICT }])
    await refresh()
    await clock.advance(49_999)
    await refresh()
    expect(asked).toHaveLength(1)
  })
})

it.each([
  ['https://a.example/x', true],
  ['http://a.example/x', true],
  ['/etc/holdgate.yaml', false],
  ['holdgate.yaml', false],
  ['version: 1\n# https://a.example\n', false],
])('tells an address from a path and from a text: %j', (config, expected) => {
  expect(isAddress(config)).toBe(expected)
})
