// Reads what the provider answered. Only one shape is an answer: the model that was asked, ended by
// itself, one text. Everything else is a reason why there is none.
import * as z from 'zod'
import { err, ok, type Result } from '../../core/result.ts'
import type { Usage } from '../../core/review/model.ts'
import type { ModelAnswer, NoAnswer } from '../../gate/ports.ts'
import { costOf, type Prices } from './prices.ts'

export function readAnswer(
  reply: unknown,
  asked: { readonly model: string; readonly prices: Prices | undefined },
): Result<ModelAnswer, NoAnswer> {
  const usage = readUsage(reply)
  if (usage === undefined) return err({ reason: 'malformed' })
  const cost = costOf(usage, asked.prices)
  const none = (reason: NoAnswer['reason']): Result<never, NoAnswer> => err({ reason, usage, cost })
  const parsed = message.safeParse(reply)
  if (!parsed.success) return none('malformed')
  const { stop_reason, content, model } = parsed.data
  // Before the content: a refused or cut answer may well look like one.
  const unfinished = UNFINISHED[stop_reason]
  if (unfinished !== undefined) return none(unfinished)
  if (stop_reason !== 'end_turn' || !isThatModel(model, asked.model)) return none('malformed')
  const said = content.filter(({ type }) => type !== 'thinking' && type !== 'redacted_thinking')
  const [only] = said
  if (said.length !== 1 || only?.type !== 'text' || !only.text) return none('malformed')
  return ok({ text: only.text, model, usage, cost })
}

const UNFINISHED: Readonly<Record<string, NoAnswer['reason']>> = Object.assign(
  Object.create(null),
  {
    refusal: 'refused',
    max_tokens: 'truncated',
    model_context_window_exceeded: 'truncated',
    pause_turn: 'truncated',
  },
)

const message = z.object({
  type: z.literal('message'),
  role: z.literal('assistant'),
  model: z.string().max(300),
  stop_reason: z.string(),
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })).max(1000),
})

const MAX_TOKENS = 1_000_000_000
const tokens = z.number().int().min(0).max(MAX_TOKENS)
const billed = z.object({
  usage: z.object({
    input_tokens: tokens,
    output_tokens: tokens,
    cache_creation_input_tokens: tokens.nullish(),
    cache_read_input_tokens: tokens.nullish(),
  }),
})

function readUsage(reply: unknown): Usage | undefined {
  const parsed = billed.safeParse(reply)
  if (!parsed.success) return undefined
  const { usage } = parsed.data
  return {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadTokens: usage.cache_read_input_tokens ?? 0,
    cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
  }
}

/**
 * The model that was asked for, a dated snapshot of it, or its plain name where a gateway was asked
 * for `vendor/name`. Another model's opinion is not the one that the team chose to hear.
 */
function isThatModel(answered: string, asked: string): boolean {
  const name = asked.slice(asked.lastIndexOf('/') + 1)
  return [asked, name].some(
    (one) =>
      answered === one || (answered.startsWith(one) && DATED.test(answered.slice(one.length))),
  )
}

const DATED = /^-\d{8}$/
