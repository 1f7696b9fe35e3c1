// What the Worker builds from its bindings. Settings and policy are read once for each isolate and
// kept as values, never as promises: work begun in one request must not be awaited in another.
import type { Policy } from '../core/policy/policy.ts'
import { err, ok, type Result } from '../core/result.ts'
import { rememberOnce } from '../gate/once.ts'
import type { Background, Once } from '../gate/ports.ts'
import { problem } from '../gate/problem.ts'
import type { GatePorts } from '../gate/run.ts'
import { systemClock } from './clock.ts'
import { type Composition, compose, randomReference } from './compose.ts'
import { workerHasher } from './hasher-worker.ts'
import { jsonLines } from './log.ts'
import { loadPolicy } from './policy.ts'
import { readSettings, type Settings } from './settings.ts'

/** Vars and secrets, and the queue where one is bound. */
export interface WorkerEnvironment {
  readonly RUNS?: { send(body: string): Promise<unknown> }
  readonly [name: string]: unknown
}

export interface ExecutionContext {
  waitUntil(job: Promise<unknown>): void
}

interface Kept {
  readonly settings: Settings
  readonly policy: Policy
  readonly once: Once
}

const kept = new WeakMap<WorkerEnvironment, Result<Kept, string>>()

/** @returns one sentence naming the setting that is missing or malformed */
export async function workerService(
  env: WorkerEnvironment,
  background: (gate: GatePorts) => Background,
): Promise<Result<Composition, string>> {
  const read = kept.get(env) ?? (await readOnce(env))
  kept.set(env, read)
  if (!read.ok) return read
  const { settings, policy, once } = read.value
  return ok(
    await compose(settings, {
      policy,
      once,
      background,
      fetch: (url, init) => fetch(url, init),
      clock: systemClock,
      random: Math.random,
      newReference: randomReference,
      log: jsonLines((line) => console.log(line), systemClock),
      newHasher: workerHasher,
      maxKeptBytes: MAX_KEPT_BYTES,
    }),
  )
}

/** An isolate has 128 MB for everything it does at once (Cloudflare, Workers limits). */
const MAX_KEPT_BYTES = 24 * 1024 * 1024

async function readOnce(env: WorkerEnvironment): Promise<Result<Kept, string>> {
  const settings = readSettings(env)
  if (!settings.ok) return settings
  const policy = await loadPolicy(settings.value.config, 'HOLDGATE_CONFIG', settings.value)
  if (!policy.ok) return err(`${policy.error}.`)
  const once = rememberOnce(systemClock)
  return ok({ settings: settings.value, policy: policy.value, once })
}

/** Misconfigured, the service answers only that it is alive; nothing is ever released. */
export function onlyHealth(request: Request, sentence: string): Response {
  return new URL(request.url).pathname === '/healthz'
    ? Response.json({ status: 'ok' })
    : problem(503, sentence)
}
