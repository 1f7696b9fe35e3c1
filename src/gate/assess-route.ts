// `POST /assess`: a plan in, a decision out, for callers that wait. Order at the door: method,
// token, format, context, encoding; the body is touched last and is never held whole.
import { describeFailure, type PlanFailure } from '../core/plan/failure.ts'
import { readPlan } from '../core/plan/read.ts'
import { withoutWarnings } from '../core/plan/showfile.ts'
import { atlantisFailure, atlantisGate, renderAtlantis } from '../core/report/atlantis.ts'
import { err, ok, type Result } from '../core/result.ts'
import { assessPlan } from './assess-plan.ts'
import { type AtlantisWords, atlantisWords } from './atlantis.ts'
import type { AssessFormat, Ports } from './ports.ts'
import { problem } from './problem.ts'
import { CALLER_REVIEW_MS } from './review/limits.ts'

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
  | 'review'
>

const CONTENT_TYPES: Readonly<Record<AssessFormat, string>> = {
  json: 'application/json',
  markdown: 'text/markdown; charset=utf-8',
  text: 'text/plain; charset=utf-8',
}

const ATLANTIS: readonly string[] = ['atlantis', 'atlantis-gate']

interface Refusal {
  readonly status: number
  readonly detail: string
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * A decision is 200 whatever the verdict; anything not assessed is 4xx or 5xx with a problem
 * document, or with a failure block where the caller is an Atlantis step.
 */
export async function answerAssess(request: Request, ports: AssessPorts): Promise<Response> {
  const answer = await answered(request, ports)
  return answer.ok ? answer.value : refuseAssess(request, answer.error)
}

/** To Atlantis, text it does not recognise is a pass: a problem document would open the gate. */
export function refuseAssess(request: Request, { status, detail, headers }: Refusal): Response {
  const asked = new URL(request.url).searchParams.getAll('format')
  if (!asked.some((format) => ATLANTIS.includes(format))) return problem(status, detail, headers)
  const step = asked.includes('atlantis-gate') ? 'holdgate gate' : 'holdgate'
  const text = atlantisFailure(detail, { planFile: planFileOf(request.headers) }, step)
  return new Response(text, { status, headers: { ...TEXT_HEADERS, ...headers } })
}

const TEXT_HEADERS = { 'content-type': CONTENT_TYPES.text, 'cache-control': 'no-store' }

async function answered(request: Request, ports: AssessPorts): Promise<Result<Response, Refusal>> {
  if (ports.assessToken === undefined) return refusal(404, 'There is nothing at this address.')
  if (request.method !== 'POST') {
    return refusal(405, 'Only POST is answered here.', { allow: 'POST' })
  }
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  if (bearer === undefined || !(await ports.assessToken(bearer))) {
    const headers = { 'www-authenticate': 'Bearer' }
    return refusal(401, 'The bearer token is missing or wrong.', headers)
  }
  const [format = 'json', ...formats] = new URL(request.url).searchParams.getAll('format')
  const isAtlantis = ATLANTIS.includes(format)
  if (formats.length > 0 || !(isAtlantis || isFormat(format))) {
    const known = [...Object.keys(CONTENT_TYPES), ...ATLANTIS].join(', ')
    return refusal(400, `The format is not one of ${known}.`)
  }
  const words = wordsOf(request.headers)
  if (!words.ok) return refusal(400, words.error)
  const body = decoded(request)
  if (!body.ok) return refusal(415, body.error, { 'accept-encoding': 'gzip' })

  const plan = await readPlan(isAtlantis ? withoutWarnings(body.value) : body.value, {
    hasher: ports.newHasher(),
    keepUnchanged: ports.keepUnchanged,
    ...(ports.maxPlanBytes === undefined ? {} : { maxBytes: ports.maxPlanBytes }),
    ...(ports.maxKeptBytes === undefined ? {} : { maxKeptBytes: ports.maxKeptBytes }),
  })
  if (!plan.ok) {
    const failure = isZipped(request) ? zipFailure(plan.error) : plan.error
    ports.log('info', 'assess-refused', { reason: failure.reason })
    return refusal(statusOf(failure), describeFailure(failure))
  }
  const context = { ...words.value.context, at: ports.clock.now() }
  const decision = await assessPlan(plan.value, context, ports, {
    limits: () => ({ until: ports.clock.now() + CALLER_REVIEW_MS, signal: request.signal }),
  })
  ports.log('info', 'assessed', { verdict: decision.verdict, bytes: decision.plan.bytes })
  if (isFormat(format)) {
    const headers = { 'content-type': CONTENT_TYPES[format], 'cache-control': 'no-store' }
    return ok(new Response(ports.render(decision, format), { headers }))
  }
  const { run, approved } = words.value
  if (format === 'atlantis') return ok(textOf(renderAtlantis(decision, run)))
  const gate = atlantisGate(decision, approved, run)
  ports.log('info', 'gate', { opens: gate.opens, verdict: decision.verdict })
  return ok(textOf(gate.text))
}

function textOf(text: string): Response {
  return new Response(text, { headers: TEXT_HEADERS })
}

function refusal(
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Result<Response, Refusal> {
  return err({ status, detail, headers })
}

function isFormat(text: string): text is AssessFormat {
  return Object.hasOwn(CONTENT_TYPES, text)
}

function statusOf(failure: PlanFailure): number {
  if (failure.reason === 'limit') return 413
  if (failure.reason === 'read-error') return 400
  return 422
}

function wordsOf(headers: Headers): Result<AtlantisWords, string> {
  const tags = tagsOf(headers.get('x-holdgate-tags') ?? '')
  if (tags === undefined)
    return err('The header X-Holdgate-Tags is not a list of the form k=v,k=v.')
  return atlantisWords(
    (word) => headers.get(`x-holdgate-${word}`) ?? undefined,
    tags,
    planFileOf(headers),
  )
}

/** The digest of the plan file the caller is about to apply; anything else is not repeated. */
function planFileOf(headers: Headers): string | undefined {
  const hex = headers.get('x-holdgate-plan-sha256')?.trim() ?? ''
  return /^[0-9a-f]{64}$/.test(hex) ? `sha256:${hex}` : undefined
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
  const encoding = encodingOf(request)
  if (encoding === 'identity' || encoding === '') return ok(body)
  if (!isZipped(request)) return err('The content encoding is neither gzip nor identity.')
  const gunzip: ReadableWritablePair<Uint8Array, BufferSource> = new DecompressionStream('gzip')
  return ok((body as ReadableStream<Uint8Array<ArrayBuffer>>).pipeThrough(gunzip))
}

function encodingOf(request: Request): string {
  return (request.headers.get('content-encoding') ?? 'identity').trim().toLowerCase()
}

function isZipped(request: Request): boolean {
  return encodingOf(request) === 'gzip'
}

/** To the reader a broken gzip stream is a source that broke off. */
function zipFailure(failure: PlanFailure): PlanFailure {
  if (failure.reason !== 'read-error') return failure
  return { reason: 'undecodable', encoding: 'gzip', detail: 'damaged or cut off' }
}
