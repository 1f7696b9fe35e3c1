import fc from 'fast-check'
import { expect, it } from 'vitest'
import { classifyActions } from '../../../src/core/change/action.ts'
import { diffSides } from '../../../src/core/change/diff.ts'
import type { Side } from '../../../src/core/change/model.ts'
import type { JsonValue, Path } from '../../../src/core/json.ts'

function side(value: JsonValue, masks: { unknown?: JsonValue; sensitive?: JsonValue } = {}): Side {
  return { value, unknown: masks.unknown ?? {}, sensitive: masks.sensitive ?? {} }
}

function names(before: Side, after: Side, forced: Path[] = []): string[] {
  return diffSides(before, after, forced).map((delta) => delta.name)
}

it('reports the leaf that differs and nothing beside it', () => {
  const before = side({ size: 1, tags: { a: 'x', b: 'y' } })
  const after = side({ size: 1, tags: { a: 'x', b: 'z' } })
  expect(diffSides(before, after, [])).toEqual([
    {
      path: ['tags', 'b'],
      name: 'tags.b',
      before: { kind: 'known', value: 'y' },
      after: { kind: 'known', value: 'z' },
      forcesReplacement: false,
      markOnly: false,
    },
  ])
})

it('treats the several forms of "not set" as one', () => {
  expect(names(side({ a: null, b: '', c: [], d: {} }), side({}))).toEqual([])
})

it('keeps zero and false apart from "not set"', () => {
  expect(names(side({ a: 0, b: false }), side({ a: null, b: null }))).toEqual(['a', 'b'])
})

it('asks for the sensitive mark before it looks at unknown or value', () => {
  const [delta] = diffSides(
    side({ password: 'old' }, { sensitive: { password: true } }),
    side({}, { unknown: { password: true }, sensitive: { password: true } }),
    [],
  )
  expect(delta?.before).toEqual({ kind: 'sensitive' })
  expect(delta?.after).toEqual({ kind: 'sensitive' })
})

it('tells a mark that came or went from a value that changed', () => {
  const [delta] = diffSides(
    side({ token: 'same' }, { sensitive: { token: true } }),
    side({ token: 'same' }),
    [],
  )
  expect(delta?.markOnly).toBe(true)
})

it('reports an attribute that becomes known only after apply', () => {
  const [delta] = diffSides(side({ policy: '{}' }), side({}, { unknown: { policy: true } }), [])
  expect(delta?.after).toEqual({ kind: 'unknown' })
})

it('reads an unknown of the whole resource', () => {
  expect(names(side({ a: 1 }), side(null, { unknown: true }))).toEqual([''])
})

it('takes a block that comes or goes apart to its leaves', () => {
  expect(names(side({ ttl: [] }), side({ ttl: [{ enabled: true, name: 'at' }] }))).toEqual([
    'ttl.enabled',
    'ttl.name',
  ])
})

it('sees a block without content come and go', () => {
  const none = side({ spec: [{ ingress: [] }] })
  const open = side({ spec: [{ ingress: [{ from: [], ports: [] }] }] })
  expect(names(none, open)).toEqual(['spec.ingress'])
  expect(names(open, none)).toEqual(['spec.ingress'])
  expect(names(side({ include: {} }), side({ include: { everyone: {} } }))).toEqual([
    'include.everyone',
  ])
})

it('tells a list of plain values as a whole', () => {
  const deltas = diffSides(side({ zones: ['a', 'b'] }), side({ zones: ['a'] }), [])
  expect(deltas.map((delta) => delta.path)).toEqual([['zones']])
})

it('marks what forces replacement, at the path, above it and below it', () => {
  const forced: Path[] = [['network', 0, 'subnet'], ['identity']]
  const deltas = diffSides(
    side({ network: [{ subnet: 'a', other: 1 }], identity: { name: 'a' } }),
    side({ network: [{ subnet: 'b', other: 2 }], identity: { name: 'b' } }),
    forced,
  )
  expect(deltas.map((delta) => [delta.name, delta.forcesReplacement])).toEqual([
    ['identity.name', true],
    ['network.other', false],
    ['network.subnet', true],
  ])
})

it('finds no delta between a value and itself, and one where a leaf was changed', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const json = value as JsonValue
      expect(names(side(json), side(structuredClone(json)))).toEqual([])
      const changed = { ...(json as object), 'a leaf': 'new' } as JsonValue
      expect(names(side(json), side(changed))).toContain('a leaf')
    }),
    { seed: 7 },
  )
})

it('never gives a sensitive value away, whatever the other masks say', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.boolean(), (was, is, unknown) => {
      const deltas = diffSides(
        side({ secret: was as JsonValue }, { sensitive: { secret: true } }),
        side({ secret: is as JsonValue }, { unknown: { secret: unknown } }),
        [],
      )
      for (const delta of deltas) expect(delta.before).toEqual({ kind: 'sensitive' })
    }),
    { seed: 7 },
  )
})

it.each([
  [['no-op'], 'no-op'],
  [['create'], 'create'],
  [['read'], 'read'],
  [['update'], 'update'],
  [['delete'], 'delete'],
  [['forget'], 'forget'],
  [['open'], 'open'],
  [['delete', 'create'], 'replace'],
  [['create', 'delete'], 'replace'],
  [['create', 'forget'], 'replace'],
  [['forget', 'create'], 'replace'],
  [[], 'unrecognised'],
  [['Open'], 'unrecognised'],
  [['create', 'update'], 'unrecognised'],
  [['no-op', 'delete'], 'unrecognised'],
  [['no-op,delete'], 'unrecognised'],
])('classifies %j as %s', (words, kind) => {
  expect(classifyActions(words).kind).toBe(kind)
})

it('knows which object of a forgotten pair stays behind', () => {
  expect(classifyActions(['create', 'forget'])).toMatchObject({ old: 'forgotten' })
  expect(classifyActions(['create', 'delete'])).toMatchObject({ old: 'destroyed' })
})
