// Only what a complete, current limit names can ever become a question.
import { describe, expect, it } from 'vitest'
import { HARD_FLOOR } from '../../../src/core/policy/grants/operations.ts'
import {
  isWeighable,
  WEIGHABLE,
  type WeighableConcern,
} from '../../../src/core/policy/grants/weighable.ts'
import { CONCERNS } from '../../../src/core/policy/presets.ts'
import { questionsOf } from '../../../src/core/review/questions.ts'
import type { Concern, Finding } from '../../../src/core/rules/finding.ts'
import { scaled, update } from '../policy/situations.ts'
import { examined, LIMIT, limits, rollout } from './situations.ts'

const FINDING: Finding = {
  rule: 'any',
  concern: 'workload-rollout',
  hazards: ['workload-rollout'],
  severity: 'medium',
  address: 'aws_ecs_service.web',
  summary: '',
  evidence: [],
  why: '',
  check: '',
  alternative: '',
  reversibility: '',
  rollback: '',
  after: '',
  covers: [],
}

it('asks nothing without a limit', async () => {
  expect(questionsOf(await examined([rollout()]))).toEqual([])
})

it('asks about a finding that holds inside a limit, and names who signed for it', async () => {
  const examination = await examined([rollout()], limits({}))
  const questions = questionsOf(examination)
  expect(questions.map(({ id, finding, limit }) => [id, finding.concern, limit])).toEqual([
    [
      'q1',
      'workload-rollout',
      {
        id: 'rollouts',
        grantedBy: 'jane@acme.example',
        rollback: 'revert the commit',
        expires: '2027-06-30',
      },
    ],
  ])
  const held = examination.weighing.weighed.map(({ finding }) => finding)
  expect(held).toContain(questions[0]?.finding)
})

it('numbers questions in the order of the findings and takes the first limit that fits', async () => {
  const policy = limits({ addresses: ['*.other'] }, { id: 'second' }, { id: 'third' })
  const questions = questionsOf(await examined([rollout('a'), rollout('b')], policy))
  expect(questions.map(({ id }) => id)).toEqual(['q1', 'q2'])
  expect(new Set(questions.map(({ limit }) => limit.id))).toEqual(new Set(['second']))
})

describe('a limit is as if it were not there', () => {
  it.each([
    ['for another concern', { concerns: ['interruption'] }],
    ['in another environment', { environments: ['staging', 'dev'] }],
    ['at another address', { addresses: ['module.web.*'] }],
    ['after its last day', { expires: '2026-11-17' }],
    ['with a day nobody can place', { expires: '2027-02-31x' }],
    ['with an empty name', { granted_by: ' ' }],
    ['without concerns', { concerns: [] }],
  ])('%s', async (_name, over) => {
    expect(questionsOf(await examined([rollout()], limits(over)))).toEqual([])
  })

  it.each(Object.keys(LIMIT) as (keyof typeof LIMIT)[])('without %s', async (key) => {
    const { [key]: _left, ...rest } = LIMIT
    const review = { code: false, hideAccounts: false, releases: [rest] }
    expect(questionsOf(await examined([rollout()], { review }))).toEqual([])
  })

  it('from the moment its last day is over', async () => {
    const on = (time: string) => examined([rollout()], limits({}), { at: Date.parse(time) })
    expect(questionsOf(await on('2027-06-30T23:59:59Z'))).toHaveLength(1)
    expect(questionsOf(await on('2027-07-01T00:00:00Z'))).toEqual([])
  })
})

it('takes an environment by name or by tier', async () => {
  const environments = [{ name: 'live-eu', match: { workspace: ['web-prod'] } }]
  const by = async (name: string) =>
    questionsOf(await examined([rollout()], { environments, ...limits({ environments: [name] }) }))
  expect(await by('live-eu')).toHaveLength(1)
  expect(await by('production')).toHaveLength(1)
  expect(await by('live-us')).toEqual([])
})

it('never asks about what waits for nobody', async () => {
  const examination = await examined([rollout()], limits({ environments: ['dev'] }), {
    workspace: 'web-dev',
  })
  expect(examination.weighing.weighed.map(({ holds }) => holds)).toEqual([false])
  expect(questionsOf(examination)).toEqual([])
})

it('never asks about what the team made to hold by name', async () => {
  const before = questionsOf(await examined([scaled(12, 40)], limits({})))
  expect(before.length).toBeGreaterThan(0)
  const raise = before.map(({ finding }) => ({ rule: finding.rule, holds: true }) as const)
  expect(questionsOf(await examined([scaled(12, 40)], { ...limits({}), raise }))).toEqual([])
})

it('never asks about an address that stands in the plan twice', async () => {
  expect(questionsOf(await examined([rollout(), rollout()], limits({})))).toEqual([])
})

it('asks nothing about a change nobody understands, whatever the limit says', async () => {
  const change = update('acme_thing.web', { size: 1 }, { size: 2 })
  const everything = limits({ concerns: CONCERNS })
  expect(questionsOf(await examined([change], everything))).toEqual([])
})

describe('the closed list', () => {
  it('holds nothing of the floor and nothing of doubt', () => {
    const doubt = ['opaque', 'unknown-type', 'unrecognised', 'unexplained', 'unexplained-create']
    const more = ['incomplete', 'hostile-text', 'misdeployment', 'stale', 'failing-check']
    for (const concern of [...HARD_FLOOR, ...doubt, ...more, 'interaction', 'note']) {
      expect(Object.hasOwn(WEIGHABLE, concern), concern).toBe(false)
      expect(isWeighable({ ...FINDING, concern: concern as Concern }), concern).toBe(false)
    }
  })

  it('takes no concern of the floor or of doubt at compile time', () => {
    // @ts-expect-error destroying a data store is never weighed
    const floor: WeighableConcern = 'destroy-stateful'
    // @ts-expect-error and neither is what nobody understood
    const doubt: WeighableConcern = 'opaque'
    expect([floor, doubt].some((concern) => Object.hasOwn(WEIGHABLE, concern))).toBe(false)
  })

  it('loses a concern to any hazard that is more than trouble', () => {
    const small = ['outage', 'capacity-loss', 'cost', 'workload-rollout']
    const hazards = [
      'data-loss', 'irreversible', 'outage', 'capacity-loss', 'internet-exposure', 'network-widening',
      'privilege-escalation', 'lock-out', 'key-loss', 'secret-exposure', 'protection-loss', 'audit-loss',
      'guardrail-loss', 'traffic-cutover', 'identity-churn', 'cost', 'blast-radius', 'drift-revert',
      'opaque', 'supply-chain', 'workload-rollout', 'state-surgery', 'one-way-door', 'prompt-injection',
      'misdeployment',
    ] as const // biome-ignore format: a table
    for (const concern of Object.keys(WEIGHABLE) as WeighableConcern[]) {
      for (const hazard of hazards) {
        const finding = { ...FINDING, concern, hazards: ['outage', hazard] as const }
        expect(isWeighable(finding), `${concern} ${hazard}`).toBe(small.includes(hazard))
      }
    }
  })

  it('never holds a finding about the plan as a whole', () => {
    expect(isWeighable(FINDING)).toBe(true)
    expect(isWeighable({ ...FINDING, address: '' })).toBe(false)
  })

  it('never holds a critical finding', () => {
    expect(isWeighable({ ...FINDING, severity: 'high' })).toBe(true)
    expect(isWeighable({ ...FINDING, severity: 'critical' })).toBe(false)
  })
})
