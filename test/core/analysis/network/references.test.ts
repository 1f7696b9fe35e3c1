// An unknown identifier is followed through the configuration; where that fails, doubt stays.
import { describe, expect, it } from 'vitest'
import { analyseNetwork } from '../../../../src/core/analysis/network/network.ts'
import type { JsonObject } from '../../../../src/core/json.ts'
import type { Subject } from '../../../../src/core/knowledge/subject.ts'
import { blockAddress } from '../../../../src/core/plan/address.ts'
import type { ModuleCall } from '../../../../src/core/plan/model.ts'
import { configuration, rule2, subject } from './build.ts'

const RULE = 'aws_vpc_security_group_ingress_rule.in'

function group(address: string, actions: readonly string[] = ['create'], index?: number): Subject {
  const common = { name: 'g', ingress: [], egress: [] }
  return subject(
    {
      type: 'aws_security_group',
      address,
      actions,
      ...(index === undefined ? {} : { index }),
      ...(actions.includes('delete') ? { before: { ...common, id: 'sg-old' } } : {}),
      after: common,
      unknown: { id: true },
    },
    'aws-sg-inline',
  )
}

function privateRule(address: string, after: JsonObject = {}, index?: number): Subject {
  return rule2(
    ['create'],
    {},
    {
      address,
      ...(index === undefined ? {} : { index }),
      after: {
        ip_protocol: 'tcp',
        from_port: 5432,
        to_port: 5432,
        cidr_ipv4: '10.0.0.0/24',
        ...after,
      },
      unknown: { security_group_id: true },
    },
  )
}

function call(address: string, more: Partial<ModuleCall>): ModuleCall {
  return { address, source: './m', inputs: {}, outputs: {}, dependsOn: [], ...more }
}

describe('references', () => {
  it('are followed into a module through its input', () => {
    const config = configuration(
      { 'aws_security_group.a': {}, [`module.m.${RULE}`]: { security_group_id: ['var.group'] } },
      {
        moduleCalls: [
          call('module.m', {
            inputs: { group: ['aws_security_group.a.id', 'aws_security_group.a'] },
          }),
        ],
      },
    )
    const facts = analyseNetwork(
      [group('aws_security_group.a'), privateRule(`module.m.${RULE}`)],
      [],
      config,
    )
    expect(facts).toMatchObject([{ group: 'aws_security_group.a', effect: 'nil', newGroup: true }])
  })

  it('are followed out of a module through its output', () => {
    const config = configuration(
      {
        'module.m.aws_security_group.a': {},
        [RULE]: { security_group_id: ['module.m.group_id', 'module.m'] },
      },
      {
        moduleCalls: [
          call('module.m', {
            outputs: { group_id: ['aws_security_group.a.id', 'aws_security_group.a'] },
          }),
        ],
      },
    )
    const facts = analyseNetwork(
      [group('module.m.aws_security_group.a'), privateRule(RULE)],
      [],
      config,
    )
    expect(facts).toMatchObject([{ group: 'module.m.aws_security_group.a', effect: 'nil' }])
  })

  it('prefer the instance with the same key', () => {
    const config = configuration({
      'aws_security_group.a': {},
      [RULE]: { security_group_id: ['aws_security_group.a', 'count.index'] },
    })
    const facts = analyseNetwork(
      [
        group('aws_security_group.a[0]', ['create'], 0),
        group('aws_security_group.a[1]', ['create'], 1),
        privateRule(`${RULE}[1]`, {}, 1),
      ],
      [],
      config,
    )
    expect(facts.map((fact) => [fact.group, fact.changes.length])).toEqual([
      ['aws_security_group.a[0]', 1],
      ['aws_security_group.a[1]', 2],
    ])
  })

  it('to a replaced group join its old and its new rules', () => {
    const old = { ip_protocol: 'tcp', from_port: 5432, to_port: 5432, cidr_ipv4: '10.0.0.0/24' }
    const rule = rule2(
      ['delete', 'create'],
      {},
      {
        address: RULE,
        before: { ...old, security_group_id: 'sg-old' },
        after: old,
        unknown: { security_group_id: true },
      },
    )
    const config = configuration({
      'aws_security_group.a': {},
      [RULE]: { security_group_id: ['aws_security_group.a.id', 'aws_security_group.a'] },
    })
    const facts = analyseNetwork(
      [group('aws_security_group.a', ['delete', 'create']), rule],
      [],
      config,
    )
    expect(facts).toMatchObject([{ effect: 'nil', newGroup: false }])
    expect(facts[0]?.gap).toMatch(/seconds/)
  })

  it('through a local value are taken for new only where nothing else can be behind them', () => {
    const config = configuration({
      'aws_security_group.a': {},
      [RULE]: { security_group_id: ['local.group'] },
    })
    const made = group('aws_security_group.a')
    const rule = privateRule(RULE)
    expect(analyseNetwork([made, rule], [], config)).toMatchObject([{ effect: 'nil' }])
    const read = subject({ type: 'aws_security_group', address: 'data.x.y', actions: ['read'] })
    const late = { ...read, change: { ...read.change, mode: 'data' as const } }
    const effects = analyseNetwork([made, rule, late], [], config).map((fact) => fact.effect)
    expect(effects).toContain('unknown')
    const replaced = group('aws_security_group.b', ['delete', 'create'])
    const more = analyseNetwork([made, rule, replaced], [], config).map((fact) => fact.effect)
    expect(more).toContain('unknown')
  })

  it('to data are in doubt', () => {
    const config = configuration({
      [RULE]: { security_group_id: ['data.aws_security_group.a.id', 'data.aws_security_group.a'] },
    })
    expect(analyseNetwork([privateRule(RULE)], [], config)).toMatchObject([{ effect: 'unknown' }])
  })
})

describe('a configuration address', () => {
  it.each([
    ['module.a["x.y[0]"].aws_vpc.b[0]', 'module.a.aws_vpc.b'],
    ['aws_vpc.b["it\\"s"]', 'aws_vpc.b'],
    ['aws_vpc.b', 'aws_vpc.b'],
  ])('of %s is %s', (address, expected) => {
    expect(blockAddress(address)).toBe(expected)
  })
})
