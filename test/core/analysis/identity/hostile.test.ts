// Defends: whatever stands in a plan, every change of a grant has an answer, and nothing is thrown.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyseIdentity } from '../../../../src/core/analysis/identity/identity.ts'
import { blocksOf, originOf } from '../../../../src/core/analysis/identity/origin.ts'
import type { JsonValue } from '../../../../src/core/json.ts'
import { ROWS } from '../../../../src/core/knowledge/catalogue.ts'
import type { Configuration } from '../../../../src/core/plan/model.ts'
import { create, factOf, subject, update } from './subjects.ts'

const EFFECTS = ['nil', 'gained', 'lost', 'both', 'unknown']
const CONCERNED = ROWS.filter((row) => row.class === 'identity' || row.policy_attrs !== undefined)
const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>

describe('any value at all', () => {
  it('in every attribute of every kind that grants something has an answer', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CONCERNED),
        fc.array(json, { minLength: 6, maxLength: 6 }),
        fc.array(json, { minLength: 6, maxLength: 6 }),
        fc.constantFrom(['create'], ['delete'], ['update'], ['delete', 'create'], ['odd']),
        fc.boolean(),
        (row, before, after, actions, asText) => {
          const names = [
            ...(row.policy_attrs ?? []).map((attribute) => attribute.path),
            ...(row.identity ?? []),
            ...(row.rules ?? []).map((rule) => rule.path.split('.')[0] ?? ''),
            'condition',
            'role',
          ].slice(0, 6)
          const side = (values: readonly JsonValue[]) =>
            Object.fromEntries(
              names.map((name, at) => [
                name,
                asText ? JSON.stringify(values[at]) : (values[at] ?? null),
              ]),
            )
          const one = subject(actions, row.type, side(before), side(after))
          for (const fact of analyseIdentity([one], [])) {
            expect(EFFECTS).toContain(fact.effect)
            expect(fact.doubts.length > 0).toBe(fact.effect === 'unknown')
          }
        },
      ),
      { seed: 7, numRuns: 1500 },
    )
  })

  it('that is hidden is never called nil', () => {
    for (const row of CONCERNED) {
      for (const { path } of row.policy_attrs ?? []) {
        const later = update(row.type, { [path]: 'x' }, {}, { unknown: { [path]: true } })
        expect(factOf(later).effect).toBe('unknown')
        const secret = update(
          row.type,
          { [path]: 'x' },
          { [path]: 'y' },
          { sensitive: { [path]: true }, beforeSensitive: { [path]: true } },
        )
        expect(factOf(secret).effect).toBe('unknown')
      }
    }
  })

  it('on every created object of class identity is a gain or a doubt', () => {
    for (const row of CONCERNED.filter((one) => one.class === 'identity')) {
      const [fact] = analyseIdentity([create(row.type, { name: 'x', some_grant: 'y' })], [])
      expect([row.type, fact?.covers]).toEqual([row.type, 'all'])
    }
  })
})

describe('lists without end', () => {
  it('of members and subjects are compared or doubted in bounded time', () => {
    const members = (letter: string) =>
      Array.from({ length: 20_000 }, (_, at) => `user:${letter}${at}@x.example`)
    const held = (letter: string) => ({ project: 'p', role: 'roles/x.y', members: members(letter) })
    const fact = factOf(update('google_project_iam_binding', held('a'), held('b')))
    expect(fact.effect).toBe('both')
    expect(fact.gained.at(-1)).toBe('… and 19980 more')
    expect(fact.dangers.length).toBeLessThan(20)
  })
})

describe('an unknown value', () => {
  const block = {
    moduleCalls: [],
    mode: 'managed',
    type: 'aws_iam_role_policy_attachment',
    name: 'this',
    constants: [],
    dependsOn: [],
    provisioners: [],
    hasCount: false,
    hasForEach: false,
  }
  const configuration: Configuration = {
    resources: [
      {
        ...block,
        address: 'module.app.aws_iam_role_policy_attachment.this',
        references: { policy_arn: ['var.policy'], role: ['data.aws_iam_role.x.name'] },
      },
    ],
    moduleCalls: [
      {
        address: 'module.app',
        source: './app',
        inputs: { policy: ['module.policy.arn', 'module.policy'] },
        outputs: {},
        dependsOn: [],
      },
      {
        address: 'module.policy',
        source: './policy',
        inputs: {},
        outputs: { arn: ['aws_iam_policy.p.arn', 'aws_iam_policy.p'] },
        dependsOn: [],
      },
    ],
    providers: [],
    sensitiveVariables: [],
    outputs: {},
  }
  const { change } = create('aws_iam_role_policy_attachment', { role: 'r' })
  const inside = { ...change, moduleAddress: 'module.app["eu"]' }

  it('is followed through inputs and outputs of modules to what this plan creates', () => {
    const here = originOf(
      inside,
      blocksOf(configuration),
      new Set(['module.policy.aws_iam_policy.p']),
    )
    expect(here.isCreatedHere('policy_arn')).toBe(true)
    expect(here.isCreatedHere('role')).toBe(false)
    expect(here.isConfigured('inline_policy')).toBe(false)
    const elsewhere = originOf(inside, blocksOf(configuration), new Set(['aws_iam_policy.p']))
    expect(elsewhere.isCreatedHere('policy_arn')).toBe(false)
  })
})
