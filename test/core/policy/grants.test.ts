// Grants release exactly what they say, and stand back from everything else.

import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { needsNeighbours } from '../../../src/core/analysis/facts.ts'
import { assess } from '../../../src/core/assess.ts'
import type { Decision } from '../../../src/core/decision.ts'
import type { Plan } from '../../../src/core/plan/model.ts'
import { readPlan } from '../../../src/core/plan/read.ts'
import { GRANTABLE, HARD_FLOOR, isGrantable } from '../../../src/core/policy/grants/operations.ts'
import type { Operation, WrittenGrant } from '../../../src/core/policy/policy.ts'
import type { Finding } from '../../../src/core/rules/finding.ts'
import { nodeHasher } from '../../../src/entry/hasher.ts'
import { CONTEXT, decisionOn, GRANT, planOf, policyWith, scaled, update } from './situations.ts'

const GROWS = scaled(12, 40)
const FINDING: Finding = {
  rule: 'scaling',
  concern: 'cost-jump',
  hazards: [],
  severity: 'medium',
  address: 'aws_autoscaling_group.web',
  summary: '',
  evidence: [],
  why: '',
  check: '',
  alternative: '',
  reversibility: '',
  rollback: '',
  after: '',
  covers: ['desired_capacity'],
}
const granted = (over: Partial<WrittenGrant> = {}): { grants: WrittenGrant[] } => ({
  grants: [{ ...GRANT, ...over }],
})

it('without a grant the case below waits for a person', async () => {
  expect((await decisionOn([GROWS])).verdict).toBe('hold')
})

it('a grant releases it, and the decision names the grant and who gave it', async () => {
  const decision = await decisionOn([GROWS], granted())
  expect(decision.verdict).toBe('release')
  expect(decision.policy.grants).toEqual(['web-scaling'])
  expect(decision.policy.accountable).toEqual(['jane@acme.example'])
  expect(decision.because[0]).toContain('grant web-scaling of jane@acme.example')
  expect(decision.findings.filter(({ grant }) => grant === 'web-scaling').length).toBeGreaterThan(0)
})

describe('bounds are exact', () => {
  it.each<[string, number, number, Partial<WrittenGrant>, 'release' | 'hold']>([
    ['up to the maximum', 12, 50, {}, 'release'],
    ['one above the maximum', 12, 51, {}, 'hold'],
    ['down to the minimum', 40, 10, {}, 'release'],
    ['one below the minimum', 40, 9, {}, 'hold'],
    ['exactly the step in times', 12, 36, { bounds: { min: 10, max: 50, step: '3x' } }, 'release'],
    ['more than the step in times', 12, 37, { bounds: { min: 10, max: 50, step: '3x' } }, 'hold'],
    [
      'less than the step in times, down',
      45,
      12,
      { bounds: { min: 10, max: 50, step: '3x' } },
      'hold',
    ],
    ['exactly the step in numbers', 12, 32, { bounds: { min: 10, max: 50, step: 20 } }, 'release'],
    ['more than the step in numbers', 12, 33, { bounds: { min: 10, max: 50, step: 20 } }, 'hold'],
    [
      'up where up is allowed',
      12,
      40,
      { bounds: { min: 10, max: 50, direction: 'up' } },
      'release',
    ],
    ['down where up is allowed', 40, 12, { bounds: { min: 10, max: 50, direction: 'up' } }, 'hold'],
    [
      'up where down is allowed',
      12,
      40,
      { bounds: { min: 10, max: 50, direction: 'down' } },
      'hold',
    ],
  ])('%s', async (_name, from, to, over, verdict) => {
    expect((await decisionOn([scaled(from, to)], granted(over))).verdict).toBe(verdict)
  })

  it('says by how much a change missed the grant', async () => {
    const decision = await decisionOn([scaled(12, 60)], granted())
    expect(decision.policy.nearMisses).toEqual([
      'outside grant web-scaling: aws_autoscaling_group.web: 60 is above max 50',
    ])
    expect(decision.because.join()).toContain('60 is above max 50')
  })
})

it('near misses are counted where there are many', async () => {
  const many = Array.from({ length: 30 }, (_, index) => {
    return { ...scaled(12, 60), address: `aws_autoscaling_group.web[${index}]`, index }
  })
  const { policy } = await decisionOn(many, granted())
  expect(policy.nearMisses).toHaveLength(21)
  expect(policy.nearMisses?.at(-1)).toBe('and 10 more outside of grants')
})

describe('a grant stands back', () => {
  it.each<[string, Partial<WrittenGrant>]>([
    ['from another address', { addresses: ['aws_autoscaling_group.batch'] }],
    ['from another environment', { environments: ['staging'] }],
    ['from another operation', { operation: 'metadata' }],
    ['after its last day', { expires: '2026-11-17' }],
    ['without a maximum', { bounds: { min: 10 } }],
    ['without bounds', { bounds: {} }],
  ])('%s', async (_name, over) => {
    const decision = await decisionOn([GROWS], granted(over))
    expect(decision.verdict).toBe('hold')
    expect(decision.policy.grants).toEqual([])
  })

  it.each([
    'id',
    'operation',
    'environments',
    'addresses',
    'granted_by',
    'justification',
    'rollback',
    'expires',
  ] as const)('without %s', async (key) => {
    const { [key]: _left, ...rest } = GRANT
    expect((await decisionOn([GROWS], { grants: [rest] })).verdict).toBe('hold')
  })

  it('not before its last day is over', async () => {
    const at = Date.parse('2027-06-30T23:59:59Z')
    const plan = planOf([GROWS], { timestamp: '2027-06-30T23:59:00Z' })
    const late = planOf([GROWS], { timestamp: '2027-06-30T23:59:00Z' })
    const policy = await policyWith(granted())
    expect((await assess(plan, { ...CONTEXT, at }, policy)).verdict).toBe('release')
    expect((await assess(late, { ...CONTEXT, at: at + 1000 }, policy)).verdict).toBe('hold')
  })

  it.each([
    ['another attribute', { launch_template: [{ id: 'lt-2', version: '7' }] }],
    ['a tag', { tag: [{ key: 'Team', value: 'web', propagate_at_launch: true }] }],
    ['a subnet', { vpc_zone_identifier: ['subnet-1'] }],
  ])('when %s changes on the same object', async (_name, more) => {
    const decision = await decisionOn([scaled(12, 40, more)], granted())
    expect(decision.verdict).toBe('hold')
    expect(decision.policy.nearMisses?.join()).toContain('would change too')
  })

  it('when the number is not known before the apply', async () => {
    const unknown = { ...scaled(12, 40), after: { name: 'web', min_size: 10, max_size: 100 } }
    const change = { ...unknown, afterUnknown: { desired_capacity: true } }
    expect((await decisionOn([change], granted())).verdict).toBe('hold')
  })

  it.each([
    ['a security group', update('aws_security_group.web', { name: 'a', ingress: [] }, { name: 'a', ingress: [{ from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['10.0.0.0/8'] }] }), 'network rules'],
    ['a role', update('aws_iam_role.web', { name: 'a', max_session_duration: 3600 }, { name: 'a', max_session_duration: 7200 }), 'who may do what'],
    ['a route table', update('aws_route_table.web', { route: [] }, { route: [{ cidr_block: '10.0.0.0/8', gateway_id: 'x' }] }), 'the network'],
    ['a schema', update('postgresql_schema.main', { name: 'a', owner: 'a' }, { name: 'a', owner: 'b' }), 'a schema or data'],
  ])('when the plan also changes %s, wherever that is', async (_name, other, what) => {
    const decision = await decisionOn([GROWS, other], granted())
    expect(decision.verdict).toBe('hold')
    expect(decision.policy.grants).toEqual([])
    expect(decision.policy.nearMisses?.join()).toContain(what)
  }) // biome-ignore format: a table

  it('when the plan also rolls out code that the environment would let pass by itself', async () => {
    const growth = scaled(10, 50)
    const rollout = update(
      'aws_ecs_service.web',
      { name: 'web', task_definition: 'web:7' },
      { name: 'web', task_definition: 'web:8' },
    )
    const staging = { workspace: 'web-staging' }
    const policy = granted({ environments: ['staging'] })
    expect((await decisionOn([growth], {}, staging)).verdict).toBe('hold')
    expect((await decisionOn([rollout], {}, staging)).verdict).toBe('release')
    expect((await decisionOn([growth], policy, staging)).verdict).toBe('release')
    const both = await decisionOn([growth, rollout], policy, staging)
    expect(both.verdict).toBe('hold')
    expect(both.policy.nearMisses?.join()).toContain('code or configuration')
  })

  it('when the address stands in the plan twice', async () => {
    expect((await decisionOn([GROWS, GROWS], granted())).policy.grants).toEqual([])
  })

  it('when one change is outside of every grant', async () => {
    const other = update('aws_s3_bucket.logs', { bucket: 'a' }, { bucket: 'a', brand_new: 'x' })
    expect((await decisionOn([GROWS, other], granted())).verdict).toBe('hold')
  })

  it('when what it would release belongs to two services', async () => {
    const other = { ...GROWS, address: 'aws_autoscaling_group.jobs', name: 'jobs' }
    const decision = await decisionOn([GROWS, other], granted())
    expect(decision.verdict).toBe('hold')
    expect(decision.policy.nearMisses?.join()).toContain('one service')
  })

  it('when the kill switch is on, in a freeze, and where strict protects production', async () => {
    expect((await decisionOn([GROWS], { ...granted(), killSwitch: true })).verdict).toBe('hold')
    expect((await decisionOn([GROWS], { ...granted(), preset: 'strict' })).verdict).toBe('hold')
  })
})

describe('each operation releases its own kind of change', () => {
  const replicas = (from: number, to: number) =>
    update(
      'aws_elasticache_replication_group.cache',
      { num_cache_clusters: from, node_type: 'cache.r6g.large' },
      { num_cache_clusters: to, node_type: 'cache.r6g.large' },
    )
  const alarm = (to: number, more = {}) => {
    const rest = { comparison_operator: 'GreaterThanThreshold', alarm_name: 'cpu' }
    const before = { ...rest, threshold: 60, actions_enabled: true }
    return update('aws_cloudwatch_metric_alarm.cpu', before, { ...before, threshold: to, ...more })
  }
  const service = (more = {}) => {
    const before = { name: 'web', task_definition: 'web:7', desired_count: 4 }
    return update('aws_ecs_service.web', before, { ...before, task_definition: 'web:8', ...more })
  }
  it.each([
    ['replicas', replicas(2, 6), { bounds: { min: 2, max: 10 } }, 'release'],
    ['replicas', replicas(2, 12), { bounds: { min: 2, max: 10 } }, 'hold'],
    ['scale', replicas(2, 6), { bounds: { min: 2, max: 10 } }, 'hold'],
    ['monitoring', alarm(90), { bounds: { min: 50, max: 95 } }, 'release'],
    ['monitoring', alarm(99), { bounds: { min: 50, max: 95 } }, 'hold'],
    ['monitoring', alarm(90), {}, 'hold'],
    ['monitoring', alarm(90, { actions_enabled: false }), { bounds: { min: 50, max: 95 } }, 'hold'],
    ['rollout', service(), {}, 'release'],
    ['rollout', service({ enable_execute_command: true }), {}, 'hold'],
  ] as const)('%s', async (operation, change, over, verdict) => {
    const { bounds: _bounds, ...rest } = GRANT
    const grants = [{ ...rest, operation, addresses: ['*'], ...over }]
    expect((await decisionOn([change], { grants })).verdict).toBe(verdict)
    expect((await decisionOn([change])).verdict).toBe('hold')
  })
})

it('a drift that only concerns what was granted is undone without a person', async () => {
  const record = (ttl: number) => ({ name: 'www', type: 'A', records: ['10.0.0.1'], ttl })
  const change = update('aws_route53_record.www', record(3600), record(300))
  const drifted = update('aws_route53_record.www', record(300), record(3600))
  const plan = planOf([change], { drift: [drifted] })
  const grant: WrittenGrant = { ...GRANT, operation: 'dns-ttl', addresses: ['aws_route53_*'] }
  const verdictWith = async (bounds: WrittenGrant['bounds']): Promise<string> =>
    (
      await assess(
        plan,
        CONTEXT,
        await policyWith({ grants: [{ ...grant, bounds: bounds ?? {} }] }),
      )
    ).verdict
  expect((await assess(plan, CONTEXT, await policyWith())).verdict).toBe('hold')
  expect(await verdictWith({ min: 60, max: 3600 })).toBe('release')
  expect(await verdictWith({ min: 600, max: 3600 })).toBe('hold')
})

describe('the hard floor is beyond the reach of grants', () => {
  it('no concern of the floor can be granted', () => {
    const reach: readonly string[] = Object.values(GRANTABLE).flat()
    expect(reach.filter((concern) => HARD_FLOOR.has(concern))).toEqual([])
  })

  it.each([
    'data-loss',
    'irreversible',
    'key-loss',
    'internet-exposure',
    'privilege-escalation',
    'one-way-door',
  ] as const)('a finding that names %s cannot be granted, whatever it asks', (hazard) => {
    for (const [operation, concerns] of Object.entries(GRANTABLE)) {
      for (const concern of concerns) {
        const finding = { ...FINDING, concern, hazards: ['cost', hazard] } as const
        expect(isGrantable(operation as Operation, { ...finding, hazards: ['cost'] })).toBe(true)
        expect(isGrantable(operation as Operation, finding)).toBe(false)
      }
    }
  })

  it('whatever is granted, in every scenario the same findings of the floor hold', async () => {
    const plans = await scenarios()
    const operations = Object.keys(GRANTABLE) as Operation[]
    const anything = fc.record({
      operation: fc.constantFrom(...operations),
      min: fc.constantFrom(0, 1, 2),
      max: fc.constantFrom(10, 1000, 1_000_000),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { minLength: 1, maxLength: 6 }), async (wishes) => {
        const grants = wishes.map(({ operation, min, max }, at): WrittenGrant => {
          const environments = ['production', 'staging', 'dev']
          const bounds = { min, max }
          return { ...GRANT, id: `g${at}`, operation, environments, addresses: ['*'], bounds }
        })
        for (const plan of plans) {
          const without = await assess(plan, CONTEXT, await policyWith())
          const with_ = await assess(plan, CONTEXT, await policyWith({ grants }))
          expect(floorOf(with_)).toEqual(floorOf(without))
        }
      }),
      { seed: 20261120, numRuns: 6 },
    )
  }, 60_000)
})

function floorOf({ findings }: Decision): string[] {
  const hazards = ['data-loss', 'irreversible', 'key-loss', 'internet-exposure']
  return findings
    .filter(
      (one) =>
        one.holds &&
        (HARD_FLOOR.has(one.concern) ||
          one.hazards.some((hazard) => [...hazards, 'privilege-escalation'].includes(hazard))),
    )
    .map(({ rule, address }) => `${rule} ${address}`)
    .sort()
}

async function scenarios(): Promise<Plan[]> {
  const folder = new URL('../../../fixtures/scenarios/', import.meta.url)
  const plans: Plan[] = []
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.plan.json'))) {
    const stream = new Blob([readFileSync(new URL(name, folder))]).stream()
    const options = { hasher: nodeHasher(), keepUnchanged: needsNeighbours }
    const plan = await readPlan(stream, options)
    if (plan.ok) plans.push(plan.value)
  }
  return plans
}
