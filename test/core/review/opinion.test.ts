// What a model answers is believed as far as it cites what was shown, and no further.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SENTENCE_LENGTH } from '../../../src/core/review/clean.ts'
import type { Packet, PassName, Question } from '../../../src/core/review/model.ts'
import { MAX_ANSWER_CHARACTERS, MAX_CLAIMS, readOpinion } from '../../../src/core/review/opinion.ts'
import { questionsOf } from '../../../src/core/review/questions.ts'
import { examined, limits, packetWith, rollout } from './situations.ts'

const questions: readonly Question[] = questionsOf(
  await examined([rollout('web'), rollout('jobs')], limits({})),
)
const packet: Packet = packetWith(questions, {
  shown: { 'aws_lb.web': ['', 'internal'], 'aws_iam_role.web': ['policy'] },
})
const JOBS = 'aws_ecs_service.jobs'
const WEB = 'aws_ecs_service.web'

interface Claim {
  readonly kind: string
  readonly address: string
  readonly path: string
  readonly hazard: string
  readonly says: string
}
const harmless: Claim = {
  kind: 'harmless',
  address: WEB,
  path: 'task_definition',
  hazard: 'none',
  says: 'a new revision of the same task',
}
const worry: Claim = { ...harmless, kind: 'worry', hazard: 'outage', says: 'a single instance' }
const answer = (question: string, address: string, said = 'harmless') => ({
  question,
  address,
  path: 'task_definition',
  answer: said,
})
const idOf = (address: string): string =>
  questions.find(({ finding }) => finding.address === address)?.id ?? ''
const BOTH = [answer(idOf(WEB), WEB), answer(idOf(JOBS), JOBS)]

function text(over: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ claims: [harmless], answers: BOTH, position: 'release', ...over })
}

function read(over: Readonly<Record<string, unknown>> = {}, pass: PassName = 'blind') {
  const opinion = readOpinion(text(over), packet, pass)
  if (!opinion.ok) throw new Error(opinion.error)
  return opinion.value
}

function problem(of: string, pass: PassName = 'blind'): string {
  const opinion = readOpinion(of, packet, pass)
  return opinion.ok ? '' : opinion.error
}

it.each([
  ['in front', (answered: string) => answered.replace('{', '{"position":"hold",')],
  ['at the end', (answered: string) => answered.replace(/\}$/, ',"position":"release"}')],
  ['written otherwise', (answered: string) => answered.replace('{', '{"\\u0070osition":"hold",')],
  ['inside a claim', (answered: string) => answered.replace('"kind"', '"kind":"worry","kind"')],
])('does not choose between two members of one name %s', (_where, twice) => {
  expect(problem(twice(text()))).toBe('the answer says something twice')
})

it('reads an answer that cites what was shown', () => {
  expect(questions.map(({ finding }) => finding.address).sort()).toEqual([JOBS, WEB])
  expect(read()).toEqual({
    position: 'release',
    claims: [{ ...harmless, hazard: null }],
    answers: new Map([
      [idOf(WEB), 'harmless'],
      [idOf(JOBS), 'harmless'],
    ]),
    discarded: 0,
  })
})

describe('no opinion', () => {
  it.each([
    ['nothing', '', 'not JSON'],
    ['a sentence', 'I would release this plan.', 'not JSON'],
    ['an answer that ends early', text().slice(0, -3), 'not JSON'],
    ['two answers', `${text()}\n${text()}`, 'not JSON'],
    ['an answer in a code fence', `\`\`\`json\n${text()}\n\`\`\``, 'not JSON'],
    ['a list', '[]', 'agreed shape'],
    ['null', 'null', 'agreed shape'],
    ['no position', '{"claims":[],"answers":[]}', 'agreed shape'],
    ['a position nobody knows', text({ position: 'approve' }), 'agreed shape'],
    ['a kind nobody knows', text({ claims: [{ ...worry, kind: 'approval' }] }), 'agreed shape'],
    ['a hazard nobody knows', text({ claims: [{ ...worry, hazard: 'doom' }] }), 'agreed shape'],
    ['an answer nobody knows', text({ answers: [answer('q1', WEB, 'yes')] }), 'agreed shape'],
    ['a key more', text({ verdict: 'release' }), 'agreed shape'],
    ['a key more inside', text({ claims: [{ ...worry, approved: true }] }), 'agreed shape'],
    ['a number for a text', text({ claims: [{ ...worry, says: 7 }] }), 'agreed shape'],
    ['deep nesting', `{"claims":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, 'agreed shape'],
    ['a flood', text({ claims: [{ ...worry, says: 'x'.repeat(70_000) }] }), 'longer than'],
    ['a hold without a reason', text({ position: 'hold' }), 'no reason'],
    [
      'a hold whose reason cites nothing',
      text({ position: 'hold', claims: [{ ...worry, address: 'aws_lb.other' }] }),
      'no reason',
    ],
    [
      'mostly forged addresses',
      text({ claims: [1, 2, 3].map((at) => ({ ...harmless, address: `a.b${at}` })) }),
      'cites nothing',
    ],
  ])('of %s', (_name, of, says) => {
    expect(problem(of)).toContain(says)
    expect(problem(of)).not.toContain('approve')
  })

  it('is what an answer longer than the cap is, and one just below it is read', () => {
    const padded = (length: number) => text().replace(/\}$/, `${' '.repeat(length)}}`)
    const fits = MAX_ANSWER_CHARACTERS - text().length
    expect(problem(padded(fits))).toBe('')
    expect(problem(padded(fits + 1))).toContain('longer than')
  })
})

describe('what cites nothing', () => {
  it.each([
    ['another address', { address: 'aws_lb.other' }],
    ['an address in other letters', { address: WEB.toUpperCase() }],
    ['an address with a space', { address: `${WEB} ` }],
    ['the path of another address', { path: 'internal' }],
    ['a path that was not shown', { path: 'task_definition.0' }],
    ['the prototype', { address: '__proto__', path: 'toString' }],
  ])('is thrown away and counted: %s', (_name, over) => {
    const opinion = read({ claims: [harmless, { ...harmless, ...over }] })
    expect(opinion.claims).toHaveLength(1)
    expect(opinion.discarded).toBe(1)
    expect(opinion.position).toBe('release')
  })

  it('may be half of what is said, and not more', () => {
    const forged = { ...harmless, address: 'a.b' }
    const none = { answers: [] }
    expect(read({ ...none, claims: [harmless, forged] }).discarded).toBe(1)
    const more = text({ ...none, claims: [harmless, forged, { ...forged, path: 'x' }] })
    expect(problem(more)).toContain('cites nothing')
  })

  it('lets no release stand beside it where it is a worry', () => {
    const opinion = read({ claims: [harmless, { ...worry, address: 'aws_lb.other' }] })
    expect(opinion).toMatchObject({ position: 'unsure', discarded: 1 })
  })

  it('takes a resource as a whole without a path, where the resource was shown', () => {
    const whole = { ...worry, address: 'aws_iam_role.web', path: '' }
    expect(read({ claims: [whole] }).claims).toHaveLength(1)
  })
})

describe('answers', () => {
  it.each([
    ['about another address that was shown', { address: 'aws_lb.web', path: 'internal' }],
    ['about the object of another question', { address: JOBS }],
    ['about an address nobody showed', { address: 'aws_lb.other' }],
    ['about a path nobody showed', { path: 'nothing' }],
    ['to a question nobody asked', { question: 'q9' }],
    ['to a question that is part of the language', { question: 'constructor' }],
  ])('%s count as none', (_name, over) => {
    const opinion = read({ answers: [{ ...answer(idOf(WEB), WEB), ...over }] })
    expect(opinion.answers.size).toBe(0)
    expect(opinion.discarded).toBe(1)
  })

  it.each([
    [['harmless', 'hold'], 'hold'],
    [['hold', 'harmless'], 'hold'],
    [['unsure', 'harmless'], 'unsure'],
    [['harmless', 'unsure', 'hold', 'unsure'], 'hold'],
    [['harmless', 'harmless'], 'harmless'],
  ])('%j to one question counts as %s', (said, counts) => {
    const answers = said.map((one) => answer(idOf(WEB), WEB, one))
    expect(read({ answers }).answers.get(idOf(WEB))).toBe(counts)
  })

  it('a doubt spoils a release even where it cites the wrong thing', () => {
    const answers = [...BOTH, answer(idOf(WEB), JOBS, 'hold')]
    const opinion = read({ answers })
    expect(opinion).toMatchObject({ position: 'unsure', discarded: 1 })
    expect(opinion.answers.get(idOf(WEB))).toBe('unsure')
  })

  it('an answer that is not harmless makes a release unsure', () => {
    const answers = [answer(idOf(WEB), WEB, 'hold'), answer(idOf(JOBS), JOBS)]
    expect(read({ answers }).position).toBe('unsure')
  })
})

describe('claims', () => {
  it('a worry makes any position a hold', () => {
    for (const position of ['release', 'unsure', 'hold']) {
      expect(read({ claims: [worry], position }).position).toBe('hold')
    }
  })

  it('a worry and its opposite at one place leave the worry', () => {
    const opinion = read({ claims: [harmless, worry, { ...harmless, address: JOBS }] })
    expect(opinion.claims.map(({ kind, address }) => [kind, address])).toEqual([
      ['worry', WEB],
      ['harmless', JOBS],
    ])
  })

  it('count once however often they are said', () => {
    expect(read({ claims: [worry, worry, worry] }).claims).toHaveLength(1)
  })

  it('a mismatch is one only where what people wrote was shown', () => {
    const claims = [{ ...worry, kind: 'mismatch' }]
    expect(read({ claims }, 'informed').claims[0]?.kind).toBe('mismatch')
    expect(read({ claims }, 'blind').claims[0]?.kind).toBe('worry')
  })

  it('are cut where there are too many, those that reassure first', () => {
    const many = Array.from({ length: MAX_CLAIMS + 5 }, (_, at) => ({
      ...harmless,
      says: `fine ${at}`,
    }))
    const opinion = read({ claims: [...many, { ...worry, address: JOBS }] })
    expect(opinion.claims).toHaveLength(MAX_CLAIMS)
    expect(opinion.claims[0]?.kind).toBe('worry')
  })

  it('are one line without secrets, hidden characters or excess', () => {
    const token = `ghp_${'A1b2C3d4E5f6'.repeat(3)}`
    const says = `uses ${token}\n\u202eand \u001b[31mred ${'long '.repeat(200)}`
    const [claim] = read({ claims: [{ ...worry, says }] }).claims
    expect(claim?.says).not.toContain(token)
    expect(claim?.says).not.toMatch(/[\n\u202e\u001b]/)
    expect(claim?.says).toContain('\\u202e')
    expect(claim?.says.length).toBeLessThanOrEqual(SENTENCE_LENGTH)
  })

  it('hide a secret that the cut would have split', () => {
    const token = `ghp_${'A1b2C3d4E5f6'.repeat(3)}`
    const says = `${'x'.repeat(SENTENCE_LENGTH - 40)} ${token}`
    expect(read({ claims: [{ ...worry, says }] }).claims[0]?.says).not.toContain('ghp_')
  })

  it('name the address as the decision shows it', () => {
    const shown = new Map([['r17', { address: WEB, paths: new Set(['']) }]])
    const given = JSON.stringify({
      claims: [{ ...worry, address: 'r17', path: '' }],
      answers: [],
      position: 'hold',
    })
    const opinion = readOpinion(given, { ...packet, citable: shown }, 'blind')
    expect(opinion.ok && opinion.value.claims[0]?.address).toBe(WEB)
  })
})

describe('over arbitrary answers', () => {
  const word = fc.constantFrom(WEB, WEB, JOBS, JOBS, 'aws_lb.web', 'a.b', '')
  const step = fc.constantFrom('', 'task_definition', 'task_definition', 'internal', 'nothing')
  const written = fc.record({
    claims: fc.array(
      fc.record({
        kind: fc.constantFrom('worry', 'mismatch', 'harmless'),
        address: word,
        path: step,
        hazard: fc.constantFrom('none', 'outage'),
        says: fc.string({ unit: 'binary', maxLength: 400 }),
      }),
      { maxLength: 8 },
    ),
    answers: fc.array(
      fc.record({
        question: fc.constantFrom('q1', 'q2', 'q2', 'q3'),
        address: word,
        path: step,
        answer: fc.constantFrom('harmless', 'hold', 'unsure'),
      }),
      { maxLength: 8 },
    ),
    position: fc.constantFrom('release', 'hold', 'unsure'),
  })

  it('never throws, and believes only what was shown', () => {
    let believed = 0
    fc.assert(
      fc.property(written, fc.constantFrom<PassName>('blind', 'informed'), (given, pass) => {
        const opinion = readOpinion(JSON.stringify(given), packet, pass)
        if (!opinion.ok) return
        believed += 1
        const { position, claims, answers, discarded } = opinion.value
        for (const { address, path, says } of claims) {
          const shown = packet.citable.get(address)
          expect(shown !== undefined && (path === '' || shown.paths.has(path))).toBe(true)
          expect(says.length).toBeLessThanOrEqual(SENTENCE_LENGTH)
        }
        const against = claims.some(({ kind }) => kind !== 'harmless')
        if (against) expect(position).toBe('hold')
        if (position === 'release') {
          expect(given.position).toBe('release')
          expect(given.claims.every(({ kind }) => kind === 'harmless')).toBe(true)
        }
        for (const [id, counted] of answers) {
          const said = given.answers.filter((one) => one.question === id)
          if (counted === 'harmless') {
            expect(said.every((one) => one.answer === 'harmless')).toBe(true)
          }
        }
        expect(discarded * 2).toBeLessThanOrEqual(given.claims.length + given.answers.length)
      }),
      { seed: 20261120, numRuns: 5000 },
    )
    expect(believed).toBeGreaterThan(100)
  })

  it('never throws on any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (given) => {
        expect(readOpinion(given, packet, 'informed').ok).toBe(false)
      }),
      { seed: 20261123, numRuns: 2000 },
    )
  })
})
