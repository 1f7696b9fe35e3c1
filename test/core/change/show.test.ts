import { expect, it } from 'vitest'
import { diffSides } from '../../../src/core/change/diff.ts'
import type { Side } from '../../../src/core/change/model.ts'
import { evidenceOf } from '../../../src/core/change/show.ts'
import type { JsonValue } from '../../../src/core/json.ts'

function side(value: JsonValue, sensitive: JsonValue = {}): Side {
  return { value, unknown: {}, sensitive }
}

function shown(before: Side, after: Side): string {
  return JSON.stringify(diffSides(before, after, []).map(evidenceOf))
}

it('shows plain values as they are', () => {
  expect(diffSides(side({ size: 1 }), side({ size: 2 }), []).map(evidenceOf)).toEqual([
    { path: 'size', before: 1, after: 2 },
  ])
})

it.each<[string, Side, Side]>([
  [
    'a marked value',
    side({ a: 'hunter2-old' }, { a: true }),
    side({ a: 'hunter2-new' }, { a: true }),
  ],
  [
    'a value whose name says so',
    side({ password: 'hunter2-old' }),
    side({ password: 'hunter2-new' }),
  ],
  [
    'an entry whose name says so',
    side({ env: [{ name: 'DB_PASSWORD', value: 'hunter2-old' }] }),
    side({ env: [{ name: 'DB_PASSWORD', value: 'hunter2-new' }] }),
  ],
  [
    'an entry that comes',
    side({ env: [] }),
    side({ env: [{ name: 'API_TOKEN', value: 'hunter2-new' }] }),
  ],
  [
    'a map entry whose key says so',
    side({ variables: { DB_PASSWORD: 'hunter2-old' } }),
    side({ variables: { DB_PASSWORD: 'hunter2-new' } }),
  ],
])('never shows %s', (_name, before, after) => {
  expect(shown(before, after)).not.toContain('hunter2')
})
