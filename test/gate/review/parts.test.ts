// The small parts of a review: the tokens of a day, the time that is left, the bill, the sentences.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { err, ok } from '../../../src/core/result.ts'
import type { Usage } from '../../../src/core/review/model.ts'
import type { ModelAnswer, NoAnswer } from '../../../src/gate/ports.ts'
import { openAccount } from '../../../src/gate/review/account.ts'
import { dailyTokens, spentTokens } from '../../../src/gate/review/budget.ts'
import { CALLER_REVIEW_MS, RUN_REVIEW_MS, reviewUntil } from '../../../src/gate/review/limits.ts'
import { describeNoOpinion, type NoOpinion } from '../../../src/gate/review/no-opinion.ts'

const NOON = Date.parse('2026-11-20T12:00:00Z')
const HOUR = 60 * 60_000

function usage(inputTokens: number, others: Partial<Usage> = {}): Usage {
  return { inputTokens, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, ...others }
}

describe('the tokens of a day', () => {
  it('are used up by what is spent', () => {
    const budget = dailyTokens(100)
    budget.reserve(10, NOON)?.(80, NOON)
    budget.reserve(10, NOON)?.(20, NOON)
    expect(budget.reserve(10, NOON)).toBeUndefined()
  })

  it('are not given out twice to runs at the same time, and come back where they were not spent', () => {
    const budget = dailyTokens(100)
    const runs = Array.from({ length: 50 }, () => budget.reserve(30, NOON))
    const begun = runs.filter((settle) => settle !== undefined)
    expect(begun).toHaveLength(4)
    for (const settle of begun) settle(0, NOON)
    expect(budget.reserve(30, NOON)).toBeDefined()
  })

  it('come back at midnight in UTC and not before', () => {
    const budget = dailyTokens(100)
    budget.reserve(1, NOON)?.(1_000, NOON)
    expect(budget.reserve(1, NOON + 12 * HOUR - 1)).toBeUndefined()
    expect(budget.reserve(1, NOON + 12 * HOUR)).toBeDefined()
  })

  it('do not come back when a clock is set back', () => {
    const budget = dailyTokens(100)
    budget.reserve(1, NOON)?.(100, NOON)
    expect(budget.reserve(1, NOON - 24 * HOUR)).toBeUndefined()
    expect(budget.reserve(1, NOON)).toBeUndefined()
  })

  it('of nobody are none at all', () => {
    expect(dailyTokens(0).reserve(1, NOON)).toBeUndefined()
  })

  it('spent after midnight by a pass begun before it count for the new day', () => {
    const budget = dailyTokens(100)
    const settle = budget.reserve(50, NOON + 12 * HOUR - 1)
    settle?.(100, NOON + 12 * HOUR)
    expect(budget.reserve(1, NOON + 13 * HOUR)).toBeUndefined()
  })
})

describe('what a pass took off the tokens of the day', () => {
  const said = (used: Usage): ModelAnswer => ({ text: '', model: 'm', usage: used, cost: 0 })

  it('is every kind of what the provider says', () => {
    const used = usage(1, { outputTokens: 2, cacheReadTokens: 3, cacheWriteTokens: 4 })
    expect(spentTokens(ok(said(used)), 500)).toBe(10)
    expect(spentTokens(err({ reason: 'refused', usage: used }), 500)).toBe(10)
  })

  it('is what the prompt must have taken where the provider says that it took nothing', () => {
    expect(spentTokens(ok(said(usage(0))), 500)).toBe(500)
    expect(spentTokens(ok(said(usage(0, { outputTokens: 7 }))), 500)).toBe(507)
  })

  it('is the same where nobody says anything, unless nothing was worked on', () => {
    expect(spentTokens(err({ reason: 'timed-out' }), 500)).toBe(500)
    expect(spentTokens(err({ reason: 'overloaded' }), 500)).toBe(0)
  })
})

describe('the time for a model', () => {
  it('never reaches into the time kept for concluding, nor past its own bound', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 * 60_000 }),
        fc.integer({ min: 0, max: 10 * 60_000 }),
        (left, most) => {
          const until = reviewUntil(NOON, NOON + left, most)
          expect(until).toBeLessThanOrEqual(NOON + most)
          expect(NOON + left - until).toBeGreaterThanOrEqual(Math.min(10_000, left / 4))
        },
      ),
      { seed: 5 },
    )
  })

  it('is minutes for a run and less than a minute for somebody who waits', () => {
    expect(reviewUntil(NOON, NOON + 53 * 60_000, RUN_REVIEW_MS) - NOON).toBe(5 * 60_000)
    expect(CALLER_REVIEW_MS).toBeLessThan(60_000)
  })

  it('is over where the work is late already', () => {
    expect(reviewUntil(NOON, NOON - 1_000, RUN_REVIEW_MS)).toBeLessThanOrEqual(NOON)
  })
})

describe('the bill', () => {
  it('adds up what both passes used', () => {
    const account = openAccount('claude-x')
    account.use(usage(10, { outputTokens: 1 }), 0.1)
    account.use(usage(20, { cacheReadTokens: 5 }), 0.2)
    expect(account.summary().usage).toEqual(usage(30, { outputTokens: 1, cacheReadTokens: 5 }))
    expect(account.summary().cost).toBe(0.3)
  })

  it('is not known once a part of it is not', () => {
    const account = openAccount('claude-x')
    account.use(usage(10), null)
    account.use(usage(10), 0.2)
    expect(account.summary().cost).toBeNull()
  })

  it('names the model that answered, unless that is no id', () => {
    const account = openAccount('claude-x')
    account.know({ model: 'claude-x-20261001' })
    expect(account.summary().model).toBe('claude-x-20261001')
    account.know({ model: 'claude-x\u001b[31m <b>' })
    expect(account.summary().model).toBe('claude-x-20261001')
  })

  it('as it was once asked for does not change any more', () => {
    const account = openAccount('claude-x')
    const before = account.summary()
    account.use(usage(10), 1)
    account.know({ codeBlocks: 3 })
    expect(before).toMatchObject({ codeBlocks: 0, cost: 0, usage: usage(0) })
  })
})

it('every way to have no opinion has a sentence of its own, and stays out of the way of another stop', () => {
  const answers: readonly NoAnswer['reason'][] = [
    'rate-limited',
    'overloaded',
    'unreachable',
    'timed-out',
    'refused',
    'truncated',
    'malformed',
    'rejected',
  ]
  const all: readonly NoOpinion[] = [
    ...answers.map((reason) => ({ reason, pass: 'blind' as const })),
    { reason: 'unusable', pass: 'informed', because: 'the answer is not JSON' },
    { reason: 'budget', pass: 'blind' },
    { reason: 'no-time' },
    { reason: 'stopping' },
    { reason: 'unexpected' },
  ]
  const sentences = all.map(describeNoOpinion)
  expect(new Set(sentences).size).toBe(all.length)
  for (const sentence of sentences) expect(sentence).toMatch(/^[a-z][^\n]{10,150}[^.]$/)
})
