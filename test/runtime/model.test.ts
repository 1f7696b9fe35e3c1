// The adapter in workerd: its fetch, its streams and its timers are not Node's.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unstable_startWorker } from 'wrangler'
import { MODEL_FAULTS, type ModelFaultName } from '../../src/entry/practice/model/faults.ts'
import { type PracticeModel, startPracticeModel } from '../../src/entry/practice/model/server.ts'

process.env.WRANGLER_SEND_METRICS = 'false'
process.env.WRANGLER_HIDE_BANNER = 'true'
process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'

const START_MS = 40_000

let worker: Awaited<ReturnType<typeof unstable_startWorker>>
let model: PracticeModel

beforeAll(async () => {
  model = await startPracticeModel()
  worker = await unstable_startWorker({
    name: 'model-worker',
    entrypoint: './test/support/model-worker.ts',
    compatibilityDate: '2026-10-23',
    dev: {
      server: { port: 0 },
      inspector: false,
      persist: false,
      watch: false,
      liveReload: false,
      logLevel: 'error',
    },
  })
  await worker.ready
}, START_MS)

afterAll(async () => {
  await worker?.dispose()
  await model?.close()
})

async function ask(fault: ModelFaultName | undefined, forMs = 10_000): Promise<unknown> {
  model.fail(fault === undefined ? [] : [{ fault: MODEL_FAULTS[fault], times: 'always' }])
  const response = await fetch(await worker.url, {
    method: 'POST',
    body: JSON.stringify({ baseUrl: model.origin, apiKey: model.apiKey, forMs }),
  })
  return response.json()
}

describe('in workerd', () => {
  it('an answer is heard, and nothing about where it runs goes out', async () => {
    expect(await ask(undefined)).toMatchObject({ ok: true, value: { model: 'claude-sonnet-5-5' } })
    expect(model.violations).toEqual([])
    expect(JSON.stringify(model.requests.at(-1)?.headers)).not.toMatch(/stainless/)
  })

  it.each<[ModelFaultName, string]>([
    ['wrong-key', 'rejected'],
    ['rate-limited-a-minute', 'rate-limited'],
    ['refusal', 'refused'],
    ['max-tokens', 'truncated'],
    ['html', 'malformed'],
    ['latin-1', 'malformed'],
    ['huge', 'malformed'],
    ['redirect', 'unreachable'],
  ])('%s is %s', async (fault, reason) => {
    expect(await ask(fault)).toMatchObject({ ok: false, error: { reason } })
    expect(model.violations).toEqual([])
  })

  it.each<[ModelFaultName, string]>([
    ['reset', 'unreachable'],
    ['hang', 'timed-out'],
    ['trickle', 'timed-out'],
  ])('%s is %s, in time', async (fault, reason) => {
    expect(await ask(fault, 2_100)).toMatchObject({ ok: false, error: { reason } })
  })
})
