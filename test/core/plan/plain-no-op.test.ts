// An element is dropped unparsed only where it truly does nothing, whatever text it carries.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { element, plan, readOk } from './support.ts'

const first = element(['no-op'], {}, { address: 'aws_vpc.first' })

async function counts(raw: string): Promise<{ readonly changes: number; readonly noOps: number }> {
  const source = JSON.stringify(plan({ resource_changes: [first, '@'] })).replace('"@"', () => raw)
  const read = await readOk(source)
  return { changes: read.changes.length, noOps: read.noOps }
}

const CHANGE = { changes: 1, noOps: 1 }
const NO_OP = { changes: 0, noOps: 2 }

describe('a plain no-op', () => {
  it.each([0, 1, 2, '\t'])('is recognised with indentation %j', async (indent) => {
    expect(await counts(JSON.stringify(element(['no-op']), null, indent))).toEqual(NO_OP)
  })

  it('is recognised with its keys in any order', async () => {
    const { change, type, ...rest } = element(['no-op'])
    expect(await counts(JSON.stringify({ change, ...rest, type }))).toEqual(NO_OP)
  })

  it('is recognised with more strings than are noted', async () => {
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`k${n}`, 'v']))
    expect(await counts(JSON.stringify(element(['no-op'], {}, many)))).toEqual(NO_OP)
  })
})

describe('an attempt to look like a no-op', () => {
  const deletes = { actions: ['delete'], before: {}, after: null }
  it.each([
    ['an attribute named actions', element(['delete'], { before: { actions: ['no-op'] } })],
    [
      'a text that holds the words',
      element(['delete'], { before: '"change":{"actions":["no-op"]}' }),
    ],
    ['another member with actions', { other: { actions: ['no-op'] }, ...element(['delete']) }],
    [
      'a change in an attribute',
      element(['delete'], { before: { change: { actions: ['no-op'] } } }),
    ],
    ['values that equal the keys', element(['delete'], {}, { name: 'change', index: 'actions' })],
    ['two words', element(['no-op', 'delete'])],
    ['the word in a nested list', { ...element(['x']), change: { ...deletes, a: [['no-op']] } }],
    ['an address with brackets', element(['delete'], {}, { address: 'a.b["{\\"actions\\":["]' })],
  ])('is a change: %s', async (_name, raw) => {
    expect(await counts(JSON.stringify(raw))).toEqual(CHANGE)
  })

  it('is counted right for any attribute text', async () => {
    const property = fc.asyncProperty(
      fc.json(),
      fc.string(),
      fc.constantFrom('no-op', 'delete', 'update'),
      async (json, name, word) => {
        const raw = element([word], { before: { [name]: json } }, { name })
        const expected = word === 'no-op' ? NO_OP : CHANGE
        expect(await counts(JSON.stringify(raw))).toEqual(expected)
      },
    )
    await fc.assert(property, { seed: 20, numRuns: 200 })
  })
})

it('no-ops of wanted types are kept beside the changes and still counted', async () => {
  const rule = element(['no-op'], {}, { type: 'aws_security_group_rule' })
  const source = plan({ resource_changes: [first, rule, element(['no-op'])] })
  const read = await readOk(source, { keepUnchanged: (type) => type === 'aws_security_group_rule' })
  expect(read.unchanged.map((one) => one.type)).toEqual(['aws_security_group_rule'])
  expect(read.noOps).toBe(3)
  expect(read.changes).toEqual([])
})
