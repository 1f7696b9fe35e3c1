// `POST /assess`: a plan in, a decision out, for callers that wait. Order at the door: method,
// token, format, context, encoding; the body is touched last and is never held whole.
import { assess } from '../core/assess.ts'
import type { Context } from '../core/context.ts'
import { describeFailure, type PlanFailure } from '../core/plan/failure.ts'
import { readPlan } from '../core/plan/read.ts'
import { err, ok, type Result } from '../core/result.ts'
import type { AssessFormat, Ports } from './ports.ts'
import { problem } from './problem.ts'

export type AssessPorts = Pick<
  Ports,
  | 'policy'
  | 'newHasher'
  | 'maxPlanBytes'
  | 'maxKeptBytes'
  | 'keepUnchanged'
  | 'clock'
  | 'log'
  | 'assessToken'
  | 'render'
>

const CONTENT_TYPES: Readonly<Record<AssessFormat, string>> = {
  json: 'application/json',
  markdown: 'text/markdown; charset=utf-8',
  text: 'text/plain; charset=utf-8',
}

/** A decision is 200 whatever the verdict; anything not assessed is a problem document. */
export async function answerAssess(request: Request, ports: AssessPorts): Promise<Response> {
  if (ports.assessToken === undefined) return problem(404, 'There is nothing at this address.')
  if (request.method !== 'POST') {
    return problem(405, 'Only POST is answered here.', { allow: 'POST' })
  }
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  if (bearer === undefined || !(await ports.assessToken(bearer))) {
    return problem(401, 'The bearer token is missing or wrong.', { 'www-authenticate': 'Bearer' })
  }
  const format = new URL(request.url).searchParams.get('format') ?? 'json'
  if (!isFormat(format)) {
    const known = Object.keys(CONTENT_TYPES).join(', ')
    const detail =
      format === 'atlantis'
        ? `The format atlantis is not available; the formats are ${known}.`
        : `The format is not one of ${known}.`
    return problem(400, detail)
  }
  const context = contextOf(request.headers, ports.clock.now())
  if (!context.ok) return problem(400, context.error)
  const body = decoded(request)
  if (!body.ok) return problem(415, body.error, { 'accept-encoding': 'gzip' })

  const plan = await readPlan(body.value, {
    hasher: ports.newHasher(),
    keepUnchanged: ports.keepUnchanged,
    ...(ports.maxPlanBytes === undefined ? {} : { maxBytes: ports.maxPlanBytes }),
    ...(ports.maxKeptBytes === undefined ? {} : { maxKeptBytes: ports.maxKeptBytes }),
  })
  if (!plan.ok) {
    ports.log('info', 'assess-refused', { reason: plan.error.reason })
    return problem(statusOf(plan.error), describeFailure(plan.error))
  }
  const decision = await assess(plan.value, context.value, ports.policy)
  ports.log('info', 'assessed', { verdict: decision.verdict, bytes: decision.plan.bytes })
  return new Response(ports.render(decision, format), {
    headers: { 'content-type': CONTENT_TYPES[format], 'cache-control': 'no-store' },
  })
}

function isFormat(text: string): text is AssessFormat {
  return Object.hasOwn(CONTENT_TYPES, text)
}

function statusOf(failure: PlanFailure): number {
  if (failure.reason === 'limit') return 413
  if (failure.reason === 'read-error') return 400
  return 422
}

const MAX_CONTEXT_CHARS = 1000

function contextOf(headers: Headers, at: number): Result<Context, string> {
  const given: Record<string, string> = {}
  for (const name of [
    'organization',
    'project',
    'workspace',
    'directory',
    'environment',
  ] as const) {
    const value = headers.get(`x-holdgate-${name}`)?.trim() ?? ''
    if (value.length > MAX_CONTEXT_CHARS) {
      return err(`The header X-Holdgate-${name} is longer than ${MAX_CONTEXT_CHARS} characters.`)
    }
    if (value !== '') given[name] = value
  }
  const message = headers.get('x-holdgate-message')?.slice(0, MAX_CONTEXT_CHARS).trim() ?? ''
  const createdBy = headers.get('x-holdgate-created-by')?.slice(0, MAX_CONTEXT_CHARS).trim() ?? ''
  if (message !== '') given.message = message
  if (createdBy !== '') given.createdBy = createdBy
  const tags = tagsOf(headers.get('x-holdgate-tags') ?? '')
  return tags === undefined
    ? err('The header X-Holdgate-Tags is not a list of the form k=v,k=v.')
    : ok({ ...given, tags, at })
}

function tagsOf(text: string): Readonly<Record<string, string>> | undefined {
  const pairs: [string, string][] = []
  for (const part of text.split(',').map((piece) => piece.trim())) {
    if (part === '') continue
    const [key = '', ...value] = part.split('=')
    if (key.trim() === '' || value.length === 0) return undefined
    pairs.push([key.trim(), value.join('=').trim()])
  }
  return Object.fromEntries(pairs)
}

/** Never trusts a length: the reader counts decoded bytes, so a small bomb is cut like a big body. */
function decoded(request: Request): Result<ReadableStream<Uint8Array>, string> {
  const body = request.body ?? new Blob([]).stream()
  const encoding = (request.headers.get('content-encoding') ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity' || encoding === '') return ok(body)
  if (encoding !== 'gzip') return err('The content encoding is neither gzip nor identity.')
  const gunzip: ReadableWritablePair<Uint8Array, BufferSource> = new DecompressionStream('gzip')
  return ok((body as ReadableStream<Uint8Array<ArrayBuffer>>).pipeThrough(gunzip))
}
