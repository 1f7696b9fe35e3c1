// A platform to practise with: what HCP Terraform does around a run task, on 127.0.0.1 only, with an
// object store on an origin of its own and a third origin that nobody has any business calling. It
// keeps the documented rules strictly, misbehaves on command, and remembers all it received.
import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { readCallback } from './callback-rules.ts'
import { archiveOf, type CodeSource, serveArchive } from './code.ts'
import { type PlanSource, servePlan } from './content.ts'
import { answer, JSON_API, misbehave, openDoor } from './door.ts'
import { type Fault, type Faults, faultQueue } from './faults.ts'
import {
  deliveryPayload,
  newIdentity,
  type RunDescription,
  sign,
  verificationPayload,
} from './payload.ts'
import {
  type Bell,
  finals,
  newBell,
  type PracticeRun,
  type ReceivedRequest,
  type RunRecord,
} from './recording.ts'

/** A temporary address works once, for a minute. */
const TEMPORARY_ADDRESS_MS = 60_000

export interface RunOptions extends Partial<RunDescription> {
  /** Nothing means: the platform has no plan for this run (404). */
  readonly plan?: PlanSource
  /** Nothing means: the delivery names no configuration. */
  readonly code?: CodeSource
  readonly faults?: Faults
  /** Replaces or, with undefined, removes members of the delivery. */
  readonly override?: Readonly<Record<string, unknown>>
}

/** The registered run task. */
export interface Webhook {
  readonly url: string
  readonly hmacKey: string
  /** Reaches the service in another way than the network; default the global `fetch`. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
}

export interface PracticePlatform extends Pick<Bell, 'until'> {
  /** API and callbacks. */
  readonly origin: string
  /** Where temporary plan addresses point. */
  readonly storeOrigin: string
  /** Configured nowhere: a request that arrives here should never have been sent. */
  readonly strangerOrigin: string
  readonly requests: readonly ReceivedRequest[]
  readonly runs: readonly PracticeRun[]
  openRun(options: RunOptions): PracticeRun
  /** Signs and sends the delivery of a run once. */
  deliver(run: PracticeRun, webhook: Webhook): Promise<Response>
  /** Signs and sends the request that creating a run task causes. */
  verify(webhook: Webhook): Promise<Response>
  close(): Promise<void>
}

/** One thing that a delivery points to: asked of the platform, served by the object store. */
interface Download {
  readonly address: string
  /** Documented: 307 for a plan, 302 for a configuration. */
  readonly status: 302 | 307
  /** Absent: the platform answers 404. */
  readonly serve: ((response: ServerResponse) => Promise<void>) | undefined
  readonly nextFault: () => Fault | undefined
  readonly nextStoreFault: () => Fault | undefined
}

interface LiveRun {
  readonly log: RunRecord
  readonly downloads: readonly Download[]
  readonly nextCallbackFault: () => Fault | undefined
  readonly nextFinalFault: () => Fault | undefined
}

/** Starts all three origins on free ports of 127.0.0.1. */
export async function startPlatform(): Promise<PracticePlatform> {
  const bell = newBell()
  const requests: ReceivedRequest[] = []
  const runs: RunRecord[] = []
  const byPath = new Map<string, LiveRun>()
  const objects = new Map<
    string,
    { readonly run: LiveRun; readonly of: Download; readonly until: number }
  >()

  const api = await openDoor('api', async (request, response) => {
    requests.push(request)
    const path = request.target.split('?')[0] ?? ''
    const run = byPath.get(`${request.method} ${path}`)
    if (run === undefined) answer(request, response, 404)
    else {
      run.log.requests.push(request)
      const of = run.downloads.find(({ address }) => new URL(address).pathname === path)
      if (of !== undefined) await giveAddress(run, of, request, response)
      else await takeCallback(run, request, response)
    }
    bell.ring()
  })

  const store = await openDoor('store', async (request, response) => {
    requests.push(request)
    const object = objects.get(request.target)
    if (object === undefined || request.method !== 'GET' || Date.now() > object.until) {
      answer(request, response, 404)
      return bell.ring()
    }
    objects.delete(request.target)
    object.run.log.requests.push(request)
    await giveObject(object.run, object.of, request, response)
    bell.ring()
  })

  const stranger = await openDoor('stranger', async (request, response) => {
    requests.push(request)
    answer(request, response, 200)
    bell.ring()
  })

  const giveAddress = async (
    run: LiveRun,
    of: Download,
    request: ReceivedRequest,
    response: ServerResponse,
  ): Promise<void> => {
    const fault = of.nextFault()
    const here = fault?.kind === 'redirect' && fault.to === 'self'
    if (here) return answer(request, response, 307, { location: of.address })
    if (await misbehave(fault, request, response)) return
    if (!authorised(run, request)) return answer(request, response, 401)
    if (of.serve === undefined) return answer(request, response, 404)
    const target = `/v1/object/${randomBytes(24).toString('base64url')}`
    objects.set(target, { run, of, until: Date.now() + TEMPORARY_ADDRESS_MS })
    answer(request, response, of.status, { location: `${store.origin}${target}` })
  }

  const doors = [api, store, stranger]
  return {
    origin: api.origin,
    storeOrigin: store.origin,
    strangerOrigin: stranger.origin,
    requests,
    runs,
    until: bell.until,
    openRun: (options) => {
      const run = openRun(options, api.origin)
      for (const { address } of run.downloads) byPath.set(`GET ${new URL(address).pathname}`, run)
      byPath.set(`PATCH ${new URL(run.log.identity.callbackUrl).pathname}`, run)
      runs.push(run.log)
      return run.log
    },
    deliver: (run, webhook) => send(webhook, JSON.stringify(run.payload)),
    verify: (webhook) => send(webhook, JSON.stringify(verificationPayload(api.origin))),
    close: async () => {
      await Promise.all(doors.map((door) => door.close()))
    },
  }
}

const DEFAULT_RUN: RunDescription = {
  stage: 'post_plan',
  enforcement: 'mandatory',
  speculative: false,
  organization: 'acme',
  project: 'payments',
  workspace: 'payments-prod',
  message: 'Queued manually',
  createdBy: 'jdoe',
  outcomes: true,
}

function openRun(options: RunOptions, origin: string): LiveRun {
  const { plan, code, faults = {}, override = {}, ...given } = options
  const description = { ...DEFAULT_RUN, ...given }
  const identity = newIdentity(origin)
  const named = code === undefined ? {} : { configuration_version_download_url: identity.codeUrl }
  const payload = {
    ...deliveryPayload(description, identity, origin, new Date()),
    ...named,
    ...override,
  }
  return {
    log: { description, identity, payload, requests: [], callbacks: [], violations: [] },
    downloads: [
      {
        address: identity.planUrl,
        status: 307,
        serve: plan && ((response) => servePlan(plan, faults.content, response)),
        nextFault: faultQueue(faults.plan),
        nextStoreFault: faultQueue(faults.store),
      },
      {
        address: identity.codeUrl,
        status: 302,
        serve:
          code &&
          (async (response) =>
            serveArchive(await archiveOf(code, faults.codeContent), faults.codeContent, response)),
        nextFault: faultQueue(faults.code),
        nextStoreFault: faultQueue(faults.codeStore),
      },
    ],
    nextCallbackFault: faultQueue(faults.callback),
    nextFinalFault: faultQueue(faults.finalCallback),
  }
}

async function giveObject(
  run: LiveRun,
  of: Download,
  request: ReceivedRequest,
  response: ServerResponse,
): Promise<void> {
  if (request.headers.authorization !== undefined) {
    run.log.violations.push('the bearer token was sent to the object store')
  }
  if (await misbehave(of.nextStoreFault(), request, response)) return
  if (of.serve === undefined) return answer(request, response, 404)
  request.answered = 200
  // The reader may hang up half-way, as it should on content above its limit.
  await of.serve(response).catch(() => response.destroy())
}

async function takeCallback(
  run: LiveRun,
  request: ReceivedRequest,
  response: ServerResponse,
): Promise<void> {
  const { log } = run
  const read = readCallback(request.body, log.description.outcomes)
  const final = read.status === 'passed' || read.status === 'failed'
  const fault = (final ? run.nextFinalFault() : undefined) ?? run.nextCallbackFault()
  log.violations.push(...read.violations)
  const keep = (accepted: boolean): void => {
    log.callbacks.push({ ...read, at: request.at, request, final, accepted })
  }
  if (fault?.kind === 'refuse-outcomes' && read.outcomes.length > 0) {
    keep(false)
    return answer(request, response, 422)
  }
  if (await misbehave(fault, request, response)) return keep(false)
  const status = callbackStatus(run, request, read.violations.length > 0)
  keep(status === 200)
  answer(request, response, status)
}

function callbackStatus(run: LiveRun, request: ReceivedRequest, broken: boolean): number {
  if (!authorised(run, request)) return 401
  if (request.headers['content-type'] !== JSON_API) {
    run.log.violations.push(`the content type of the callback is not ${JSON_API}`)
    return 415
  }
  if (finals(run.log).length > 0) return 409
  return broken ? 422 : 200
}

function authorised(run: LiveRun, request: ReceivedRequest): boolean {
  const good = request.headers.authorization === `Bearer ${run.log.identity.token}`
  if (!good) run.log.violations.push('a request without the token of its own result')
  return good
}

function send(webhook: Webhook, body: string): Promise<Response> {
  return (webhook.fetch ?? fetch)(webhook.url, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'TFC/1.0 (+https://app.terraform.io; TFC)',
      'x-tfc-task-signature': sign(body, webhook.hmacKey),
    },
  })
}
