// The second reader on the Messages API. The SDK builds and parses one attempt at a time; how often
// and how long is decided here, because its own retries obey the provider's clock and not the run's.
import { BaseAnthropic } from '@anthropic-ai/sdk/client'
import { err, type Result } from '../../core/result.ts'
import type { ModelAnswer, NoAnswer, Reviewer } from '../../gate/ports.ts'
import { type Attempt, persist, retryAfterMs } from '../net/retry.ts'
import type { Secret } from '../net/secret.ts'
import type { Net } from '../net/send.ts'
import { readAnswer } from './answer.ts'
import { bounded } from './bounded.ts'
import { knownPrices, type Prices } from './prices.ts'
import { requestBody } from './request.ts'
import { type Seen, wire } from './wire.ts'

export interface AnthropicOptions {
  readonly apiKey: Secret
  /** https, or http on loopback; default the provider's own. */
  readonly baseUrl?: string
  readonly model: string
  /** Absent: the published ones, where the model is known. */
  readonly prices?: Prices | undefined
  readonly net: Net
  /** Thinking included. Default 16000. */
  readonly maxOutputTokens?: number
}

const PROVIDER = 'https://api.anthropic.com'
const MAX_OUTPUT_TOKENS = 16_000
/** One attempt, from the first byte out to the last byte in. */
const MAX_ATTEMPT_MS = 120_000
/** No model answers in less: an attempt this late would only cost money. */
const MIN_ATTEMPT_MS = 2_000
const MAX_ATTEMPTS = 4

type Outcome = Result<ModelAnswer, NoAnswer>

/**
 * Asks one model, one message, no tools. Retries refusals of the service (408, 409, 429, 5xx) and
 * broken connections while an attempt can still end before `until`; never an attempt that timed out,
 * for it may have been billed. Reads no environment, logs nothing, and an error carries no text.
 */
export function anthropicReviewer(options: AnthropicOptions): Reviewer {
  const { net, model } = options
  return {
    model,
    ask: async (prompt, { until, signal }) => {
      try {
        const body = bodyFor(prompt, options)
        const attempt = (): Promise<Attempt<Outcome>> => askOnce(body, options, until, signal)
        if (signal.aborted || until - net.clock.now() < MIN_ATTEMPT_MS) return no('timed-out')
        return await persist(attempt, {
          clock: net.clock,
          random: net.random,
          until: until - MIN_ATTEMPT_MS,
          maxAttempts: MAX_ATTEMPTS,
          signal,
        })
      } catch {
        return no('malformed')
      }
    },
  }
}

function bodyFor(
  prompt: Parameters<Reviewer['ask']>[0],
  { model, maxOutputTokens = MAX_OUTPUT_TOKENS }: AnthropicOptions,
): object {
  // Older models and those of a gateway may not take the parameter at all.
  const effort = knownPrices(model) === undefined ? {} : ({ effort: 'medium' } as const)
  return requestBody(prompt, { model, maxOutputTokens, ...effort })
}

async function askOnce(
  body: object,
  options: AnthropicOptions,
  until: number,
  signal: AbortSignal,
): Promise<Attempt<Outcome>> {
  const { net, model, prices = knownPrices(model) } = options
  const ms = Math.min(MAX_ATTEMPT_MS, until - net.clock.now())
  const seen: Seen = {}
  const reply = await bounded(net.clock, ms, signal, (stop) => post(body, options, stop, seen))
  if (reply.kind === 'over') return { value: no('timed-out') }
  if (reply.kind === 'done') return { value: readAnswer(reply.value, { model, prices }) }
  const reason = reasonOf(seen)
  return { value: no(reason), again: worthAgain(seen), afterMs: wish(seen, net.clock.now()) }
}

/** Rejects with the SDK's error or the wire's; `seen` says what happened. */
function post(
  body: object,
  { apiKey, baseUrl = PROVIDER, net }: AnthropicOptions,
  signal: AbortSignal,
  seen: Seen,
): Promise<unknown> {
  // Whatever is left out here the SDK would look for in the environment or in profile files.
  const client = new BaseAnthropic({
    apiKey: apiKey.reveal(),
    baseURL: baseUrl,
    webhookKey: null,
    maxRetries: 0,
    timeout: MAX_ATTEMPT_MS,
    logLevel: 'off',
    openTelemetry: false,
    fetch: wire(net.fetch, apiKey, seen),
  })
  return client.post<unknown>('/v1/messages', { body, signal })
}

function reasonOf({ fault, status = 0 }: Seen): NoAnswer['reason'] {
  if (fault === 'too large') return 'malformed'
  if (fault !== undefined) return 'unreachable'
  if (status === 408) return 'timed-out'
  if (status === 429) return 'rate-limited'
  if (status === 409 || status >= 500) return 'overloaded'
  return status >= 400 ? 'rejected' : 'malformed'
}

function worthAgain({ fault, status = 0, headers }: Seen): boolean {
  if (fault !== undefined) return fault === 'no connection'
  if (status < 400) return false
  const told = headers?.get('x-should-retry')
  if (told === 'true' || told === 'false') return told === 'true'
  return status === 408 || status === 409 || status === 429 || status >= 500
}

/** Milliseconds the provider asks to wait; the longer where it says it in two ways. */
function wish({ headers }: Seen, now: number): number | undefined {
  const precise = headers?.get('retry-after-ms')?.trim() ?? ''
  const coarse = headers?.get('retry-after')?.trim() ?? ''
  const wishes = [
    /^\d+(\.\d+)?$/.test(precise) ? Number(precise) : undefined,
    // Longer than the header's other readers take, and decimals as this provider sends them.
    /^\d+(\.\d+)?$/.test(coarse) ? Number(coarse) * 1000 : retryAfterMs(coarse, now),
  ].filter((ms) => ms !== undefined)
  return wishes.length === 0 ? undefined : Math.max(...wishes)
}

function no(reason: NoAnswer['reason']): Result<never, NoAnswer> {
  return err({ reason })
}
