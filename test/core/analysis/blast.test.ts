import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dependentsIn } from '../../../src/core/analysis/blast.ts'
import { block, call, configuration } from './resources.ts'

it('follows references through module inputs and outputs', () => {
  const dependents = dependentsIn(
    configuration(
      [
        block('aws_vpc.main', {}),
        block('module.net.aws_subnet.a', { vpc_id: ['var.vpc'] }),
        block('aws_instance.web', { subnet_id: ['module.net.subnet', 'module.net'] }),
      ],
      [
        call('module.net', {
          inputs: { vpc: ['aws_vpc.main.id', 'aws_vpc.main'] },
          outputs: { subnet: ['aws_subnet.a.id', 'aws_subnet.a'] },
        }),
      ],
    ),
  )
  expect(dependents('aws_vpc.main')).toEqual(['aws_instance.web', 'module.net.aws_subnet.a'])
  expect(dependents('module.net.aws_subnet.a')).toEqual(['aws_instance.web'])
})

it('reads depends_on, nested modules and instance keys with dots and brackets', () => {
  const dependents = dependentsIn(
    configuration(
      [
        block('aws_iam_role.r', {}),
        block('aws_instance.a', {}, { dependsOn: ['aws_iam_role.r'] }),
        block('aws_instance.b', { ami: ['aws_iam_role.r["a.b]c"].arn'] }),
        block('module.x.module.y.aws_instance.c', { ami: ['var.role'] }),
      ],
      [
        call('module.x', { inputs: { role: ['aws_iam_role.r.arn'] } }),
        call('module.x.module.y', { inputs: { role: ['var.role'] } }),
      ],
    ),
  )
  expect(dependents('aws_iam_role.r')).toEqual([
    'aws_instance.a',
    'aws_instance.b',
    'module.x.module.y.aws_instance.c',
  ])
})

it('knows of nobody without a configuration', () => {
  expect(dependentsIn(undefined)('aws_vpc.main')).toEqual([])
})

it('never counts a block as its own dependent, whatever the graph', () => {
  const name = fc.integer({ min: 0, max: 6 }).map((n) => `aws_a.n${n}`)
  fc.assert(
    fc.property(fc.array(fc.tuple(name, name), { maxLength: 30 }), (edges) => {
      const blocks = Array.from({ length: 7 }, (_, at) =>
        block(`aws_a.n${at}`, {
          x: edges.filter(([from]) => from === `aws_a.n${at}`).map(([, to]) => `${to}.id`),
        }),
      )
      const dependents = dependentsIn(configuration(blocks))
      for (const { address } of blocks) {
        const found = dependents(address)
        expect(found).not.toContain(address)
        expect(new Set(found).size).toBe(found.length)
        for (const [from, to] of edges) {
          if (to === address && from !== to) expect(found).toContain(from)
        }
      }
    }),
    { seed: 7, numRuns: 200 },
  )
})

it('answers for 20 000 blocks in a row with 500 dependents at most', () => {
  const count = 20_000
  const dependents = dependentsIn(
    configuration(
      Array.from({ length: count }, (_, at) =>
        block(`aws_a.n${at}`, { x: at === 0 ? [] : [`aws_a.n${at - 1}.id`] }),
      ),
    ),
  )
  expect(dependents(`aws_a.n${count - 1}`)).toEqual([])
  expect(dependents('aws_a.n0')).toHaveLength(500)
})
