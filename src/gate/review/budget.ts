// The tokens of a day. One process's memory (on Workers one isolate's): beyond several of them the
// provider's own spending limit is the one that counts.
import type { Result } from '../../core/result.ts'
import type { Prompt, Usage } from '../../core/review/model.ts'
import type { ModelAnswer, NoAnswer, TokenBudget } from '../ports.ts'

const DAY_MS = 24 * 60 * 60_000

/**
 * At most `tokens` a UTC day, of every kind together. A pass that has begun is finished, so a day may
 * end above this by what one pass used beyond what was set aside for it. A clock that is set back
 * gives nothing back.
 */
export function dailyTokens(tokens: number): TokenBudget {
  let day = Number.NEGATIVE_INFINITY
  let used = 0
  let aside = 0
  const turn = (at: number): void => {
    const today = Math.floor(at / DAY_MS)
    if (!(today > day)) return
    day = today
    used = 0
    aside = 0
  }
  return {
    reserve: (wanted, at) => {
      turn(at)
      if (used + aside >= tokens) return undefined
      const reservedOn = day
      aside += wanted
      return (spent, end) => {
        turn(end)
        if (day === reservedOn) aside -= wanted
        used += spent
      }
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

/** What reading a prompt costs at most, in tokens. */
export function presumedTokens(prompt: Prompt): number {
  return Math.ceil([prompt.system, ...prompt.blocks].join('').length / LEAST_CHARS_A_TOKEN)
}

/**
 * What came of a pass, in tokens. An answer nobody waited for is billed, too, and one that says it
 * read nothing read the prompt all the same.
 */
export function spentTokens(answer: Result<ModelAnswer, NoAnswer>, presumed: number): number {
  const { usage } = answer.ok ? answer.value : answer.error
  if (usage === undefined) {
    return !answer.ok && UNPAID.includes(answer.error.reason) ? 0 : presumed
  }
  const isRead = tokensOf(usage) > usage.outputTokens
  return tokensOf(usage) + (isRead ? 0 : presumed)
}
