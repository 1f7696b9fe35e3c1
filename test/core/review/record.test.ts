// The model's part of the decision stands apart, says what came of it, and carries no secrets.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { needsNeighbours } from '../../../src/core/analysis/facts.ts'
import { conclude, examine } from '../../../src/core/assess.ts'
import type { Decision } from '../../../src/core/decision.ts'
import { readPlan } from '../../../src/core/plan/read.ts'
import { WEIGHABLE_CONCERNS } from '../../../src/core/policy/grants/weighable.ts'
import type { Heard, Opinion } from '../../../src/core/review/model.ts'
import { questionsOf } from '../../../src/core/review/questions.ts'
import { nodeHasher } from '../../../src/entry/hasher.ts'
import { CONTEXT, policyWith, update } from '../policy/situations.ts'
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

const examination = await examined([rollout()], limits({}))
const questions = questionsOf(examination)
const fine = opinion({ answers: allHarmless(questions) })

function decided(heard: Heard): Promise<Decision> {
  return conclude(examination, { questions, heard })
}

async function because(blind: Opinion, informed: Opinion, asked = {}): Promise<string | undefined> {
  return (await decided(heardOf(blind, informed, asked))).review?.because
}

it('is empty where no model was asked', async () => {
  expect((await conclude(examination)).review).toBeNull()
})

it('tells what was asked, what it cost and what was thrown away', async () => {
  const harmless = { ...WORRY, kind: 'harmless', hazard: null } as const
  const asked = { notesDigest: 'sha256:3', codeBlocks: 2 }
  const blind = { ...fine, claims: [harmless], discarded: 1 }
  const decision = await decided(heardOf(blind, { ...fine, discarded: 2 }, asked))
  expect(decision.review).toEqual({
    outcome: 'released',
    because:
      'both passes found everything that held to be harmless, within limit rollouts of jane@acme.example',
    without: 'hold',
    model: 'practice-1',
    promptDigest: 'sha256:1',
    packetDigest: 'sha256:2',
    notesDigest: 'sha256:3',
    codeBlocks: 2,
    claims: [{ pass: 'blind', ...harmless }],
    discarded: 3,
    leftOut: [],
    hostile: [],
    limits: [{ id: 'rollouts', grantedBy: 'jane@acme.example' }],
    usage: ASKED.usage,
    cost: 0.01,
  })
})

describe('says in one sentence why', () => {
  it('nothing was heard', async () => {
    const decision = await decided({ kind: 'none', asked: ASKED, because: 'the model was slow' })
    expect(decision.review).toMatchObject({
      outcome: 'no-opinion',
      because: 'no opinion was heard, so the verdict of the rules stands: the model was slow',
      claims: [],
      limits: [],
    })
  })

  it('a hold has one more reason', async () => {
    const decision = await decided(heardOf(fine, { ...fine, claims: [WORRY] }))
    expect(decision.review).toMatchObject({ outcome: 'escalated', without: 'hold' })
    expect(decision.review?.because).toContain('the rules hold it anyway')
    expect(decision.because.at(-1)).toContain('a second reader (practice-1) is worried about')
  })

  it('nothing changed', async () => {
    expect(await because(fine, { ...fine, position: 'unsure' })).toContain('did not both call')
    expect(await because(fine, fine, { leftOut: ['a change'] })).toContain(
      'left out of what it was shown, so the model may let nothing pass',
    )
    expect(await because(fine, fine, { hostile: ['a phrase'] })).toContain(
      'written for its reader, so the model may let nothing pass',
    )
  })

  it('nothing could have changed', async () => {
    const of = async (...changed: Parameters<typeof examined>) => {
      const one = await examined(...changed)
      const asked = questionsOf(one)
      return (await conclude(one, { questions: asked, heard: alwaysRelease(asked) })).review
        ?.because
    }
    const unknown = update('acme_thing.web', { size: 1 }, { size: 2 })
    expect(await of([rollout()], {}, { workspace: 'web-dev' })).toContain('nothing that speaks')
    expect(await of([rollout()], { ...limits({}), phase: 'propose' })).toContain('the phase')
    expect(await of([rollout()], { ...limits({}), killSwitch: true })).toContain('the policy')
    expect(await of([rollout(), unknown], limits({}))).toContain('no limit of the policy')
  })
})

it('shows no secret a model repeats, and nothing that hides', async () => {
  const token = `ghp_${'A1b2C3d4E5f6'.repeat(3)}`
  const says = `the key ${token} is\n\u202eused`
  const asked = { model: `m\u001b[31m${'x'.repeat(200)}`, leftOut: [says], hostile: [says] }
  const informed = { ...fine, claims: [{ ...WORRY, path: token, says }] }
  const text = JSON.stringify(await decided(heardOf(fine, informed, asked)))
  expect(text).not.toContain(token)
  expect(text).not.toContain('\u202e')
  expect(text).not.toContain('x'.repeat(100))
})

it('hides values that the plan marks as sensitive where a model repeats them', async () => {
  const before = { name: 'web', task_definition: 'web:7', environment: 'plain-but-secret-word' }
  const change = update(
    'aws_ecs_service.web',
    before,
    { ...before, task_definition: 'web:8' },
    { beforeSensitive: { environment: true }, afterSensitive: { environment: true } },
  )
  const one = await examined([change], limits({}))
  const claims = [{ ...WORRY, says: 'it runs with plain-but-secret-word' }]
  const heard = heardOf(fine, { ...fine, claims })
  const decision = await conclude(one, { questions: questionsOf(one), heard })
  expect(decision.review?.claims).toHaveLength(1)
  expect(JSON.stringify(decision)).not.toContain('plain-but-secret-word')
})

it('in every scenario a model that always says release lets pass what is weighable, and no more', async () => {
  const folder = new URL('../../../fixtures/scenarios/', import.meta.url)
  const policy = await policyWith(limits({ concerns: WEIGHABLE_CONCERNS }))
  let released = 0
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.plan.json'))) {
    const stream = new Blob([readFileSync(new URL(name, folder))]).stream()
    const plan = await readPlan(stream, { hasher: nodeHasher(), keepUnchanged: needsNeighbours })
    if (!plan.ok) continue
    const at = Date.parse(plan.value.timestamp ?? '')
    const one = examine(plan.value, { ...CONTEXT, at: Number.isNaN(at) ? CONTEXT.at : at }, policy)
    const asked = questionsOf(one)
    const without = await conclude(one)
    const decision = await conclude(one, { questions: asked, heard: alwaysRelease(asked) })
    const holding = without.findings.filter(({ holds }) => holds)
    const passed = decision.findings.filter((of) => of.limit !== undefined)
    if (passed.length > 0) expect(passed.length, name).toBe(holding.length)
    for (const { concern } of passed) expect(WEIGHABLE_CONCERNS, name).toContain(concern)
    if (without.verdict === 'release' || decision.verdict === 'hold') continue
    expect(decision.review?.outcome, name).toBe('released')
    released += 1
  }
  expect(released).toBeGreaterThan(3)
})
