// The bound is the exact one: checked against values from published tables.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { upperBound } from '../../../src/core/evaluate/confidence.ts'

describe('upperBound', () => {
  test('nothing seen follows the rule of three', () => {
    expect(upperBound(0, 60)).toBeCloseTo(0.05, 10)
  })

  test.each([
    [1, 10, 0.3942],
    [2, 10, 0.5069],
    [5, 100, 0.1023],
    [1, 100, 0.0466],
  ])('%i of %i has the tabulated bound', (seen, trials, bound) => {
    expect(upperBound(seen, trials)).toBeCloseTo(bound, 3)
  })

  test('no trials, and nothing but events, say that the rate may be one', () => {
    expect(upperBound(0, 0)).toBe(1)
    expect(upperBound(7, 7)).toBe(1)
  })

  test('the bound is never below what was seen, and falls as clean trials come in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(), (trials, some) => {
        const seen = some % (trials + 1)
        const bound = upperBound(seen, trials)
        expect(bound).toBeGreaterThanOrEqual(seen / trials)
        expect(bound).toBeLessThanOrEqual(1)
        expect(upperBound(seen, trials + 1)).toBeLessThanOrEqual(bound)
      }),
      { seed: 20261120, numRuns: 200 },
    )
  })
})
