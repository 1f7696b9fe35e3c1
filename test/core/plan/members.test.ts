// What is kept of the members around the changes, and what is dropped.
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/core/plan/limits.ts'
import { element, plan, readOk } from './support.ts'

const SECRET = 'hunter2-in-clear'

const configuration = {
  provider_config: {
    aws: {
      name: 'aws',
      full_name: 'registry.terraform.io/hashicorp/aws',
      version_constraint: '~> 5.0',
      expressions: { secret_key: { constant_value: SECRET } },
    },
  },
  root_module: {
    outputs: { url: { expression: { references: ['module.web.url', 'module.web'] } } },
    variables: { environment: { default: SECRET }, tier: { sensitive: true }, count: {} },
    resources: [
      {
        address: 'aws_instance.web',
        mode: 'managed',
        type: 'aws_instance',
        name: 'web',
        provider_config_key: 'aws',
        provisioners: [
          { type: 'local-exec', expressions: { command: { constant_value: 'x'.repeat(300) } } },
          { type: 'remote-exec', expressions: { inline: { constant_value: [SECRET] } } },
        ],
        expressions: {
          ami: { constant_value: SECRET },
          subnet_id: { references: ['aws_subnet.a.id', 'aws_subnet.a'] },
          ebs: [{ key: { references: ['var.k'] } }, { key: { references: ['var.l'] }, size: {} }],
          tags: { __proto__x: { references: [] } },
        },
        schema_version: 1,
        count_expression: { references: ['var.count'] },
        depends_on: ['aws_vpc.main'],
      },
    ],
    module_calls: {
      web: {
        source: './web',
        expressions: { name: { references: ['var.name'] }, size: { constant_value: 3 } },
        depends_on: ['aws_vpc.main'],
        module: {
          outputs: { url: { expression: { references: ['aws_lb.this.dns_name'] } } },
          resources: [{ address: 'aws_lb.this', mode: 'managed', type: 'aws_lb', name: 'this' }],
          module_calls: { inner: { source: 'acme/inner/aws', version_constraint: '1.0' } },
        },
      },
    },
  },
}

describe('configuration', () => {
  it('is summarised: references, names of literals, what runs, who is called', async () => {
    const { configuration: summary } = await readOk(plan({ configuration }))
    expect(summary?.resources[0]).toEqual({
      address: 'aws_instance.web',
      moduleCalls: [],
      mode: 'managed',
      type: 'aws_instance',
      name: 'web',
      providerConfigKey: 'aws',
      references: {
        subnet_id: ['aws_subnet.a.id', 'aws_subnet.a'],
        'ebs.key': ['var.k', 'var.l'],
        'tags.__proto__x': [],
      },
      constants: ['ami'],
      dependsOn: ['aws_vpc.main'],
      provisioners: [
        { type: 'local-exec', command: 'x'.repeat(LIMITS.commandCharacters) },
        { type: 'remote-exec' },
      ],
      hasCount: true,
      hasForEach: false,
    })
    expect(summary?.resources[1]).toMatchObject({
      address: 'module.web.aws_lb.this',
      moduleCalls: ['web'],
    })
    expect(summary?.outputs).toEqual({ url: ['module.web.url', 'module.web'] })
    expect(summary?.sensitiveVariables).toEqual(['tier'])
    expect(summary?.providers).toEqual([
      { key: 'aws', fullName: 'registry.terraform.io/hashicorp/aws', versionConstraint: '~> 5.0' },
    ])
    expect(new Map(summary?.moduleCalls.map((call) => [call.address, call]))).toEqual(
      new Map([
        [
          'module.web.module.inner',
          {
            address: 'module.web.module.inner',
            source: 'acme/inner/aws',
            versionConstraint: '1.0',
            inputs: {},
            outputs: {},
            dependsOn: [],
          },
        ],
        [
          'module.web',
          {
            address: 'module.web',
            source: './web',
            inputs: { name: ['var.name'] },
            outputs: { url: ['aws_lb.this.dns_name'] },
            dependsOn: ['aws_vpc.main'],
          },
        ],
      ]),
    )
  })

  it('34: may be absent, and calls may lack their module', async () => {
    const { configuration: _, ...without } = plan()
    expect((await readOk(without)).configuration).toBeUndefined()
    const bare = { root_module: { module_calls: { a: {} }, resources: [{ type: 't', name: 'n' }] } }
    const { configuration: summary } = await readOk(plan({ configuration: bare }))
    expect(summary?.resources[0]?.address).toBe('t.n')
    expect(summary?.moduleCalls[0]?.address).toBe('module.a')
  })

  it('is left out whole with a note, and is no failure, when it exceeds its limit', async () => {
    const block = { address: 'null_resource.a', type: 'null_resource', name: 'a' }
    const resources = new Array(LIMITS.configurationEntries + 1).fill(block)
    const read = await readOk(plan({ configuration: { root_module: { resources } } }))
    expect(read.configuration).toBeUndefined()
    expect(read.notes).toHaveLength(1)
  })

  it('gives no secret away, nor do the members that are skipped', async () => {
    const state = { values: { outputs: { password: { value: SECRET } } } }
    const read = await readOk(
      plan({
        configuration,
        prior_state: state,
        planned_values: state.values,
        variables: {
          password: { value: SECRET },
          tier: { value: SECRET },
          stage: { value: [SECRET] },
        },
        action_invocations: [{ address: 'a', type: 't', config_values: { x: SECRET } }],
      }),
    )
    expect(JSON.stringify(read)).not.toContain(SECRET)
  })
})

describe('variables', () => {
  const variables = {
    environment: { value: 'staging' },
    tier: { value: 'secret-tier' },
    env: { value: 'x'.repeat(65) },
    stage: { value: 3 },
    region: { value: 'eu-central-1' },
  }

  it('keep a value only where the name tells the environment, short, a string and unmarked', async () => {
    const read = await readOk(plan({ variables, configuration }))
    expect(read.variables).toEqual([
      { name: 'environment', sensitive: false, value: 'staging' },
      { name: 'tier', sensitive: true },
      { name: 'env', sensitive: false },
      { name: 'stage', sensitive: false },
      { name: 'region', sensitive: false },
    ])
  })

  it('count as sensitive where configuration does not say', async () => {
    const { configuration: _, ...rest } = plan({ variables })
    const read = await readOk(rest)
    expect(read.variables.every((one) => one.sensitive && one.value === undefined)).toBe(true)
  })
})

describe('small members', () => {
  it('35: prior_state may hold only outputs', async () => {
    const prior_state = { format_version: '2.0', values: { outputs: {} } }
    expect((await readOk(plan({ prior_state }))).formatVersion).toBe('1.2')
  })

  it('36: checks keep address, status and kind, and no message', async () => {
    const checks = [
      {
        address: { kind: 'check', name: 'health', to_display: 'check.health' },
        status: 'unknown',
        instances: [{ address: {}, status: 'error', problems: [{ message: SECRET }] }],
      },
      { address: { kind: 'output_value', to_display: 'output.a' }, status: 'error' },
    ]
    expect((await readOk(plan({ checks }))).checks).toEqual([
      { address: 'check.health', status: 'unknown', kind: 'check' },
      { address: 'output.a', status: 'error', kind: 'output_value' },
    ])
  })

  it('37: condition_results count as checks', async () => {
    const condition_results = [
      { address: 'a', condition_type: 'ResourcePrecondition', result: true, unknown: false },
      { address: 'b', condition_type: 'OutputPrecondition', result: false, unknown: true },
      { address: 'c', condition_type: 'OutputPrecondition', result: false, unknown: false },
    ]
    const read = await readOk(plan({ format_version: '1.1', condition_results }))
    expect(read.checks.map((check) => check.status)).toEqual(['pass', 'unknown', 'fail'])
  })

  it('38: invocations and deferred changes are listed beside no-ops', async () => {
    const lifecycle = { action_trigger_event: 'AfterUpdate', triggering_resource_address: 'x' }
    const read = await readOk(
      plan({
        resource_changes: [element(['no-op'])],
        action_invocations: [
          { address: 'action.a.b', type: 'a', lifecycle_action_trigger: lifecycle },
          { address: 'action.c.d', type: 'c', invoke_action_trigger: {} },
        ],
        deferred_changes: [{ reason: 'absent_prereq', resource_change: element(['create']) }],
        deferred_action_invocations: [{ reason: 'unknown', action_invocation: { address: 'z' } }],
      }),
    )
    expect(read.invocations).toEqual([
      { address: 'action.a.b', type: 'a', trigger: 'AfterUpdate' },
      { address: 'action.c.d', type: 'c', trigger: 'invoke' },
    ])
    expect(read.deferred).toEqual([
      { reason: 'absent_prereq', address: 'aws_vpc.main' },
      { reason: 'unknown', address: 'z' },
    ])
  })

  it('39: thousands of equal changes are read', async () => {
    const resource_changes = new Array(20_000).fill(element(['create']))
    expect((await readOk(plan({ resource_changes }))).changes).toHaveLength(20_000)
  })

  it('40: drift that was deleted is kept beside the creates', async () => {
    const gone = element(['delete'], { after: null })
    const read = await readOk(
      plan({ resource_drift: [gone], resource_changes: [element(['create'])] }),
    )
    expect(read.drift[0]?.actions).toEqual(['delete'])
  })

  it('33, 41, 42, 43: markup, holes, odd types and nulls are data', async () => {
    const after = { a: null, b: [null], c: '{{.Project}}', d: '<script>\u001b[31m' }
    const odd = element(['create'], { after }, { type: 'Google-Beta_Thing' })
    const read = await readOk(plan({ resource_changes: [odd] }))
    expect(read.changes[0]).toMatchObject({ type: 'Google-Beta_Thing', after })
  })

  it('relevant attributes are paths, also where one was written as a string', async () => {
    const relevant_attributes = [
      { resource: 'a.b', attribute: ['x', 0] },
      { resource: 'c.d', attribute: 'id' },
    ]
    const resource_drift = ['a.b', 'c.d'].map((address) => element(['update'], {}, { address }))
    const read = await readOk(plan({ resource_drift, relevant_attributes }))
    expect(read.relevantAttributes).toEqual([
      { resource: 'a.b', attribute: ['x', 0] },
      { resource: 'c.d', attribute: ['id'] },
    ])
  })

  it('relevant attributes are kept of what drifted, wherever they stand', async () => {
    const drifted = 'module.a["x\\"y"].aws_vpc.main[0]'
    const resource_drift = [element(['update'], {}, { address: drifted })]
    const relevant_attributes = [
      { resource: 'aws_vpc.other', attribute: ['id'] },
      { resource: drifted, attribute: ['id'] },
      { attribute: ['tags'], resource: drifted },
    ]
    const kept = [
      { resource: drifted, attribute: ['id'] },
      { resource: drifted, attribute: ['tags'] },
    ]
    const after = await readOk(plan({ resource_drift, relevant_attributes }))
    expect(after.relevantAttributes).toEqual(kept)
    const before = await readOk(plan({ relevant_attributes, resource_drift }))
    expect(before.relevantAttributes).toEqual(kept)
  })

  it('drift keeps what drifted, is marked otherwise, unknown or a date, and nothing else', async () => {
    const same = {
      cidr_block: '10.0.0.0/16',
      tags: { a: '1' },
      secret: 'x',
      arn: null,
      list: [1],
      made: '2026-01-02',
    }
    const change = {
      before: { ...same, name: 'old' },
      after: { ...same, name: 'new', more: 1 },
      after_unknown: { arn: true, list: [false] },
      before_sensitive: { secret: true, tags: {} },
      after_sensitive: { tags: {} },
    }
    const { drift } = await readOk(plan({ resource_drift: [element(['update'], change)] }))
    expect(drift[0]).toMatchObject({ address: 'aws_vpc.main', actions: ['update'] })
    expect(drift[0]?.before).toEqual({
      secret: 'x',
      arn: null,
      list: [1],
      made: same.made,
      name: 'old',
    })
    expect(drift[0]?.after).toEqual({
      secret: 'x',
      arn: null,
      list: [1],
      made: same.made,
      name: 'new',
      more: 1,
    })
    expect(drift[0]?.beforeSensitive).toEqual({ secret: true })
    expect(drift[0]?.afterUnknown).toEqual({ arn: true, list: [false] })
  })

  it('45: the timestamp is kept as written', async () => {
    expect((await readOk(plan())).timestamp).toBe('2026-11-20T08:00:00Z')
  })

  it('44: a redacted plan is read without flags and says so', async () => {
    const read = await readOk({
      plan_format_version: '1.2',
      resource_drift: [],
      resource_changes: [element(['update'], { after: { size: 'REDACTED' } })],
      provider_schemas: { x: {} },
      provider_format_version: '1.0',
    })
    expect(read).toMatchObject({ redacted: true, formatVersion: '1.2', flags: { errored: false } })
    expect(read.flags.complete).toBeUndefined()
    expect(read.notes).toHaveLength(1)
    const other = plan({ resource_changes: [], provider_schemas: {} })
    expect((await readOk(other)).redacted).toBe(true)
  })
})
