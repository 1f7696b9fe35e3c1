// The tokens of a day. One process's memory (on Workers one isolate's): beyond several of them the
// provider's own spending limit is the one that counts.
import type { Prompt, Usage } from '../../core/review/model.ts'
import type { NoAnswer, TokenBudget } from '../ports.ts'

const DAY_MS = 24 * 60 * 60_000

/**
 * At most `tokens` a UTC day, of every kind together. A pass that has begun is finished, so a day may
 * end above this by what was under way.
 */
export function dailyTokens(tokens: number): TokenBudget {
  let day = Number.NaN
  let used = 0
  const turn = (at: number): void => {
    const today = Math.floor(at / DAY_MS)
    if (today === day) return
    day = today
    used = 0
  }
  return {
    hasLeft: (at) => {
      turn(at)
      return used < tokens
    },
    spend: (usage, at) => {
      turn(at)
      used += tokensOf(usage)
    },
  }
}

export function tokensOf(usage: Usage): number {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = usage
  return inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens
}

/** Turned away before any work was done. */
const UNPAID: readonly NoAnswer['reason'][] = ['rate-limited', 'overloaded', 'rejected']
/** UTF-16 units; real text has more to a token. */
const LEAST_CHARS_A_TOKEN = 3

/**
 * What an attempt without an answer may have cost where the provider did not say: an answer nobody
 * waited for is billed, too.
 */
export function presumedUsage(reason: NoAnswer['reason'], prompt: Prompt): Usage | undefined {
  if (UNPAID.includes(reason)) return undefined
  const { length } = [prompt.system, ...prompt.blocks].join('')
  const inputTokens = Math.ceil(length / LEAST_CHARS_A_TOKEN)
  return { inputTokens, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 }
}
