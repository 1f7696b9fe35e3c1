// The door: what each route answers, in which order it asks, and what it never says.
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { secret } from '../../src/adapters/net/secret.ts'
import { tokenCheck } from '../../src/adapters/net/token.ts'
import { builtInPolicy } from '../../src/core/policy/presets.ts'
import { err, ok } from '../../src/core/result.ts'
import { nodeHasher } from '../../src/entry/hasher.ts'
import { createApp } from '../../src/gate/http.ts'
import { rememberOnce } from '../../src/gate/once.ts'
import type { Delivery, Ports, Run } from '../../src/gate/ports.ts'
import { expectBlock } from '../support/atlantis/block.ts'
import { fakeRun } from '../support/fake-run.ts'
import { manualClock } from '../support/manual-clock.ts'
import { HELD_PLAN, RELEASED_PLAN } from '../support/plans.ts'

const TOKEN = 'an-assess-token-0123'
const clock = manualClock()
const POLICY = await builtInPolicy('standard')
const CHECK = await tokenCheck(secret(TOKEN))

function app(
  changes: Partial<Ports> = {},
  receive?: Ports['platforms'][number]['receive'],
  withToken = true,
) {
  const taken: Run[] = []
  const run = fakeRun(clock)
  const ports: Ports = {
    platforms: [
      {
        name: 'fake',
        path: '/run-task',
        receive: receive ?? (async () => ok<Delivery>({ kind: 'run', run })),
        reopen: async () => undefined,
      },
    ],
    policy: POLICY,
    newHasher: nodeHasher,
    keepUnchanged: () => true,
    background: {
      accept: async (one) => {
        taken.push(one)
      },
    },
    clock,
    newReference: () => 'ref-1',
    log: () => undefined,
    timings: { timeLimitMs: 1, firstBeatMs: 1, beatMs: 1, beatAgainMs: 1 },
    ...(withToken ? { assessToken: CHECK } : {}),
    render: (decision, format) => `${format}: ${decision.verdict}`,
    once: rememberOnce(clock),
    ...changes,
  }
  const service = createApp(ports)
  return {
    taken,
    request: (path: string, init: RequestInit = {}) =>
      service.request(`http://holdgate.test${path}`, init),
  }
}

describe('a delivery', () => {
  it('is answered 200 once the run is held by somebody', async () => {
    const { request, taken } = app()
    expect((await request('/run-task', { method: 'POST' })).status).toBe(200)
    expect(taken).toHaveLength(1)
  })

  it('that repeats is answered 200 and not worked on again', async () => {
    const { request, taken } = app()
    for (const _ of [1, 2, 3]) {
      expect((await request('/run-task', { method: 'POST' })).status).toBe(200)
    }
    expect(taken).toHaveLength(1)
  })

  it('that nobody could take is not answered 200, and its repetition counts as the first', async () => {
    let broken = true
    let taken = 0
    const accept = async (): Promise<void> => {
      if (broken) throw new Error('the queue is down')
      taken++
    }
    const { request } = app({ background: { accept } })
    expect((await request('/run-task', { method: 'POST' })).status).toBe(503)
    broken = false
    expect((await request('/run-task', { method: 'POST' })).status).toBe(200)
    expect(taken).toBe(1)
  })

  it.each([
    [401, { reason: 'unauthenticated' }],
    [413, { reason: 'too-large', maxBytes: 7 }],
    [400, { reason: 'unreadable' }],
    [400, { reason: 'malformed', detail: 'The body is not JSON.' }],
    [422, { reason: 'foreign-callback' }],
  ] as const)(
    'that is turned away is answered %i with a problem: %o',
    async (status, rejection) => {
      const { request, taken } = app({}, async () => err(rejection))
      const answer = await request('/run-task', { method: 'POST' })
      expect(answer.status).toBe(status)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      expect(await answer.json()).toMatchObject({ status, detail: expect.stringMatching(/\S/) })
      expect(taken).toEqual([])
    },
  )

  it('that only tests the address starts nothing', async () => {
    const { request, taken } = app({}, async () => ok<Delivery>({ kind: 'probe' }))
    expect((await request('/run-task', { method: 'POST' })).status).toBe(200)
    expect(taken).toEqual([])
  })

  it('that meets a bug is answered 500 with a reference and nothing of the error', async () => {
    const { request } = app({}, () => Promise.reject(new Error('hunter2')))
    const answer = await request('/run-task', { method: 'POST' })
    const text = await answer.text()
    expect(answer.status).toBe(500)
    expect(text).toContain('ref-1')
    expect(text).not.toContain('hunter2')
  })
})

describe('other requests', () => {
  it('are answered by their route or not at all', async () => {
    const { request } = app()
    expect((await request('/healthz')).status).toBe(200)
    expect((await request('/')).status).toBe(404)
    expect((await request('/run-task/')).status).toBe(404)
    const wrong = await request('/run-task')
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST'])
  })
})

describe('POST /assess', () => {
  const assess = (
    body: BodyInit,
    { query = '', ...headers }: Record<string, string> = {},
    service = app(),
  ) =>
    service.request(`/assess${query}`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${TOKEN}`, ...headers },
    })

  it('answers 200 whatever the verdict, in each format', async () => {
    for (const [plan, verdict] of [
      [HELD_PLAN, 'hold'],
      [RELEASED_PLAN, 'release'],
    ] as const) {
      for (const [format, type] of [
        ['json', 'application/json'],
        ['markdown', 'text/markdown; charset=utf-8'],
        ['text', 'text/plain; charset=utf-8'],
      ]) {
        const answer = await assess(plan, { query: `?format=${format}` })
        expect(answer.status).toBe(200)
        expect(answer.headers.get('content-type')).toBe(type)
        expect(await answer.text()).toBe(`${format}: ${verdict}`)
      }
    }
  })

  it('answers JSON when no format is asked for', async () => {
    expect(await (await assess(HELD_PLAN)).text()).toBe('json: hold')
  })

  it('reads a body in gzip', async () => {
    const answer = await assess(gzipSync(HELD_PLAN), { 'content-encoding': 'gzip' })
    expect(await answer.text()).toBe('json: hold')
  })

  it('counts decoded bytes, so a small bomb is too large', async () => {
    const bomb = gzipSync(`${RELEASED_PLAN.slice(0, -1)}${' '.repeat(5_000_000)}}`)
    expect(bomb.byteLength).toBeLessThan(20_000)
    const small = app({ maxPlanBytes: 1_000_000 })
    expect((await assess(bomb, { 'content-encoding': 'gzip' }, small)).status).toBe(413)
  })

  it('passes the context on', async () => {
    const render: Ports['render'] = (decision) => JSON.stringify(decision.environment)
    const headers = { 'x-holdgate-workspace': 'payments-dev', 'x-holdgate-environment': 'dev' }
    const answer = await assess(HELD_PLAN, headers, app({ render }))
    expect(await answer.text()).toContain('dev')
  })

  it('does not exist without a configured token', async () => {
    const { status } = await assess(HELD_PLAN, {}, app({}, undefined, false))
    expect(status).toBe(404)
  })

  it('is a POST', async () => {
    expect((await app().request('/assess')).status).toBe(405)
  })

  it.each([
    [401, 'no token', { authorization: '' }],
    [401, 'another token', { authorization: `Bearer ${TOKEN}x` }],
    [401, 'another scheme', { authorization: `Basic ${TOKEN}` }],
    [400, 'an unknown format', { query: '?format=pdf' }],
    [400, 'two formats', { query: '?format=json&format=text' }],
    [400, 'tags that are none', { 'x-holdgate-tags': 'a=b,c' }],
    [400, 'a context without end', { 'x-holdgate-workspace': 'w'.repeat(2000) }],
    [415, 'an unknown encoding', { 'content-encoding': 'br' }],
  ])('answers %i to %s', async (status, _, changes) => {
    const answer = await assess(HELD_PLAN, changes)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })

  it.each(['', '{}', '[]', 'x', HELD_PLAN.slice(0, 300), `${HELD_PLAN}{}`])(
    'answers 4xx to what is no plan (%#)',
    async (body) => {
      const { status } = await assess(body)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
    },
  )

  it('answers 4xx to gzip that is none', async () => {
    const answer = await assess('not gzip', { 'content-encoding': 'gzip' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toMatch(/cannot be decoded as gzip/)
  })
})

describe('POST /assess for Atlantis', () => {
  const HASH = 'ab'.repeat(32)
  const ask = (
    body: BodyInit,
    { query = '?format=atlantis', ...headers }: Record<string, string> = {},
    service = app(),
  ) =>
    service.request(`/assess${query}`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${TOKEN}`, 'x-holdgate-plan-sha256': HASH, ...headers },
    })

  it('answers one block that says the verdict and names the plan file', async () => {
    for (const [plan, verdict] of [
      [HELD_PLAN, 'fail'],
      [RELEASED_PLAN, 'pass'],
    ] as const) {
      const answer = await ask(plan)
      const text = await answer.text()
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        'text/plain; charset=utf-8',
      ])
      expectBlock(text, verdict)
      expect(text).toContain(`plan file sha256:${HASH}`)
    }
  })

  it('opens the gate for what is released, and for an approval', async () => {
    const query = '?format=atlantis-gate'
    for (const [plan, approved, verdict] of [
      [RELEASED_PLAN, '', 'pass'],
      [HELD_PLAN, 'true', 'pass'],
      [HELD_PLAN, 'false', 'fail'],
      [HELD_PLAN, '', 'fail'],
      [HELD_PLAN, 'yes', 'fail'],
    ] as const) {
      const answer = await ask(plan, { query, 'x-holdgate-approved': approved })
      const text = await answer.text()
      expectBlock(text, verdict)
      expect(text).toMatch(/^(?:PASS|FAIL) - holdgate gate: /)
    }
  })

  it('takes warnings around the plan away', async () => {
    const text = await (await ask(`Warning: x\n${RELEASED_PLAN}\nWarning: y\n`)).text()
    expectBlock(text, 'pass')
  })

  it('holds a plan that was asked for with arguments', async () => {
    const text = await (
      await ask(RELEASED_PLAN, { 'x-holdgate-arguments': '\\-\\d\\e\\s\\t\\r\\o\\y' })
    ).text()
    expectBlock(text, 'fail')
    expect(text).toContain('-destroy')
  })

  it.each<[number, string, BodyInit, Record<string, string>, Partial<Ports>]>([
    [401, 'another token', RELEASED_PLAN, { authorization: 'Bearer nope' }, {}],
    [400, 'a second format', RELEASED_PLAN, { query: '?format=atlantis&format=json' }, {}],
    [400, 'a context without end', RELEASED_PLAN, { 'x-holdgate-project': 'p'.repeat(2000) }, {}],
    [415, 'an unknown encoding', RELEASED_PLAN, { 'content-encoding': 'br' }, {}],
    [422, 'an empty body', '', {}, {}],
    [422, 'a page', '<html>', {}, {}],
    [422, 'half a plan', RELEASED_PLAN.slice(0, 300), {}, {}],
    [413, 'a plan over the cap', RELEASED_PLAN, {}, { maxPlanBytes: 100 }],
    [
      500,
      'a bug',
      RELEASED_PLAN,
      {},
      {
        newHasher: () => {
          throw new Error('hunter2')
        },
      },
    ],
  ])('answers %i and a failure block to %s', async (status, _name, body, changes, ports) => {
    for (const query of ['?format=atlantis', '?format=atlantis-gate']) {
      const answer = await ask(body, { query, ...changes }, app(ports))
      const text = await answer.text()
      expect(answer.status).toBe(status)
      expectBlock(text, 'fail')
      expect(text).not.toContain('hunter2')
    }
  })

  it('answers a failure block where the route is switched off or the method is wrong', async () => {
    const off = await ask(RELEASED_PLAN, {}, app({}, undefined, false))
    expect(off.status).toBe(404)
    expectBlock(await off.text(), 'fail')
    const wrong = await app().request('/assess?format=atlantis')
    expect(wrong.status).toBe(405)
    expectBlock(await wrong.text(), 'fail')
  })
})
