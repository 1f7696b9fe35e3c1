// What the Worker builds from its bindings. Settings and policy are read once for each isolate and
// kept as values, never as promises: work begun in one request must not be awaited in another.

import { isAddress } from '../adapters/config/remote.ts'
import type { Net } from '../adapters/net/send.ts'
import { err, ok, type Result } from '../core/result.ts'
import { refuseAssess } from '../gate/assess-route.ts'
import { rememberOnce } from '../gate/once.ts'
import type { Background, Once, TokenBudget } from '../gate/ports.ts'
import { problem } from '../gate/problem.ts'
import { dailyTokens } from '../gate/review/budget.ts'
import type { GatePorts } from '../gate/run.ts'
import { systemClock } from './clock.ts'
import { type Composition, compose, randomReference } from './compose.ts'
import { workerHasher } from './hasher-worker.ts'
import { jsonLines } from './log.ts'
import { checkNotes } from './notes.ts'
import { loadPolicy, type PolicySource, policySource } from './policy.ts'
import { reviewPorts } from './review.ts'
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
  readonly policies: PolicySource
  readonly once: Once
  readonly budget: TokenBudget
}

const net: Net = { fetch: (url, init) => fetch(url, init), clock: systemClock, random: Math.random }
const log = jsonLines((line) => console.log(line), systemClock)

const kept = new WeakMap<WorkerEnvironment, Result<Kept, string>>()

/** @returns one sentence naming the setting that is missing or malformed */
export async function workerService(
  env: WorkerEnvironment,
  background: (gate: GatePorts) => Background,
): Promise<Result<Composition, string>> {
  const read = kept.get(env) ?? (await readOnce(env))
  // An address that did not answer may answer the next request; a malformed setting stays one.
  if (read.ok || !isAddress(String(env.HOLDGATE_CONFIG ?? ''))) kept.set(env, read)
  if (!read.ok) return read
  const { settings, policies, once, budget } = read.value
  const { review } = settings
  await policies.refresh()
  return ok(
    await compose(settings, {
      get policy() {
        return policies.current()
      },
      once,
      background,
      ...net,
      newReference: randomReference,
      log,
      newHasher: workerHasher,
      maxKeptBytes: MAX_KEPT_BYTES,
      ...(review && { review: reviewPorts(review, net, { budget, notes: review.notes }) }),
    }),
  )
}

/** An isolate has 128 MB for everything it does at once (Cloudflare, Workers limits). */
const MAX_KEPT_BYTES = 24 * 1024 * 1024

async function readOnce(env: WorkerEnvironment): Promise<Result<Kept, string>> {
  const settings = readSettings(env)
  if (!settings.ok) return settings
  const policies = await policySource(settings.value, { net, log }, (text) =>
    loadPolicy(text, 'HOLDGATE_CONFIG', settings.value),
  )
  if (!policies.ok) return err(`${policies.error}.`)
  const { review } = settings.value
  const notes = checkNotes(review?.notes ?? '')
  if (!notes.ok) return err(`HOLDGATE_REVIEW_NOTES ${notes.error}.`)
  const once = rememberOnce(systemClock)
  const budget = dailyTokens(review?.dailyTokens ?? 0)
  return ok({ settings: settings.value, policies: policies.value, once, budget })
}

/** Misconfigured, the service answers only that it is alive; nothing is ever released. */
export function onlyHealth(request: Request, sentence: string): Response {
  const { pathname } = new URL(request.url)
  if (pathname === '/healthz') return Response.json({ status: 'ok' })
  return pathname === '/assess'
    ? refuseAssess(request, { status: 503, detail: sentence })
    : problem(503, sentence)
}
