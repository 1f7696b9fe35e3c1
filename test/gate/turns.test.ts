// Work in turns: others get theirs in between, and what is no longer wanted is not finished.
import { describe, expect, it } from 'vitest'
import type { Steps } from '../../src/core/review/steps.ts'
import type { Clock } from '../../src/gate/ports.ts'
import { inTurns } from '../../src/gate/turns.ts'

const NO_LIMITS = { until: Number.MAX_SAFE_INTEGER, signal: new AbortController().signal }

/** Each look at the clock costs `stepMs`; `onSleep` is what others do in between. */
function clockOf(stepMs: number, onSleep: () => void = () => undefined): Clock {
  let now = 0
  return {
    now: () => {
      now += stepMs
      return now
    },
    sleep: async () => onSleep(),
  }
}

function* counting(to: number, done: number[]): Steps<string> {
  for (let at = 0; at < to; at += 1) {
    done.push(at)
    yield
  }
  return 'all'
}

describe('work in turns', () => {
  it('is done at one go where it is short', async () => {
    let sleeps = 0
    const clock = clockOf(0, () => {
      sleeps += 1
    })
    expect(await inTurns(counting(100, []), clock, NO_LIMITS)).toBe('all')
    expect(sleeps).toBe(0)
  })

  it.each([
    ['by the clock', 7, 100],
    ['by the number of steps, where the clock stands still', 0, 10_000],
  ])('lets others in %s', async (_, stepMs, steps) => {
    let sleeps = 0
    const clock = clockOf(stepMs, () => {
      sleeps += 1
    })
    expect(await inTurns(counting(steps, []), clock, NO_LIMITS)).toBe('all')
    expect(sleeps).toBeGreaterThan(3)
  })

  it('is given up when its signal fires', async () => {
    const stop = new AbortController()
    const done: number[] = []
    const clock = clockOf(7, () => stop.abort())
    expect(
      await inTurns(counting(1_000, done), clock, { ...NO_LIMITS, signal: stop.signal }),
    ).toBeUndefined()
    expect(done.length).toBeLessThan(10)
  })

  it('is given up when its time is over, although no timer could say so', async () => {
    const done: number[] = []
    const limits = { ...NO_LIMITS, until: 100 }
    expect(await inTurns(counting(1_000, done), clockOf(7), limits)).toBeUndefined()
    expect(done.length).toBeLessThan(20)
  })

  it('is not begun when its signal has fired', async () => {
    const done: number[] = []
    expect(
      await inTurns(counting(10, done), clockOf(0), { ...NO_LIMITS, signal: AbortSignal.abort() }),
    ).toBeUndefined()
    expect(done).toEqual([])
  })
})
