// Claim: a drawing of the blast radius names or counts every dependent, and so does its list.
import { expect, it } from 'vitest'
import { reachSection } from '../../../src/core/report/html-reach.ts'

function one(count: number, more: number): Parameters<typeof reachSection>[0][number] {
  const dependents = Array.from({ length: count }, (_, at) => `aws_subnet.s${at}`)
  return { subject: 'module.net["a.b"].aws_vpc.main', dependents, more }
}

it('is absent where nothing depends on anything', () => {
  expect(reachSection([])).toBe('')
})

it.each([
  [3, 0, 0],
  [10, 0, 0],
  [11, 0, 1],
  [30, 470, 490],
])('%i listed and %i more', (listed, more, undrawn) => {
  const html = reachSection([one(listed, more)])
  expect(html.match(/<rect /g)).toHaveLength(1 + listed + more - undrawn + (undrawn > 0 ? 1 : 0))
  expect(html.includes(`>and ${undrawn} more</text>`)).toBe(undrawn > 0)
  expect(html.match(/<li><code>/g)).toHaveLength(listed)
  expect(html.includes(`<li>and ${more} more</li>`)).toBe(more > 0)
  expect(html).toContain(`${listed + more} dependents of`)
})

it('draws some objects and names or counts the others', () => {
  const html = reachSection(Array.from({ length: 20 }, () => one(1, 0)))
  expect(html.match(/<svg /g)).toHaveLength(8)
  expect(html).toContain('12 more objects with dependents not drawn')
  expect(html).toContain('and 2 more.')
})

it('a name from a plan stays a name', () => {
  const html = reachSection([{ ...one(0, 0), dependents: ['</text><script>alert(1)</script>'] }])
  expect(html).not.toContain('<script')
})
