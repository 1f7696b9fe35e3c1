// Where rules have priorities and denies, the first match decides; a deny that goes is an opening.
import { describe, expect, it } from 'vitest'
import { analyseNetwork, type NetworkFact } from '../../../../src/core/analysis/network/network.ts'
import type { JsonObject } from '../../../../src/core/json.ts'
import type { Subject } from '../../../../src/core/knowledge/subject.ts'
import { configuration, subject } from './build.ts'

function only(subjects: readonly Subject[], unchanged: readonly Subject[] = []): NetworkFact {
  const facts = analyseNetwork(subjects, unchanged)
  expect(facts).toHaveLength(1)
  return facts[0] ?? expect.unreachable('no fact')
}

type Act = 'create' | 'delete' | 'no-op'

function made(type: string, model: string, base: JsonObject) {
  return {
    one: (act: Act, value: JsonObject, name = 'x'): Subject => {
      const full = { ...base, ...value }
      const sides = {
        ...(act === 'create' ? {} : { before: full }),
        ...(act === 'delete' ? {} : { after: full }),
      }
      return subject({ type, address: `${type}.${name}`, actions: [act], ...sides }, model)
    },
    update: (before: JsonObject, after: JsonObject): Subject =>
      subject(
        { type, actions: ['update'], before: { ...base, ...before }, after: { ...base, ...after } },
        model,
      ),
  }
}

describe('google firewall rules', () => {
  const rule = made('google_compute_firewall', 'gcp-firewall', {
    name: 'r',
    network: 'main',
    project: 'p',
    direction: 'INGRESS',
    priority: 1000,
  })
  const rdp = [{ protocol: 'tcp', ports: ['3389'] }]

  it('a private source that becomes the internet on an administration port is critical', () => {
    const fact = only([
      rule.update(
        { source_ranges: ['10.0.0.0/8'], allow: rdp },
        { source_ranges: ['0.0.0.0/0'], allow: rdp },
      ),
    ])
    expect(fact).toMatchObject({ effect: 'public', grade: 'critical' })
    expect(fact.changes[0]?.covers).toBe('all')
  })

  it('a description and logging change no traffic', () => {
    const common = { source_ranges: ['10.0.0.0/8'], allow: rdp }
    const fact = only([
      rule.update(
        { ...common, description: 'app', log_config: [] },
        { ...common, description: 'app tier', log_config: [{ metadata: 'INCLUDE_ALL_METADATA' }] },
      ),
    ])
    expect(fact).toMatchObject({ effect: 'nil', doubts: [] })
  })

  it('no source at all is every address', () => {
    expect(only([rule.one('create', { allow: rdp })])).toMatchObject({
      effect: 'public',
      grade: 'critical',
    })
  })

  it('sources that go and leave nothing open the rule to everyone', () => {
    const fact = only([rule.update({ source_tags: ['web'], allow: rdp }, { allow: rdp })])
    expect(fact.effect).toBe('public')
  })

  it('a deny that goes uncovers the allow below it', () => {
    const deny = { priority: 900, source_ranges: ['0.0.0.0/0'], deny: rdp }
    const allow = { source_ranges: ['0.0.0.0/0'], allow: rdp }
    const kept = [rule.one('no-op', allow, 'allow')]
    expect(only([rule.one('delete', deny, 'deny')], kept)).toMatchObject({
      effect: 'public',
      grade: 'critical',
    })
    expect(only([rule.one('create', deny, 'deny')], kept)).toMatchObject({
      effect: 'narrower',
      fromPublic: true,
    })
  })

  it('a deny of equal priority beats the allow', () => {
    const deny = { source_ranges: ['0.0.0.0/0'], deny: rdp }
    const fact = only(
      [rule.one('create', { source_ranges: ['0.0.0.0/0'], allow: rdp }, 'allow')],
      [rule.one('no-op', deny, 'deny')],
    )
    expect(fact.effect).toBe('nil')
  })

  it('disabling a deny opens, disabling an allow closes', () => {
    const deny = { priority: 900, source_ranges: ['0.0.0.0/0'], deny: rdp }
    const kept = [rule.one('no-op', { source_ranges: ['0.0.0.0/0'], allow: rdp }, 'allow')]
    const off = rule.update({ ...deny, disabled: false }, { ...deny, disabled: true })
    expect(only([off], kept).effect).toBe('public')
    const allow = { source_ranges: ['10.0.0.0/8'], allow: rdp }
    expect(
      only([rule.update({ ...allow, disabled: false }, { ...allow, disabled: true })]).effect,
    ).toBe('narrower')
  })

  it('targets that go make the rule speak for every instance', () => {
    const common = { source_ranges: ['10.1.0.0/24'], allow: rdp }
    const fact = only([rule.update({ ...common, target_tags: ['web'] }, common)])
    expect(fact).toMatchObject({ effect: 'wider', closed: [] })
  })

  it('a deny for one tag that goes is seen through the allow for another', () => {
    const deny = { priority: 1, source_ranges: ['0.0.0.0/0'], target_tags: ['db'], deny: rdp }
    const allow = { source_ranges: ['0.0.0.0/0'], target_tags: ['web'], allow: rdp }
    const fact = only([rule.one('delete', deny, 'deny')], [rule.one('no-op', allow, 'allow')])
    expect(fact).toMatchObject({ effect: 'public' })
  })

  it('outbound is allowed until a rule denies it', () => {
    const out = { direction: 'EGRESS', destination_ranges: ['0.0.0.0/0'] }
    expect(only([rule.one('create', { ...out, allow: [{ protocol: 'all' }] })]).effect).toBe('nil')
    expect(only([rule.one('create', { ...out, deny: [{ protocol: 'all' }] })])).toMatchObject({
      effect: 'narrower',
      reads: 'egress',
    })
  })

  it('rules of one network in two projects do not cover each other', () => {
    const value = { source_ranges: ['10.0.0.0/24'], allow: rdp }
    const facts = analyseNetwork(
      [rule.one('delete', value, 'a')],
      [rule.one('no-op', { ...value, project: 'other' }, 'b')],
    )
    expect(facts.map((fact) => fact.effect)).toEqual(['narrower'])
  })

  it('a private rule on a network of the same plan is nil', () => {
    const network = subject({
      type: 'google_compute_network',
      address: 'google_compute_network.main',
      actions: ['create'],
      after: { name: 'main' },
    })
    const inside = rule.one('create', { source_ranges: ['10.0.0.0/24'], allow: rdp })
    const config = configuration({
      'google_compute_network.main': {},
      'google_compute_firewall.x': {
        network: ['google_compute_network.main.name', 'google_compute_network.main'],
      },
    })
    const facts = analyseNetwork([network, inside], [], config)
    expect(facts).toMatchObject([{ effect: 'nil', newGroup: true }])
  })
})

describe('azure security rules', () => {
  const base = {
    name: 'sql',
    resource_group_name: 'rg',
    network_security_group_name: 'nsg',
    direction: 'Inbound',
    access: 'Allow',
    protocol: 'Tcp',
    priority: 200,
    source_port_range: '*',
    destination_port_range: '1433',
    destination_address_prefix: '*',
    source_address_prefix: '10.0.0.0/16',
  }
  const rule = made('azurerm_network_security_rule', 'azure-nsg-rule', base)

  it.each(['*', 'Internet', '0.0.0.0/0'])(
    'a database open to %s is public and critical',
    (from) => {
      const fact = only([rule.update({}, { source_address_prefix: from })])
      expect(fact).toMatchObject({ effect: 'public', grade: 'critical' })
    },
  )

  it('the virtual network is let in already', () => {
    const fact = only([rule.one('create', { source_address_prefix: 'VirtualNetwork' })])
    expect(fact.effect).toBe('nil')
  })

  it('denying everything below 65000 cuts the virtual network off', () => {
    const fact = only([
      rule.one('create', {
        access: 'Deny',
        protocol: '*',
        priority: 4096,
        source_address_prefix: '*',
        destination_port_range: '*',
      }),
    ])
    expect(fact.effect).toBe('narrower')
    expect(fact.closed.join()).toContain('VirtualNetwork')
  })

  it('a priority that passes a deny is an opening', () => {
    const deny = rule.one(
      'no-op',
      { access: 'Deny', priority: 150, source_address_prefix: '*' },
      'd',
    )
    const fact = only(
      [rule.update({ source_address_prefix: '*' }, { source_address_prefix: '*', priority: 100 })],
      [deny],
    )
    expect(fact.effect).toBe('public')
  })

  it('rules that move from the group to a resource of their own are nil', () => {
    const inline = { ...base, source_address_prefixes: [], destination_port_ranges: [] }
    const group = subject(
      {
        type: 'azurerm_network_security_group',
        actions: ['update'],
        before: { name: 'nsg', resource_group_name: 'rg', security_rule: [inline] },
        after: { name: 'nsg', resource_group_name: 'rg', security_rule: [] },
      },
      'azure-nsg-inline',
    )
    expect(only([group, rule.one('create', {})]).effect).toBe('nil')
  })

  it('plural attributes mean the same as singular ones', () => {
    const fact = only([
      rule.update(
        {},
        {
          source_address_prefix: null,
          source_address_prefixes: ['10.0.0.0/17', '10.0.128.0/17'],
          destination_port_range: null,
          destination_port_ranges: ['1433-1433'],
        },
      ),
    ])
    expect(fact.effect).toBe('nil')
  })

  it('a missing priority or an odd direction is unknown', () => {
    expect(only([rule.one('create', { priority: null })]).effect).toBe('unknown')
    expect(only([rule.one('create', { direction: 'Sideways' })]).effect).toBe('unknown')
  })
})

describe('network ACLs', () => {
  const rule = made('aws_network_acl_rule', 'aws-nacl-rule', {
    network_acl_id: 'acl-1',
    egress: false,
    protocol: '6',
    rule_action: 'allow',
    rule_number: 100,
    cidr_block: '10.0.0.0/8',
    from_port: 443,
    to_port: 443,
  })

  it('a deny that goes uncovers the allow behind it', () => {
    const allow = rule.one('no-op', { cidr_block: '0.0.0.0/0' }, 'allow')
    const deny = rule.one('delete', { rule_action: 'deny', rule_number: 50 }, 'deny')
    expect(only([deny], [allow])).toMatchObject({
      effect: 'wider',
      opened: ['tcp 443 from 10.0.0.0/8'],
    })
  })

  it('closing the ports that answers come back to is remarked as an outage', () => {
    const fact = only([
      rule.one('delete', { cidr_block: '0.0.0.0/0', from_port: 1024, to_port: 65_535 }),
    ])
    expect(fact.effect).toBe('narrower')
    expect(fact.remarks.map((remark) => remark.hazard)).toEqual(['outage'])
  })

  it('inline rules written in another order of blocks are nil', () => {
    const block = (n: number, port: number): JsonObject => ({
      ...{ rule_no: n, action: 'allow', protocol: 'tcp', cidr_block: '10.0.0.0/8' },
      ...{ from_port: port, to_port: port, ipv6_cidr_block: '', icmp_type: 0, icmp_code: 0 },
    })
    const acl = made('aws_network_acl', 'aws-nacl', { id: 'acl-1', egress: [] })
    const two = [block(100, 80), block(200, 443)]
    expect(only([acl.update({ ingress: two }, { ingress: [...two].reverse() })]).effect).toBe('nil')
  })
})

describe('kubernetes network policies', () => {
  const policy = made('kubernetes_network_policy_v1', 'k8s-netpol', {
    metadata: [{ name: 'web', namespace: 'shop' }],
  })
  const web = [{ match_labels: { app: 'web' }, match_expressions: [] }]
  const spec = (ingress: readonly JsonObject[], pods: readonly JsonObject[] = web): JsonObject => ({
    spec: [{ pod_selector: pods, policy_types: ['Ingress'], ingress, egress: [] }],
  })
  const from = (peer: JsonObject, port = '8080'): JsonObject => ({
    from: [peer],
    ports: [{ port, protocol: 'TCP' }],
  })
  const api = { pod_selector: [{ match_labels: { app: 'api' } }] }

  it('the first policy of a pod denies the rest at once', () => {
    const fact = only([policy.one('create', spec([from(api)]))])
    expect(fact.effect).toBe('narrower')
    expect(fact.remarks.map((remark) => remark.hazard)).toEqual(['outage'])
  })

  it('the last policy of a pod that goes allows everything: wider, high, not public', () => {
    const fact = only([policy.one('delete', spec([from(api)]))])
    expect(fact).toMatchObject({ effect: 'wider', grade: 'high' })
    expect(fact.remarks.map((remark) => remark.hazard)).toEqual(['network-widening'])
  })

  it('a second policy on the same pods only adds', () => {
    const fact = only(
      [
        policy.one(
          'create',
          spec([from({ ip_block: [{ cidr: '10.0.0.0/24', except: [] }] })]),
          'b',
        ),
      ],
      [policy.one('no-op', spec([from(api)]), 'a')],
    )
    expect(fact).toMatchObject({ effect: 'wider', closed: [] })
  })

  it('an address block of the whole internet is public', () => {
    const fact = only([
      policy.update(spec([from(api)]), spec([from({ ip_block: [{ cidr: '0.0.0.0/0' }] }, '22')])),
    ])
    expect(fact).toMatchObject({ effect: 'public', grade: 'critical' })
  })

  it('exceptions of a block are left out', () => {
    const all = from({ ip_block: [{ cidr: '10.0.0.0/24', except: ['10.0.0.128/25'] }] })
    const half = from({ ip_block: [{ cidr: '10.0.0.0/25', except: [] }] })
    expect(only([policy.update(spec([all]), spec([half]))]).effect).toBe('nil')
  })

  it('labels of the policy itself make no fact', () => {
    const one = { ...spec([from(api)]), metadata: [{ name: 'web', namespace: 'shop', labels: {} }] }
    const two = {
      ...spec([from(api)]),
      metadata: [{ name: 'web', namespace: 'shop', labels: { team: 'web' } }],
    }
    expect(analyseNetwork([policy.update(one, two)], [])).toEqual([])
  })
})

describe('address ranges of a data service', () => {
  const rule = made('azurerm_mssql_firewall_rule', 'ip-range', { name: 'r', server_id: '/s/1' })

  it('the whole internet is public and critical', () => {
    const fact = only([
      rule.one('create', { start_ip_address: '0.0.0.0', end_ip_address: '255.255.255.255' }),
    ])
    expect(fact).toMatchObject({ effect: 'public', grade: 'critical' })
  })

  it('all Azure services are remarked as exposure', () => {
    const fact = only([
      rule.one('create', { start_ip_address: '0.0.0.0', end_ip_address: '0.0.0.0' }),
    ])
    expect(fact).toMatchObject({ effect: 'wider', opened: ['the service from all Azure services'] })
    expect(fact.remarks.map((remark) => remark.hazard)).toEqual(['internet-exposure'])
  })

  it('a range that ends before it starts is unknown', () => {
    const value = { start_ip_address: '10.0.0.9', end_ip_address: '10.0.0.1' }
    expect(only([rule.one('create', value)]).effect).toBe('unknown')
  })

  it('one range written as two is nil', () => {
    const value = (start: string, end: string): JsonObject => ({
      start_ip_address: start,
      end_ip_address: end,
    })
    const fact = only([
      rule.one('delete', value('10.0.0.1', '10.0.0.8'), 'a'),
      rule.one('create', value('10.0.0.1', '10.0.0.4'), 'b'),
      rule.one('create', value('10.0.0.5', '10.0.0.8'), 'c'),
    ])
    expect(fact.effect).toBe('nil')
  })
})

describe('address lists', () => {
  const list = made('aws_ec2_managed_prefix_list', 'address-set', { id: 'pl-1', name: 'office' })
  const entry = (...cidrs: readonly string[]): JsonObject => ({
    entry: cidrs.map((cidr) => ({ cidr, description: '' })),
  })

  it('a list that grows widens itself and every group that names it', () => {
    const named = subject(
      {
        type: 'aws_vpc_security_group_ingress_rule',
        actions: ['no-op'],
        before: {
          security_group_id: 'sg-1',
          ip_protocol: 'tcp',
          from_port: 22,
          to_port: 22,
          prefix_list_id: 'pl-1',
        },
        after: {
          security_group_id: 'sg-1',
          ip_protocol: 'tcp',
          from_port: 22,
          to_port: 22,
          prefix_list_id: 'pl-1',
        },
      },
      'aws-sg-rule2',
    )
    const facts = analyseNetwork([list.update(entry('10.0.0.0/24'), entry('0.0.0.0/0'))], [named])
    expect(facts).toMatchObject([
      { group: 'aws_ec2_managed_prefix_list.x', effect: 'public', grade: 'critical' },
      { group: 'sg-1', effect: 'public', grade: 'critical', changes: [] },
    ])
  })

  it('a list in another order is nil', () => {
    const fact = only([
      list.update(entry('10.0.0.0/24', '10.0.1.0/24'), entry('10.0.1.0/24', '10.0.0.0/24')),
    ])
    expect(fact.effect).toBe('nil')
  })

  it('a set that may block as well as admit is unknown when it changes', () => {
    const set = made('aws_wafv2_ip_set', 'address-set', { id: 's' })
    const fact = only([set.update({ addresses: ['10.0.0.0/24'] }, { addresses: ['10.0.0.0/23'] })])
    expect(fact.effect).toBe('unknown')
  })
})

describe('models that are not compared', () => {
  it.each([
    ['gcp-armor', 'rule'],
    ['azure-firewall', 'nat_rule_collection'],
    ['gcp-firewall-policy', 'match'],
  ])('%s is unknown, with a doubt', (model, attribute) => {
    const thing = made('some_type', model, {})
    const fact = only([thing.update({ [attribute]: [{ a: 1 }] }, { [attribute]: [{ a: 2 }] })])
    expect(fact.effect).toBe('unknown')
    expect(fact.doubts).toHaveLength(1)
    expect(fact.changes[0]?.covers).toEqual([attribute])
  })

  it('a model that nothing reads is unknown when it comes or goes', () => {
    const thing = made('some_type', 'model-of-tomorrow', {})
    expect(only([thing.one('create', { a: 1 })])).toMatchObject({
      effect: 'unknown',
      changes: [{ covers: [] }],
    })
  })
})
