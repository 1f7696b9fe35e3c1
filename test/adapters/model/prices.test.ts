// What an answer costs: published prices, cache and tier included, and null where nobody knows.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costOf, knownPrices, parsePrices } from '../../../src/adapters/model/prices.ts'
import type { Usage } from '../../../src/core/review/model.ts'

const usage = (changes: Partial<Usage> = {}): Usage => ({
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  ...changes,
})

const count = fc.integer({ min: 0, max: 10_000_000 })
const anyUsage: fc.Arbitrary<Usage> = fc.record({
  inputTokens: count,
  outputTokens: count,
  cacheReadTokens: count,
  cacheWriteTokens: count,
})
const price = fc.double({ min: 0, max: 1_000, noNaN: true })
const flat = fc.record({ input: price, output: price })

describe('the cost of an answer', () => {
  it.each([
    ['claude-sonnet-5-5', usage({ inputTokens: 1_000_000 }), 2],
    ['claude-sonnet-5-5', usage({ outputTokens: 1_000_000 }), 10],
    ['claude-sonnet-5-5', usage({ cacheWriteTokens: 1_000_000 }), 2.5],
    ['claude-sonnet-5-5', usage({ cacheReadTokens: 1_000_000 }), 0.2],
    ['claude-opus-5-5', usage({ inputTokens: 500_000, outputTokens: 100_000 }), 4],
    ['claude-fable-5-2', usage({ inputTokens: 1_000, outputTokens: 1_000 }), 0.048],
    ['claude-haiku-5-5', usage({ inputTokens: 100_000 }), 0.01],
    ['claude-haiku-5-5', usage({ inputTokens: 100_001 }), 0.050_000_5],
    ['claude-haiku-5-5', usage({ inputTokens: 1, cacheReadTokens: 100_000 }), 0.005_000_5],
    ['claude-haiku-5-5', usage({ inputTokens: 200_000, outputTokens: 1_000_000 }), 2.6],
  ])('of %s is exact to the published price: %j is %d dollars', (model, used, dollars) => {
    expect(costOf(used, knownPrices(model))).toBeCloseTo(dollars, 10)
  })

  it('is not known for a model without prices', () => {
    expect(costOf(usage({ inputTokens: 5 }), knownPrices('claude-someday-9'))).toBeNull()
    expect(knownPrices('constructor')).toBeUndefined()
    expect(knownPrices('')).toBeUndefined()
  })

  it('of a dated snapshot is that of its model', () => {
    expect(knownPrices('claude-sonnet-5-5-20261021')).toBe(knownPrices('claude-sonnet-5-5'))
    expect(knownPrices('claude-sonnet-5-5-2026')).toBeUndefined()
  })

  it('is a finite number of dollars that no token lowers', () => {
    const models = fc.constantFrom('claude-haiku-5-5', 'claude-sonnet-5-5', 'claude-opus-5-5')
    fc.assert(
      fc.property(anyUsage, anyUsage, models, (some, more, model) => {
        const prices = knownPrices(model)
        const less = costOf(some, prices)
        const total = costOf(sum(some, more), prices)
        if (less === null || total === null) throw new Error('no prices')
        expect(Number.isFinite(total)).toBe(true)
        expect(less).toBeGreaterThanOrEqual(0)
        expect(total).toBeGreaterThanOrEqual(less)
      }),
      { seed: 5, numRuns: 2_000 },
    )
  })

  it('of two answers is the sum of both, where one rate holds for all lengths', () => {
    fc.assert(
      fc.property(anyUsage, anyUsage, flat, (one, other, prices) => {
        const apart = (costOf(one, prices) ?? -1) + (costOf(other, prices) ?? -1)
        const together = costOf(sum(one, other), prices) ?? -1
        expect(Math.abs(together - apart)).toBeLessThanOrEqual(1e-9 * Math.max(1, together))
      }),
      { seed: 5, numRuns: 2_000 },
    )
  })
})

function sum(one: Usage, other: Usage): Usage {
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    cacheReadTokens: one.cacheReadTokens + other.cacheReadTokens,
    cacheWriteTokens: one.cacheWriteTokens + other.cacheWriteTokens,
  }
}

describe('prices as a setting', () => {
  it.each([
    ['2/10', { input: 2, output: 10 }],
    ['0.10/0.5', { input: 0.1, output: 0.5 }],
    ['0/0', { input: 0, output: 0 }],
    [' 3/15 ', { input: 3, output: 15 }],
  ])('are read from %j', (text, prices) => {
    expect(parsePrices(text)).toEqual({ ok: true, value: prices })
  })

  it.each([
    '',
    '2',
    '2/',
    '/10',
    '2/10/1',
    '-1/2',
    '1e3/2',
    '.5/2',
    '2/10 USD',
    'NaN/1',
    '100001/1',
    '1,5/2',
    '٣/٤',
  ])('are not read from %j', (text) => {
    expect(parsePrices(text).ok).toBe(false)
  })
})
