import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renamesIn } from '../../../src/core/analysis/renames.ts'
import type { Subject } from '../../../src/core/knowledge/subject.ts'
import { gone, made, plan, subject } from './resources.ts'

const of = (subjects: readonly Subject[]) => renamesIn(subjects, plan())

function queue(name: string) {
  return { name, delay_seconds: 5, fifo_queue: false, message_retention_seconds: 345600 }
}

describe('a pair of one destroy and one create', () => {
  it('is found by equal identity', () => {
    const { pairs } = of([
      gone('aws_sqs_queue.a', { ...queue('jobs'), id: 'x', url: 'https://x' }),
      made('aws_sqs_queue.b', queue('jobs'), { id: true, url: true }),
    ])
    expect(pairs).toEqual([
      {
        from: 'aws_sqs_queue.a',
        to: 'aws_sqs_queue.b',
        type: 'aws_sqs_queue',
        certainty: 'same',
        matchedBy: ['name'],
      },
    ])
  })

  it('is none where the identity differs', () => {
    expect(
      of([gone('aws_sqs_queue.a', queue('jobs')), made('aws_sqs_queue.b', queue('mail'))]).pairs,
    ).toEqual([])
  })

  it('is none where the identity of the new object is unknown', () => {
    const { name: _, ...rest } = queue('jobs')
    expect(
      of([gone('aws_sqs_queue.a', queue('jobs')), made('aws_sqs_queue.b', rest, { name: true })])
        .pairs,
    ).toEqual([])
  })

  it('is none where only the place is known to be the same', () => {
    const group = { vpc_id: 'vpc-1', description: 'a', egress: [], revoke_rules_on_delete: false }
    const other = { vpc_id: 'vpc-1', description: 'b', revoke_rules_on_delete: false }
    expect(
      of([
        gone('aws_security_group.a', { ...group, name: 'a-1' }),
        made('aws_security_group.b', other, { name: true }),
      ]).pairs,
    ).toEqual([])
  })

  it('is none between two types', () => {
    expect(
      of([gone('aws_sqs_queue.a', queue('jobs')), made('aws_sns_topic.b', queue('jobs'))]).pairs,
    ).toEqual([])
  })

  it('needs more than a name where the module differs', () => {
    const other = {
      name: 'jobs',
      delay_seconds: 90,
      fifo_queue: true,
      message_retention_seconds: 60,
    }
    expect(
      of([gone('aws_sqs_queue.a', queue('jobs')), made('module.m.aws_sqs_queue.b', other)]).pairs,
    ).toEqual([])
    expect(
      of([gone('aws_sqs_queue.a', queue('jobs')), made('module.m.aws_sqs_queue.b', queue('jobs'))])
        .pairs,
    ).toHaveLength(1)
  })

  it('keeps the reason of the destroy, for a changed key and a switched repetition', () => {
    const key = of([
      gone('aws_sqs_queue.q["a"]', queue('jobs'), 'delete_because_each_key'),
      made('aws_sqs_queue.q["b"]', queue('jobs')),
    ])
    expect(key.pairs[0]?.reason).toBe('delete_because_each_key')
    const repetition = of([
      gone('aws_sqs_queue.q[0]', queue('jobs'), 'delete_because_wrong_repetition'),
      made('aws_sqs_queue.q["jobs"]', queue('jobs')),
    ])
    expect(repetition.pairs[0]?.reason).toBe('delete_because_wrong_repetition')
  })

  it('does not depend on the order of the plan, and uses every object once', () => {
    const names = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 })
    fc.assert(
      fc.property(names, names, fc.integer(), (before, after, seed) => {
        const all = [
          ...before.map((n) => gone(`aws_sqs_queue.old${n}`, queue(`q${n}`))),
          ...after.map((n) => made(`aws_sqs_queue.new${n}`, queue(`q${n}`))),
        ]
        const shuffled = [...all].sort(
          (a, b) => hash(a.change.address, seed) - hash(b.change.address, seed),
        )
        const { pairs } = of(all)
        expect(of(shuffled).pairs).toEqual(pairs)
        const both = before.filter((n) => after.includes(n))
        expect(pairs.map(({ from, to }) => `${from} ${to}`).sort()).toEqual(
          both.map((n) => `aws_sqs_queue.old${n} aws_sqs_queue.new${n}`).sort(),
        )
      }),
      { seed: 11, numRuns: 100 },
    )
  })

  it('is found among 5 000 destroys and 5 000 creates without comparing all with all', () => {
    const count = 5_000
    let reads = 0
    const watched = (name: string) =>
      Object.defineProperty({ ...queue(name) }, 'name', {
        enumerable: true,
        get: () => {
          reads += 1
          return name
        },
      })
    const subjects = Array.from({ length: count }, (_, n) => [
      gone(`aws_sqs_queue.old${n}`, watched(`q${n}`)),
      made(`aws_sqs_queue.new${n}`, watched(n % 2 === 0 ? `q${n}` : `r${n}`)),
    ]).flat()
    reads = 0
    expect(of(subjects).pairs).toHaveLength(count / 2)
    expect(reads).toBeLessThan(count * 40)
  })

  it('stays bounded where 2 000 objects share one name', () => {
    const subjects = Array.from({ length: 2_000 }, (_, n) => [
      gone(`aws_sqs_queue.old[${n}]`, queue('same')),
      made(`aws_sqs_queue.new[${n}]`, queue('same')),
    ]).flat()
    const { pairs } = of(subjects)
    expect(new Set(pairs.map(({ to }) => to)).size).toBe(2_000)
  })
})

describe('a module under a new name', () => {
  const GONE = 'delete_because_no_module'
  const members = (module: string, n: number) =>
    Array.from({ length: n }, (_, at) => `${module}.aws_sqs_queue.q${at}`)

  it('is told once, with its members', () => {
    const found = of([
      ...members('module.a', 4).map((one, at) => gone(one, queue(`q${at}`), GONE)),
      ...members('module.b', 4).map((one, at) => made(one, queue(`q${at}`))),
    ])
    expect(found.modules).toEqual([{ from: 'module.a', to: 'module.b', members: 4, without: 0 }])
    expect(found.pairs).toEqual([])
  })

  it('is told at the level that changed', () => {
    const found = of([
      gone('module.a.module.x.aws_sqs_queue.q', queue('q'), GONE),
      gone('module.a.aws_sqs_queue.p', queue('p'), GONE),
      made('module.b.module.x.aws_sqs_queue.q', queue('q')),
      made('module.b.aws_sqs_queue.p', queue('p')),
    ])
    expect(found.modules).toEqual([{ from: 'module.a', to: 'module.b', members: 2, without: 0 }])
  })

  it('is one move where all instances keep their key', () => {
    const found = of(
      ['x', 'y'].flatMap((key) => [
        gone(`module.a["${key}"].aws_sqs_queue.q`, queue(key), GONE),
        made(`module.b["${key}"].aws_sqs_queue.q`, queue(key)),
      ]),
    )
    expect(found.modules).toEqual([{ from: 'module.a', to: 'module.b', members: 2, without: 0 }])
  })

  it('is none where the members are other objects or most have no counterpart', () => {
    expect(
      of([
        gone('module.a.aws_sqs_queue.q', queue('one'), GONE),
        made('module.b.aws_sqs_queue.q', queue('two')),
      ]).modules,
    ).toEqual([])
    expect(
      of([
        ...members('module.a', 5).map((one, at) => gone(one, queue(`q${at}`), GONE)),
        made('module.b.aws_sqs_queue.q0', queue('q0')),
      ]).modules,
    ).toEqual([])
  })
})

describe('a counted list that lost an item', () => {
  const node = (at: number, was: string, is: string) =>
    subject(
      `aws_instance.node[${at}]`,
      ['update'],
      { tags: { Name: was }, private_ip: `10.0.0.${at}` },
      { tags: { Name: is }, private_ip: `10.0.0.${at}` },
    )
  const last = (at: number, was: string) =>
    gone(`aws_instance.node[${at}]`, { tags: { Name: was } }, 'delete_because_count_index')

  it('names the item that left and the object that really goes', () => {
    const { shifts } = of([node(1, 'b', 'c'), node(2, 'c', 'd'), last(3, 'd')])
    expect(shifts).toEqual([
      {
        of: 'aws_instance.node',
        type: 'aws_instance',
        rewritten: [
          { to: 1, was: 2, replaced: false },
          { to: 2, was: 3, replaced: false },
        ],
        destroyed: [3],
        left: [1],
      },
    ])
  })

  it('finds two items that left', () => {
    const { shifts } = of([node(0, 'a', 'b'), node(1, 'b', 'd'), last(2, 'c'), last(3, 'd')])
    expect(shifts[0]?.destroyed).toEqual([2, 3])
    expect(shifts[0]?.left).toEqual([0, 2])
  })

  it('is no shift where the last item left, or the others change in their own way', () => {
    expect(of([last(3, 'd')]).shifts).toEqual([])
    expect(of([node(1, 'b', 'z'), last(2, 'c')]).shifts).toEqual([])
  })
})

it('sees most of a state destroyed and made again', () => {
  const subjects = Array.from({ length: 6 }, (_, n) => [
    gone(`aws_sqs_queue.old${n}`, queue(`q${n}`)),
    made(`aws_sqs_queue.new${n}`, queue(`q${n}`)),
  ]).flat()
  expect(renamesIn(subjects, plan({ noOps: 2 })).wholesale).toEqual({ moved: 6, existing: 8 })
  expect(renamesIn(subjects, plan({ noOps: 20 })).wholesale).toBeUndefined()
})

function hash(text: string, seed: number): number {
  let value = seed | 0
  for (const char of text) value = (Math.imul(value, 31) + char.charCodeAt(0)) | 0
  return value
}
