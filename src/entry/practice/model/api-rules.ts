// The documented rules of `POST /v1/messages` that a client can break, kept strictly: what the real
// API would refuse is refused here, too.
import type { ReceivedRequest } from '../recording.ts'

export interface Refusal {
  readonly status: 400 | 401 | 404 | 413
  readonly type: string
  readonly message: string
}

/** One request, read. */
export interface AskedModel {
  readonly model: string
  readonly maxTokens: number
  readonly system: readonly string[]
  /** Texts of the user's message, in order. */
  readonly blocks: readonly string[]
  /** JSON Schema of the answer; undefined where none was asked for. */
  readonly schema: Readonly<Record<string, unknown>> | undefined
  /** How many blocks, the system's included, stand before the last cache breakpoint. */
  readonly cachedBlocks: number
}

export type Admitted =
  | { readonly ok: true; readonly asked: AskedModel }
  | { readonly ok: false; readonly refusal: Refusal }

const VERSION = '2026-10-21'
const MAX_BODY_BYTES = 32 * 1024 * 1024
const MAX_OUTPUT_TOKENS = 128_000
const MAX_BREAKPOINTS = 4
const KNOWN = new Set(
  `model max_tokens messages system output_config metadata stop_sequences stream thinking tools
  tool_choice service_tier cache_control container context_management diagnostics`.split(/\s+/),
)
/** JSON Schema that structured output does not take. */
const UNSUPPORTED = new Set(
  `minLength maxLength pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf maxItems
  uniqueItems minProperties maxProperties patternProperties if then else not`.split(/\s+/),
)

export function admit(request: ReceivedRequest, apiKey: string): Admitted {
  const { method, target, headers, body } = request
  if (method !== 'POST' || target !== '/v1/messages') {
    return no(404, 'not_found_error', `no route ${method} here`)
  }
  if (headers.authorization !== `Bearer ${apiKey}`) {
    return no(401, 'authentication_error', 'invalid bearer token')
  }
  if (headers['anthropic-version'] !== VERSION) return invalid('anthropic-version: is not known')
  if (!/^application\/json\b/.test(headers['content-type'] ?? '')) return invalid('not JSON')
  if (Buffer.byteLength(body) > MAX_BODY_BYTES) {
    return no(413, 'request_too_large', 'request exceeds the maximum size')
  }
  return admitBody(parsed(body))
}

function admitBody(body: unknown): Admitted {
  if (!isRecord(body)) return invalid('the body is not an object')
  for (const name of ['temperature', 'top_p', 'top_k']) {
    if (name in body) return invalid(`${name}: sampling parameters are not supported`)
  }
  const extra = Object.keys(body).find((name) => !KNOWN.has(name))
  if (extra !== undefined) return invalid(`${extra}: extra inputs are not permitted`)
  const { model, max_tokens, messages, system = [], output_config = {} } = body
  if (typeof model !== 'string' || model === '') return invalid('model: field required')
  if (!isCount(max_tokens)) return invalid('max_tokens: not between 1 and 128000')
  const [message, ...others] = Array.isArray(messages) ? messages : []
  if (!isRecord(message) || message.role !== 'user' || others.length > 0) {
    return invalid('messages: this practice model takes one message of the user')
  }
  const before = textBlocks(system)
  const blocks = textBlocks(message.content)
  if (before === undefined || blocks === undefined || blocks.length === 0) {
    return invalid('content: text blocks with text are required')
  }
  const marks = [...before, ...blocks].map(({ cached }) => cached)
  if (marks.filter(Boolean).length > MAX_BREAKPOINTS) {
    return invalid('cache_control: at most 4 blocks may have it')
  }
  const format = isRecord(output_config) ? output_config.format : undefined
  const wrong = format === undefined ? undefined : formatProblem(format)
  if (wrong !== undefined) return invalid(`output_config.format: ${wrong}`)
  return {
    ok: true,
    asked: {
      model,
      maxTokens: max_tokens,
      system: before.map(({ text }) => text),
      blocks: blocks.map(({ text }) => text),
      schema: isRecord(format) && isRecord(format.schema) ? format.schema : undefined,
      cachedBlocks: marks.lastIndexOf(true) + 1,
    },
  }
}

interface TextBlock {
  readonly text: string
  readonly cached: boolean
}

function textBlocks(content: unknown): readonly TextBlock[] | undefined {
  if (typeof content === 'string')
    return content === '' ? undefined : [{ text: content, cached: false }]
  if (!Array.isArray(content)) return undefined
  const read = content.flatMap((block): TextBlock[] =>
    isRecord(block) && block.type === 'text' && typeof block.text === 'string' && block.text !== ''
      ? [{ text: block.text, cached: block.cache_control !== undefined }]
      : [],
  )
  return read.length === content.length ? read : undefined
}

function formatProblem(format: unknown): string | undefined {
  if (!isRecord(format) || format.type !== 'json_schema') return 'type is not json_schema'
  if (Object.keys(format).some((name) => name !== 'type' && name !== 'schema'))
    return 'extra inputs'
  return isRecord(format.schema) ? schemaProblem(format.schema) : 'schema is not an object'
}

function schemaProblem(schema: Readonly<Record<string, unknown>>): string | undefined {
  const bad = Object.keys(schema).find((word) => UNSUPPORTED.has(word))
  if (bad !== undefined) return `${bad} is not supported`
  if (schema.type === 'object' && schema.additionalProperties !== false) {
    return 'additionalProperties has to be false'
  }
  const { properties = {}, items, anyOf = [], $defs = {} } = schema
  const below = [properties, anyOf, $defs].flatMap((part) =>
    typeof part === 'object' && part !== null ? Object.values(part) : [],
  )
  for (const part of [...below, items]) {
    const problem = isRecord(part) ? schemaProblem(part) : undefined
    if (problem !== undefined) return problem
  }
  return undefined
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAX_OUTPUT_TOKENS
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function invalid(message: string): Admitted {
  return no(400, 'invalid_request_error', message)
}

function no(status: Refusal['status'], type: string, message: string): Admitted {
  return { ok: false, refusal: { status, type, message } }
}
