// A practice platform and a service under test, joined. The suites speak to both over HTTP only, so
// that the same suite holds for every runtime.
import { afterAll, beforeAll } from 'vitest'
import { sign } from '../../src/entry/practice/payload.ts'
import { finals, type PracticeRun, type TakenCallback } from '../../src/entry/practice/recording.ts'
import {
  type PracticePlatform,
  type RunOptions,
  startPlatform,
} from '../../src/entry/practice/server.ts'
import { HELD_PLAN } from './plans.ts'

export const HMAC_KEY = 'conformance-key-4f1d9c7e2b6a8035'
const WAIT_MS = 20_000

export type Settings = Readonly<Record<string, string>>

export interface Runtime {
  readonly name: string
  /** Seconds of the service's clock in one real second: 1 where the clock is the system's. */
  readonly speed: number
  /** Policy and notes are paths here, and texts elsewhere. */
  readonly readsFiles?: true
  start(settings: Settings): Promise<Service>
}

export interface Service {
  request(path: string, init?: RequestInit): Promise<Response>
  /** All that was logged so far. */
  logs(): string
  logLines(): readonly string[]
  /** Stops without waiting for work in flight. */
  kill(): Promise<void>
}

export interface Rig {
  readonly platform: PracticePlatform
  readonly service: Service
  open(options?: RunOptions): PracticeRun
  deliver(run: PracticeRun): Promise<Response>
  verify(): Promise<Response>
  /** Posts these bytes to the webhook, signed with the right key unless `headers` say otherwise. */
  post(body: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  final(run: PracticeRun): Promise<TakenCallback>
  /** Opens a run, delivers it and waits for its final callback. */
  decide(options?: RunOptions): Promise<{ run: PracticeRun; final: TakenCallback }>
  /** Resolves once the service has brought a later run to its end. */
  settled(): Promise<void>
}

/** What a section of a suite works with. */
export interface Bench {
  readonly runtime: Runtime
  readonly rig: () => Rig
  /** Another service of the same kind, with a time limit of seconds. */
  readonly hasty: () => Rig
}

/** Starts platform and service before the tests of this block, and stops them after. */
export function rigFor(runtime: Runtime, settings: Settings = {}): () => Rig {
  let rig: Rig | undefined
  beforeAll(async () => {
    rig = await startRig(runtime, settings)
  })
  afterAll(async () => {
    await rig?.service.kill()
    await rig?.platform.close()
  })
  return () => {
    if (rig === undefined) throw new Error('the rig is not up')
    return rig
  }
}

/** Settings that make a service trust this platform and its object store. */
export function settingsFor(platform: PracticePlatform): Settings {
  return {
    HOLDGATE_HMAC_KEY: HMAC_KEY,
    HOLDGATE_PLATFORM_ORIGINS: `${platform.origin},${platform.storeOrigin}`,
  }
}

/** The least time limit that leaves about five real seconds for a run. */
export function shortTimeLimit(runtime: Runtime): Settings {
  return { HOLDGATE_TIME_LIMIT: runtime.speed > 1 ? '1m' : '5s' }
}

export async function startRig(runtime: Runtime, settings: Settings = {}): Promise<Rig> {
  const platform = await startPlatform()
  const service = await runtime.start({ ...settingsFor(platform), ...settings })
  const webhook = {
    url: '/run-task',
    hmacKey: HMAC_KEY,
    fetch: (path: string, init: RequestInit) => service.request(path, init),
  }
  const open = (options: RunOptions = {}): PracticeRun =>
    platform.openRun({ plan: { kind: 'text', text: HELD_PLAN }, ...options })
  const final = (run: PracticeRun): Promise<TakenCallback> =>
    platform.until('a final callback', () => finals(run)[0], WAIT_MS)
  const decide: Rig['decide'] = async (options) => {
    const run = open(options)
    const answer = await platform.deliver(run, webhook)
    if (answer.status !== 200) throw new Error(`the delivery was answered ${answer.status}`)
    return { run, final: await final(run) }
  }
  return {
    platform,
    service,
    open,
    final,
    decide,
    deliver: (run) => platform.deliver(run, webhook),
    verify: () => platform.verify(webhook),
    post: (body, headers = {}) =>
      service.request('/run-task', {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'x-tfc-task-signature': sign(body, HMAC_KEY),
          ...headers,
        },
      }),
    settled: async () => {
      await decide()
    },
  }
}

/** Everything a person or another machine gets to see of a run. */
export function shown(callbacks: readonly TakenCallback[]): string {
  return callbacks.map(({ request }) => request.body).join('\n')
}
