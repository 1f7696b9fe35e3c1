// Claim: the parts of a before and an after put together are the two texts again, and what is marked
// is no more than what differs.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changedPart } from '../../../src/core/report/html-changed.ts'

it('marks whole words, not characters', () => {
  expect(changedPart('cidr 10.0.0.0/16 open', 'cidr 10.0.0.0/8 open')).toEqual({
    head: 'cidr 10.0.0.0/',
    before: '16',
    after: '8',
    tail: ' open',
  })
})

it('an addition has an empty before', () => {
  expect(changedPart('["a"]', '["a","b"]')).toMatchObject({ before: '' })
})

it('loses nothing of any two texts', () => {
  const text = fc
    .array(fc.constantFrom('a', 'bc', ' ', '.', '"', '😀', 'é', '\ud800'))
    .map((l) => l.join(''))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { head, tail, ...changed } = changedPart(before, after)
      expect(head + changed.before + tail).toBe(before)
      expect(head + changed.after + tail).toBe(after)
    }),
    { seed: 20_261_120 },
  )
})
