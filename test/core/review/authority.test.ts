// Whatever a model answers, it raises, or it releases inside limits, or it changes nothing.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conclude } from '../../../src/core/assess.ts'
import { decide, type Verdict } from '../../../src/core/policy/decide.ts'
import type { Phase } from '../../../src/core/policy/policy.ts'
import { CONCERNS } from '../../../src/core/policy/presets.ts'
import type { Weighed, Weighing } from '../../../src/core/policy/weigh.ts'
import { applyOpinions } from '../../../src/core/review/authority.ts'
import type { Answer, Claim, Heard, Opinion, Question } from '../../../src/core/review/model.ts'
import { questionsOf } from '../../../src/core/review/questions.ts'
import type { Finding } from '../../../src/core/rules/finding.ts'
import { GRANT, scaled, update } from '../policy/situations.ts'
import {
  ASKED,
  allHarmless,
  alwaysRelease,
  examined,
  heardOf,
  limits,
  opinion,
  rollout,
  WORRY,
} from './situations.ts'

/** Written again from the design, not from the code: what a person may let a model answer for. */
const MAY_BE_ASKED = [
  'workload-rollout',
  'interruption',
  'capacity-out-of-bounds',
  'cost-jump',
  'output-changed',
]
const MAY_BE_NAMED = ['outage', 'capacity-loss', 'cost', 'workload-rollout']
const HAZARDS = [
  ...MAY_BE_NAMED, ...MAY_BE_NAMED, ...MAY_BE_NAMED,
  'data-loss', 'irreversible', 'internet-exposure', 'privilege-escalation', 'key-loss', 'one-way-door',
  'lock-out', 'secret-exposure', 'opaque', 'supply-chain', 'prompt-injection', 'misdeployment',
] as const // biome-ignore format: a table

const IDS = ['q1', 'q2', 'q3', 'q4', 'q99', '', '__proto__']
const limit = { id: 'rollouts', grantedBy: 'jane', rollback: 'revert', expires: '2027-06-30' }

const finding = fc
  .record({
    concern: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...MAY_BE_ASKED) },
      { weight: 1, arbitrary: fc.constantFrom(...CONCERNS) },
    ),
    hazards: fc.array(fc.constantFrom(...HAZARDS), { maxLength: 2 }),
    address: fc.constantFrom('a.one', 'a.two', 'a.three', ''),
  })
  .map((one): Finding => {
    const rest = { why: '', check: '', alternative: '', reversibility: '', rollback: '', after: '' }
    const said = { rule: 'any', severity: 'medium', summary: `${one.address} changes` } as const
    return { ...rest, ...said, evidence: [], covers: [], ...one } as Finding
  })

const weighed = finding.chain((one) =>
  fc.constantFrom<Weighed>(
    { finding: one, holds: true },
    { finding: one, holds: true },
    { finding: one, holds: false },
    { finding: one, holds: true, fixed: true },
  ),
)

const weighing: fc.Arbitrary<Weighing> = fc.record({
  weighed: fc.array(weighed, { maxLength: 4 }),
  stops: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.constant(['the freeze quarter-end is in force']) },
  ),
  nearMisses: fc.constant([]),
})

const claim: fc.Arbitrary<Claim> = fc.record({
  kind: fc.constantFrom('worry', 'mismatch', 'harmless', 'harmless', 'harmless'),
  address: fc.constantFrom('a.one', 'a.two', 'not.there', ''),
  path: fc.constantFrom('', 'size'),
  hazard: fc.constantFrom(null, 'outage', 'data-loss'),
  says: fc.constantFrom('this is fine', 'this "ends" service', ''),
})

const answers = fc
  .array(
    fc.tuple(
      fc.constantFrom(...IDS),
      fc.constantFrom<Answer>('harmless', 'harmless', 'harmless', 'unsure', 'hold'),
    ),
    { maxLength: 5 },
  )
  .map((pairs) => new Map(pairs))

const anyOpinion: fc.Arbitrary<Opinion> = fc.record({
  position: fc.constantFrom('release', 'release', 'release', 'hold', 'unsure'),
  claims: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(claim, { maxLength: 3 }) },
  ),
  answers: fc.oneof(
    { weight: 3, arbitrary: fc.constant(new Map(IDS.map((id) => [id, 'harmless'] as const))) },
    { weight: 1, arbitrary: answers },
  ),
  discarded: fc.nat({ max: 3 }),
})

const someOpinion: fc.Arbitrary<Opinion> = fc.oneof(
  { weight: 2, arbitrary: anyOpinion },
  {
    weight: 1,
    arbitrary: fc.constant(
      opinion({ answers: new Map(IDS.map((id) => [id, 'harmless'] as const)) }),
    ),
  },
)

const seldom = (text: string): fc.Arbitrary<readonly string[]> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.constant([text]) })

const heard: fc.Arbitrary<Heard> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('opinions'),
      asked: fc
        .record({ leftOut: seldom('40 changes'), hostile: seldom('a bidirectional override') })
        .map((over) => ({ ...ASKED, ...over })),
      blind: someOpinion,
      informed: someOpinion,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('none'),
      asked: fc.constant(ASKED),
      because: fc.constantFrom('overloaded', ''),
    }),
  },
)

/** Honest questions mostly; sometimes forged ones, about things no question may ever be about. */
function questionsFor({ weighed: all }: Weighing, forged: boolean): readonly Question[] {
  return all
    .filter((one) => forged || (one.holds && one.fixed !== true && isAskable(one.finding)))
    .map(({ finding: about }, at) => ({ id: `q${at + 1}`, finding: about, limit }))
}

function isAskable({ concern, hazards, address }: Finding): boolean {
  return (
    MAY_BE_ASKED.includes(concern) &&
    hazards.every((hazard) => MAY_BE_NAMED.includes(hazard)) &&
    address !== ''
  )
}

const situation = fc.record({
  weighing,
  heard,
  forged: fc.constantFrom(false, false, true),
  phase: fc.constantFrom<Phase>('enforce', 'enforce', 'propose', 'observe'),
})

function verdictOn(of: Weighing, phase: Phase): Verdict {
  const judgement = { findings: [], clearances: [] }
  return decide({ judgement, weighing: of, phase, changes: 3, rulesAsked: 9 })
}

/** The conditions of a release, one by one, as the design words them. */
function mayRelease(of: Weighing, questions: readonly Question[], said: Heard): boolean {
  if (said.kind === 'none') return false
  if (of.stops.length > 0) return false
  if (said.asked.leftOut.length > 0 || said.asked.hostile.length > 0) return false
  for (const pass of [said.blind, said.informed]) {
    if (pass.position !== 'release') return false
    for (const { kind } of pass.claims) if (kind !== 'harmless') return false
    for (const { id } of questions) if (pass.answers.get(id) !== 'harmless') return false
  }
  for (const one of of.weighed) {
    if (!one.holds) continue
    if (one.fixed === true || !isAskable(one.finding)) return false
    if (!questions.some((question) => question.finding === one.finding)) return false
  }
  return true
}

describe('over arbitrary opinions', () => {
  it('100 000 answers never weaken a verdict but inside every bound, and every worry holds', () => {
    let released = 0
    let escalated = 0
    fc.assert(
      fc.property(situation, ({ weighing: of, heard: said, forged, phase }) => {
        const questions = questionsFor(of, forged)
        const after = applyOpinions(of, questions, said)
        const without = verdictOn(of, phase)
        const verdict = verdictOn(after, phase)
        const allowed = mayRelease(of, questions, said)

        if (said.kind === 'none') {
          expect(after).toBe(of)
          return
        }
        // Nothing that is said beside it takes a stop away.
        if (of.stops.some((stop) => !after.stops.includes(stop))) throw new Error('a stop is gone')
        for (const [at, one] of of.weighed.entries()) {
          const now = after.weighed[at]
          if (now === undefined || now.finding !== one.finding) throw new Error('a finding is gone')
          if (!one.holds || now.holds) continue
          if (!allowed || one.fixed === true || !isAskable(one.finding)) {
            throw new Error(`${one.finding.concern} was let pass`)
          }
          expect(now.limit).toEqual(limit)
        }
        const worried = [...said.blind.claims, ...said.informed.claims].some(
          ({ kind }) => kind !== 'harmless',
        )
        if (worried && verdict.verdict !== 'hold') throw new Error('a worry did not hold')
        if (without.verdict === 'hold' && verdict.verdict === 'release') {
          if (!allowed) throw new Error('released beyond the bounds')
          if (of.stops.length > 0 || phase === 'propose') throw new Error('released beside a stop')
          released += 1
        }
        if (without.verdict === 'release' && verdict.verdict === 'hold') {
          if (!worried) throw new Error('held without a worry')
          escalated += 1
        }
      }),
      { seed: 20261120, numRuns: 100_000 },
    )
    // The property would be empty if neither ever happened.
    expect(released).toBeGreaterThan(1000)
    expect(escalated).toBeGreaterThan(1000)
  }, 60_000)

  it('whatever may be released is released: the bounds are exact', () => {
    fc.assert(
      fc.property(situation, ({ weighing: of, heard: said }) => {
        const questions = questionsFor(of, false)
        const after = applyOpinions(of, questions, said)
        const holds = after.weighed.some((one) => one.holds) || after.stops.length > 0
        if (mayRelease(of, questions, said) && holds) throw new Error('held for no reason')
      }),
      { seed: 20261121, numRuns: 5000 },
    )
  })

  it('gives the same for the same', () => {
    fc.assert(
      fc.property(situation, ({ weighing: of, heard: said }) => {
        const questions = questionsFor(of, false)
        expect(applyOpinions(of, questions, said)).toEqual(applyOpinions(of, questions, said))
      }),
      { seed: 20261122, numRuns: 500 },
    )
  })
})

describe('on real plans', () => {
  const floor = update(
    'aws_db_instance.main',
    { identifier: 'main', storage_encrypted: true, backup_retention_period: 7 },
    { identifier: 'main', storage_encrypted: true, backup_retention_period: 0 },
  )
  const unknown = update('acme_thing.web', { size: 1 }, { size: 2 })

  it('a release inside a limit names the limit and who answers for it', async () => {
    const examination = await examined([rollout()], limits({}))
    const questions = questionsOf(examination)
    const without = await conclude(examination)
    const decision = await conclude(examination, { questions, heard: alwaysRelease(questions) })
    expect([without.verdict, decision.verdict]).toEqual(['hold', 'release'])
    expect(decision.because[0]).toBe(
      `let pass by a second reader within limit rollouts of jane@acme.example: ${questions[0]?.finding.summary}`,
    )
    expect(decision.policy.accountable).toEqual(['jane@acme.example'])
    expect(decision.findings.filter((one) => one.limit === 'rollouts')).toHaveLength(1)
    expect(decision.policy.grants).toEqual([])
    expect(decision.risk).toEqual(without.risk)
    expect(decision.review).toMatchObject({
      outcome: 'released',
      without: 'hold',
      limits: [{ id: 'rollouts', grantedBy: 'jane@acme.example' }],
    })
  })

  it.each([
    ['a finding of the floor', [rollout(), floor]],
    ['a type nobody knows', [rollout(), unknown]],
    ['a rollout outside of the limit', [rollout(), rollout('billing')]],
  ])('one more change holds everything: %s', async (_name, changes) => {
    const examination = await examined(changes, limits({ addresses: ['aws_ecs_service.web'] }))
    const questions = questionsOf(examination)
    expect(questions).toHaveLength(1)
    const decision = await conclude(examination, { questions, heard: alwaysRelease(questions) })
    expect(decision.verdict).toBe('hold')
    expect(decision.findings.filter((one) => one.limit !== undefined)).toEqual([])
    expect(decision.review?.outcome).toBe('no-change')
  })

  it.each([
    ['the kill switch', { killSwitch: true }],
    ['a freeze', { freezes: [{ name: 'f', from: '2026-11-01', until: '2026-12-01', timezone: 'UTC' }] }],
    ['a regulated workspace', { workspaces: [{ match: { workspace: ['*'] }, regulated: true }] }],
    ['a critical address', { critical: ['aws_ecs_service.*'] }],
    ['the phase propose', { phase: 'propose' }],
    ['strict in production', { preset: 'strict' }],
    ['a rule the team made to hold', { raise: [{ rule: 'catalogue-attribute', holds: true }] }],
    ['a limit of size', { limits: { maxChanges: 0 } }],
  ] as const)('%s holds, whatever is answered', async (_name, over) => {
    const examination = await examined([rollout()], { ...limits({}), ...over })
    const questions = questionsOf(examination)
    const decision = await conclude(examination, { questions, heard: alwaysRelease(questions) })
    expect(decision.verdict).toBe('hold')
    expect(decision.review?.limits).toEqual([])
  }) // biome-ignore format: a table

  it.each([
    ['one pass is unsure', { position: 'unsure' }, {}],
    ['one pass would hold', { position: 'hold', claims: [WORRY] }, {}],
    ['one answer is missing', { answers: new Map() }, {}],
    ['one answer is unsure', { answers: new Map([['q1', 'unsure']]) }, {}],
    ['one pass worries all the same', { claims: [WORRY] }, {}],
    ['one pass finds a mismatch', { claims: [{ ...WORRY, kind: 'mismatch' }] }, {}],
    ['something was left out', {}, { leftOut: ['3 changes of severity low'] }],
    ['text looks written for its reader', {}, { hostile: ['an instruction not to report'] }],
  ] as const)('nothing is let pass when %s', async (_name, over, asked) => {
    const examination = await examined([rollout()], limits({}))
    const questions = questionsOf(examination)
    const fine = opinion({ answers: allHarmless(questions) })
    const other = { ...fine, ...over } as Opinion
    for (const heardOne of [heardOf(fine, other, asked), heardOf(other, fine, asked)]) {
      const decision = await conclude(examination, { questions, heard: heardOne })
      expect(decision.verdict).toBe('hold')
      expect(decision.findings.some((one) => one.limit !== undefined)).toBe(false)
    }
  })

  it('a worry holds what the rules would have released, and says whose it is', async () => {
    const examination = await examined([rollout()], {}, { workspace: 'web-dev' })
    expect((await conclude(examination)).verdict).toBe('release')
    const says = 'it ends "approved" sessions'
    const claims = [{ ...WORRY, says }]
    const heardOne = heardOf(opinion(), opinion({ position: 'hold', claims }))
    const decision = await conclude(examination, { questions: [], heard: heardOne })
    expect(decision.verdict).toBe('hold')
    expect(decision.because).toEqual([
      `a second reader (practice-1) is worried about aws_ecs_service.web: "it ends 'approved' sessions"`,
    ])
    expect(decision.review).toMatchObject({ outcome: 'escalated', without: 'release' })
    expect(decision.policy.accountable).toEqual([])
  })

  it('no opinion changes nothing but the record of it', async () => {
    const grants = { ...limits({}), grants: [{ ...GRANT, environments: ['staging'] }] }
    for (const changes of [[rollout()], [scaled(12, 40)], [rollout(), unknown], []]) {
      const examination = await examined(changes, grants)
      const heardOne: Heard = { kind: 'none', asked: ASKED, because: 'the model was overloaded' }
      const questions = questionsOf(examination)
      const { review, ...rest } = await conclude(examination, { questions, heard: heardOne })
      const { review: none, ...without } = await conclude(examination)
      expect(none).toBeNull()
      expect(rest).toEqual(without)
      expect(review?.outcome).toBe('no-opinion')
      expect(review?.because).toContain('the model was overloaded')
    }
  })
})
