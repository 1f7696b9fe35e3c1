// The operators make what they say, and leave out what is not dangerous.
import { describe, expect, test } from 'vitest'
import {
  buildPlan,
  type Provider,
  type Target,
  unchanged,
  update,
} from '../../fixtures/tools/plan-builder.ts'
import { managedOf } from './edit.ts'
import { mutantsOf, type Seed } from './mutant.ts'
import { OPERATORS } from './operators/index.ts'
import { widerRange, worldRange } from './operators/network.ts'
import { scaling } from './operators/scaling.ts'
import { randomFrom } from './random.ts'

const aws: Provider = { name: 'aws', source: 'registry.terraform.io/hashicorp/aws', version: '5' }

function rule(name: string, cidr: string): Target {
  const values = {
    cidr_ipv4: cidr,
    from_port: 443,
    id: name,
    ip_protocol: 'tcp',
    security_group_id: 'sg-1',
    tags: null,
    to_port: 443,
  }
  return { provider: aws, type: 'aws_vpc_security_group_ingress_rule', name, values }
}

function seedOf(...steps: Parameters<typeof buildPlan>[0]['steps']): Seed {
  return { name: 'seed', context: { tags: {}, at: 0 }, plan: buildPlan({ steps }) }
}

function ranges(seed: Seed, operator = widerRange): readonly unknown[] {
  return mutantsOf(operator, seed, randomFrom(1)).map(
    ({ plan, address }) =>
      managedOf(plan).find((change) => change.address === address)?.after?.cidr_ipv4,
  )
}

describe('operators', () => {
  test('a range is widened bit by bit, on a rule that the plan leaves alone as well', () => {
    expect(ranges(seedOf(unchanged(rule('a', '10.3.0.0/16')))).slice(0, 3)).toEqual([
      '10.2.0.0/15',
      '10.0.0.0/14',
      '10.0.0.0/13',
    ])
  })

  test('a widening that a neighbour covers has no net effect and is no mutant', () => {
    const seed = seedOf(
      update(rule('half', '10.2.0.0/17'), { set: { to_port: 443 } }),
      unchanged(rule('whole', '10.2.0.0/16')),
    )
    expect(ranges(seed)).not.toContain('10.2.0.0/16')
    expect(ranges(seed)).toContain('10.2.0.0/15')
  })

  test('the world is not opened to a group that it reaches already', () => {
    expect(ranges(seedOf(unchanged(rule('open', '0.0.0.0/0'))), worldRange)).toEqual([])
  })

  test('a knob that providers write as digits stays text', () => {
    const values = { id: 'a', metadata: [{ name: 'a' }], spec: [{ replicas: '4' }] }
    const deployment: Target = { provider: aws, type: 'kubernetes_deployment', name: 'a', values }
    const [first] = mutantsOf(scaling, seedOf(unchanged(deployment)), randomFrom(1))
    expect(first && managedOf(first.plan)[0]?.after?.spec).toEqual([{ replicas: '36' }])
  })

  test('the same seed number makes the same mutants', () => {
    const seed = seedOf(update(rule('a', '10.3.0.0/16'), { set: { tags: { a: 'b' } } }))
    for (const operator of OPERATORS.slice(0, 18)) {
      expect(mutantsOf(operator, seed, randomFrom(7))).toEqual(
        mutantsOf(operator, seed, randomFrom(7)),
      )
    }
  })

  test('every mutant says why, and names the change or speaks of the plan as a whole', () => {
    const seed = seedOf(update(rule('a', '10.3.0.0/16'), { set: { tags: { a: 'b' } } }))
    for (const operator of OPERATORS) {
      for (const { why, address, plan } of mutantsOf(operator, seed, randomFrom(3))) {
        expect(why.length).toBeGreaterThan(10)
        const addresses = managedOf(plan).map((change) => change.address)
        if (address !== '') expect(addresses).toContain(address)
      }
    }
  })
})
