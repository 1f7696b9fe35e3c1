// What an answer costs. Prices are US dollars per million tokens, as the provider publishes them.
import { err, ok, type Result } from '../../core/result.ts'
import type { Usage } from '../../core/review/model.ts'

export interface Rate {
  /** US dollars per million tokens, not negative. */
  readonly input: number
  readonly output: number
}

export interface Prices extends Rate {
  /** Another rate for the whole request when its prompt is longer than so many tokens. */
  readonly beyond?: Rate & { readonly promptTokens: number }
}

/** Source: platform.claude.com, "Models overview" and "Pricing", November 2026. */
const KNOWN: Readonly<Record<string, Prices>> = {
  'claude-haiku-5-5': {
    input: 0.1,
    output: 0.5,
    beyond: { promptTokens: 100_000, input: 0.5, output: 2.5 },
  },
  'claude-sonnet-5-5': { input: 2, output: 10 },
  'claude-opus-5-5': { input: 4, output: 20 },
  // From a third party's page: the provider's own did not list it.
  'claude-fable-5-2': { input: 8, output: 40 },
}

/** Source: platform.claude.com, "Prompt caching": multiples of the input price. */
const CACHE_WRITE_5_MINUTES = 1.25
const CACHE_READ = 0.1

const MILLION = 1_000_000

/** By model id, with or without the date of a snapshot (`-20261021`); undefined for others. */
export function knownPrices(model: string): Prices | undefined {
  const id = model.replace(/-\d{8}$/, '')
  return Object.hasOwn(KNOWN, id) ? KNOWN[id] : undefined
}

/** @returns US dollars for one answer; null where the prices are not known */
export function costOf(usage: Usage, prices: Prices | undefined): number | null {
  if (prices === undefined) return null
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = usage
  const prompt = inputTokens + cacheReadTokens + cacheWriteTokens
  const { beyond } = prices
  const rate = beyond !== undefined && prompt > beyond.promptTokens ? beyond : prices
  const read = inputTokens + cacheWriteTokens * CACHE_WRITE_5_MINUTES + cacheReadTokens * CACHE_READ
  return (read * rate.input + outputTokens * rate.output) / MILLION
}

/** `2/10`: US dollars per million tokens read and written, each at most 100000. */
export function parsePrices(text: string): Result<Prices, string> {
  const number = String.raw`(\d{1,6}(?:\.\d{1,6})?)`
  const [, input, output] = new RegExp(`^${number}/${number}$`).exec(text.trim()) ?? []
  const prices = { input: Number(input), output: Number(output) }
  return prices.input <= MAX_PRICE && prices.output <= MAX_PRICE
    ? ok(prices)
    : err('is not two prices such as "2/10": US dollars per million tokens read and written')
}

const MAX_PRICE = 100_000
