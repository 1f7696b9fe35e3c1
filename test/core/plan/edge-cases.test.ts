// The edge cases that plans in the wild show, each by its number in the list the reader is built to.
import { describe, expect, it } from 'vitest'
import { element, plan, read, readFailure, readOk } from './support.ts'

const create = element(['create'], { before: null })

describe('edge cases of changes', () => {
  it.each([
    ['absent', {}],
    ['null', { resource_changes: null }],
    ['empty', { resource_changes: [] }],
  ])('1: resource_changes %s is a plan without changes', async (_name, members) => {
    const read = await readOk(plan(members))
    expect(read.changes).toEqual([])
    expect(read.noOps).toBe(0)
  })

  it('2: a no-op plan is read with applyable false', async () => {
    const read = await readOk(plan({ resource_changes: [element(['no-op'])], applyable: false }))
    expect(read.flags).toEqual({ errored: false, complete: true, applyable: false })
    expect(read.noOps).toBe(1)
    expect(read.changes).toEqual([])
  })

  it.each(['{}', '{"format_version":"1.0"}'])('3: %s is not a plan', async (text) => {
    expect((await readFailure(text)).reason).toBe('not-a-plan')
  })

  it('4: an errored plan is read with its partial changes and its flag', async () => {
    const read = await readOk(plan({ resource_changes: [create], errored: true, complete: false }))
    expect(read.flags.errored).toBe(true)
    expect(read.changes).toHaveLength(1)
  })

  it('5: complete is false for a targeted plan and undefined where nothing says so', async () => {
    expect((await readOk(plan({ complete: false }))).flags.complete).toBe(false)
    const old = { format_version: '1.1', planned_values: {}, resource_changes: [create] }
    expect((await readOk(old)).flags).toEqual({ errored: false })
  })

  it('6: a destroy plan has deletes without reasons', async () => {
    const gone = element(['delete'], { after: null })
    const read = await readOk(plan({ resource_changes: [gone] }))
    expect(read.changes[0]?.actionReason).toBeUndefined()
    expect(read.changes[0]?.after).toBeNull()
  })

  it('7: a refresh-only plan has drift and no changes', async () => {
    const read = await readOk(plan({ resource_drift: [element(['update'])] }))
    expect(read.drift).toHaveLength(1)
    expect(read.changes).toEqual([])
  })

  it('8, 9: one address may come several times, told apart by its deposed key', async () => {
    const deposed = element(['delete'], {}, { deposed: '0a1b2c3d' })
    const replaced = { ...create, action_reason: 'replace_by_triggers' }
    const read = await readOk(plan({ resource_changes: [replaced, deposed] }))
    expect(read.changes.map((change) => change.deposed)).toEqual([undefined, '0a1b2c3d'])
    expect(read.changes[0]?.actionReason).toBe('replace_by_triggers')
  })

  it.each([0, 9007199254740991, '0', '', 'a.b["c"]é'])(
    '10, 11: index %j is kept as it is',
    async (index) => {
      const read = await readOk(plan({ resource_changes: [{ ...create, index }] }))
      const kept = read.changes[0]?.index
      expect(kept).toBe(index === 9007199254740991 ? '9007199254740991' : index)
    },
  )

  it.each(['no-op', 'update', 'delete'])(
    '12: previous_address beside %s is a change',
    async (word) => {
      const moved = element([word], {}, { previous_address: 'aws_vpc.old' })
      const read = await readOk(plan({ resource_changes: [element(['no-op']), moved] }))
      expect(read.changes[0]?.previousAddress).toBe('aws_vpc.old')
      expect(read.noOps).toBe(1)
    },
  )

  it.each([{ id: 'vpc-1' }, {}, { identity: { id: 'x' } }, { unknown: true }])(
    '13: importing %j beside a no-op is a change',
    async (importing) => {
      const imported = element(['no-op'], { importing })
      const read = await readOk(plan({ resource_changes: [element(['no-op']), imported] }))
      expect(read.changes[0]?.importing).toBe(true)
      expect(read.noOps).toBe(1)
    },
  )

  it.each([
    [['forget']],
    [['create', 'forget']],
    [['forget', 'create']],
    [['open']],
    [['Renew']],
    [[]],
  ])('14: actions %j are kept word by word', async (actions) => {
    const read = await readOk(plan({ resource_changes: [element(actions)] }))
    expect(read.changes[0]?.actions).toEqual(actions)
  })

  it('14: a bare string is never taken for the action it names', async () => {
    const read = await readOk(plan({ resource_changes: [element('no-op'), element('create')] }))
    expect(read.noOps).toBe(0)
    expect(read.changes.map((change) => change.actions.length)).toEqual([2, 2])
  })

  it('15, 16: a read with an unknown root and every form of the masks is kept', async () => {
    const masks = [true, false, {}, [false, { a: true }]]
    const elements = masks.map((mask) => element(['read'], { after: null, after_unknown: mask }))
    const bare = { ...create, change: { actions: ['read'], before: null } }
    const read = await readOk(plan({ resource_changes: [...elements, bare] }))
    expect(read.changes.map((change) => change.afterUnknown)).toEqual([...masks, false])
    expect(read.changes[4]?.after).toBeNull()
  })

  it('17: an output may lack its after', async () => {
    const output = { actions: ['create'], before: null, after_unknown: true }
    const read = await readOk(plan({ output_changes: { url: output } }))
    expect(read.outputs[0]).toMatchObject({ name: 'url', after: null, afterUnknown: true })
  })

  it('18, 44: masks that are absent or do not fit the value are kept as data', async () => {
    const odd = element(['update'], { before_sensitive: [true], after_sensitive: undefined })
    const read = await readOk(plan({ resource_changes: [odd] }))
    expect(read.changes[0]?.beforeSensitive).toEqual([true])
    expect(read.changes[0]?.afterSensitive).toBe(false)
  })

  it('19: an update whose sides are equal is a change', async () => {
    const marked = element(['update'], { after_sensitive: { cidr_block: true } })
    expect((await readOk(plan({ resource_changes: [marked] }))).changes).toHaveLength(1)
  })

  it('20: drift without an address gets one from its parts; a change without one is refused', async () => {
    const { address: _, ...drift } = element(['update'], {}, { index: 'a', type: 'aws_subnet' })
    const read = await readOk(plan({ resource_drift: [drift] }))
    expect(read.drift[0]?.address).toBe('aws_subnet.main["a"]')
    expect((await readFailure(plan({ resource_changes: [drift] }))).reason).toBe('unexpected-shape')
  })
})

describe('edge cases of versions', () => {
  it('21: unknown members, reasons and minor versions are accepted', async () => {
    const reasoned = { ...create, action_reason: 'replace_because_moon', new_field: [1] }
    const read = await readOk(
      plan({ format_version: '1.9', later: { a: [] }, resource_changes: [reasoned] }),
    )
    expect(read.formatVersion).toBe('1.9')
    expect(read.changes[0]?.actionReason).toBe('replace_because_moon')
  })

  it.each(['2.0', '10.1', 'test_format_version', '', '1', '1.x'])(
    '21, 22: format_version %j is refused or a plain number',
    async (version) => {
      const result = await read(plan({ format_version: version }))
      expect(result.ok).toBe(version === '1')
      if (!result.ok) expect(result.error.reason).toBe('unsupported-format')
    },
  )

  it('21: a missing format_version is accepted only where the rest is clearly a plan', async () => {
    const { format_version: _, ...rest } = plan()
    expect((await readFailure(rest)).reason).toBe('not-a-plan')
    const read = await readOk({ ...rest, resource_changes: [create] })
    expect(read.formatVersion).toBe('unknown')
    expect(read.notes).toHaveLength(1)
  })

  it('22: a format_version that is a number is read and noted', async () => {
    const read = await readOk(plan({ format_version: 0.1 }))
    expect(read.formatVersion).toBe('0.1')
    expect(read.notes).toHaveLength(1)
    expect((await readFailure(plan({ format_version: 2 }))).reason).toBe('unsupported-format')
    expect((await readFailure(plan({ format_version: [1] }))).reason).toBe('unexpected-shape')
  })

  it('23: terraform_version may be missing or anything', async () => {
    expect((await readOk(plan({ terraform_version: '1.5.0-dev' }))).terraformVersion).toBe(
      '1.5.0-dev',
    )
    const without = plan({ terraform_version: undefined })
    expect((await readOk(without)).terraformVersion).toBeUndefined()
  })

  it('24: provider_name may be bare, private or missing', async () => {
    const names = ['aws', 'example.com/acme/thing', undefined]
    const elements = names.map((provider_name) => ({ ...create, provider_name }))
    const read = await readOk(plan({ resource_changes: elements }))
    expect(read.changes.map((change) => change.providerName)).toEqual(names)
    expect(read.product).toBe('terraform')
  })

  it('24: OpenTofu is told by its registry, or by the flags that it never writes', async () => {
    const provider_name = 'registry.opentofu.org/hashicorp/aws'
    const tofu = plan({ resource_changes: [element(['no-op'], {}, { provider_name })] })
    expect((await readOk(tofu)).product).toBe('opentofu')
    const { applyable: _a, complete: _c, ...flags } = plan({ terraform_version: '1.9.0' })
    expect((await readOk(flags)).product).toBe('opentofu')
  })
})
