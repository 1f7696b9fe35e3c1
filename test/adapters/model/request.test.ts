// What leaves: the documented body and five headers, whatever the environment says.
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { anthropicReviewer } from '../../../src/adapters/model/anthropic.ts'
import { secret } from '../../../src/adapters/net/secret.ts'
import type { Prompt } from '../../../src/core/review/model.ts'
import { manualClock } from '../../support/manual-clock.ts'
import { MODEL, message, PROMPT } from '../../support/model-provider.ts'

const KEY = 'sk-test-KEY0123456789abcdefghij'
const seen: { url: string; headers: Record<string, string>; body: Record<string, unknown> }[] = []

const provider = setupServer()
beforeAll(() => provider.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => {
  seen.length = 0
  provider.use(
    http.post('https://*/v1/messages', async ({ request }) => {
      const body = (await request.json()) as Record<string, unknown>
      seen.push({ url: request.url, headers: Object.fromEntries(request.headers), body })
      return HttpResponse.json(message({ model: body.model }))
    }),
  )
})
afterEach(() => {
  provider.resetHandlers()
  vi.unstubAllEnvs()
})
afterAll(() => provider.close())

async function ask(prompt: Prompt = PROMPT, model = MODEL, baseUrl?: string) {
  const clock = { ...manualClock(0), sleep: () => new Promise<void>(() => undefined) }
  const reviewer = anthropicReviewer({
    apiKey: secret(KEY),
    model,
    net: { fetch: (url, init) => fetch(url, init), clock, random: () => 0 },
    ...(baseUrl === undefined ? {} : { baseUrl }),
  })
  const heard = await reviewer.ask(prompt, { until: 60_000, signal: new AbortController().signal })
  return { heard, request: seen.at(-1) }
}

describe('a request', () => {
  it('is one message with a schema, no tools and no sampling', async () => {
    const { request } = await ask()
    expect(request?.url).toBe('https://api.anthropic.com/v1/messages')
    const { output_config, ...body } = request?.body ?? {}
    const cache_control = { type: 'ephemeral' }
    expect(body).toEqual({
      model: MODEL,
      max_tokens: 16_000,
      system: [{ type: 'text', text: PROMPT.system, cache_control }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: PROMPT.blocks[0], cache_control },
            { type: 'text', text: PROMPT.blocks[1] },
          ],
        },
      ],
    })
    expect(output_config).toMatchObject({
      effort: 'medium',
      format: { type: 'json_schema', schema: { type: 'object', additionalProperties: false } },
    })
  })

  it('keeps what the API enforces of a schema and turns the rest into words', async () => {
    const { request } = await ask()
    const text = JSON.stringify(request?.body.output_config)
    expect(text).toContain('"enum":["release","hold","unsure"]')
    expect(text).toContain('"required":["position","claims"]')
    expect(text).not.toMatch(/"maxLength":|"maxItems":/)
    expect(text).toContain('maxLength')
  })

  it.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 3],
    [9, 3],
  ])('of %i blocks has %i of them cached beside the system', async (blocks, cached) => {
    const [first, ...rest] = Array.from({ length: blocks }, (_, n) => `block ${n}`)
    const { request } = await ask({ ...PROMPT, blocks: [first ?? '', ...rest] })
    const marks = JSON.stringify(request?.body.messages).match(/cache_control/g) ?? []
    expect(marks).toHaveLength(cached)
  })

  it('carries its key in one header and tells nothing about where it runs', async () => {
    const { request } = await ask()
    expect(request?.headers.authorization).toBe(`Bearer ${KEY}`)
    expect(request?.headers['anthropic-version']).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    const others = { ...request?.headers, authorization: '' }
    expect(JSON.stringify([others, request?.body])).not.toContain(KEY)
    expect(JSON.stringify(request)).not.toMatch(/stainless|x-api-key|node\/|linux/i)
  })

  it('takes nothing from the environment', async () => {
    vi.stubEnv('ANTHROPIC_BASE_URL', 'https://evil.example')
    vi.stubEnv('ANTHROPIC_API_KEY', 'sk-other')
    vi.stubEnv('ANTHROPIC_AUTH_TOKEN', 'other')
    vi.stubEnv('ANTHROPIC_LOG', 'debug')
    vi.stubEnv('ANTHROPIC_CUSTOM_HEADERS', 'Authorization: Bearer other\nX-Extra: 1')
    const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
      vi.spyOn(console, name),
    )
    const { request } = await ask()
    expect(request?.url).toBe('https://api.anthropic.com/v1/messages')
    expect(request?.headers.authorization).toBe(`Bearer ${KEY}`)
    expect(request?.headers['x-extra']).toBeUndefined()
    for (const spy of spies) expect(spy).not.toHaveBeenCalled()
  })

  it('goes to the gateway that was set, below its path', async () => {
    const { request } = await ask(PROMPT, MODEL, 'https://gateway.example/anthropic')
    expect(request?.url).toBe('https://gateway.example/anthropic/v1/messages')
  })

  it('leaves the effort to a model it does not know', async () => {
    const { request } = await ask(PROMPT, 'vendor/some-model')
    expect(request?.body.output_config).not.toHaveProperty('effort')
  })

  it('is the same bytes for the same prompt', async () => {
    const first = (await ask()).request?.body
    const again = (await ask()).request?.body
    expect(JSON.stringify(again)).toBe(JSON.stringify(first))
  })
})

describe('an answer', () => {
  it('is its text, its model and what it cost', async () => {
    const { heard } = await ask()
    expect(heard).toEqual({
      ok: true,
      value: {
        text: '{"position":"unsure","claims":[]}',
        model: MODEL,
        usage: { inputTokens: 1_000, outputTokens: 100, cacheReadTokens: 0, cacheWriteTokens: 400 },
        cost: 0.004,
      },
    })
  })

  it('of an unknown model has no price', async () => {
    const { heard } = await ask(PROMPT, 'claude-someday-9')
    expect(heard).toMatchObject({ ok: true, value: { model: 'claude-someday-9', cost: null } })
  })

  it.each([
    ['claude-sonnet-5-5', 'claude-sonnet-5-5-20261021'],
    ['anthropic/claude-sonnet-5-5', 'claude-sonnet-5-5'],
  ])('to %s may come from %s', async (asked, answered) => {
    provider.use(
      http.post('https://*/v1/messages', () => HttpResponse.json(message({ model: answered }))),
    )
    expect((await ask(PROMPT, asked)).heard).toMatchObject({ ok: true, value: { model: answered } })
  })

  it('may think before it speaks', async () => {
    const content = [
      { type: 'thinking', thinking: 'hm', signature: 's' },
      { type: 'redacted_thinking', data: 'x' },
      { type: 'text', text: '{}' },
    ]
    provider.use(http.post('https://*/v1/messages', () => HttpResponse.json(message({ content }))))
    expect((await ask()).heard).toMatchObject({ ok: true, value: { text: '{}' } })
  })
})
