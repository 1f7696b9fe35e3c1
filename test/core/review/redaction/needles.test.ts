// Secrets are found in any text, and no secrets a plan could bring make that slow.
import { describe, expect, it } from 'vitest'
import { needles } from '../../../../src/core/review/redaction/needles.ts'

const LONG = 'correct horse battery staple '.repeat(20)

describe('a piece of a secret', () => {
  it('is found where it stands whole, and not where it only begins', () => {
    const index = needles()
    index.add('correct-horse', 'S', false)
    expect(index.first('x correct-horse y')).toEqual({ from: 2, until: 15, of: 'S' })
    expect(index.first('x correct-hor y')).toBeUndefined()
  })

  it('that is short stands alone', () => {
    const index = needles()
    index.add('monkey', 'S', false)
    expect(index.first('a monkey b')).toBeDefined()
    expect(index.first('amonkeyb')).toBeUndefined()
  })

  it('that tells is found by a fragment', () => {
    const index = needles()
    index.add('ab1cd2ef3gh4ij5kl6', 'S', true)
    expect(index.first('zzcd2ef3gh4ij5zz')).toMatchObject({ of: 'S' })
  })

  it('that is long is found by its beginning, as far as it goes', () => {
    const index = needles()
    index.add(LONG, 'S', false)
    const [hit, ...others] = index.all(`before ${LONG.slice(0, 400)}after`)
    expect(hit).toMatchObject({ from: 7, until: 407, of: 'S' })
    expect(others).toEqual([])
    expect(index.first(LONG.slice(0, 200))).toBeUndefined()
  })
})

it('a hundred long secrets that differ at their ends alone do not keep a text waiting', () => {
  const index = needles()
  for (let at = 0; at < 50; at += 1) index.add(`${'a'.repeat(200)}${at}`, `${at}`, false)
  for (let at = 0; at < 50; at += 1) index.add(`b${'a'.repeat(60_000)}x${at}`, `${at}`, false)
  expect(index.first(`${'a'.repeat(16_384)}q`)).toBeUndefined()
  expect(index.all('ba'.repeat(8_192))).toEqual([])
  expect(index.all(`b${'a'.repeat(16_384)}`)).toHaveLength(1)
})
