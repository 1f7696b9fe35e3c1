// Waits grow, keep their bound, obey the other side, and never outlast the budget.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffMs, persist, retryAfterMs } from '../../../src/adapters/net/retry.ts'
import { manualClock } from '../../support/manual-clock.ts'

const NOW = Date.parse('2026-03-02T09:15:00Z')

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['7', 7_000],
    [' 120 ', 120_000],
    ['Mon, 02 Mar 2026 09:15:30 GMT', 30_000],
    ['Mon, 02 Mar 2026 09:00:00 GMT', 0],
    ['-5', undefined],
    ['1.5', undefined],
    ['99999999999', undefined],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
  ])('%j means %s ms', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms)
  })
})

describe('back-off', () => {
  it('grows, and stays between three quarters of its step and 30 s', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, random) => {
          const step = backoffMs(attempt, 0)
          expect(step).toBeLessThanOrEqual(30_000)
          expect(backoffMs(attempt + 1, 0)).toBeGreaterThanOrEqual(step)
          expect(backoffMs(attempt, random)).toBeGreaterThanOrEqual(Math.floor(step * 0.75))
          expect(backoffMs(attempt, random)).toBeLessThanOrEqual(step)
        },
      ),
      { seed: 1 },
    )
  })
})

describe('trying again', () => {
  it('ends with the first answer', async () => {
    const clock = manualClock()
    const until = clock.now() + 60_000
    const job = persist(async (n) => ({ value: n, again: n < 4 }), {
      clock,
      random: () => 0,
      until,
    })
    expect(await clock.settle(job)).toBe(4)
    expect(clock.waits).toEqual([500, 1_000, 2_000])
  })

  it('waits at least as long as the other side asks', async () => {
    const clock = manualClock()
    const attempt = async (n: number) => ({ value: n, again: n === 1, afterMs: 20_000 })
    const until = clock.now() + 60_000
    await clock.settle(persist(attempt, { clock, random: () => 0, until }))
    expect(clock.waits).toEqual([20_000])
  })

  it('gives up at once when the wait would outlast the budget', async () => {
    const clock = manualClock()
    const attempt = async (n: number) => ({ value: n, again: true, afterMs: 3_600_000 })
    const until = clock.now() + 60_000
    expect(await clock.settle(persist(attempt, { clock, random: () => 0, until }))).toBe(1)
    expect(clock.waits).toEqual([])
  })

  it('starts no attempt after the budget', async () => {
    const clock = manualClock()
    const until = clock.now() + 10_000
    const starts: number[] = []
    const attempt = async (n: number) => {
      starts.push(clock.now())
      return { value: n, again: true }
    }
    await clock.settle(persist(attempt, { clock, random: () => 0, until }))
    expect(starts.length).toBeGreaterThan(3)
    expect(Math.max(...starts)).toBeLessThan(until)
  })

  it('ends when it is told to stop', async () => {
    const clock = manualClock()
    const stop = new AbortController()
    const attempt = async (n: number) => {
      if (n === 2) stop.abort()
      return { value: n, again: true }
    }
    const until = clock.now() + 60_000
    const job = persist(attempt, { clock, random: () => 0, until, signal: stop.signal })
    expect(await clock.settle(job)).toBe(2)
  })
})
