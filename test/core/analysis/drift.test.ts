import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DriftFact, driftFacts } from '../../../src/core/analysis/drift.ts'
import type { Change } from '../../../src/core/change/model.ts'
import type { JsonObject, JsonValue } from '../../../src/core/json.ts'
import type { Subject } from '../../../src/core/knowledge/subject.ts'
import { adoption } from '../../../src/core/rules/context/drift-adoption.ts'
import { change, gone, type More, made, subject } from './resources.ts'

/** A Monday, 03:00 UTC. */
const AT = Date.parse('2026-01-12T03:00:00Z')

interface Options {
  readonly at?: number
  readonly dependents?: readonly string[]
  readonly isConfigured?: boolean
}

function facts(
  drift: readonly Change[],
  subjects: readonly Subject[],
  { at = AT, dependents = [], isConfigured = true }: Options = {},
): DriftFact[] {
  return driftFacts(drift, subjects, {
    at,
    dependents: () => dependents,
    isConfigured: () => isConfigured,
  })
}

/** One object through its three values. */
function story(
  type: string,
  state: JsonObject,
  real: JsonObject,
  planned: JsonObject,
  options: Options & { readonly masks?: More } = {},
): DriftFact[] {
  const address = `${type}.x`
  return facts(
    [change(address, ['update'], state, real, options.masks)],
    [subject(address, ['update'], real, planned, options.masks)],
    options,
  )
}

describe('three values of one attribute', () => {
  it('are a revert where the plan goes back to the state', () => {
    const [fact, ...rest] = story(
      'aws_ecs_service',
      { desired_count: 4 },
      { desired_count: 12 },
      { desired_count: 4 },
    )
    expect(rest).toEqual([])
    expect(fact).toMatchObject({
      what: 'reverted',
      path: ['desired_count'],
      shown: { real: 12, planned: 4 },
      direction: 'raised',
      metadataOnly: false,
    })
  })

  it('are a conflict where the plan wants a third value', () => {
    const [fact] = story('aws_ecs_service', { cpu: 1 }, { cpu: 2 }, { cpu: 3 })
    expect(fact?.what).toBe('conflict')
  })

  it('are nothing where the code was changed to match, or does not touch it', () => {
    expect(story('aws_a', { cpu: 1, x: 1 }, { cpu: 2, x: 1 }, { cpu: 2, x: 5 })).toEqual([])
  })

  it('mirror each other: a revert exactly where planned equals state and not real', () => {
    const value = fc.integer({ min: 0, max: 3 })
    fc.assert(
      fc.property(value, value, value, (s, r, p) => {
        const what = story('aws_a', { n: s }, { n: r }, { n: p }).map((fact) => fact.what)
        const expected = s === r || p === r ? [] : p === s ? ['reverted'] : ['conflict']
        expect(what).toEqual(expected)
      }),
      { seed: 3, numRuns: 200 },
    )
  })

  it('are told by the exact path in maps and single blocks', () => {
    const one = (size: number, tag: string): JsonObject => ({
      volume: [{ size, type: 'gp3' }],
      settings: { a: 1, mode: tag },
    })
    const paths = story('aws_a', one(10, 'x'), one(50, 'y'), one(10, 'x')).map(({ path }) => path)
    expect(paths).toEqual([
      ['settings', 'mode'],
      ['volume', 0, 'size'],
    ])
  })

  it('never show a sensitive value, and still tell that it is undone', () => {
    const found = story(
      'aws_db_instance',
      { password: 'old-secret' },
      { password: 'new-secret' },
      { password: 'old-secret' },
      { masks: { sensitive: { password: true } } },
    )
    expect(found).toHaveLength(1)
    expect(found[0]?.what).toBe('reverted')
    const text = JSON.stringify([found, found.map(adoption)])
    expect(text).not.toContain('old-secret')
    expect(text).not.toContain('new-secret')
  })

  it('never show a value whose name says secret', () => {
    const env = (value: string): JsonObject => ({
      environment: [{ variables: { API_TOKEN: value } }],
    })
    const found = story('aws_lambda_function', env('aa11'), env('bb22'), env('aa11'))
    expect(found).toHaveLength(1)
    expect(JSON.stringify([found.map(({ shown }) => shown), found.map(adoption)])).not.toMatch(
      /aa11|bb22/,
    )
  })

  it('never show the value of an entry whose name says secret, alone or among others', () => {
    const entry = (name: string, value: string): JsonObject => ({ name, value })
    const alone = (value: string): JsonObject => ({ env: [entry('DB_PASSWORD', value)] })
    const among = (value: string): JsonObject => ({
      env: [entry('MODE', 'x'), entry('DB_PASSWORD', value), entry('LONG', 'y'.repeat(200))],
    })
    for (const env of [alone, among]) {
      const found = story('aws_a', env('aa11'), env('bb22'), env('aa11'))
      expect(found).toHaveLength(1)
      const shown = found.map(({ shown, members }) => [shown, members])
      expect(JSON.stringify([shown, found.map(adoption)])).not.toMatch(/aa11|bb22/)
    }
  })

  it('are a conflict where the planned value is unknown and set by code, and nothing where computed', () => {
    const go = (isConfigured: boolean): DriftFact[] =>
      facts(
        [change('aws_a.x', ['update'], { ami: 'a', n: 1 }, { ami: 'b', n: 1 })],
        [subject('aws_a.x', ['update'], { ami: 'b', n: 1 }, { n: 2 }, { unknown: { ami: true } })],
        { isConfigured },
      )
    expect(go(true).map(({ what }) => what)).toEqual(['conflict'])
    expect(go(false)).toEqual([])
  })
})

describe('members of a rule set', () => {
  const rule = (port: number, cidr: string, description: JsonValue = ''): JsonObject => ({
    protocol: 'tcp',
    from_port: port,
    to_port: port,
    cidr_blocks: [cidr],
    description,
  })

  it('that were made by hand and go are told one by one', () => {
    const [fact] = story(
      'aws_security_group',
      { ingress: [rule(443, '10.8.0.0/16')] },
      { ingress: [rule(443, '10.8.0.0/16'), rule(8443, '10.9.0.0/16')] },
      { ingress: [rule(443, '10.8.0.0/16', null)] },
    )
    expect(fact).toMatchObject({ what: 'reverted', path: ['ingress'], direction: 'loosened' })
    expect(fact?.members?.going).toEqual([
      { protocol: 'tcp', from_port: 8443, to_port: 8443, cidr_blocks: ['10.9.0.0/16'] },
    ])
    expect(fact?.members?.returning).toEqual([])
  })

  it('that were removed by hand and come back re-open what was closed', () => {
    const [fact] = story(
      'aws_security_group',
      { ingress: [rule(22, '0.0.0.0/0')] },
      { ingress: [] },
      { ingress: [rule(22, '0.0.0.0/0')] },
    )
    expect(fact?.direction).toBe('tightened')
    expect(fact?.members?.returning).toHaveLength(1)
  })

  it('are undone even where the code adds others in the same plan', () => {
    const [fact] = story(
      'aws_security_group',
      { ingress: [rule(443, '10.8.0.0/16')] },
      { ingress: [rule(443, '10.8.0.0/16'), rule(8443, '10.9.0.0/16')] },
      { ingress: [rule(443, '10.8.0.0/16'), rule(80, '10.8.0.0/16')] },
    )
    expect(fact?.what).toBe('reverted')
  })
})

describe('harmless drift', () => {
  it('is another order of a policy document, or another form of "not set"', () => {
    const policy = (...actions: readonly string[]): JsonObject => ({
      policy: JSON.stringify({ Statement: [{ Action: actions, Effect: 'Allow' }] }),
    })
    expect(story('aws_a', policy('b', 'a'), policy('a', 'b'), policy('b', 'a'))).toEqual([])
    expect(story('aws_a', { d: null, n: 1 }, { d: '', n: 1 }, { d: null, n: 2 })).toEqual([])
  })

  it('is not another order of a plain list', () => {
    expect(
      story('aws_a', { command: ['a', 'b'] }, { command: ['b', 'a'] }, { command: ['a', 'b'] }),
    ).toHaveLength(1)
  })

  it('is a member the cloud keeps for a deleted principal', () => {
    const members = (...list: readonly string[]): JsonObject => ({ members: list })
    expect(
      story(
        'google_project_iam_binding',
        members('user:a@x.example'),
        members('user:a@x.example', 'deleted:serviceAccount:s@p.iam.gserviceaccount.com?uid=123'),
        members('user:a@x.example'),
      ),
    ).toEqual([])
  })

  it('is metadata, unless a marker of an incident stands in it', () => {
    const tags = (value: string): JsonObject => ({ tags: value === '' ? {} : { note: value } })
    const plain = story('aws_a', tags(''), tags('scanned'), tags(''))
    expect(plain[0]).toMatchObject({ metadataOnly: true, raisedBy: [] })
    const marked = story('aws_a', tags(''), tags('INC-2291 do not remove'), tags(''))
    expect(marked[0]?.raisedBy).toContain('an incident marker stands in it')
  })

  it('tells tags once and not again as tags_all', () => {
    const both = (value: string): JsonObject => ({ tags: { k: value }, tags_all: { k: value } })
    expect(story('aws_a', both('a'), both('b'), both('a')).map(({ path }) => path[0])).toEqual([
      'tags',
    ])
  })
})

describe('the likeness to a hot-fix', () => {
  const scaled = (more: JsonObject, options: Options = {}): number =>
    story(
      'aws_ecs_service',
      { desired_count: 4 },
      { desired_count: 12, ...more },
      { desired_count: 4, ...more },
      options,
    ).find(({ path }) => path[0] === 'desired_count')?.hotfix ?? -1

  it('grows with a recent time, more so at night or at the weekend, and not with an old one', () => {
    const plain = scaled({})
    const monday = scaled({ last_modified: '2026-01-09T10:00:00Z' })
    const sunday = scaled({ last_modified: '2026-01-11T10:00:00Z' })
    expect(monday).toBeCloseTo(plain + 0.2)
    expect(sunday).toBeCloseTo(plain + 0.35)
    expect(scaled({ last_modified: '2025-12-01T10:00:00Z' })).toBeCloseTo(plain)
    expect(scaled({ last_modified: 'not a date' })).toBeCloseTo(plain)
  })

  it('never falls by anything that text says', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(scaled({ description: text })).toBeGreaterThanOrEqual(scaled({}))
      }),
      { seed: 5, numRuns: 200 },
    )
  })

  it('falls only where an autoscaler of the configuration reads the object', () => {
    const byHand = scaled({})
    expect(scaled({}, { dependents: ['aws_appautoscaling_target.app'] })).toBeLessThan(byHand)
    expect(scaled({}, { dependents: ['aws_instance.aws_autoscaling_policy'] })).toBe(byHand)
  })

  it('grows with other drift in the same service', () => {
    const at = (name: string): [Change, Subject] => {
      const address = `aws_ecs_service.${name}`
      return [
        change(address, ['update'], { desired_count: 4 }, { desired_count: 12 }),
        subject(address, ['update'], { desired_count: 12 }, { desired_count: 4 }),
      ]
    }
    const [a, b] = [at('shop-a'), at('shop-b')]
    const both = facts([a[0], b[0]], [a[1], b[1]])
    const alone = facts([a[0]], [a[1]])
    expect(both[0]?.hotfix).toBeCloseTo((alone[0]?.hotfix ?? 0) + 0.1)
  })
})

describe('objects as a whole', () => {
  it('that were removed by hand and come back are told', () => {
    const found = facts(
      [change('aws_iam_access_key.k', ['delete'], { user: 'ci' }, null)],
      [made('aws_iam_access_key.k', { user: 'ci' })],
    )
    expect(found.map(({ what }) => what)).toEqual(['recreated'])
  })

  it('that were changed by hand and now go are told, unless only metadata changed', () => {
    const drifted = (after: JsonObject): Change =>
      change('aws_a.x', ['update'], { size: 1, etag: 'a' }, after)
    const going = gone('aws_a.x', { size: 2 })
    const [fact] = facts([drifted({ size: 2, etag: 'a' })], [going])
    expect(fact).toMatchObject({ what: 'destroyed', changed: ['size'] })
    expect(facts([drifted({ size: 1, etag: 'b' })], [going])).toEqual([])
  })

  it('that are replaced are compared as in an update', () => {
    const found = facts(
      [change('aws_a.x', ['update'], { size: 1 }, { size: 9 })],
      [subject('aws_a.x', ['delete', 'create'], { size: 9 }, { size: 1 })],
    )
    expect(found.map(({ what }) => what)).toEqual(['reverted'])
  })
})

it('does not depend on the order of drift or changes', () => {
  const numbers = fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)), { maxLength: 8 })
  fc.assert(
    fc.property(numbers, (list) => {
      const drift = list.map(([s, r], at) => change(`aws_a.n${at}`, ['update'], { n: s }, { n: r }))
      const subjects = list.map(([, r, p], at) =>
        subject(`aws_a.n${at}`, ['update'], { n: r }, { n: p }),
      )
      const sorted = (found: readonly DriftFact[]): string[] =>
        found.map((fact) => JSON.stringify(fact)).sort()
      expect(sorted(facts([...drift].reverse(), [...subjects].reverse()))).toEqual(
        sorted(facts(drift, subjects)),
      )
    }),
    { seed: 9, numRuns: 100 },
  )
})

it('looks at 20 000 drifted objects once each', () => {
  const count = 20_000
  let asked = 0
  const drift = Array.from({ length: count }, (_, n) =>
    change(`aws_a.n${n}`, ['update'], { replicas: 1 }, { replicas: 2 }),
  )
  const subjects = Array.from({ length: count }, (_, n) =>
    subject(`aws_a.n${n}`, ['update'], { replicas: 2 }, { replicas: 1 }),
  )
  const found = driftFacts(drift, subjects, {
    at: AT,
    dependents: () => {
      asked += 1
      return []
    },
    isConfigured: () => true,
  })
  expect(found).toHaveLength(count)
  expect(asked).toBe(count)
})
