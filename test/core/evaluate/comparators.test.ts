// The simple strategies do what their names say and nothing more.
import { describe, expect, test } from 'vitest'
import { COMPARATORS, compare } from '../../../src/core/evaluate/comparators.ts'
import type { Plan, ResourceChange } from '../../../src/core/plan/model.ts'

function plan(...changes: readonly (readonly [type: string, ...actions: string[]])[]): Plan {
  return {
    formatVersion: '1.2',
    product: 'terraform',
    bytes: 2,
    digest: 'sha256:0',
    changes: changes.map(([type, ...actions]) => change(type, actions)),
    unchanged: [],
    noOps: 0,
    drift: [],
    outputs: [],
    relevantAttributes: [],
    variables: [],
    checks: [],
    invocations: [],
    deferred: [],
    flags: { errored: false },
    redacted: false,
    notes: [],
  }
}

function change(type: string, actions: readonly string[]): ResourceChange {
  return {
    address: `${type}.main`,
    mode: 'managed',
    type,
    name: 'main',
    actions,
    before: {},
    after: {},
    afterUnknown: {},
    beforeSensitive: {},
    afterSensitive: {},
    replacePaths: [],
    importing: false,
    generatedConfig: false,
  }
}

function holding(of: Plan): readonly string[] {
  return COMPARATORS.filter(({ holds }) => holds(of)).map(({ name }) => name)
}

describe('the comparators', () => {
  test('an empty plan is held by the strictest only', () => {
    expect(holding(plan())).toEqual(['always hold'])
  })

  test('a replacement is no plain delete', () => {
    expect(holding(plan(['aws_instance', 'delete', 'create']))).toEqual([
      'always hold',
      'hold any delete or replace',
      'hold any update or delete',
    ])
  })

  test('a destroyed database is held by every strategy', () => {
    expect(holding(plan(['aws_db_instance', 'delete']))).toHaveLength(COMPARATORS.length)
  })

  test('an update is held by the strategy that holds updates; points add up to a hold', () => {
    expect(holding(plan(['aws_lb', 'update']))).toEqual([
      'always hold',
      'hold any update or delete',
    ])
    const four = plan(...Array.from({ length: 4 }, () => ['aws_lb', 'update'] as const))
    expect(holding(four)).toContain('additive score, hold at 10')
  })

  test('a plan nobody could read is held by every strategy', () => {
    expect(new Set(compare(undefined))).toEqual(new Set(['hold']))
  })
})
