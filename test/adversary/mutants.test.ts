// A lock that cannot be picked proves nothing while the lock is not known to lock: each condition of a
// release is taken away in turn, and the same cases have to find a verdict that became weaker.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Heard, Opinion, Question, Reviewed } from '../../src/core/review/model.ts'
import type { Case } from './case.ts'
import { WRITTEN } from './cases/all.ts'
import { PEOPLE } from './cases/people.ts'
import type { Broken, Prepared } from './pipeline.ts'
import { READERS, type Reader } from './readers.ts'
import { type Ready, readyFor, tried } from './trial.ts'

type Opinions = Extract<Heard, { readonly kind: 'opinions' }>

const hearing =
  (change: (heard: Opinions, prepared: Prepared) => Heard): Broken =>
  (reviewed, prepared): Reviewed =>
    reviewed.heard.kind === 'none'
      ? reviewed
      : { ...reviewed, heard: change(reviewed.heard, prepared) }
const inBoth = (change: (opinion: Opinion, prepared: Prepared) => Opinion): Broken =>
  hearing((heard, prepared) => ({
    ...heard,
    blind: change(heard.blind, prepared),
    informed: change(heard.informed, prepared),
  }))

const LIMIT = {
  id: 'everything',
  grantedBy: 'jane@acme.example',
  rollback: 'revert the commit',
  expires: '2099-12-31',
}
const everything = ({ examination }: Prepared): readonly Question[] =>
  examination.weighing.weighed
    .filter(({ holds }) => holds)
    .map(({ finding }, at) => ({ id: `q${at + 1}`, finding, limit: LIMIT }))
const harmless = (ids: readonly string[]): Opinion['answers'] =>
  new Map(ids.map((id) => [id, 'harmless']))

/** What of the review is taken away, and whether authority alone still has to stand. */
const MUTANTS: readonly (readonly [what: string, broken: Broken])[] = [
  [
    'hostile text is no matter',
    hearing((heard) => ({ ...heard, asked: { ...heard.asked, hostile: [] } })),
  ],
  [
    'what was left out is no matter',
    hearing((heard) => ({ ...heard, asked: { ...heard.asked, leftOut: [] } })),
  ],
  [
    'the second reading is not asked for',
    hearing((heard) => ({ ...heard, informed: heard.blind })),
  ],
  ['the first reading is not asked for', hearing((heard) => ({ ...heard, blind: heard.informed }))],
  [
    'unsure is as good as harmless',
    inBoth((opinion) => ({
      ...opinion,
      position: opinion.position === 'unsure' ? 'release' : opinion.position,
      answers: new Map(
        [...opinion.answers].map(([id, one]) => [id, one === 'unsure' ? 'harmless' : one]),
      ),
    })),
  ],
  [
    'a position of unsure is one of release',
    inBoth((opinion) => ({
      ...opinion,
      position: opinion.position === 'unsure' ? 'release' : opinion.position,
    })),
  ],
  [
    'no answer is needed',
    inBoth((opinion, { questions }) => ({
      ...opinion,
      answers: harmless(questions.map(({ id }) => id)),
    })),
  ],
  [
    'worries are no matter',
    inBoth((opinion) => ({
      ...opinion,
      position: 'release',
      claims: opinion.claims.filter(({ kind }) => kind === 'harmless'),
    })),
  ],
]

/** One layer is enough: without the other the same attacks still find nothing. */
const KEPT_BY_THE_OTHER: readonly (readonly [what: string, broken: Broken])[] = [
  [
    'everything is a question',
    (reviewed, prepared) => {
      const questions = everything(prepared)
      const ids = questions.map(({ id }) => id)
      const heard = inBoth((opinion) => ({ ...opinion, answers: harmless(ids) }))(
        reviewed,
        prepared,
      ).heard
      return { questions, heard }
    },
  ],
]

const CASES: readonly Case[] = [
  ...WRITTEN.filter(({ id }) => !id.startsWith('crowd: ') || id === 'crowd: many long tags'),
  ...PEOPLE.filter((_, at) => at % 20 === 0),
]
const STRONG = new Set([
  'always releases',
  'releases, then holds',
  'holds, then releases',
  'is unsure and releases',
  'is unsure, then releases',
  'releases, then is unsure',
  'answers all and is unsure',
  'answers nothing and releases',
  'worries and releases',
])
const readers: readonly Reader[] = READERS.filter(({ id }) => STRONG.has(id))
let prepared: Promise<readonly Ready[]> | undefined
const ready = (): Promise<readonly Ready[]> =>
  (prepared ??= Promise.all(CASES.map((one) => readyFor(one))))

/** Not looked for beyond `most` of them. */
async function weakened(
  broken?: Broken,
  by: readonly Reader[] = readers,
  most: number = Number.POSITIVE_INFINITY,
): Promise<readonly string[]> {
  const found: string[] = []
  for (const one of await ready()) {
    for (const reader of by) {
      if (found.length >= most) return found
      const outcome = await tried(one, reader, broken)
      if ((outcome?.weak.length ?? 0) > 0) found.push(`${outcome?.id}, ${outcome?.reader}`)
    }
  }
  return found
}

beforeAll(async () => {
  await ready()
})

describe('the suite notices', () => {
  it.each(MUTANTS)('when %s', async (_, broken) => {
    expect(await weakened(broken, readers, 1)).toHaveLength(1)
  })

  it('nothing where nothing is taken away', async () => {
    expect(await weakened()).toEqual([])
  })
})

describe('authority holds by itself', () => {
  it.each(KEPT_BY_THE_OTHER)('when %s', async (_, broken) => {
    const agreeing = readers.filter(({ agrees }) => agrees === true)
    // Which of two of one name is meant, only whoever makes the questions can tell.
    expect(await weakened(broken, agreeing)).toEqual([
      'twins: the same address twice, always releases',
    ])
  })
})
