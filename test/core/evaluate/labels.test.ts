// Labels are read leniently where they may be silent, and refused where they are wrong.
import { describe, expect, test } from 'vitest'
import { parseExpectation } from '../../../src/core/evaluate/expectation.ts'
import { parseLabels } from '../../../src/core/evaluate/labels.ts'

describe('parseExpectation', () => {
  test('a verdict alone is a label: no hazards, nothing known of the run', () => {
    expect(parseExpectation('x', { verdict: 'hold' })).toEqual({
      ok: true,
      value: {
        case: {
          name: 'x',
          class: 'unclassified',
          label: 'hold',
          hazards: [],
          informational: [],
          policy: false,
        },
        context: { tags: {} },
      },
    })
  })

  test('context is carried over, its time as milliseconds', () => {
    const context = {
      workspace: 'a-prod',
      environment: 'dev',
      tags: { k: 'v' },
      at: '2026-01-01T00:00:00Z',
    }
    const read = parseExpectation('x', { verdict: 'release', context })
    expect(read).toMatchObject({
      ok: true,
      value: {
        context: { workspace: 'a-prod', environment: 'dev', tags: { k: 'v' }, at: 1767225600000 },
      },
    })
  })

  test.each([
    ['no document', undefined, 'the document'],
    ['another verdict', { verdict: 'maybe' }, 'verdict'],
    ['a time that is none', { verdict: 'hold', context: { at: 'soon' } }, 'context.at'],
    ['hazards that are no list', { verdict: 'hold', hazards: 'outage' }, 'hazards'],
  ])('%s is refused by name and without its value', (_what, label, where) => {
    expect(parseExpectation('x', label)).toEqual({
      ok: false,
      error: `reading the label of x: ${where} is not valid`,
    })
  })
})

describe('parseLabels', () => {
  test('the three words are known, blank lines skipped', () => {
    const read = parseLabels(
      'file\tlabel\treason\na\tboring\t\nb\tneeds-human\tr\n\nc\tdebatable\t',
      'g',
    )
    expect(read.ok && read.value.map(({ name, label }) => [name, label])).toEqual([
      ['a', 'release'],
      ['b', 'hold'],
      ['c', 'debatable'],
    ])
  })

  test('another word stops the reading', () => {
    expect(parseLabels('file\tlabel\na\tfine', 'g')).toEqual({
      ok: false,
      error: 'reading labels: line 2 has no known label',
    })
  })
})
