// Whatever a provider or what stands before it does, the answer is one of eight reasons, never an
// exception, and never the key.
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { anthropicReviewer } from '../../../src/adapters/model/anthropic.ts'
import { secret } from '../../../src/adapters/net/secret.ts'
import type { Clock } from '../../../src/gate/ports.ts'
import { failure, MODEL, message, PROMPT, USAGE } from '../../support/model-provider.ts'

const KEY = 'sk-test-KEY0123456789abcdefghij'
const URL_ = 'https://api.anthropic.com/v1/messages'
/** No time passes: neither a retry nor a time-out fits in here. */
const STILL: Clock = {
  now: () => 0,
  sleep: (_, signal) =>
    new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true })),
}
const ONE_ATTEMPT_MS = 2_100

const provider = setupServer()
beforeAll(() => provider.listen({ onUnhandledFrame: 'error' }))
afterEach(() => provider.resetHandlers())
afterAll(() => provider.close())

const reviewer = anthropicReviewer({
  apiKey: secret(KEY),
  model: MODEL,
  net: { fetch: (url, init) => fetch(url, init), clock: STILL, random: () => 0 },
})

async function ask(resolver: Parameters<typeof http.post>[1]) {
  provider.use(http.post(URL_, resolver))
  const { signal } = new AbortController()
  const heard = await reviewer.ask(PROMPT, { until: ONE_ATTEMPT_MS, signal })
  expect(JSON.stringify(heard)).not.toContain(KEY.slice(3, 13))
  return heard
}

async function reasonFor(resolver: Parameters<typeof http.post>[1]): Promise<string> {
  const heard = await ask(resolver)
  return heard.ok ? 'an answer' : heard.error.reason
}

describe('a status', () => {
  it.each([
    [400, 'invalid_request_error', 'rejected'],
    [401, 'authentication_error', 'rejected'],
    [402, 'billing_error', 'rejected'],
    [403, 'permission_error', 'rejected'],
    [404, 'not_found_error', 'rejected'],
    [408, 'timeout_error', 'timed-out'],
    [409, 'conflict_error', 'overloaded'],
    [413, 'request_too_large', 'rejected'],
    [422, 'invalid_request_error', 'rejected'],
    [429, 'rate_limit_error', 'rate-limited'],
    [500, 'api_error', 'overloaded'],
    [502, 'api_error', 'overloaded'],
    [503, 'api_error', 'overloaded'],
    [504, 'timeout_error', 'overloaded'],
    [529, 'overloaded_error', 'overloaded'],
  ])('%i is no answer: %s is %s', async (status, type, reason) => {
    expect(await reasonFor(() => HttpResponse.json(failure(type), { status }))).toBe(reason)
  })

  it.each([400, 429, 500])('%i with a page of HTML is read the same', async (status) => {
    const page = () => HttpResponse.html(`<h1>${KEY}</h1>`, { status })
    const json = () => HttpResponse.json(failure('x'), { status })
    expect(await reasonFor(page)).toBe(await reasonFor(json))
  })

  it.each([301, 302, 303, 307, 308])('%i leads nowhere, and the key stays here', async (status) => {
    const visitors: string[] = []
    provider.use(
      http.all('https://elsewhere.example/*', ({ request }) => {
        visitors.push(request.url)
        return HttpResponse.json(message())
      }),
    )
    const location = 'https://elsewhere.example/v1/messages'
    const moved = () => new HttpResponse(null, { status, headers: { location } })
    expect(await reasonFor(moved)).toBe('unreachable')
    expect(visitors).toEqual([])
  })

  it('204 is no answer', async () => {
    expect(await reasonFor(() => new HttpResponse(null, { status: 204 }))).toBe('malformed')
  })
})

describe('a message', () => {
  const text = (value: unknown) => ({ type: 'text', text: value })
  it.each<[string, Record<string, unknown>, string]>([
    ['that refuses', { stop_reason: 'refusal' }, 'refused'],
    ['that refuses without content', { stop_reason: 'refusal', content: [] }, 'refused'],
    ['cut at its longest', { stop_reason: 'max_tokens' }, 'truncated'],
    ['cut by the window', { stop_reason: 'model_context_window_exceeded' }, 'truncated'],
    ['that pauses', { stop_reason: 'pause_turn' }, 'truncated'],
    ['that calls a tool', { stop_reason: 'tool_use' }, 'malformed'],
    ['that stopped for a sequence nobody gave', { stop_reason: 'stop_sequence' }, 'malformed'],
    ['that ended in a new way', { stop_reason: 'vetoed' }, 'malformed'],
    ['that ended like a prototype', { stop_reason: 'constructor' }, 'malformed'],
    ['without an end', { stop_reason: null }, 'malformed'],
    ['without content', { content: [] }, 'malformed'],
    ['with an empty text', { content: [text('')] }, 'malformed'],
    ['with a text that is none', { content: [text(7)] }, 'malformed'],
    ['of two texts', { content: [text('{}'), text('{}')] }, 'malformed'],
    ['with a tool beside the text', { content: [text('{}'), { type: 'tool_use' }] }, 'malformed'],
    ['with content of a wrong kind', { content: '{}' }, 'malformed'],
    ['of another model', { model: 'claude-haiku-5-5' }, 'malformed'],
    ['of a model that begins alike', { model: `${MODEL}-preview` }, 'malformed'],
    ['of no model', { model: undefined }, 'malformed'],
    ['of a user', { role: 'user' }, 'malformed'],
    ['that is an error after all', { type: 'error' }, 'malformed'],
  ])('%s is no answer, and what it cost is known', async (_, changes, reason) => {
    const heard = await ask(() => HttpResponse.json(message(changes)))
    expect(heard).toEqual({
      ok: false,
      error: {
        reason,
        usage: { inputTokens: 1_000, outputTokens: 100, cacheReadTokens: 0, cacheWriteTokens: 400 },
        cost: (1_000 * 2 + 400 * 2.5 + 100 * 10) / 1_000_000,
      },
    })
  })

  it.each([
    undefined,
    null,
    {},
    { ...USAGE, input_tokens: -1 },
    { ...USAGE, output_tokens: 1.5 },
    { ...USAGE, output_tokens: '100' },
    { ...USAGE, input_tokens: 1e300 },
  ])('that does not say what it cost (%j) is no answer', async (usage) => {
    const heard = await ask(() => HttpResponse.json(message({ usage })))
    expect(heard).toEqual({ ok: false, error: { reason: 'malformed' } })
  })
})

describe('a body', () => {
  const json = { 'content-type': 'application/json' }
  const raw =
    (body: BodyInit | null, headers: Record<string, string> = json) =>
    () =>
      new HttpResponse(body as never, { status: 200, headers })

  it.each<[string, ReturnType<typeof raw>]>([
    ['of HTML', raw('<!doctype html><title>Sign in</title>', { 'content-type': 'text/html' })],
    ['of HTML called JSON', raw('<!doctype html>')],
    ['of JSON called text', raw(JSON.stringify(message()), { 'content-type': 'text/plain' })],
    ['of nothing', raw(null)],
    ['cut in half', raw(JSON.stringify(message()).slice(0, 90))],
    ['of another kind', raw('[]')],
    ['of null', raw('null')],
    ['of a number', raw('7')],
    ['nested out of all reason', raw(`${'['.repeat(400_000)}`)],
    ['above a mebibyte', raw(JSON.stringify(message({ padding: 'x'.repeat(1024 * 1024) })))],
    [
      'in another encoding',
      raw(
        Uint8Array.from(JSON.stringify(message({ note: 'é' })), (char) => char.charCodeAt(0))
          .buffer,
      ),
    ],
    [
      'of events',
      raw('event: message_start\ndata: {}\n\n', { 'content-type': 'text/event-stream' }),
    ],
  ])('%s is malformed', async (_, resolver) => {
    expect(await reasonFor(resolver)).toBe('malformed')
  })

  it('that breaks off is no connection', async () => {
    const broken = () =>
      new HttpResponse(
        new ReadableStream({
          start: (controller) => {
            controller.enqueue(new TextEncoder().encode('{"type":"mess'))
            controller.error(new Error(KEY))
          },
        }),
        { headers: json },
      )
    expect(await reasonFor(broken)).toBe('unreachable')
  })

  it('that never comes is no connection', async () => {
    expect(await reasonFor(() => HttpResponse.error())).toBe('unreachable')
  })
})
