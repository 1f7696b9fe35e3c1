// Each guard holds a plan that is released without it: take one out, and its test fails.
import { describe, expect, it } from 'vitest'
import type { Context } from '../../../src/core/context.ts'
import { GUARDS, stopsBeforePlan } from '../../../src/core/policy/guards/index.ts'
import type { Policy } from '../../../src/core/policy/policy.ts'
import { CONTEXT, decisionOn, policyWith, update } from './situations.ts'

const TAGGED = update(
  'aws_s3_bucket.assets',
  { bucket: 'assets', tags: { Owner: 'web' } },
  { bucket: 'assets', tags: { Owner: 'web', CostCenter: '4411' } },
)
const OTHER = { ...TAGGED, address: 'aws_s3_bucket.logs', name: 'logs' }
const PLAN = [TAGGED, OTHER]

const HOURS: Policy['releaseHours'][number] = {
  environments: ['production'],
  days: ['mon', 'tue', 'wed', 'thu'],
  from: '09:00',
  until: '16:00',
  timezone: 'Europe/Berlin',
}
const BERLIN = (from: string, until: string): Partial<Policy> => ({
  freezes: [{ name: 'quarter-end', from, until, timezone: 'Europe/Berlin' }],
})

it('the plan of the tests below is released when no guard has a reason', async () => {
  expect((await decisionOn(PLAN)).verdict).toBe('release')
})

const STOPPED: readonly [string, Partial<Policy>, Partial<Context>, string][] = [
  ['kill-switch', { killSwitch: true }, {}, 'kill switch'],
  ['freeze', BERLIN('2026-11-18', '2026-11-19'), {}, 'quarter-end'],
  ['release-hours', { releaseHours: [HOURS] }, { at: Date.parse('2026-11-18T20:00:00Z') }, 'hours'],
  ['regulated', { workspaces: [{ match: { workspace: ['web-*'] }, regulated: true }] }, {}, 'regulated'],
  ['automation', { automation: ['api-org-*'] }, { createdBy: 'api-org-acme-x1' }, 'automation'],
  ['run-message', { requireMessage: true }, { message: '  ' }, 'no message'],
  ['strict-production', { preset: 'strict' }, {}, 'strict'],
  ['critical-address', { critical: ['aws_s3_bucket.logs'] }, {}, 'critical'],
  ['size-limit', { limits: { maxChanges: 1 } }, {}, 'limit is 1'],
  ['service-limit', { limits: { maxServices: 1 } }, {}, 'limit is 1'],
  ['plan-arguments', {}, { planArguments: ['-target=aws_s3_bucket.logs'] }, '-target'],
  ['fleet-share', { limits: { maxSharePercent: 5 } }, {}, 'limit is 5 %'],
] // biome-ignore format: a table

it.each(STOPPED)('%s holds it, and says why', async (_id, policy, context, says) => {
  const decision = await decisionOn(PLAN, policy, context)
  expect(decision.verdict).toBe('hold')
  expect(decision.because.join()).toContain(says)
})

it('every guard has its line in the table above', () => {
  expect(GUARDS.map(({ id }) => id).sort()).toEqual(STOPPED.map(([id]) => id).sort())
})

describe('guards let through what they are not about', () => {
  it.each<[string, Partial<Policy>, Partial<Context>]>([
    ['a freeze that is over', BERLIN('2026-11-16', '2026-11-18'), {}],
    ['a freeze to come', BERLIN('2026-11-19', '2026-11-20'), {}],
    ['a run inside the hours', { releaseHours: [HOURS] }, {}],
    ['hours of another environment', { releaseHours: [{ ...HOURS, environments: ['dev'], days: ['sun'] }] }, {}],
    ['another workspace that is regulated', { workspaces: [{ match: { workspace: ['pay-*'] }, regulated: true }] }, {}],
    ['a run that a person created', { automation: ['api-org-*'] }, { createdBy: 'jane' }],
    ['automation outside production', { automation: ['api-org-*'] }, { createdBy: 'api-org-x', workspace: 'web-dev' }],
    ['a run with a message', { requireMessage: true }, { message: 'rotate tags' }],
    ['other addresses', { critical: ['aws_s3_bucket.log'] }, {}],
    ['as many changes as allowed', { limits: { maxChanges: 2, maxServices: 2, maxSharePercent: 7 } }, {}],
  ])('%s', async (_name, policy, context) => {
    expect((await decisionOn(PLAN, policy, context)).verdict).toBe('release')
  }) // biome-ignore format: a table

  it.each(STOPPED.filter(([id]) => !['kill-switch', 'freeze', 'plan-arguments'].includes(id)))(
    '%s says nothing of a plan that changes nothing',
    async (_id, policy, context) => {
      expect((await decisionOn([], policy, context)).verdict).toBe('release')
    },
  )
})

describe('doubt holds', () => {
  it('where machines are named, a run by nobody known may be one', async () => {
    const decision = await decisionOn(PLAN, { automation: ['api-org-*'] })
    expect(decision.because.join()).toContain('not known')
  })

  it('a time zone that this runtime does not know freezes and closes', async () => {
    const timezone = 'Mars/Olympus'
    const freezes = [{ name: 'x', from: '2000-01-01', until: '2000-01-02', timezone }]
    expect((await decisionOn(PLAN, { freezes })).verdict).toBe('hold')
    expect((await decisionOn(PLAN, { releaseHours: [{ ...HOURS, timezone }] })).verdict).toBe(
      'hold',
    )
  })

  it('a guard that fails stops the run', async () => {
    const broken = { limits: undefined } as unknown as Partial<Policy>
    expect((await decisionOn(PLAN, broken)).because.join()).toContain('failed')
  })
})

describe('daylight saving', () => {
  const held = async (policy: Partial<Policy>, at: string): Promise<boolean> =>
    (await decisionOn(PLAN, policy, { at: Date.parse(at) })).because
      .join()
      .match(/freeze|release hours/) !== null

  it.each([
    ['the last second before a freeze in summer time', '2026-10-24T21:59:59Z', false],
    ['its first second', '2026-10-24T22:00:00Z', true],
    ['its last second, in winter time after the clocks went back', '2026-10-25T22:59:59Z', true],
    ['the first second after it', '2026-10-25T23:00:00Z', false],
  ])('%s', async (_name, at, expected) => {
    expect(await held(BERLIN('2026-10-25', '2026-10-26'), at)).toBe(expected)
  })

  it.each([
    ['nine by the clock in summer is seven in UTC', '2026-07-15T07:00:00Z', false],
    ['the minute before', '2026-07-15T06:59:59Z', true],
    ['nine by the clock in winter is eight in UTC', '2026-11-18T08:00:00Z', false],
    ['seven in UTC is too early in winter', '2026-11-18T07:30:00Z', true],
    ['four in the afternoon is too late', '2026-11-18T15:00:00Z', true],
    ['Friday in Berlin though still Thursday in New York', '2026-11-20T10:00:00Z', true],
    ['Sunday evening in UTC is Monday in Tokyo, and early', '2026-11-15T23:59:00Z', true],
  ])('%s', async (_name, at, expected) => {
    expect(await held({ releaseHours: [HOURS] }, at)).toBe(expected)
  })
})

it('before there is a plan only the kill switch and freezes speak', async () => {
  const everything = await policyWith({
    killSwitch: true,
    ...BERLIN('2026-11-18', '2026-11-19'),
    requireMessage: true,
    automation: ['*'],
    limits: { maxChanges: 1 },
  })
  expect(stopsBeforePlan(everything, { ...CONTEXT, accounts: [] })).toHaveLength(2)
})
