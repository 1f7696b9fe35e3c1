// What the evaluation counts is what a person would count by hand.
import { describe, expect, test } from 'vitest'
import type { Case, Judged, Outcome } from '../../../src/core/evaluate/case.ts'
import { COMPARATORS } from '../../../src/core/evaluate/comparators.ts'
import { metricsOf } from '../../../src/core/evaluate/metrics.ts'
import { evaluationText } from '../../../src/core/evaluate/table.ts'

const RELEASED: Outcome = { kind: 'decided', verdict: 'release', named: [] }
const HELD: Outcome = { kind: 'decided', verdict: 'hold', named: ['outage'] }
const FAILED: Outcome = { kind: 'failed', because: 'reading the plan: truncated' }

function judged(name: string, parts: Partial<Case>, outcome: Outcome): Judged {
  const of: Case = {
    name,
    class: 'network',
    label: 'hold',
    hazards: [],
    informational: [],
    policy: false,
    ...parts,
  }
  return { case: of, outcome, compared: COMPARATORS.map(() => 'hold' as const) }
}

describe('metricsOf', () => {
  test('a risky plan released is a missed hold, a boring plan held is a false hold', () => {
    const metrics = metricsOf([
      judged('a', {}, RELEASED),
      judged('b', { label: 'release' }, HELD),
      judged('c', {}, HELD),
      judged('d', { label: 'release' }, RELEASED),
    ])
    expect(metrics.missed.map(({ name }) => name)).toEqual(['a'])
    expect(metrics.falselyHeld.map(({ name }) => name)).toEqual(['b'])
    expect(metrics.overall).toMatchObject({ plans: 4, risky: 2, released: 2 })
    expect(metrics.missedHoldRate).toBe(0.5)
  })

  test('a plan that could not be read is a hold, and its failure is named', () => {
    const metrics = metricsOf([judged('a', {}, FAILED), judged('b', { label: 'release' }, FAILED)])
    expect(metrics.overall).toMatchObject({ missedHolds: 0, falseHolds: 1 })
    expect(metrics.failed.map(({ case: of }) => of.name)).toEqual(['a', 'b'])
    expect(evaluationText(metrics)).toContain('a: reading the plan: truncated')
  })

  test('debatable plans count nowhere, and are shown with the verdict they got', () => {
    const metrics = metricsOf([judged('a', { label: 'debatable' }, RELEASED)])
    expect(metrics.overall.plans).toBe(0)
    expect(metrics.debatable).toMatchObject([{ case: { name: 'a' }, verdict: 'release' }])
  })

  test('a hazard listed and not named is missed once, the informational ones too', () => {
    const label = { hazards: ['outage', 'data-loss', 'data-loss'], informational: ['cost'] }
    const metrics = metricsOf([judged('a', label, HELD)])
    expect(metrics.unnamed[0]?.hazards).toEqual(['data-loss', 'cost'])
    expect(metrics.overall.hazardsNotNamed).toBe(2)
    expect(evaluationText(metrics)).toContain('a: data-loss, cost (informational)')
  })

  test('classes come in alphabetical order and add up to the whole', () => {
    const metrics = metricsOf([
      judged('a', { class: 'network' }, HELD),
      judged('b', { class: 'data' }, RELEASED),
      judged('c', { class: 'network' }, RELEASED),
    ])
    expect(metrics.byClass.map((row) => [row.class, row.tally.missedHolds])).toEqual([
      ['data', 1],
      ['network', 1],
    ])
    expect(metrics.overall.missedHolds).toBe(2)
  })

  test('each strategy is judged on the same cases', () => {
    const metrics = metricsOf([
      judged('a', { label: 'release' }, RELEASED),
      {
        ...judged('b', {}, HELD),
        compared: COMPARATORS.map((_, at) => (at === 1 ? 'release' : 'hold')),
      },
    ])
    expect(metrics.comparators[0]?.tally).toMatchObject({ falseHolds: 1, missedHolds: 0 })
    expect(metrics.comparators[1]?.tally).toMatchObject({ missedHolds: 1 })
  })
})
