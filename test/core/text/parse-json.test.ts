import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { JsonValue } from '../../../src/core/json.ts'
import { parseJson } from '../../../src/core/text/parse-json.ts'

it('names come back as they were written, whatever was read before', () => {
  const part = fc.constantFrom('\\', '"', '\n', '\u001f', 'u0061', '{', 'a', 'é', '😀', '__proto__')
  const name = fc.array(part, { maxLength: 3 }).map((parts) => parts.join(''))
  const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      name,
      fc.constantFrom(0, -1.5, true, null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(name, tie('value'), { maxKeys: 4 }),
    ),
  }))
  const property = fc.property(value, fc.constantFrom(0, 1, '\t'), (written, indent) => {
    expect(parseJson(JSON.stringify(written, null, indent))).toEqual(written)
  })
  fc.assert(property, { seed: 30, numRuns: 5_000 })
})

it('every spelling of a name is the same name', () => {
  parseJson('{"Effect":"Deny","\\\\u0041":"*"}')
  for (const spelling of ['Action', '\\u0041ction', 'Actio\\u006E', '\\u0041\\u0063tion']) {
    const policy = parseJson(`{"Effect":"Allow","${spelling}":"*"}`)
    expect(policy).toEqual({ Effect: 'Allow', Action: '*' })
  }
})

it('of members with the same name the last counts, in the place of the first', () => {
  const text = '{"a":1,"\\u0061":2,"b":"\\\\","2":3,"1":[4],"__proto__":5,"b":6}'
  expect(Object.entries(parseJson(text) ?? {})).toEqual([
    ['1', [4]],
    ['2', 3],
    ['a', 2],
    ['b', 6],
    ['__proto__', 5],
  ])
})

it.each([
  '',
  '{"\\x":1}',
  '{"\\n":1,}',
  '["\\n"',
  '"\\u00g0"',
  '{"\\n" 1}',
  '["\\n"] x',
  '"\n\\n"',
])('%j is no JSON', (text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError)
})
