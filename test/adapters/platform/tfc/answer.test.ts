// Whatever a report says, the callback keeps the platform's limits, and every cut can be seen.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  callbackBody,
  cut,
  judgeAnswer,
  LIMITS,
} from '../../../../src/adapters/platform/tfc/answer.ts'
import type { Outcome } from '../../../../src/core/report/run-task.ts'
import type { Update } from '../../../../src/gate/ports.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 3000 }),
  fc.string({ unit: 'grapheme', maxLength: 3000 }),
  fc.constantFrom('', ' ', '\ud83d', '\n', '🚀'.repeat(6000)),
)

const outcome: fc.Arbitrary<Outcome> = fc.record({
  id: text,
  description: text,
  body: text,
  tags: fc.dictionary(
    text,
    fc.array(
      fc.record({ label: text, level: fc.constantFrom('none', 'info', 'warning', 'error') }),
      { maxLength: 40 },
    ),
    { maxKeys: 14 },
  ),
})

const update: fc.Arbitrary<Update> = fc.record({
  status: fc.constantFrom('running', 'passed', 'failed'),
  message: text,
  outcomes: fc.array(outcome, { maxLength: 12 }),
})

const points = (value: string): number => Array.from(value).length

describe('a callback', () => {
  it('keeps every limit of the platform for any report', () => {
    fc.assert(
      fc.property(update, fc.boolean(), (given, withOutcomes) => {
        const { data } = JSON.parse(callbackBody(given, withOutcomes))
        expect(data.type).toBe('task-results')
        expect(data.attributes.status).toBe(given.status)
        expect(points(data.attributes.message)).toBeGreaterThan(0)
        expect(points(data.attributes.message)).toBeLessThanOrEqual(LIMITS.message)
        const outcomes = data.relationships?.outcomes.data ?? []
        if (!withOutcomes) expect(outcomes).toEqual([])
        for (const { type, attributes } of outcomes) {
          expect(type).toBe('task-result-outcomes')
          expectWithin(attributes['outcome-id'], LIMITS.outcomeId)
          expectWithin(attributes.description, LIMITS.description)
          expect(attributes.description).not.toMatch(/[\r\n\u2028\u2029]/)
          if ('body' in attributes) expectWithin(attributes.body, LIMITS.body)
          const tags = Object.entries<{ label: string; level: string }[]>(attributes.tags ?? {})
          expect(tags.length).toBeLessThanOrEqual(LIMITS.tagKeys)
          for (const [key, labels] of tags) {
            expect(key).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/)
            expect(labels.length).toBeLessThanOrEqual(LIMITS.labelsPerTag)
            for (const { label } of labels) expectWithin(label, LIMITS.label)
          }
        }
      }),
      { seed: 2, numRuns: 200 },
    )
  })

  it('contains no empty text, no null and no lone surrogate', () => {
    fc.assert(
      fc.property(update, (given) => {
        const body = callbackBody(given, true)
        expect(body).not.toMatch(/\\ud[89a-f]/i)
        JSON.parse(body, (key, value) => {
          expect(value).not.toBeNull()
          if (key !== '') expect(value).not.toBe('')
          return value
        })
      }),
      { seed: 3, numRuns: 200 },
    )
  })

  it('shows at most 250 outcomes in their order, and counts what it leaves out', () => {
    const many = Array.from({ length: 700 }, (_, at) => ({
      id: `finding-${at}`,
      description: `finding ${at}`,
      body: '',
      tags: {},
    }))
    const { data } = JSON.parse(
      callbackBody({ status: 'failed', message: 'm', outcomes: many }, true),
    )
    const shown = data.relationships.outcomes.data
    expect(shown).toHaveLength(250)
    expect(shown[0].attributes['outcome-id']).toBe('finding-0')
    expect(shown[248].attributes['outcome-id']).toBe('finding-248')
    expect(shown[249].attributes.description).toContain('451 more')
  })

  it('stays below a document limit and says what it left out', () => {
    const big = Array.from({ length: 200 }, (_, at) => ({
      id: `finding-${at}`,
      description: 'd',
      body: '🚀'.repeat(9_000),
      tags: {},
    }))
    const body = callbackBody({ status: 'failed', message: 'm', outcomes: big }, true)
    expect(body.length).toBeLessThan(LIMITS.document + 10_000)
    const shown = JSON.parse(body).data.relationships.outcomes.data
    expect(shown.at(-1).attributes.description).toContain(`${200 - shown.length + 1} more`)
  })
})

describe('a cut', () => {
  it('splits no code point, is visible, and touches nothing that fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 2, max: 40 }), (given, max) => {
        const result = cut(given, max)
        expect(points(result)).toBeLessThanOrEqual(max)
        if (points(given) <= max) expect(result).toBe(given)
        else {
          expect(result.endsWith('…')).toBe(true)
          expect(given.startsWith(result.slice(0, -1))).toBe(true)
        }
        expect(result).not.toMatch(/\p{Surrogate}/u)
      }),
      { seed: 4 },
    )
  })
})

describe('an answer to a callback', () => {
  it.each([
    [200, 'accepted'],
    [204, 'accepted'],
    [409, 'already-decided'],
    [422, 'malformed'],
    [408, 'again'],
    [429, 'again'],
    [500, 'again'],
    [503, 'again'],
    [400, 'refused'],
    [401, 'refused'],
    [403, 'refused'],
    [404, 'refused'],
    [302, 'refused'],
    [307, 'refused'],
  ])('of %i means %s', (status, kind) => {
    expect(judgeAnswer(status).kind).toBe(kind)
  })
})

function expectWithin(value: string, max: number): void {
  expect(points(value)).toBeGreaterThan(0)
  expect(points(value)).toBeLessThanOrEqual(max)
}
