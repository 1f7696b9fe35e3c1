import { expect, it } from 'vitest'
import { planJson } from '../../../support/plans.ts'
import { judged } from '../judged.ts'

async function holds(before: string, after: string): Promise<number> {
  const resource = { type: 'aws_ssm_document', name: 'one', actions: ['update'] }
  const side = (settings: string) => ({ name: 'one', settings })
  const plan = planJson([{ ...resource, before: side(before), after: side(after) }])
  return (await judged(plan)).holds.length
}

it('clears a document of which only the spelling changes', async () => {
  expect(await holds('{"a":1,"b":["x"]}', ' { "b": ["\\u0078"], "\\u0061": 1.0 }')).toBe(0)
})

it.each([
  [
    'a digit that a float cannot hold',
    '{"id":98765432109876543210}',
    '{"id":98765432109876543211}',
  ],
  ['a number too large for a float', '{"id":1e400}', '{"id":2e400}'],
  ['the first of two members', '{"a":"x","a":"y"}', '{"a":"z","a":"y"}'],
  ['a name spelt with an escape', '{"n3":"","\\\\":"1"}', '{"n3":"","\\"":"1"}'],
])('holds a document in which %s changes', async (_name, before, after) => {
  expect(await holds(before, after)).toBeGreaterThan(0)
})

it('holds a document with more levels than can be compared', async () => {
  for (const levels of [513, 5_000, 90_000]) {
    const document = `${'['.repeat(levels)}1${']'.repeat(levels)}`
    expect(await holds(document, ` ${document}`)).toBeGreaterThan(0)
  }
  const document = `${'['.repeat(512)}1${']'.repeat(512)}`
  expect(await holds(document, ` ${document}`)).toBe(0)
})
