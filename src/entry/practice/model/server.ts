// A model to practise with: the Messages API on 127.0.0.1, with answers that are worked out from the
// request and faults on command. It keeps the documented rules, and remembers every byte it received.
import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { misbehave, openDoor } from '../door.ts'
import type { ReceivedRequest } from '../recording.ts'
import { type AskedModel, admit } from './api-rules.ts'
import { BEHAVIOURS, type BehaviourName } from './behaviours.ts'
import type { ModelFault, RepeatedModelFault } from './faults.ts'

/** The text of an answer, worked out from the request alone. */
export type Behaviour = (asked: AskedModel) => string

export interface PracticeModelOptions {
  /** Default `careful`. */
  readonly behaviour?: BehaviourName | Behaviour
  /** Happen first, in this order, one a request; then the behaviour answers. */
  readonly faults?: readonly RepeatedModelFault[]
  /** Default: made up. */
  readonly apiKey?: string
}

export interface PracticeModel {
  readonly origin: string
  /** Configured nowhere: a request that arrives here should never have been sent. */
  readonly strangerOrigin: string
  readonly apiKey: string
  /** To both origins, bodies whole, in the order they came. */
  readonly requests: readonly ReceivedRequest[]
  /** Those that were admitted, read. */
  readonly asked: readonly AskedModel[]
  /** Rules of the API that requests broke, and requests to the stranger. */
  readonly violations: readonly string[]
  /** From the next request on. */
  behave(behaviour: BehaviourName | Behaviour): void
  /** Replaces the faults to come. */
  fail(faults: readonly RepeatedModelFault[]): void
  close(): Promise<void>
}

/** Starts on free ports of 127.0.0.1. */
export async function startPracticeModel(
  options: PracticeModelOptions = {},
): Promise<PracticeModel> {
  const { apiKey = `practice-${randomBytes(16).toString('hex')}` } = options
  const requests: ReceivedRequest[] = []
  const asked: AskedModel[] = []
  const violations: string[] = []
  let behaviour = behaviourOf(options.behaviour ?? 'careful')
  let nextFault = queue(options.faults ?? [])

  const stranger = await openDoor('stranger', async (request, response) => {
    requests.push(request)
    violations.push('a request to an origin that is configured nowhere')
    respond(request, response, 200, { type: 'application/json', body: '{}' })
  })
  const api = await openDoor('api', async (request, response) => {
    requests.push(request)
    const admitted = admit(request, apiKey)
    if (!admitted.ok) {
      const { status, type, message } = admitted.refusal
      violations.push(message)
      return respond(request, response, status, errorBody(type, message))
    }
    asked.push(admitted.asked)
    const fault = aimed(nextFault(), `${stranger.origin}/v1/messages`)
    if (fault?.kind === 'status') return fail(request, response, fault)
    if (isPlatformFault(fault) && (await misbehave(fault, request, response))) return
    if (fault?.kind === 'trickle') return trickle(request, response, fault.everyMs)
    if (fault?.kind === 'body') return respond(request, response, 200, fault)
    const body = JSON.stringify(messageFor(admitted.asked, behaviour, fault))
    const padding = fault?.kind === 'huge' ? ' '.repeat(fault.bytes) : ''
    respond(request, response, 200, { type: 'application/json', body: padding + body })
  })

  return {
    origin: api.origin,
    strangerOrigin: stranger.origin,
    apiKey,
    requests,
    asked,
    violations,
    behave: (next) => {
      behaviour = behaviourOf(next)
    },
    fail: (faults) => {
      nextFault = queue(faults)
    },
    close: async () => {
      await Promise.all([api.close(), stranger.close()])
    },
  }
}

function behaviourOf(behaviour: BehaviourName | Behaviour): Behaviour {
  return typeof behaviour === 'string' ? BEHAVIOURS[behaviour] : behaviour
}

function queue(script: readonly RepeatedModelFault[]): () => ModelFault | undefined {
  let used = 0
  return () => {
    let before = 0
    for (const { fault, times } of script) {
      before += times === 'always' ? Number.POSITIVE_INFINITY : times
      if (used >= before) continue
      used += 1
      return fault
    }
    return undefined
  }
}

/** Where a redirect leads to is known only once both doors are open. */
function aimed(fault: ModelFault | undefined, stranger: string): ModelFault | undefined {
  return fault?.kind === 'redirect' && fault.to === 'stranger' ? { ...fault, to: stranger } : fault
}

type PlatformFault = Extract<ModelFault, { kind: 'delay' | 'hang' | 'reset' | 'redirect' }>

function isPlatformFault(fault: ModelFault | undefined): fault is PlatformFault {
  return ['delay', 'hang', 'reset', 'redirect'].includes(fault?.kind ?? '')
}

const CHARS_A_TOKEN = 4

function messageFor(
  asked: AskedModel,
  behaviour: Behaviour,
  fault: ModelFault | undefined,
): Readonly<Record<string, unknown>> {
  const usual = behaviour(asked)
  const text = fault?.kind === 'text' ? fault.change(usual) : usual
  const shown = [...asked.system, ...asked.blocks].join('')
  return {
    id: 'msg_practice',
    type: 'message',
    role: 'assistant',
    model: asked.model,
    content: [{ type: 'text', text }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: {
      input_tokens: Math.ceil(shown.length / CHARS_A_TOKEN),
      output_tokens: Math.ceil(text.length / CHARS_A_TOKEN),
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
    },
    ...(fault?.kind === 'message' ? fault.with : {}),
  }
}

interface Body {
  readonly type: string
  readonly body: string | Uint8Array
}

function respond(
  request: ReceivedRequest,
  response: ServerResponse,
  status: number,
  { type, body }: Body,
  headers: Readonly<Record<string, string>> = {},
): void {
  request.answered = status
  response.writeHead(status, { 'content-type': type, ...headers }).end(body)
}

function fail(
  request: ReceivedRequest,
  response: ServerResponse,
  { status, retryAfter }: Extract<ModelFault, { kind: 'status' }>,
): void {
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter }
  respond(request, response, status, errorBody('practice_error', `${status}`), headers)
}

function errorBody(type: string, message: string): Body {
  const body = { type: 'error', error: { type, message }, request_id: 'req_practice' }
  return { type: 'application/json', body: JSON.stringify(body) }
}

function trickle(request: ReceivedRequest, response: ServerResponse, everyMs: number): void {
  request.answered = 200
  response.writeHead(200, { 'content-type': 'application/json' })
  const timer = setInterval(() => response.write(' '), everyMs)
  timer.unref()
  response.once('close', () => clearInterval(timer))
}
