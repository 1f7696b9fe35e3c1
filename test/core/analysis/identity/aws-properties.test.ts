// Defends: pattern inclusion agrees with trying every text, and comparing policies has the
// properties that make it safe to trust whatever the documents look like.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareIdentityPolicy } from '../../../../src/core/analysis/identity/aws/compare.ts'
import { readPolicy } from '../../../../src/core/analysis/identity/aws/document.ts'
import {
  comparePolicies,
  describe as say,
} from '../../../../src/core/analysis/identity/aws/policy.ts'
import { includes, overlaps } from '../../../../src/core/analysis/identity/pattern.ts'
import type { JsonObject } from '../../../../src/core/json.ts'
import { policy } from './subjects.ts'

const SEED = 20261120
const steps = () => ({ left: 1_000_000 })

/** Every text of up to five letters; `z` stands for all letters no pattern names. */
const TEXTS = (() => {
  let last = ['']
  const all = ['']
  for (let length = 0; length < 5; length += 1) {
    last = last.flatMap((text) => ['a', 'b', 'z'].map((letter) => text + letter))
    all.push(...last)
  }
  return all
})()

function matches(pattern: string, text: string): boolean {
  let reached = new Set([0])
  for (const letter of text)
    reached = new Set([...spread(pattern, reached)].flatMap((at) => next(pattern, at, letter)))
  return spread(pattern, reached).has(pattern.length)
}

function spread(pattern: string, reached: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set(reached)
  for (const at of all) if (pattern[at] === '*') all.add(at + 1)
  return all
}

function next(pattern: string, at: number, letter: string): readonly number[] {
  if (pattern[at] === '*') return [at]
  return pattern[at] === '?' || pattern[at] === letter ? [at + 1] : []
}

describe('patterns', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 })

  it('include each other exactly where every text says so', () => {
    fc.assert(
      fc.property(pattern, pattern, (wide, narrow) => {
        const truth = TEXTS.every((text) => !matches(narrow, text) || matches(wide, text))
        expect(includes(wide, narrow, steps())).toBe(truth)
      }),
      { seed: SEED, numRuns: 1500 },
    )
  })

  it('overlap exactly where some text says so', () => {
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        const truth = TEXTS.some((text) => matches(a, text) && matches(b, text))
        expect(overlaps(a, b, steps())).toBe(truth)
      }),
      { seed: SEED, numRuns: 1000 },
    )
  })

  it('that are built to backtrack stay within the budget', () => {
    const budget = steps()
    const wide = '*a'.repeat(400)
    expect(includes(`${wide}b`, 'a'.repeat(2000), budget)).toBe(false)
    expect(budget.left).toBeGreaterThan(0)
  })
})

const action = fc.constantFrom('s3:GetObject', 's3:Get*', 's3:*', 'iam:PassRole', '*', 'sqs:?end')
const resource = fc.constantFrom('*', 'arn:aws:s3:::b', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b/x')
const condition = fc.constantFrom<JsonObject>(
  {},
  { Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
  { Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-1', 'o-2'] } } },
)
const statement = fc
  .record({
    effect: fc.constantFrom('Allow', 'Deny'),
    not: fc.constantFrom('', 'Not'),
    actions: fc.uniqueArray(action, { minLength: 1, maxLength: 3 }),
    resources: fc.uniqueArray(resource, { minLength: 1, maxLength: 3 }),
    condition,
  })
  .map(
    ({ effect, not, actions, resources, condition: when }): JsonObject => ({
      Effect: effect,
      [`${not}Action`]: actions,
      Resource: resources,
      ...when,
    }),
  )
const statements = fc.array(statement, { minLength: 1, maxLength: 4 })

function differenceOf(before: readonly JsonObject[], after: readonly JsonObject[]) {
  const [old, now] = [readPolicy(policy(...before)), readPolicy(policy(...after))]
  if (!old.ok || !now.ok) throw new Error('a generated policy is not one')
  const difference = comparePolicies(old.value, now.value)
  if (difference === undefined) throw new Error('a small policy is too large')
  return difference
}

describe('comparing AWS policies', () => {
  it('sees nothing in another order, other Sids and other case', () => {
    fc.assert(
      fc.property(statements, (list) => {
        const shuffled = [...list].reverse().map((item, at) => {
          const name = 'Action' in item ? 'Action' : 'NotAction'
          const actions = [...(item[name] as readonly string[])].reverse()
          return {
            Sid: `S${at}`,
            Resource: [...(item.Resource as readonly string[])].reverse(),
            ...(item.Condition === undefined ? {} : { Condition: item.Condition }),
            [name]: actions.map((text) => text.toUpperCase()),
            Effect: item.Effect ?? '',
          }
        })
        const result = compareIdentityPolicy(policy(...list), policy(...shuffled))
        expect(result).toMatchObject({ gained: [], lost: [], dangers: [], doubts: [] })
      }),
      { seed: SEED },
    )
  })

  it('mirrors: what one way gains, the other way loses', () => {
    fc.assert(
      fc.property(statements, statements, (a, b) => {
        const [there, back] = [differenceOf(a, b), differenceOf(b, a)]
        const words = (grants: Parameters<typeof say>[0]) => [...say(grants, new Map())].sort()
        expect(words(there.allowGained)).toEqual(words(back.allowLost))
        expect(words(there.denyAdded)).toEqual(words(back.denyRemoved))
      }),
      { seed: SEED },
    )
  })

  it('never calls an added Allow nil unless something covered it', () => {
    const fresh = { Effect: 'Allow', Action: 'zzz:Fresh', Resource: 'arn:aws:zzz:::new' }
    fc.assert(
      fc.property(statements, (list) => {
        const bounded = list.filter(
          (item) => item.Effect === 'Deny' || !JSON.stringify(item).match(/NotAction|"\*"/),
        )
        const { allowGained, allowLost } = differenceOf(bounded, [...bounded, fresh])
        expect(allowGained).toHaveLength(1)
        expect(allowLost).toEqual([])
      }),
      { seed: SEED },
    )
  })

  it('never loses by adding an Allow, nor gains by adding a Deny', () => {
    fc.assert(
      fc.property(statements, statement, (list, one) => {
        const result = differenceOf(list, [...list, one])
        expect([result.allowLost, result.denyRemoved]).toEqual([[], []])
        expect(one.Effect === 'Deny' ? result.allowGained : result.denyAdded).toEqual([])
      }),
      { seed: SEED },
    )
  })

  it('never calls a removed condition nil', () => {
    const conditional = statement.filter((item) => item.Condition !== undefined)
    fc.assert(
      fc.property(conditional, (one) => {
        const { Condition, ...free } = one
        const result = compareIdentityPolicy(policy(one), policy(free))
        expect(Condition).toBeDefined()
        expect(one.Effect === 'Allow' ? result.gained : result.lost).not.toEqual([])
      }),
      { seed: SEED },
    )
  })

  it('answers for any text at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.oneof(fc.string(), fc.json()), (a, b) => {
        const result = compareIdentityPolicy(a, b)
        expect(Array.isArray(result.doubts)).toBe(true)
      }),
      { seed: SEED, numRuns: 500 },
    )
  })
})

describe('a document made to be too much', () => {
  const many = (count: number, name: (at: number) => string): string =>
    policy(
      ...Array.from({ length: count }, (_, at) => ({
        Effect: 'Allow',
        Action: name(at),
        Resource: '*',
      })),
    )

  it('of 3000 statements that all differ is a doubt', () => {
    const result = compareIdentityPolicy(
      many(3000, (at) => `a:*x${at}`),
      many(3000, (at) => `a:*y${at}`),
    )
    expect(result.doubts).toHaveLength(1)
  })

  it('of 8000 actions in another order is still nil', () => {
    const actions = Array.from({ length: 8000 }, (_, at) => `a:Do${at}`)
    const one = (Action: readonly string[]) => policy({ Effect: 'Allow', Action, Resource: '*' })
    const result = compareIdentityPolicy(one(actions), one([...actions].reverse()))
    expect(result).toMatchObject({ gained: [], lost: [], doubts: [] })
    const more = compareIdentityPolicy(one(actions), one([...actions, 'iam:PassRole']))
    expect(more.gained).toEqual(['iam:PassRole on *'])
  })

  it('of 100 000 statements is a doubt, even beside itself', () => {
    const large = many(100_000, (at) => `a:Do${at}`)
    expect(compareIdentityPolicy(large, large).doubts).toHaveLength(1)
  })

  it('nested without end is a doubt', () => {
    const deep = `${'['.repeat(90_000)}${']'.repeat(90_000)}`
    expect(compareIdentityPolicy(undefined, deep).doubts).toHaveLength(1)
    const inside = `{"Statement":{"Effect":"Allow","Action":${deep},"Resource":"*"}}`
    expect(compareIdentityPolicy(undefined, inside).doubts).toHaveLength(1)
  })

  it('of wildcards and unclosed variables ends', () => {
    const wild = policy({
      Effect: 'Allow',
      Action: '*a'.repeat(900),
      Resource: '${'.repeat(40_000),
    })
    const other = policy({
      Effect: 'Allow',
      Action: `${'*a'.repeat(900)}b`,
      Resource: `${'${'.repeat(40_000)}*`,
    })
    const { gained, doubts } = compareIdentityPolicy(wild, other)
    expect([...gained, ...doubts]).not.toEqual([])
  })
})
