// Claim: the blast radius in a decision comes from the configuration, is counted where it is cut,
// and carries no secret.
import { expect, it } from 'vitest'
import { reachOf } from '../../../src/core/analysis/reach.ts'

const TREE: Readonly<Record<string, readonly string[]>> = {
  'aws_vpc.main': Array.from({ length: 100 }, (_, at) => `aws_subnet.s${at}`),
  'module.a.aws_db_instance.main': ['aws_route53_record.db'],
}
const dependentsOf = (block: string): readonly string[] => TREE[block] ?? []

it('is asked of blocks: instances of one block are told once, in the order of the findings', () => {
  const told = reachOf(
    ['module.a["x"].aws_db_instance.main', 'aws_vpc.main', 'module.a["y"].aws_db_instance.main[0]'],
    dependentsOf,
  )
  expect(told.map(({ address, total }) => [address, total])).toEqual([
    ['module.a.aws_db_instance.main', 1],
    ['aws_vpc.main', 100],
  ])
})

it('lists some of many dependents and counts all of them', () => {
  const [told] = reachOf(['aws_vpc.main'], dependentsOf)
  expect(told?.total).toBe(100)
  expect(told?.dependents.length).toBeLessThan(100)
  expect(told?.dependents[0]).toBe('aws_subnet.s0')
})

it('leaves out what nothing depends on, and findings about no object', () => {
  expect(reachOf(['', 'aws_sqs_queue.alone'], dependentsOf)).toEqual([])
})

it('asks about a bounded number of objects, however many findings there are', () => {
  let asked = 0
  const dependents = (): readonly string[] => {
    asked += 1
    return []
  }
  reachOf([...Array.from({ length: 5000 }, (_, at) => `aws_instance.i${at}`)], dependents)
  expect(asked).toBeLessThanOrEqual(200)
})

it('shows no credential in an address', () => {
  const token = `ghp_${'a1B2'.repeat(9)}`
  const told = reachOf(['aws_vpc.main'], () => [`aws_subnet.${token}`])
  expect(JSON.stringify(told)).not.toContain(token)
})
