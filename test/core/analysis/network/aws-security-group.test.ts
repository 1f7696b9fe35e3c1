// Security groups are judged by the traffic they let through, not by how their rules are written.
import { describe, expect, it } from 'vitest'
import { analyseNetwork, type NetworkFact } from '../../../../src/core/analysis/network/network.ts'
import type { Subject } from '../../../../src/core/knowledge/subject.ts'
import type { Configuration } from '../../../../src/core/plan/model.ts'
import { block, configuration, groupUpdate, rule1, rule2, subject } from './build.ts'

function only(
  subjects: readonly Subject[],
  unchanged: readonly Subject[] = [],
  config?: Configuration,
): NetworkFact {
  const facts = analyseNetwork(subjects, unchanged, config)
  expect(facts).toHaveLength(1)
  const [fact] = facts
  if (fact === undefined) throw new Error('no fact')
  return fact
}

const https = { from_port: 443, to_port: 443 }

describe('the same traffic, written another way', () => {
  it('a rule that moves to the new resource type is nil, with a gap and a duplicate warning', () => {
    const old = rule1(['delete'], { ...https, cidr_blocks: ['10.1.0.0/16'] })
    const fresh = rule2(['create'], { ...https, cidr_ipv4: '10.1.0.0/16' })
    const fact = only([old, fresh])
    expect(fact.effect).toBe('nil')
    expect(fact.gap).toMatch(/duplicate/)
    expect(fact.changes).toEqual([
      { address: 'aws_security_group_rule.x', covers: 'all' },
      { address: 'aws_vpc_security_group_ingress_rule.x', covers: 'all' },
    ])
  })

  it('one block split into two is nil and has no gap', () => {
    const fact = only([
      groupUpdate(
        [block(8080, ['10.0.0.0/24', '10.0.1.0/24'])],
        [block(8080, ['10.0.0.0/24']), block(8080, ['10.0.1.0/24'])],
      ),
    ])
    expect(fact.effect).toBe('nil')
    expect(fact.gap).toBeUndefined()
    expect(fact.changes).toEqual([{ address: 'aws_security_group.app', covers: ['ingress'] }])
  })

  it('two halves that become the whole are nil, with a gap', () => {
    const fact = only([
      rule2(['delete'], { ...https, cidr_ipv4: '10.2.0.0/17' }, { address: 'r.a' }),
      rule2(['delete'], { ...https, cidr_ipv4: '10.2.128.0/17' }, { address: 'r.b' }),
      rule2(['create'], { ...https, cidr_ipv4: '10.2.0.0/16' }, { address: 'r.c' }),
    ])
    expect(fact.effect).toBe('nil')
    expect(fact.gap).toMatch(/seconds/)
  })

  it('a description on a rule changes nothing', () => {
    const value = { ...https, security_group_id: 'sg-app', type: 'ingress', protocol: 'tcp' }
    const fact = only([
      rule1(
        ['update'],
        {},
        {
          before: { ...value, cidr_blocks: ['10.0.0.0/8'], description: '' },
          after: { ...value, cidr_blocks: ['10.0.0.0/8'], description: 'from alb' },
        },
      ),
    ])
    expect(fact.effect).toBe('nil')
    expect(fact.changes).toEqual([{ address: 'aws_security_group_rule.x', covers: 'all' }])
  })

  it('a removed rule that an unchanged one covers is nil', () => {
    const gone = rule2(['delete'], { ...https, cidr_ipv4: '10.3.4.0/24' }, { address: 'r.dup' })
    const stays = rule2(['no-op'], { ...https, cidr_ipv4: '10.3.0.0/16' }, { address: 'r.all' })
    const fact = only([gone], [stays])
    expect(fact).toMatchObject({ effect: 'nil', unchangedCount: 1, closed: [], doubts: [] })
    expect(fact.gap).toBeUndefined()
  })

  it('without the unchanged rule the same removal is narrower', () => {
    const gone = rule2(['delete'], { ...https, cidr_ipv4: '10.3.4.0/24' })
    expect(only([gone])).toMatchObject({
      effect: 'narrower',
      closed: ['tcp 443 from 10.3.4.0/24'],
      fromPublic: false,
    })
  })

  it('inline rules that become resources of their own are nil', () => {
    const facts = analyseNetwork(
      [
        groupUpdate([block(443, ['10.1.0.0/16'])], []),
        rule2(['create'], { ...https, cidr_ipv4: '10.1.0.0/16' }),
      ],
      [],
    )
    expect(facts).toHaveLength(1)
    expect(facts[0]).toMatchObject({ effect: 'nil', group: 'aws_security_group.app' })
    expect(facts[0]?.gap).toMatch(/duplicate/)
  })

  it('tags alone make no fact', () => {
    const group = subject(
      {
        type: 'aws_security_group',
        actions: ['update'],
        before: { id: 'sg-1', ingress: [], tags: {} },
        after: { id: 'sg-1', ingress: [], tags: { a: 'b' } },
      },
      'aws-sg-inline',
    )
    expect(analyseNetwork([group], [])).toEqual([])
  })
})

describe('openings', () => {
  it('an administration port open to the internet is public and critical', () => {
    const fact = only([rule2(['create'], { from_port: 22, to_port: 22, cidr_ipv4: '0.0.0.0/0' })])
    expect(fact).toMatchObject({
      effect: 'public',
      grade: 'critical',
      webOnly: false,
      newGroup: false,
      opened: ['tcp 22 from 0.0.0.0/0'],
    })
  })

  it('two halves of the internet are the internet', () => {
    const fact = only([
      rule2(['create'], { ...https, cidr_ipv4: '0.0.0.0/1' }, { address: 'r.a' }),
      rule2(['create'], { ...https, cidr_ipv4: '128.0.0.0/1' }, { address: 'r.b' }),
    ])
    expect(fact).toMatchObject({
      effect: 'public',
      grade: 'high',
      opened: ['tcp 443 from 0.0.0.0/0'],
    })
  })

  it('a larger private range on one port is wider, medium', () => {
    const fact = only([groupUpdate([block(8080, ['10.4.0.0/24'])], [block(8080, ['10.4.0.0/20'])])])
    expect(fact).toMatchObject({ effect: 'wider', grade: 'medium', closed: [] })
    expect(fact.opened.length).toBeGreaterThan(0)
  })

  it('all protocols from a private block are wider, high', () => {
    const fact = only([rule2(['create'], { ip_protocol: '-1', cidr_ipv4: '10.0.0.0/24' })])
    expect(fact).toMatchObject({
      effect: 'wider',
      grade: 'high',
      opened: ['all traffic from 10.0.0.0/24'],
    })
  })

  it('all protocols from the internet are critical', () => {
    const fact = only([rule2(['create'], { ip_protocol: '-1', cidr_ipv6: '::/0' })])
    expect(fact).toMatchObject({ effect: 'public', grade: 'critical' })
  })

  it('all protocols cover a tcp rule that goes', () => {
    const fact = only(
      [rule2(['delete'], { ...https, cidr_ipv4: '10.0.0.0/24' }, { address: 'r.a' })],
      [rule2(['no-op'], { ip_protocol: '-1', cidr_ipv4: '10.0.0.0/16' }, { address: 'r.b' })],
    )
    expect(fact.effect).toBe('nil')
  })

  it('web ports on a load balancer group are web only, medium', () => {
    const group = groupUpdate([], [block(443, ['0.0.0.0/0'])], 'aws_security_group.alb')
    const config = configuration({
      'aws_security_group.alb': {},
      'aws_lb.public': { security_groups: ['aws_security_group.alb.id', 'aws_security_group.alb'] },
    })
    expect(only([group], [], config)).toMatchObject({
      effect: 'public',
      webOnly: true,
      grade: 'medium',
    })
    expect(only([group])).toMatchObject({ effect: 'public', webOnly: false, grade: 'high' })
  })

  it('a named external address is wider, not public', () => {
    const fact = only([rule2(['create'], { ...https, cidr_ipv4: '198.51.100.7/32' })])
    expect(fact).toMatchObject({ effect: 'wider', grade: 'medium' })
  })

  it('egress to the internet is wider, high where there was a list', () => {
    const type = 'aws_vpc_security_group_egress_rule'
    const open = rule2(['create'], { ...https, cidr_ipv4: '0.0.0.0/0' }, { address: `${type}.a` })
    const out = { ...open, change: { ...open.change, type } }
    const list = rule2(['no-op'], { ...https, cidr_ipv4: '10.9.0.0/24' }, { address: `${type}.b` })
    const kept = { ...list, change: { ...list.change, type } }
    expect(only([out])).toMatchObject({ effect: 'wider', grade: 'medium', reads: 'egress' })
    expect(only([out], [kept])).toMatchObject({ effect: 'wider', grade: 'high' })
  })
})

describe('closings and swaps', () => {
  it('the internet replaced by a part of it is narrower, from public', () => {
    const fact = only([groupUpdate([block(443, ['0.0.0.0/0'])], [block(443, ['198.51.100.0/24'])])])
    expect(fact).toMatchObject({ effect: 'narrower', fromPublic: true, opened: [], grade: 'low' })
  })

  it('one source group for another is moved', () => {
    const on = { from_port: 5432, to_port: 5432, security_group_id: 'sg-db' }
    const fact = only([
      rule2(['delete'], { ...on, referenced_security_group_id: 'sg-app-old' }, { address: 'r.a' }),
      rule2(['create'], { ...on, referenced_security_group_id: 'sg-app-new' }, { address: 'r.b' }),
    ])
    expect(fact).toMatchObject({
      effect: 'moved',
      opened: ['tcp 5432 from sg-app-new'],
      closed: ['tcp 5432 from sg-app-old'],
    })
  })

  it('another port for another source is mixed', () => {
    const fact = only([
      rule2(['delete'], { from_port: 1, to_port: 1, cidr_ipv4: '10.0.0.0/24' }, { address: 'r.a' }),
      rule2(['create'], { from_port: 2, to_port: 2, cidr_ipv4: '10.0.1.0/24' }, { address: 'r.b' }),
    ])
    expect(fact.effect).toBe('mixed')
  })

  it('an opening that brings the internet back is public though something closes', () => {
    const fact = only([groupUpdate([block(443, ['203.0.113.0/24'])], [block(443, ['0.0.0.0/0'])])])
    expect(fact).toMatchObject({ effect: 'public', closed: [] })
  })

  it('a deleted rule made elsewhere is narrower', () => {
    const keep = block(443, ['10.0.0.0/8'])
    const fact = only([groupUpdate([keep, block(8443, ['10.9.0.0/16'])], [keep])])
    expect(fact).toMatchObject({ effect: 'narrower', closed: ['tcp 8443 from 10.9.0.0/16'] })
  })
})

describe('groups of the same plan', () => {
  const created = subject(
    {
      type: 'aws_security_group',
      address: 'aws_security_group.cache',
      actions: ['create'],
      after: { name: 'cache' },
      unknown: { id: true, ingress: true, egress: true },
    },
    'aws-sg-inline',
  )
  const rule = rule2(
    ['create'],
    {},
    {
      address: 'aws_vpc_security_group_ingress_rule.cache',
      after: { ip_protocol: 'tcp', from_port: 6379, to_port: 6379 },
      unknown: { security_group_id: true, referenced_security_group_id: true },
    },
  )
  const config = configuration({
    'aws_security_group.cache': {},
    'aws_security_group.app': {},
    'aws_vpc_security_group_ingress_rule.cache': {
      security_group_id: ['aws_security_group.cache.id', 'aws_security_group.cache'],
      referenced_security_group_id: ['aws_security_group.app.id', 'aws_security_group.app'],
    },
  })
  const app = subject(
    {
      type: 'aws_security_group',
      address: 'aws_security_group.app',
      actions: ['create'],
      after: { name: 'app', ingress: [], egress: [] },
      unknown: { id: true },
    },
    'aws-sg-inline',
  )

  it('a new group and its private rule open nothing to the public: nil', () => {
    const facts = analyseNetwork([created, app, rule], [], config)
    const fact = facts.find((one) => one.group === 'aws_security_group.cache')
    expect(fact).toMatchObject({
      effect: 'nil',
      grade: 'low',
      newGroup: true,
      doubts: [],
      opened: ['tcp 6379 from aws_security_group.app'],
    })
  })

  it('a new group that is open to the internet is public', () => {
    const open = rule2(
      ['create'],
      {},
      {
        address: 'aws_vpc_security_group_ingress_rule.cache',
        after: { ip_protocol: 'tcp', from_port: 6379, to_port: 6379, cidr_ipv4: '0.0.0.0/0' },
        unknown: { security_group_id: true },
      },
    )
    const facts = analyseNetwork([created, open], [], config)
    expect(facts).toHaveLength(1)
    expect(facts[0]).toMatchObject({ effect: 'public', grade: 'critical', newGroup: true })
  })

  it('a new group that something existing takes on is not new in this sense', () => {
    const server = subject({
      type: 'aws_instance',
      address: 'aws_instance.web',
      actions: ['update'],
      before: { vpc_security_group_ids: ['sg-1'] },
      after: {},
      unknown: { vpc_security_group_ids: true },
    })
    const config2 = configuration({
      'aws_security_group.cache': {},
      'aws_security_group.app': {},
      'aws_vpc_security_group_ingress_rule.cache': {
        security_group_id: ['aws_security_group.cache.id', 'aws_security_group.cache'],
        referenced_security_group_id: ['aws_security_group.app.id', 'aws_security_group.app'],
      },
      'aws_instance.web': {
        vpc_security_group_ids: ['aws_security_group.cache.id', 'aws_security_group.cache'],
      },
    })
    const facts = analyseNetwork([created, app, rule, server], [], config2)
    const fact = facts.find((one) => one.group === 'aws_security_group.cache')
    expect(fact).toMatchObject({ newGroup: false })
    expect(['wider', 'unknown']).toContain(fact?.effect)
  })

  it('without configuration an unknown group and peer are unknown', () => {
    for (const fact of analyseNetwork([created, rule], [])) expect(fact.effect).toBe('unknown')
  })

  it('a peer that refers to something else than a group is unknown', () => {
    const cidr = rule2(
      ['create'],
      {},
      {
        after: { ip_protocol: 'tcp', from_port: 1, to_port: 1, security_group_id: 'sg-app' },
        unknown: { cidr_ipv4: true },
      },
    )
    expect(only([cidr], [], config)).toMatchObject({ effect: 'unknown' })
  })
})

describe('groups as wholes', () => {
  it('a replaced group keeps its rules but is remarked as an outage', () => {
    const common = { ingress: [block(5432, ['10.0.0.0/16'])], egress: [] }
    const group = subject(
      {
        type: 'aws_security_group',
        actions: ['delete', 'create'],
        before: { id: 'sg-1', description: 'db', ...common },
        after: { description: 'database', ...common },
        unknown: { id: true },
      },
      'aws-sg-inline',
    )
    const fact = only([group])
    expect(fact.effect).toBe('nil')
    expect(fact.remarks.map((remark) => remark.hazard)).toContain('outage')
    expect(fact.changes[0]?.covers).toEqual([])
  })

  it('adopting a default group has an unknown past and is remarked', () => {
    const group = subject(
      {
        type: 'aws_default_security_group',
        actions: ['create'],
        after: { ingress: [], egress: [] },
        unknown: { id: true },
      },
      'aws-sg-inline',
      { authoritative: [{ path: '*', scope: 'all rules' }] },
    )
    const fact = only([group])
    expect(fact).toMatchObject({ effect: 'unknown', newGroup: false })
    expect(fact.remarks).toHaveLength(1)
  })

  it('a separate rule that the refreshed group echoes is closed when it is deleted', () => {
    const echo = block(443, ['10.1.0.0/16'])
    const gone = rule2(['delete'], { ...https, cidr_ipv4: '10.1.0.0/16' })
    const group = subject(
      {
        type: 'aws_security_group',
        actions: ['no-op'],
        before: { id: 'sg-app', ingress: [echo], egress: [] },
        after: { id: 'sg-app', ingress: [echo], egress: [] },
      },
      'aws-sg-inline',
    )
    expect(only([gone], [group])).toMatchObject({ effect: 'narrower' })
  })

  it('inline and separate rules on one group are remarked as an outage to come', () => {
    const fact = only(
      [groupUpdate([], [block(80, ['10.0.0.0/24'])])],
      [rule2(['no-op'], { ...https, cidr_ipv4: '10.1.0.0/16' })],
    )
    expect(fact.remarks.map((remark) => remark.hazard)).toContain('outage')
  })

  it('a forgotten rule stays in force', () => {
    const value = { ...https, cidr_ipv4: '10.3.4.0/24' }
    const gone = rule2(['delete'], value, { address: 'r.a' })
    const left = rule2(
      ['forget'],
      {},
      {
        address: 'r.b',
        before: { security_group_id: 'sg-app', ip_protocol: 'tcp', ...value },
      },
    )
    const fact = only([gone, left])
    expect(fact.effect).toBe('nil')
    expect(fact.changes.map((change) => change.address)).toEqual(['r.a'])
  })

  it('an attribute that the model does not know is left to others', () => {
    const value = { ...https, security_group_id: 'sg-app', ip_protocol: 'tcp' }
    const fact = only([
      rule2(
        ['update'],
        {},
        {
          before: { ...value, cidr_ipv4: '10.0.0.0/24', novelty: 1 },
          after: { ...value, cidr_ipv4: '10.0.0.0/25', novelty: 2 },
        },
      ),
    ])
    expect(fact.changes[0]?.covers).toEqual(['cidr_ipv4'])
  })
})

describe('hostile and broken rules', () => {
  it.each([
    ['reversed ports', { from_port: 500, to_port: 400, cidr_ipv4: '10.0.0.0/8' }],
    ['absurd ports', { from_port: 1, to_port: 70_000, cidr_ipv4: '10.0.0.0/8' }],
    ['half a range', { from_port: 1, to_port: null, cidr_ipv4: '10.0.0.0/8' }],
    ['no address', { ...https, cidr_ipv4: '10.0.0/8' }],
    ['a prefix too long', { ...https, cidr_ipv4: '10.0.0.0/33' }],
    ['an unheard-of protocol', { ...https, ip_protocol: 'quic', cidr_ipv4: '10.0.0.0/8' }],
    ['no peer at all', { ...https }],
    ['a peer of the wrong shape', { ...https, cidr_ipv4: { a: 1 } }],
  ])('%s are unknown, never harmless', (_name, value) => {
    const fact = only([rule2(['create'], value)])
    expect(fact.effect).toBe('unknown')
    expect(fact.doubts.length).toBeGreaterThan(0)
  })

  it('numbers written as text are numbers', () => {
    const fact = only([
      rule2(['create'], {
        from_port: '22',
        to_port: '22',
        ip_protocol: '6',
        cidr_ipv4: '0.0.0.0/0',
      }),
    ])
    expect(fact).toMatchObject({ effect: 'public', opened: ['tcp 22 from 0.0.0.0/0'] })
  })

  it('a sensitive address is unknown and appears nowhere', () => {
    const fact = only([
      rule2(
        ['create'],
        {},
        {
          after: {
            ...https,
            ip_protocol: 'tcp',
            security_group_id: 'sg-app',
            cidr_ipv4: '203.0.113.77/32',
          },
          sensitive: { cidr_ipv4: true },
        },
      ),
    ])
    expect(fact.effect).toBe('unknown')
    expect(JSON.stringify(fact)).not.toContain('203.0.113.77')
  })

  it('host bits are masked and remarked', () => {
    const fact = only([rule2(['create'], { ...https, cidr_ipv4: '10.0.0.5/24' })])
    expect(fact.opened).toEqual(['tcp 443 from 10.0.0.0/24'])
    expect(fact.remarks).toHaveLength(1)
  })

  it('an action that is not understood is unknown', () => {
    const odd = rule2(['obliterate'], { ...https, cidr_ipv4: '10.0.0.0/24' })
    expect(only([odd]).effect).toBe('unknown')
  })

  it('text that steers a reader is tamed', () => {
    const fact = only([
      rule2(['create'], { ...https, referenced_security_group_id: 'sg\n# <b>safe</b> `x`' }),
    ])
    expect(fact.opened.join()).not.toMatch(/[\n<>`#]/)
  })
})
