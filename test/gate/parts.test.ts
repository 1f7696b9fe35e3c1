// A result is taken once, within bounds; a deadline leaves room for the report.
import { describe, expect, it } from 'vitest'
import { openDeadline, unlessAborted } from '../../src/gate/deadline.ts'
import { rememberOnce } from '../../src/gate/once.ts'
import { manualClock } from '../support/manual-clock.ts'

const HOUR = 60 * 60_000

describe('a result', () => {
  it('is taken once', () => {
    const once = rememberOnce(manualClock())
    expect([once.claim('a'), once.claim('a'), once.claim('b')]).toEqual([true, false, true])
  })

  it('is taken again when it was not taken after all', () => {
    const once = rememberOnce(manualClock())
    once.claim('a')
    once.release('a')
    expect(once.claim('a')).toBe(true)
  })

  it('is remembered for as long as the platform may wait for it, and not for ever', async () => {
    const clock = manualClock()
    const once = rememberOnce(clock)
    once.claim('a')
    await clock.advance(HOUR)
    expect(once.claim('a')).toBe(false)
    await clock.advance(2 * HOUR)
    expect(once.claim('a')).toBe(true)
  })

  it('is forgotten before the memory grows without bound, the oldest first', () => {
    const once = rememberOnce(manualClock())
    for (let n = 0; n < 30_000; n++) once.claim(`result-${n}`)
    expect(once.claim('result-29999')).toBe(false)
    expect(once.claim('result-0')).toBe(true)
  })
})

describe('a deadline', () => {
  it('fires when work must end, and not once it was closed', async () => {
    const clock = manualClock()
    const open = openDeadline(clock, clock.now() + 60_000)
    const closed = openDeadline(clock, clock.now() + 60_000)
    closed.close()
    expect(open.workUntil).toBeLessThan(open.reportUntil)
    await clock.advance(open.workUntil - clock.now() - 1)
    expect(open.signal.aborted).toBe(false)
    await clock.advance(1)
    expect([open.signal.aborted, closed.signal.aborted]).toEqual([true, false])
  })

  it('that has passed already leaves no time for work', async () => {
    const clock = manualClock()
    const deadline = openDeadline(clock, clock.now() - 1)
    await clock.advance(0)
    expect(deadline.signal.aborted).toBe(true)
  })

  it('ends with the process', () => {
    const stop = new AbortController()
    const deadline = openDeadline(manualClock(), Number.MAX_SAFE_INTEGER, stop.signal)
    stop.abort()
    expect(deadline.signal.aborted).toBe(true)
  })
})

describe('a job', () => {
  it('is waited for until the signal fires', async () => {
    const signal = new AbortController()
    expect(await unlessAborted(Promise.resolve(7), signal.signal)).toBe(7)
    const endless = unlessAborted(new Promise(() => undefined), signal.signal)
    signal.abort()
    expect(await endless).toBeUndefined()
    expect(await unlessAborted(Promise.resolve(7), signal.signal)).toBeUndefined()
  })

  it('that fails, fails', async () => {
    const job = unlessAborted(Promise.reject(new Error('bug')), new AbortController().signal)
    await expect(job).rejects.toThrow('bug')
  })
})
