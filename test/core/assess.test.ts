// Promises of the core as a whole: doubt holds, order does not matter, nothing throws.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '../../src/core/assess.ts'
import type { Context } from '../../src/core/context.ts'
import type { JsonValue } from '../../src/core/json.ts'
import type { Plan, ResourceChange } from '../../src/core/plan/model.ts'
import { builtInPolicy } from '../../src/core/policy/presets.ts'
import { changedPlan } from '../bench/changed-plan.ts'

const CONTEXT: Context = {
  tags: {},
  workspace: 'payments-prod',
  at: Date.parse('2026-01-02T03:04:05Z'),
}
const policy = await builtInPolicy('standard')

function change(over: Partial<ResourceChange> = {}): ResourceChange {
  return {
    address: 'aws_s3_bucket.assets',
    mode: 'managed',
    type: 'aws_s3_bucket',
    name: 'assets',
    providerName: 'registry.terraform.io/hashicorp/aws',
    actions: ['update'],
    before: { bucket: 'assets', tags: { Owner: 'web' } },
    after: { bucket: 'assets', tags: { Owner: 'web', CostCenter: '4411' } },
    afterUnknown: {},
    beforeSensitive: {},
    afterSensitive: {},
    replacePaths: [],
    importing: false,
    generatedConfig: false,
    ...over,
  }
}

function plan(changes: readonly ResourceChange[], over: Partial<Plan> = {}): Plan {
  return {
    formatVersion: '1.2',
    terraformVersion: '1.11.4',
    product: 'terraform',
    bytes: 1,
    digest: 'sha256:0',
    changes,
    unchanged: [],
    noOps: 3,
    drift: [],
    outputs: [],
    relevantAttributes: [],
    variables: [],
    checks: [],
    invocations: [],
    deferred: [],
    flags: { errored: false, complete: true, applyable: true },
    timestamp: '2026-01-02T03:00:00Z',
    redacted: false,
    notes: [],
    ...over,
  }
}

async function verdict(one: Plan): Promise<string> {
  return (await assess(one, CONTEXT, policy)).verdict
}

it('releases the plan that the cases below are made from', async () => {
  expect(await verdict(plan([change()]))).toBe('release')
})

it('releases a plan that changes nothing, and says so', async () => {
  const decision = await assess(plan([]), CONTEXT, policy)
  expect(decision.verdict).toBe('release')
  expect(decision.because).toEqual(['the plan changes nothing'])
})

describe('doubt holds', () => {
  it.each<[string, Plan]>([
    ['an errored plan', plan([change()], { flags: { errored: true } })],
    ['a partial plan', plan([change()], { flags: { errored: false, complete: false } })],
    ['a deferred change', plan([change()], { deferred: [{ reason: 'unknown', address: 'a.b' }] })],
    ['a redacted plan', plan([change()], { redacted: true })],
    ['an old plan', plan([change()], { timestamp: '2025-12-01T00:00:00Z' })],
    ['a plan from the future', plan([change()], { timestamp: '2026-02-01T00:00:00Z' })],
    ['a time nobody can read', plan([change()], { timestamp: 'soon' })],
    [
      'a failing check',
      plan([change()], { checks: [{ address: 'check.a', status: 'fail', kind: 'check' }] }),
    ],
    [
      'a check with a new word',
      plan([change()], { checks: [{ address: 'check.a', status: 'odd', kind: 'check' }] }),
    ],
    [
      'a provider action',
      plan([change()], { invocations: [{ address: 'action.a.b', type: 'a' }] }),
    ],
    ['a new action word', plan([change({ actions: ['recreate'] })])],
    ['no action at all', plan([change({ actions: [] })])],
    ['a new mode', plan([change({ mode: 'quantum' })])],
    [
      'an unknown type',
      plan([
        change({
          type: 'acme_thing',
          address: 'acme_thing.a',
          after: { size: 2 },
          before: { size: 1 },
        }),
      ]),
    ],
    [
      'an attribute nobody knows',
      plan([change({ before: { frobnicate: 1 }, after: { frobnicate: 2 } })]),
    ],
    [
      'an update without a difference',
      plan([change({ after: { bucket: 'assets', tags: { Owner: 'web' } } })]),
    ],
    [
      'a tag that becomes unknown',
      plan([change({ after: { bucket: 'assets' }, afterUnknown: { tags: true } })]),
    ],
    ['a tag that becomes secret', plan([change({ afterSensitive: { tags: true } })])],
    [
      'a hidden bucket policy',
      plan([
        change({
          after: { bucket: 'assets', tags: { Owner: 'web' } },
          afterUnknown: { policy: true },
        }),
      ]),
    ],
    [
      'an output that goes',
      plan([change()], {
        outputs: [
          {
            name: 'id',
            actions: ['delete'],
            before: 'x',
            after: null,
            afterUnknown: false,
            beforeSensitive: false,
            afterSensitive: false,
          },
        ],
      }),
    ],
    [
      'an output that is no secret any more',
      plan([change()], {
        outputs: [
          {
            name: 'id',
            actions: ['update'],
            before: 'x',
            after: 'x',
            afterUnknown: false,
            beforeSensitive: true,
            afterSensitive: false,
          },
        ],
      }),
    ],
  ])('%s', async (_name, doubtful) => {
    expect(await verdict(doubtful)).toBe('hold')
  })
})

it('holds one dangerous change among two hundred harmless ones, and leads with it', async () => {
  const tags = Array.from({ length: 200 }, (_, at) => change({ address: `aws_s3_bucket.b${at}` }))
  const danger = change({
    address: 'aws_db_instance.main',
    type: 'aws_db_instance',
    before: { identifier: 'main', deletion_protection: true },
    after: { identifier: 'main', deletion_protection: false },
  })
  const decision = await assess(
    plan([...tags.slice(0, 100), danger, ...tags.slice(100)]),
    CONTEXT,
    policy,
  )
  expect(decision.verdict).toBe('hold')
  expect(decision.because[0]).toContain('aws_db_instance.main')
})

it('says the same whatever the order of the changes', async () => {
  const base = await changedPlan(400)
  const at = Date.parse(base.timestamp ?? '2026-01-01')
  const context = { ...CONTEXT, at }
  const text = JSON.stringify(await assess(base, context, policy))
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...base.changes.keys()], { minLength: base.changes.length }),
      async (order) => {
        const changes = order.flatMap((at) => base.changes[at] ?? [])
        const decision = await assess({ ...base, changes }, context, policy)
        expect(JSON.stringify(decision) === text).toBe(true)
      },
    ),
    { seed: 11, numRuns: 8 },
  )
}, 120_000)

it('never throws and never falls silent, whatever stands in a change', async () => {
  const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<JsonValue>
  const types = [
    'aws_security_group',
    'aws_iam_role',
    'aws_iam_policy',
    'aws_db_instance',
    'google_project_iam_policy',
    'azurerm_network_security_rule',
    'kubernetes_network_policy',
    'aws_cloudwatch_metric_alarm',
    'acme_thing',
    'constructor',
    '__proto__',
  ]
  const attributes = [
    'policy',
    'ingress',
    'egress',
    'assume_role_policy',
    'tags',
    'threshold',
    'rule',
    'members',
    'spec',
    'constructor',
    '__proto__',
  ]
  const value = fc.dictionary(fc.constantFrom(...attributes), json)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...types),
      fc.constantFrom(
        ['update'],
        ['create'],
        ['delete'],
        ['delete', 'create'],
        ['forget'],
        ['no-op'],
        [],
      ),
      value,
      value,
      json,
      json,
      json,
      async (type, actions, before, after, afterUnknown, beforeSensitive, afterSensitive) => {
        const odd = change({
          type,
          address: `${type}.x`,
          actions,
          before,
          after,
          afterUnknown,
          beforeSensitive,
          afterSensitive,
        })
        const decision = await assess(plan([odd]), CONTEXT, policy)
        expect(decision.because.length).toBeGreaterThan(0)
        expect(decision.because.every((reason) => reason.trim() !== '')).toBe(true)
      },
    ),
    { seed: 23, numRuns: 1500 },
  )
}, 120_000)

it('gives two plans that do the same one fingerprint, and others another', async () => {
  const one = await assess(plan([change()], { digest: 'sha256:1', noOps: 5 }), CONTEXT, policy)
  const same = await assess(plan([change()], { digest: 'sha256:2', noOps: 9 }), CONTEXT, policy)
  const other = await assess(
    plan([change({ after: { bucket: 'assets', tags: { Owner: 'x' } } })]),
    CONTEXT,
    policy,
  )
  expect(same.plan.fingerprint).toBe(one.plan.fingerprint)
  expect(other.plan.fingerprint).not.toBe(one.plan.fingerprint)
})
