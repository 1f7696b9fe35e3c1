import { describe, expect, it } from 'vitest'
import { type Element, type Json, planJson } from '../../../support/plans.ts'
import { judged } from '../judged.ts'

/** A configuration block that takes one attribute from elsewhere. */
function block(type: string, name: string, expressions: Readonly<Record<string, Json>>): Json {
  return {
    address: `${type}.${name}`,
    mode: 'managed',
    type,
    name,
    provider_config_key: 'aws',
    expressions,
    schema_version: 0,
  }
}

function plan(elements: readonly Element[], resources: readonly Json[]): string {
  return planJson(elements, {
    configuration: { provider_config: {}, root_module: { resources } },
  })
}

const TABLE: Element = {
  type: 'aws_route_table',
  name: 'new',
  actions: ['create'],
  after: { vpc_id: 'vpc-1' },
  afterUnknown: { id: true },
}

function route(routeTable: string | undefined): Element {
  return {
    type: 'aws_route',
    name: 'out',
    actions: ['create'],
    after: {
      destination_cidr_block: '10.9.0.0/16',
      gateway_id: 'vgw-1',
      ...(routeTable === undefined ? {} : { route_table_id: routeTable }),
    },
    afterUnknown: { id: true, ...(routeTable === undefined ? { route_table_id: true } : {}) },
  }
}

const FROM_TABLE = { references: ['aws_route_table.new.id', 'aws_route_table.new'] }
const ROUTE = {
  destination_cidr_block: { constant_value: '10.9.0.0/16' },
  gateway_id: { constant_value: 'vgw-1' },
}
const NEW_TABLE = block('aws_route_table', 'new', { vpc_id: { constant_value: 'vpc-1' } })

describe('a new object that acts on another', () => {
  it('is looked at while the other one exists', async () => {
    const { holds } = await judged(
      plan([route('rtb-1')], [block('aws_route', 'out', { ...ROUTE, route_table_id: {} })]),
    )
    expect(holds).toEqual(['additive-create aws_route.out'])
  })

  it('is cleared while the other one is new in the same plan', async () => {
    const { holds } = await judged(
      plan(
        [TABLE, route(undefined)],
        [NEW_TABLE, block('aws_route', 'out', { ...ROUTE, route_table_id: FROM_TABLE })],
      ),
    )
    expect(holds).toEqual([])
  })

  it('is looked at while the other one may be something else', async () => {
    const mixed = { references: [...FROM_TABLE.references, 'data.aws_route_table.main.id'] }
    const { holds } = await judged(
      plan(
        [TABLE, route(undefined)],
        [NEW_TABLE, block('aws_route', 'out', { ...ROUTE, route_table_id: mixed })],
      ),
    )
    expect(holds).toEqual(['additive-create aws_route.out'])
  })

  it('is looked at while a known value is not one of the new names', async () => {
    const { holds } = await judged(
      plan(
        [TABLE, route('rtb-live')],
        [NEW_TABLE, block('aws_route', 'out', { ...ROUTE, route_table_id: FROM_TABLE })],
      ),
    )
    expect(holds).toEqual(['additive-create aws_route.out'])
  })
})

describe('a new name', () => {
  const record = (name: string, type = 'A'): string =>
    planJson([
      {
        type: 'aws_route53_record',
        name: 'one',
        actions: ['create'],
        after: { zone_id: 'Z1', name, type, ttl: 60, records: ['192.0.2.1'] },
      },
    ])

  it('of one host is cleared', async () => {
    expect((await judged(record('api.shop.example.com'))).holds).toEqual([])
  })

  it.each(['*.example.com', 'example.com', 'example.com.', '@'])(
    'such as %s is looked at',
    async (name) => {
      expect((await judged(record(name))).holds).toEqual(['additive-create aws_route53_record.one'])
    },
  )

  it.each(['NS', 'MX', 'CAA'])('of type %s is looked at', async (type) => {
    expect((await judged(record('a.b.example.com', type))).holds).toHaveLength(1)
  })
})

describe('a new load balancer', () => {
  const balancer = (internal: boolean | null): string =>
    planJson([{ type: 'aws_lb', name: 'one', actions: ['create'], after: { name: 'a', internal } }])

  it('is public unless it says that it is internal', async () => {
    expect((await judged(balancer(true))).holds).toEqual([])
    expect((await judged(balancer(false))).holds).toHaveLength(1)
    expect((await judged(balancer(null))).holds).toHaveLength(1)
  })
})
