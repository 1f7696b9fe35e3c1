// The service as one Node process: listens, works in the background, drains when told to stop.
import { readFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { Net } from '../adapters/net/send.ts'
import { rememberOnce } from '../gate/once.ts'
import type { Clock, ReviewPorts, Timings } from '../gate/ports.ts'
import { dailyTokens } from '../gate/review/budget.ts'
import { type TrackedBackground, trackedBackground } from './background.ts'
import { systemClock } from './clock.ts'
import { compose, randomReference } from './compose.ts'
import { nodeHasher } from './hasher.ts'
import { jsonLines } from './log.ts'
import { readNotes } from './notes-file.ts'
import { loadPolicy, type PolicySource, policySource } from './policy.ts'
import { whyUnread } from './policy-file.ts'
import { reviewPorts } from './review.ts'
import type { ReviewSettings, Settings } from './settings.ts'

export interface ServerOptions {
  /** Receives log lines without their line break; default standard output. */
  readonly writeLog?: (line: string) => void
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
  readonly clock?: Clock
  readonly timings?: Partial<Timings>
  /** How long `close` waits for open runs before it tells them to stop; default 20 s. */
  readonly graceMs?: number
}

export interface RunningServer {
  /** `http://127.0.0.1:8787`, without a trailing slash. */
  readonly url: string
  /** Takes no new delivery, lets open runs finish or report that they were not. */
  close(): Promise<void>
}

const GRACE_MS = 20_000
/** For the callbacks of runs that were told to stop. */
const LAST_MS = 5_000

/** @throws Error with one sentence when policy or notes are refused or the address cannot be had */
export async function startServer(
  settings: Settings,
  options: ServerOptions = {},
): Promise<RunningServer> {
  const clock = options.clock ?? systemClock
  const log = jsonLines(options.writeLog ?? ((line) => process.stdout.write(`${line}\n`)), clock)
  const send = options.fetch ?? ((url, init) => fetch(url, init))
  const net = { fetch: send, clock, random: Math.random }
  const found = await policySource(settings, { net, log }, (path) => readPolicy(path, settings))
  if (!found.ok) throw new Error(`HOLDGATE_CONFIG: ${found.error}.`)
  const policies = found.value
  const review = settings.review && (await reviewFrom(settings.review, net))
  const stopped = new AbortController()
  let background: TrackedBackground | undefined
  const { app } = await compose(settings, {
    get policy() {
      return policies.current()
    },
    fetch: send,
    clock,
    random: Math.random,
    newReference: randomReference,
    log,
    newHasher: nodeHasher,
    once: rememberOnce(clock),
    background: (gate) => {
      background = trackedBackground(gate)
      return background
    },
    ...(review === undefined ? {} : { review }),
    ...(options.timings === undefined ? {} : { timings: options.timings }),
  })
  const server = await listen(app.fetch, settings)
  const url = urlOf(server, settings.host)
  log('info', 'listening', { url, model: settings.review?.model ?? 'none is asked' })
  void keepFresh(policies, clock, stopped.signal)
  server.on('error', (error) => log('error', 'server-error', { error: error.name }))

  const close = async (): Promise<void> => {
    log('info', 'stopping')
    stopped.abort()
    const closed = new Promise((resolve) => server.close(resolve))
    await background?.drain({ graceMs: options.graceMs ?? GRACE_MS, lastMs: LAST_MS })
    server.closeAllConnections()
    await closed
    log('info', 'stopped')
  }
  let closing: Promise<void> | undefined
  return {
    url,
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

async function readPolicy(
  path: string | undefined,
  settings: Settings,
): ReturnType<typeof loadPolicy> {
  if (path === undefined) return loadPolicy(undefined, '', settings)
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`HOLDGATE_CONFIG: reading the policy file ${path}: ${whyUnread(error.code)}.`)
  })
  return loadPolicy(text, path, settings)
}

async function reviewFrom(settings: ReviewSettings, net: Net): Promise<ReviewPorts> {
  const { notes: path, dailyTokens: tokens } = settings
  const notes = path === undefined ? undefined : await readNotes(path)
  if (notes?.ok === false) throw new Error(`HOLDGATE_REVIEW_NOTES: ${path} ${notes.error}.`)
  return reviewPorts(settings, net, { budget: dailyTokens(tokens), notes: notes?.value })
}

const LOOK_MS = 60_000

/** Looks for a newer policy for as long as the process listens. */
async function keepFresh(policies: PolicySource, clock: Clock, stop: AbortSignal): Promise<void> {
  while (policies.changes && !stop.aborted) {
    await clock.sleep(LOOK_MS, stop)
    if (!stop.aborted) await policies.refresh()
  }
}

const WHY_DEAF: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'something else listens there; take another PORT'],
  ['EACCES', 'this user may not take this port; take one above 1023'],
  ['ENOTFOUND', 'nothing is known by this name; HOST is an address of this computer'],
  ['EADDRNOTAVAIL', 'this computer has no such address; 0.0.0.0 is all of them'],
])

function listen(
  handle: (request: Request) => Response | Promise<Response>,
  { host, port }: Settings,
): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve(
      { fetch: (request) => handle(request), hostname: host, port, overrideGlobalObjects: false },
      () => {
        server.off('error', refuse)
        resolve(server)
      },
    ) as Server
    const refuse = (error: NodeJS.ErrnoException): void => {
      const code = error.code ?? error.name
      const why = WHY_DEAF.get(code) ?? code
      reject(new Error(`listening on ${host}:${port} (HOST, PORT): ${why}.`))
    }
    server.once('error', refuse)
  })
}

function urlOf(server: Server, host: string): string {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}
