// The whole way of the configuration: delivered by the practice platform, opened by the adapter, read.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { secret } from '../../../src/adapters/net/secret.ts'
import { tfcPlatform } from '../../../src/adapters/platform/tfc/index.ts'
import { readCode } from '../../../src/core/review/code/read.ts'
import { systemClock as clock } from '../../../src/entry/clock.ts'
import type { Faults } from '../../../src/entry/practice/faults.ts'
import type { PracticeRun } from '../../../src/entry/practice/recording.ts'
import { type PracticePlatform, startPlatform } from '../../../src/entry/practice/server.ts'
import type { Run } from '../../../src/gate/ports.ts'

const KEY = 'a-key-of-the-practice-0001'
const CODE = {
  kind: 'folder',
  path: new URL('../../../fixtures/demo/rule-swap/', import.meta.url).pathname,
} as const
const WANTED = {
  mode: 'managed',
  type: 'aws_vpc_security_group_ingress_rule',
  name: 'https',
  address: 'aws_vpc_security_group_ingress_rule.https',
  place: { kind: 'directory', steps: [] },
} as const

let platform: PracticePlatform

beforeAll(async () => {
  platform = await startPlatform()
})

afterAll(() => platform.close())

async function received(run: PracticeRun, again = false): Promise<Run> {
  const net = {
    fetch: (url: string, init: RequestInit) => fetch(url, init),
    clock,
    random: () => 0,
  }
  const origins = [platform.origin, platform.storeOrigin]
  const service = tfcPlatform({ keys: [secret(KEY)], origins, net })
  let taken: Run | undefined
  await platform.deliver(run, {
    url: 'http://service.test/run-task',
    hmacKey: KEY,
    fetch: async (url, init) => {
      const delivery = await service.receive(new Request(url, init))
      if (delivery.ok && delivery.value.kind === 'run') taken = delivery.value.run
      return new Response()
    },
  })
  const kept = again ? await service.reopen((await taken?.seal()) ?? '') : taken
  if (kept === undefined) throw new Error('not taken')
  return kept
}

async function opened(faults: Faults = {}, again = false) {
  const run = platform.openRun({ code: CODE, faults })
  const taken = await received(run, again)
  const until = Date.now() + 10_000
  const stream = await taken.openCode?.({ until, signal: AbortSignal.timeout(10_000) })
  return { run, stream }
}

describe('the configuration of a practice run', () => {
  it.each([false, true])('is found and read (sealed in between: %j)', async (again) => {
    const { run, stream } = await opened({}, again)
    const reading = stream && (await readCode(stream, [WANTED]))
    expect(reading).toMatchObject({ ok: true, value: { missing: [], skipped: [] } })
    expect(reading?.ok === true && reading.value.blocks[0]?.text).toContain('"10.1.0.0/16"')
    expect(run.requests.map(({ door, answered }) => [door, answered])).toEqual([
      ['api', 302],
      ['store', 200],
    ])
    expect(run.violations).toEqual([])
  })

  it('is not asked for before somebody opens it', async () => {
    const run = platform.openRun({ code: CODE })
    await received(run)
    expect(run.requests).toEqual([])
  })

  it('is none where the delivery names none', async () => {
    const run = platform.openRun({})
    const taken = await received(run)
    const limits = { until: Date.now() + 1_000, signal: AbortSignal.timeout(1_000) }
    expect(await taken.openCode?.(limits)).toBeUndefined()
    expect(run.requests).toEqual([])
  })

  it.each([401, 404])('is none where the platform answers %i', async (status) => {
    const { stream } = await opened({ code: [{ fault: { kind: 'status', status }, times: 1 }] })
    expect(stream).toBeUndefined()
  })

  it('is none where the store is gone, and never fetched from a stranger', async () => {
    const gone = {
      code: [],
      codeStore: [{ fault: { kind: 'status', status: 404 }, times: 1 }],
    } as const
    expect((await opened(gone)).stream).toBeUndefined()
    const to = `${platform.strangerOrigin}/x`
    const away = { code: [{ fault: { kind: 'redirect', to }, times: 1 }] } as const
    expect((await opened(away)).stream).toBeUndefined()
    expect(platform.requests.filter(({ door }) => door === 'stranger')).toEqual([])
  })

  it.each([
    [{ kind: 'truncated' }, 'The archive of the configuration is damaged or incomplete.'],
    [{ kind: 'empty' }, 'The archive of the configuration is empty or could not be fetched.'],
    [
      { kind: 'wrong-content', text: '<html>' },
      'The archive of the configuration is not compressed by gzip.',
    ],
  ] as const)('that is spoiled (%j) is one sentence', async (codeContent, error) => {
    const { stream } = await opened({ codeContent })
    expect(stream && (await readCode(stream, [WANTED]))).toEqual({ ok: false, error })
  })

  it('that is a bomb is read up to the bound', async () => {
    const { stream } = await opened({ codeContent: { kind: 'bomb', bytes: 80 * 1024 * 1024 } })
    const reading = stream && (await readCode(stream, [WANTED]))
    expect(reading).toMatchObject({
      ok: true,
      value: { missing: [], skipped: [expect.stringContaining('larger than the bounds')] },
    })
  })
})
