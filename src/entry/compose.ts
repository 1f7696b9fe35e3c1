// Settings and a runtime become the service. The one place where concrete adapters are named.
import type { Hono } from 'hono'
import type { Secret } from '../adapters/net/secret.ts'
import type { Net } from '../adapters/net/send.ts'
import { tokenCheck } from '../adapters/net/token.ts'
import { tfcPlatform } from '../adapters/platform/tfc/index.ts'
import { needsNeighbours } from '../core/analysis/facts.ts'
import type { Hasher } from '../core/plan/read.ts'
import type { Policy } from '../core/policy/policy.ts'
import { render } from '../core/report/render.ts'
import { createApp } from '../gate/http.ts'
import type { Background, Clock, Log, Once, Platform, ReviewPorts, Timings } from '../gate/ports.ts'
import type { GatePorts } from '../gate/run.ts'
import type { Settings } from './settings.ts'

export interface Runtime {
  /** Read anew for each run: it may change while the service is up. */
  readonly policy: Policy
  readonly fetch: Net['fetch']
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly newReference: () => string
  readonly log: Log
  readonly newHasher: () => Hasher
  readonly once: Once
  /** Absent: no model is asked. */
  readonly review?: ReviewPorts
  /** Where memory is short: cap on what is kept of a plan, in bytes. */
  readonly maxKeptBytes?: number
  /** How this runtime carries on after the answer. */
  readonly background: (gate: GatePorts) => Background
  readonly timings?: Partial<Timings>
}

export interface Composition {
  readonly app: Hono
  readonly gate: GatePorts
  /** The platform whose runs may be sealed into queue messages. */
  readonly platform: Platform
}

const DEFAULT_TIMINGS: Omit<Timings, 'timeLimitMs'> = {
  firstBeatMs: 5_000,
  beatMs: 180_000,
  beatAgainMs: 30_000,
}

export async function compose(settings: Settings, runtime: Runtime): Promise<Composition> {
  const { fetch, clock, random, newReference, log, newHasher, once } = runtime
  const { hmacKeys, platformOrigins, maxPlanBytes, timeLimitMs } = settings
  const platform = tfcPlatform({
    keys: hmacKeys,
    origins: platformOrigins,
    net: { fetch, clock, random },
  })
  const gate: GatePorts = {
    get policy() {
      return runtime.policy
    },
    newHasher,
    keepUnchanged: needsNeighbours,
    clock,
    newReference,
    log,
    timings: { ...DEFAULT_TIMINGS, timeLimitMs, ...runtime.timings },
    ...(maxPlanBytes === undefined ? {} : { maxPlanBytes }),
    ...(runtime.review === undefined ? {} : { review: runtime.review }),
    ...(runtime.maxKeptBytes === undefined ? {} : { maxKeptBytes: runtime.maxKeptBytes }),
  }
  const app = createApp({
    ...gate,
    // A spread copies values, and this one has to stay a question.
    get policy() {
      return runtime.policy
    },
    platforms: [platform],
    background: runtime.background(gate),
    once,
    render,
    ...(await assessToken(settings.assessToken)),
  })
  return { app, gate, platform }
}

async function assessToken(
  token: Secret | undefined,
): Promise<{ assessToken?: Awaited<ReturnType<typeof tokenCheck>> }> {
  return token === undefined ? {} : { assessToken: await tokenCheck(token) }
}

/** Eight characters a person can read out: enough to find one line in a log. */
export function randomReference(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(4))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
