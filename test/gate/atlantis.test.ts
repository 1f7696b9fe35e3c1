// What Atlantis says about a run, and how much of it counts.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeArguments, wordsOfStep } from '../../src/gate/atlantis.ts'

const STEP = {
  BASE_REPO_OWNER: 'acme',
  BASE_REPO_NAME: 'infra',
  HEAD_COMMIT: '1a2b3c4d',
  PULL_NUM: '12',
  PULL_AUTHOR: 'jane',
  PROJECT_NAME: 'prod-network',
  REPO_REL_DIR: 'live/prod/network',
  WORKSPACE: 'default',
  ATLANTIS_PR_APPROVED: 'true',
  HEAD_BRANCH_NAME: 'resize-db',
}

describe('the words of a step', () => {
  it('become context and report', () => {
    const words = wordsOfStep(STEP)
    expect(words).toMatchObject({
      ok: true,
      value: {
        approved: true,
        context: {
          organization: 'acme',
          project: 'prod-network',
          directory: 'live/prod/network',
          workspace: 'default',
          branch: 'resize-db',
          tags: { repository: 'acme/infra' },
        },
        run: { repository: 'acme/infra', pull: '12', author: 'jane', commit: '1a2b3c4d' },
      },
    })
  })

  it('may all be missing or empty', () => {
    const empty = Object.fromEntries(Object.keys(STEP).map((name) => [name, '']))
    for (const env of [{}, empty]) {
      const words = wordsOfStep(env)
      expect(words).toMatchObject({ ok: true, value: { approved: undefined } })
      expect(words.ok && words.value.context).toEqual({ tags: {} })
    }
  })

  it.each(['TRUE', 'yes', '1', 'true false', 'approved'])('approve nothing with %s', (word) => {
    const words = wordsOfStep({ ATLANTIS_PR_APPROVED: word })
    expect(words.ok && words.value.approved).toBeUndefined()
  })

  it('are refused where one has no end, but for what people write', () => {
    expect(wordsOfStep({ PROJECT_NAME: 'x'.repeat(2000) }).ok).toBe(false)
    const words = wordsOfStep({ HEAD_BRANCH_NAME: 'x'.repeat(2000) })
    expect(words.ok && words.value.context.branch).toHaveLength(1000)
  })
})

describe('COMMENT_ARGS', () => {
  /** As Atlantis writes it. */
  const encode = (args: readonly string[]): string =>
    args.map((arg) => [...arg].map((char) => `\\${char}`).join('')).join(',')

  it('round-trips, commas and backslashes included', () => {
    const argument = fc.string({ unit: fc.constantFrom(...'-target=ab,\\ "\''), minLength: 1 })
    fc.assert(
      fc.property(fc.array(argument, { minLength: 1 }), (args) => {
        expect(decodeArguments(encode(args))).toEqual(args)
      }),
      { seed: 11 },
    )
  })

  it('is nothing on autoplan, and never throws', () => {
    expect(decodeArguments('')).toEqual([])
    fc.assert(
      fc.property(fc.string(), (text) => {
        decodeArguments(text)
      }),
      { seed: 12 },
    )
  })
})
