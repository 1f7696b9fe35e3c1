// What a team adds without code: rules raised, addresses marked. It only ever becomes stricter, but
// for rollouts of what it deploys all the time.
import { describe, expect, it } from 'vitest'
import { decisionOn, GRANT, scaled, update } from './situations.ts'

const ROLLOUT = update(
  'aws_ecs_service.web',
  { name: 'web', task_definition: 'web:7', desired_count: 4 },
  { name: 'web', task_definition: 'web:8', desired_count: 4 },
)
const TAGGED = update(
  'aws_s3_bucket.assets',
  { bucket: 'assets', tags: { Owner: 'web' } },
  { bucket: 'assets', tags: { Owner: 'web', CostCenter: '4411' } },
)

describe('a rule that is raised', () => {
  it('holds where it speaks, also where it found something harmless', async () => {
    const decision = await decisionOn([TAGGED], { raise: [{ rule: 'metadata', holds: true }] })
    expect(decision.verdict).toBe('hold')
    expect(decision.because[0]).toContain('metadata')
  })

  it('holds at the addresses it was raised for, and nowhere else', async () => {
    const at = (address: string) =>
      decisionOn([TAGGED], { raise: [{ rule: 'metadata', holds: true, addresses: [address] }] })
    expect((await at('aws_s3_bucket.a*')).verdict).toBe('hold')
    expect((await at('aws_s3_bucket.b*')).verdict).toBe('release')
  })

  it('becomes more severe, never less', async () => {
    const severities = async (severity: 'medium' | 'critical') =>
      (await decisionOn([scaled(20, 1)], { raise: [{ rule: 'scaling', severity }] })).findings
        .filter(({ rule }) => rule === 'scaling')
        .map((one) => one.severity)
    expect(await severities('critical')).toEqual(['critical'])
    expect(await severities('medium')).toEqual(['high'])
  })

  it('is beyond the reach of a grant', async () => {
    const grants = [GRANT]
    const raise = [{ rule: 'scaling', holds: true }] as const
    expect((await decisionOn([scaled(12, 40)], { grants })).verdict).toBe('release')
    expect((await decisionOn([scaled(12, 40)], { grants, raise })).verdict).toBe('hold')
  })
})

describe('continuously deployed', () => {
  it('lets rollouts pass in production, at these addresses only', async () => {
    const at = (pattern: string) => decisionOn([ROLLOUT], { continuouslyDeployed: [pattern] })
    expect((await decisionOn([ROLLOUT])).verdict).toBe('hold')
    expect((await at('aws_ecs_service.*')).verdict).toBe('release')
    expect((await at('aws_ecs_service.api')).verdict).toBe('hold')
  })

  it('lets nothing else pass there', async () => {
    const more = { ...ROLLOUT, after: { name: 'web', task_definition: 'web:8', desired_count: 0 } }
    expect((await decisionOn([more], { continuouslyDeployed: ['*'] })).verdict).toBe('hold')
  })

  it('lets no number of things pass that is not known before the apply', async () => {
    const template = (image: string) => [{ container: [{ name: 'a', image }], max_replicas: 4 }]
    const app = (over = {}) => ({
      ...update(
        'azurerm_container_app.web',
        { name: 'web', template: template('a:1') },
        { name: 'web', template: template('a:2') },
      ),
      ...over,
    })
    const unknown = app({
      after: { name: 'web', template: [{ container: [{ name: 'a', image: 'a:2' }] }] },
      afterUnknown: { template: [{ max_replicas: true }] },
    })
    const rollout = { ...GRANT, operation: 'rollout', addresses: ['*'] } as const
    for (const policy of [{ continuouslyDeployed: ['*'] }, { grants: [rollout] }]) {
      expect((await decisionOn([app()], policy)).verdict).toBe('release')
      expect((await decisionOn([unknown], policy)).verdict).toBe('hold')
    }
  })

  it('yields to strict', async () => {
    const policy = { preset: 'strict', continuouslyDeployed: ['*'] } as const
    expect((await decisionOn([ROLLOUT], policy)).verdict).toBe('hold')
  })
})

describe('who answers for a decision', () => {
  const workspaces = [{ match: { workspace: ['web-*'] }, owner: 'web@acme.example' }]

  it('a hold is on the owner of the workspace, even where a grant nearly released it', async () => {
    const decision = await decisionOn([scaled(12, 60)], { workspaces, grants: [GRANT] })
    expect(decision.policy.accountable).toEqual(['web@acme.example'])
  })

  it('a release by grant is on whoever gave it, another release on the owner', async () => {
    const granted = await decisionOn([scaled(12, 40)], { workspaces, grants: [GRANT] })
    expect(granted.policy.accountable).toEqual(['jane@acme.example'])
    const harmless = await decisionOn([TAGGED], { workspaces, grants: [GRANT] })
    expect(harmless.policy.accountable).toEqual(['web@acme.example'])
  })

  it('without a workspace entry it is the owner of the policy, and never the service', async () => {
    const decision = await decisionOn([TAGGED], { owner: 'platform@acme.example' })
    expect(decision.policy.accountable).toEqual(['platform@acme.example'])
    expect((await decisionOn([TAGGED])).policy.accountable).toEqual([])
  })

  it('the decision carries the lineage: preset, digest, rules and grants', async () => {
    const { policy } = await decisionOn([scaled(12, 40), TAGGED], { grants: [GRANT] })
    expect(policy).toMatchObject({ preset: 'standard', grants: ['web-scaling'] })
    expect(policy.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(policy.rules).toEqual(expect.arrayContaining(['metadata', 'scaling']))
  })
})

it('a workspace that only observes is told the verdict it would have had', async () => {
  const workspaces = [{ match: { workspace: ['web-*'] }, phase: 'observe' }] as const
  const decision = await decisionOn([scaled(12, 60)], { workspaces })
  expect(decision).toMatchObject({ verdict: 'hold', policy: { phase: 'observe' } })
})
