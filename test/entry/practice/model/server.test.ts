// The practice model keeps the real one's rules, and each of its faults is heard as what it is.
import { afterEach, describe, expect, it } from 'vitest'
import { anthropicReviewer } from '../../../../src/adapters/model/anthropic.ts'
import { secret } from '../../../../src/adapters/net/secret.ts'
import type { Prompt } from '../../../../src/core/review/model.ts'
import { systemClock } from '../../../../src/entry/clock.ts'
import { MODEL_FAULTS, type ModelFaultName } from '../../../../src/entry/practice/model/faults.ts'
import {
  type PracticeModel,
  type PracticeModelOptions,
  startPracticeModel,
} from '../../../../src/entry/practice/model/server.ts'
import type { Clock } from '../../../../src/gate/ports.ts'
import { MODEL, PROMPT } from '../../../support/model-provider.ts'

/** The schema without what the API does not take: the SDK's rewriting is not what is tested here. */
const BODY = {
  model: MODEL,
  max_tokens: 100,
  messages: [{ role: 'user', content: 'The packet: none.' }],
}

const open: PracticeModel[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((model) => model.close()))
})

async function start(options: PracticeModelOptions = {}): Promise<PracticeModel> {
  const model = await startPracticeModel(options)
  open.push(model)
  return model
}

function post(model: PracticeModel, body: unknown, headers: Record<string, string> = {}) {
  return fetch(`${model.origin}/v1/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${model.apiKey}`,
      'anthropic-version': '2026-10-21',
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(body),
  })
}

/** No attempt fits after the first, and a wait is over as soon as the attempt has had its chance. */
function reviewerFor(model: PracticeModel, clock: Clock) {
  const reviewer = anthropicReviewer({
    apiKey: secret(model.apiKey),
    baseUrl: model.origin,
    model: MODEL,
    net: { fetch: (url, init) => fetch(url, init), clock, random: () => 0 },
  })
  return (prompt: Prompt = PROMPT, signal = new AbortController().signal) =>
    reviewer.ask(prompt, { until: clock.now() + 2_100, signal })
}

describe('the practice model', () => {
  it('admits what the adapter sends and remembers every byte of it', async () => {
    const model = await start()
    const heard = await reviewerFor(model, systemClock)()
    expect(heard.ok).toBe(true)
    expect(model.violations).toEqual([])
    expect(model.requests.map(({ body }) => body).join()).toContain('the rest')
    expect(model.asked[0]).toMatchObject({ model: MODEL, blocks: PROMPT.blocks, cachedBlocks: 2 })
  })

  it.each<[string, unknown, number]>([
    ['without a model', { ...BODY, model: undefined }, 400],
    ['without a length', { ...BODY, max_tokens: undefined }, 400],
    ['with a temperature', { ...BODY, temperature: 1 }, 400],
    ['with top_k', { ...BODY, top_k: 1 }, 400],
    ['with a member nobody knows', { ...BODY, output_format: {} }, 400],
    ['with an empty text', { ...BODY, messages: [{ role: 'user', content: '' }] }, 400],
    ['of an assistant', { ...BODY, messages: [{ role: 'assistant', content: 'x' }] }, 400],
    [
      'with five breakpoints',
      {
        ...BODY,
        system: Array(5).fill({ type: 'text', text: 'x', cache_control: { type: 'ephemeral' } }),
      },
      400,
    ],
    [
      'with a schema that takes any member',
      { ...BODY, output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } },
      400,
    ],
    [
      'with a length in the schema',
      {
        ...BODY,
        output_config: {
          format: {
            type: 'json_schema',
            schema: {
              type: 'object',
              additionalProperties: false,
              properties: { says: { type: 'string', maxLength: 9 } },
            },
          },
        },
      },
      400,
    ],
    ['that is no object', [], 400],
    ['as it should be', BODY, 200],
  ])('answers a request %s as the real one does', async (_, body, status) => {
    expect((await post(await start(), body)).status).toBe(status)
  })

  it('takes no key but its own, and none in another header', async () => {
    const model = await start()
    expect((await post(model, BODY, { authorization: 'Bearer other' })).status).toBe(401)
    const old = { authorization: '', 'x-api-key': model.apiKey }
    expect((await post(model, BODY, old)).status).toBe(401)
    expect((await post(model, BODY, { 'anthropic-version': '2023-06-01' })).status).toBe(400)
    expect((await fetch(`${model.origin}/v1/models`)).status).toBe(404)
  })

  it('fails as often as it is told, and then answers', async () => {
    const model = await start({
      faults: [
        { fault: MODEL_FAULTS.overloaded, times: 2 },
        { fault: MODEL_FAULTS['server-error'], times: 1 },
      ],
    })
    const statuses: number[] = []
    for (let n = 0; n < 4; n += 1) statuses.push((await post(model, BODY)).status)
    expect(statuses).toEqual([529, 529, 500, 200])
  })
})

/** What the adapter makes of each; `an answer` where only the text is wrong, which others have to see. */
const HEARD: Readonly<Record<ModelFaultName, string>> = {
  'bad-request': 'rejected',
  'wrong-key': 'rejected',
  forbidden: 'rejected',
  'no-such-model': 'rejected',
  'too-large': 'rejected',
  'rate-limited': 'rate-limited',
  'rate-limited-shortly': 'rate-limited',
  'rate-limited-a-minute': 'rate-limited',
  'rate-limited-for-ages': 'rate-limited',
  'server-error': 'overloaded',
  unavailable: 'overloaded',
  overloaded: 'overloaded',
  refusal: 'refused',
  'refusal-with-text': 'refused',
  'cut-by-length': 'an answer',
  'max-tokens': 'truncated',
  'window-exceeded': 'truncated',
  paused: 'truncated',
  'tool-use': 'malformed',
  'not-json': 'an answer',
  'fenced-json': 'an answer',
  'wrong-schema': 'an answer',
  'duplicate-keys': 'an answer',
  'two-answers': 'an answer',
  'no-content': 'malformed',
  'empty-text': 'malformed',
  'other-model': 'malformed',
  'no-usage': 'malformed',
  'negative-usage': 'malformed',
  html: 'malformed',
  'html-as-json': 'malformed',
  'latin-1': 'malformed',
  'empty-body': 'malformed',
  reset: 'unreachable',
  hang: 'timed-out',
  trickle: 'timed-out',
  huge: 'malformed',
  redirect: 'unreachable',
}

describe('a fault of the practice model', () => {
  it.each(Object.entries(HEARD))('%s is heard as: %s', async (name, expected) => {
    const model = await start({
      faults: [{ fault: MODEL_FAULTS[name as ModelFaultName], times: 'always' }],
    })
    const endless = expected === 'timed-out'
    // Time stands still, except where nothing else would ever end the attempt.
    const clock: Clock = {
      now: () => 0,
      sleep: (_, signal) =>
        endless
          ? untilAsked(model)
          : new Promise((done) => signal?.addEventListener('abort', () => done(), { once: true })),
    }
    const heard = await reviewerFor(model, clock)()
    expect(heard.ok ? 'an answer' : heard.error.reason).toBe(expected)
    expect(model.requests).toHaveLength(1)
    expect(model.violations).toEqual([])
  })
})

async function untilAsked(model: PracticeModel): Promise<void> {
  while (model.requests.length === 0) await new Promise((done) => setImmediate(done))
}
