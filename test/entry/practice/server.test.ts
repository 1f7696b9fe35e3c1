// The practice platform is strict where the real one is documented, so that practice means something.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { finals } from '../../../src/entry/practice/recording.ts'
import { type PracticePlatform, startPlatform } from '../../../src/entry/practice/server.ts'

let platform: PracticePlatform

beforeAll(async () => {
  platform = await startPlatform()
})

afterAll(() => platform.close())

const PLAN = { kind: 'text', text: '{"a":1}' } as const

function update(status: string, message = 'm'): string {
  return JSON.stringify({ data: { type: 'task-results', attributes: { status, message } } })
}

function callback(
  { callbackUrl, token }: { callbackUrl: string; token: string },
  body: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(callbackUrl, {
    method: 'PATCH',
    body,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/vnd.api+json',
      ...headers,
    },
  })
}

describe('plans', () => {
  it('are given out through an address that works once and carries no token', async () => {
    const { identity, violations } = platform.openRun({ plan: PLAN })
    const headers = { authorization: `Bearer ${identity.token}` }
    const asked = await fetch(identity.planUrl, { headers, redirect: 'manual' })
    const address = asked.headers.get('location') ?? ''
    expect(asked.status).toBe(307)
    expect(new URL(address).origin).toBe(platform.storeOrigin)
    expect(await (await fetch(address)).text()).toBe(PLAN.text)
    expect((await fetch(address)).status).toBe(404)
    expect(violations).toEqual([])
  })

  it('need the token of their own run', async () => {
    const run = platform.openRun({ plan: PLAN })
    const other = platform.openRun({ plan: PLAN })
    const headers = { authorization: `Bearer ${other.identity.token}` }
    expect((await fetch(run.identity.planUrl, { headers })).status).toBe(401)
    expect(run.violations).toHaveLength(1)
  })

  it('a token sent to the object store is noticed', async () => {
    const run = platform.openRun({ plan: PLAN })
    const headers = { authorization: `Bearer ${run.identity.token}` }
    const asked = await fetch(run.identity.planUrl, { headers, redirect: 'manual' })
    await fetch(asked.headers.get('location') ?? '', { headers })
    expect(run.violations).toEqual(['the bearer token was sent to the object store'])
  })

  it.each([
    ['truncated', { kind: 'truncated' }, '{"a'],
    ['empty', { kind: 'empty' }, ''],
    ['wrong', { kind: 'wrong-content', text: '<p>' }, '<p>'],
    ['gzip', { kind: 'gzip' }, PLAN.text],
  ] as const)('can be spoiled: %s', async (_, content, expected) => {
    const { identity } = platform.openRun({ plan: PLAN, faults: { content } })
    const headers = { authorization: `Bearer ${identity.token}` }
    expect(await (await fetch(identity.planUrl, { headers })).text()).toBe(expected)
  })
})

describe('callbacks', () => {
  it('are final once, and 409 after that', async () => {
    const run = platform.openRun({})
    expect((await callback(run.identity, update('running'))).status).toBe(200)
    expect((await callback(run.identity, update('passed'))).status).toBe(200)
    expect((await callback(run.identity, update('failed'))).status).toBe(409)
    expect(finals(run).map(({ status }) => status)).toEqual(['passed'])
  })

  it.each([
    ['an unknown status', update('errored'), 422, /status/],
    ['a long message', update('failed', 'x'.repeat(1001)), 422, /message is longer/],
    ['no message', update('failed', ''), 422, /message is empty/],
    ['half a character', update('failed', '\ud83d'), 422, /splits a character/],
    ['no JSON', 'nonsense', 422, /task-results/],
  ])('%s is refused and recorded', async (_, body, status, rule) => {
    const run = platform.openRun({})
    expect((await callback(run.identity, body)).status).toBe(status)
    expect(run.violations.join()).toMatch(rule)
    expect(finals(run)).toEqual([])
  })

  it('need their content type', async () => {
    const run = platform.openRun({})
    const json = { 'content-type': 'application/json' }
    expect((await callback(run.identity, update('passed'), json)).status).toBe(415)
  })
})

it('a fault happens as often as told, then the normal answer returns', async () => {
  const run = platform.openRun({
    faults: { callback: [{ fault: { kind: 'status', status: 503, retryAfter: '7' }, times: 2 }] },
  })
  const answers = []
  for (let n = 0; n < 3; n += 1) answers.push(await callback(run.identity, update('passed')))
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 200])
  expect(answers[0]?.headers.get('retry-after')).toBe('7')
})

it('what arrives at the stranger is kept', async () => {
  await fetch(`${platform.strangerOrigin}/secret`)
  expect(platform.requests.find(({ door }) => door === 'stranger')?.target).toBe('/secret')
})
