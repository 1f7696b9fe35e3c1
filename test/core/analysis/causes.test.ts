import { describe, expect, it } from 'vitest'
import { causesIn, chainText } from '../../../src/core/analysis/causes.ts'
import type { Subject } from '../../../src/core/knowledge/subject.ts'
import { block, call, configuration, made, plan, subject } from './resources.ts'

const SUFFIX = subject(
  'random_id.suffix',
  ['delete', 'create'],
  { byte_length: 4 },
  { byte_length: 8 },
  { replacePaths: [['byte_length']], reason: 'replace_because_cannot_update' },
)

function replaced(address: string, attribute: string): Subject {
  return subject(
    address,
    ['delete', 'create'],
    { [attribute]: 'old' },
    {},
    { unknown: { [attribute]: true }, replacePaths: [[attribute]] },
  )
}

describe('the first cause of a replacement', () => {
  it('is the attribute itself where its new value is known', () => {
    const causes = causesIn(plan(), [SUFFIX])
    expect(causes(SUFFIX.change)).toEqual({
      kind: 'own',
      attributes: ['byte_length'],
      chain: [],
      follow: 0,
    })
  })

  it('is found upstream where the new value is unknown', () => {
    const bucket = replaced('aws_s3_bucket.media', 'bucket')
    const causes = causesIn(
      plan({
        configuration: configuration([
          block('aws_s3_bucket.media', { bucket: ['random_id.suffix.hex', 'random_id.suffix'] }),
          block('random_id.suffix', {}),
        ]),
      }),
      [bucket, SUFFIX],
    )
    const cause = causes(bucket.change)
    expect(cause?.kind).toBe('upstream')
    expect(cause && chainText(cause, 'aws_s3_bucket.media')).toBe(
      'random_id.suffix is replaced (byte_length) → bucket → aws_s3_bucket.media',
    )
  })

  it('is followed through module inputs and outputs, over several objects', () => {
    const name = replaced('module.name.random_pet.x', 'keepers')
    const bucket = replaced('module.store.aws_s3_bucket.b', 'bucket')
    const causes = causesIn(
      plan({
        configuration: configuration(
          [
            block('random_id.suffix', {}),
            block('module.name.random_pet.x', { keepers: ['var.seed'] }),
            block('module.store.aws_s3_bucket.b', { bucket: ['var.name'] }),
          ],
          [
            call('module.name', {
              inputs: { seed: ['random_id.suffix.hex'] },
              outputs: { id: ['random_pet.x.id'] },
            }),
            call('module.store', { inputs: { name: ['module.name.id', 'module.name'] } }),
          ],
        ),
      }),
      [bucket, name, SUFFIX],
    )
    expect(causes(bucket.change)?.chain.map(({ address }) => address)).toEqual([
      'random_id.suffix',
      'module.name.random_pet.x',
    ])
  })

  it('may be an object that is new', () => {
    const instance = replaced('aws_instance.web', 'subnet_id')
    const subnet = made('aws_subnet.b', { cidr_block: '10.0.1.0/24' }, { id: true })
    const causes = causesIn(
      plan({
        configuration: configuration([
          block('aws_instance.web', { subnet_id: ['aws_subnet.b.id', 'aws_subnet.b'] }),
        ]),
      }),
      [instance, subnet],
    )
    expect(causes(instance.change)?.chain).toEqual([
      { address: 'aws_subnet.b', happens: 'created', attributes: [] },
    ])
  })

  it('counts what follows from it', () => {
    const names = ['aws_s3_bucket.a', 'aws_s3_bucket.b', 'aws_s3_bucket.c']
    const buckets = names.map((name) => replaced(name, 'bucket'))
    const causes = causesIn(
      plan({
        configuration: configuration(
          names.map((name, at) =>
            block(name, { bucket: [at === 0 ? 'random_id.suffix.hex' : `${names[at - 1]}.id`] }),
          ),
        ),
      }),
      [...buckets, SUFFIX],
    )
    expect(causes(SUFFIX.change)?.follow).toBe(3)
    expect(buckets.map((one) => causes(one.change)?.follow)).toEqual([2, 1, 0])
  })

  it('says from whom the order of a replacement may come', () => {
    const first = (address: string): Subject =>
      subject(address, ['create', 'delete'], { a: 1 }, { a: 2 }, { replacePaths: [['a']] })
    const [group, template] = [first('aws_autoscaling_group.g'), first('aws_launch_template.t')]
    const causes = causesIn(
      plan({
        configuration: configuration([
          block('aws_autoscaling_group.g', { x: ['aws_launch_template.t.id'] }),
          block('aws_launch_template.t', {}),
        ]),
      }),
      [group, template],
    )
    expect(causes(template.change)?.orderFrom).toBe('aws_autoscaling_group.g')
    expect(causes(group.change)?.orderFrom).toBeUndefined()
  })

  it('says so where an unknown value leads nowhere', () => {
    const bucket = replaced('aws_s3_bucket.media', 'bucket')
    const config = configuration([block('aws_s3_bucket.media', { bucket: ['local.name'] })])
    expect(causesIn(plan({ configuration: config }), [bucket])(bucket.change)?.kind).toBe(
      'untraced',
    )
    expect(causesIn(plan(), [bucket])(bucket.change)?.kind).toBe('untraced')
  })

  it('ends in a configuration that refers to itself', () => {
    const a = replaced('aws_a.a', 'x')
    const b = replaced('aws_a.b', 'x')
    const causes = causesIn(
      plan({
        configuration: configuration([
          block('aws_a.a', { x: ['aws_a.b.id'] }),
          block('aws_a.b', { x: ['aws_a.a.id'] }),
        ]),
      }),
      [a, b],
    )
    expect(causes(a.change)?.chain.map(({ address }) => address)).toEqual(['aws_a.b'])
  })

  it('stays short in a chain of thousands', () => {
    const names = Array.from({ length: 3_000 }, (_, at) => `aws_a.n${at}`)
    const subjects = names.map((name) => replaced(name, 'x'))
    const blocks = names.map((name, at) =>
      block(name, { x: at === 0 ? [] : [`aws_a.n${at - 1}.id`] }),
    )
    const causes = causesIn(plan({ configuration: configuration(blocks) }), subjects)
    const longest = Math.max(...subjects.map((one) => causes(one.change)?.chain.length ?? 0))
    expect(longest).toBe(20)
  })

  it.each([
    ['replace_because_tainted', 'tainted'],
    ['replace_by_request', 'requested'],
    ['replace_by_triggers', 'triggered'],
  ])('reads %s as %s', (reason, kind) => {
    const one = subject(
      'aws_instance.a',
      ['delete', 'create'],
      { ami: 'a' },
      { ami: 'a' },
      { reason },
    )
    expect(causesIn(plan(), [one])(one.change)?.kind).toBe(kind)
  })

  it('names what a trigger may have been: something the block reads that changes', () => {
    const one = subject(
      'aws_instance.a',
      ['delete', 'create'],
      { ami: 'a' },
      { ami: 'a' },
      { reason: 'replace_by_triggers' },
    )
    const causes = causesIn(
      plan({
        configuration: configuration([
          block('aws_instance.a', { user_data: ['random_id.suffix.hex'] }),
        ]),
      }),
      [one, SUFFIX],
    )
    expect(causes(one.change)?.chain[0]?.address).toBe('random_id.suffix')
  })

  it('is asked of replacements only', () => {
    const subnet = made('aws_subnet.b', {})
    expect(causesIn(plan(), [subnet])(subnet.change)).toBeUndefined()
  })
})
