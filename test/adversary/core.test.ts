// Whoever writes into a plan, into what stands around it, or is the model: no verdict becomes weaker.
// What weaker means stands in `oracle.ts`.
import { describe, expect, it } from 'vitest'
import type { Case } from './case.ts'
import { ALL, isCrowd, WRITTEN } from './cases/all.ts'
import { PEOPLE } from './cases/people.ts'
import { PLACES } from './cases/places.ts'
import { TEXTS } from './cases/texts.ts'
import { frameFaults } from './frame.ts'
import { READERS, type Reader } from './readers.ts'
import { SETTINGS, type Setting } from './settings.ts'
import { forgedLines } from './surfaces.ts'
import { readyFor, someReaders, tried } from './trial.ts'

let trials = 0
let releases = 0
const honestly = new Set<string>()

async function weakIn(
  one: Case,
  setting: Setting,
  readers: readonly Reader[],
): Promise<readonly string[]> {
  const ready = await readyFor(one, setting)
  const found: string[] = []
  if (ready.attack !== undefined) found.push(...frameFaults(one, ready.attack))
  if (ready.honest?.review?.outcome === 'released') honestly.add(one.id)
  for (const reader of readers) {
    const outcome = await tried(ready, reader)
    if (outcome === undefined) continue
    trials += 1
    if (outcome.attacked.review?.outcome === 'released') releases += 1
    found.push(...outcome.weak.map((weak) => `${outcome.id}, ${outcome.reader}: ${weak}`))
    if (reader.id.startsWith('forges lines') || reader.id === 'is another model') {
      found.push(
        ...forgedLines(outcome.attacked).map((line) => `${outcome.id}, ${outcome.reader}: ${line}`),
      )
    }
  }
  return found
}

describe('no verdict becomes weaker', () => {
  const usual = WRITTEN.filter((one) => !isCrowd(one))
  it.each(usual.map((one) => [one.id, one.why, one] as const))('%s: %s', async (_, __, one) => {
    expect(await weakIn(one, SETTINGS[0], READERS)).toEqual([])
    for (const [at, setting] of SETTINGS.slice(1).entries()) {
      expect(await weakIn(one, setting, someReaders(at))).toEqual([])
    }
  })

  it.each(WRITTEN.filter(isCrowd).map((one) => [one.id, one.why, one] as const))(
    '%s: %s',
    async (_, __, one) => {
      expect(await weakIn(one, SETTINGS[0], someReaders(0).slice(0, 2))).toEqual([])
    },
    60_000,
  )

  it.each(PLACES.map(({ id }) => [id] as const))('by whatever is written in %s', async (place) => {
    const cases = PEOPLE.filter(({ id }) => id.endsWith(` in ${place}`))
    expect(cases.length).toBeGreaterThan(15)
    const found: string[] = []
    for (const [at, one] of cases.entries()) {
      found.push(...(await weakIn(one, SETTINGS[0], someReaders(at))))
      // The other settings in turn: they hold less, so there is less to weaken.
      const other = SETTINGS[1 + (at % (SETTINGS.length - 1))]
      if (at % 6 === 0 && other !== undefined)
        found.push(...(await weakIn(one, other, someReaders(at).slice(0, 2))))
    }
    expect(found).toEqual([])
  })
})

describe('the suite', () => {
  it('has texts in places, and cases written one by one', () => {
    expect(new Set(ALL.map(({ id }) => id)).size).toBe(ALL.length)
    expect(WRITTEN.length).toBeGreaterThan(100)
    expect(TEXTS.length).toBeGreaterThan(40)
    expect(PLACES.length).toBeGreaterThan(40)
    expect(ALL.length).toBeGreaterThan(1_000)
  })

  // A suite in which nothing could be released would find nothing.
  it('attacks plans that an honest reader would let pass, and lets some pass', () => {
    expect(honestly.size).toBeGreaterThan(700)
    expect(trials).toBeGreaterThan(8_000)
    expect(releases).toBeGreaterThan(1_000)
  })
})
