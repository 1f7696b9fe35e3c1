// Under `strict` production gets nothing without a person but plans that change nothing.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { needsNeighbours } from '../../../src/core/analysis/facts.ts'
import { assess } from '../../../src/core/assess.ts'
import { readPlan } from '../../../src/core/plan/read.ts'
import type { WrittenGrant } from '../../../src/core/policy/policy.ts'
import { nodeHasher } from '../../../src/entry/hasher.ts'
import { decisionOn, GRANT, policyWith } from './situations.ts'

const FOLDER = new URL('../../../fixtures/scenarios/', import.meta.url)
const NAMES = readdirSync(FOLDER).filter((name) => name.endsWith('.plan.json'))

const EVERYTHING: readonly WrittenGrant[] = (
  ['metadata', 'scale', 'monitoring', 'dns-ttl', 'replicas', 'rollout'] as const
).map((operation) => ({
  ...GRANT,
  id: operation,
  operation,
  environments: ['production'],
  addresses: ['*'],
  bounds: { min: 0, max: 1_000_000 },
  expires: '2099-12-31',
}))

test('in every scenario, whatever is granted or marked', async () => {
  const strict = await policyWith({
    preset: 'strict',
    grants: EVERYTHING,
    continuouslyDeployed: ['*'],
  })
  const released: string[] = []
  const changing: string[] = []
  for (const name of NAMES) {
    const stream = new Blob([readFileSync(new URL(name, FOLDER))]).stream()
    const options = { hasher: nodeHasher(), keepUnchanged: needsNeighbours }
    const plan = await readPlan(stream, options)
    if (!plan.ok) continue
    const at = Date.parse(plan.value.timestamp ?? '2026-11-20T00:00:00Z')
    const context = { tags: {}, workspace: 'web-prod', environment: 'production', at }
    const { verdict } = await assess(plan.value, context, strict)
    const isNoOp =
      plan.value.changes.every(({ actions }) => actions.join() === 'no-op') &&
      plan.value.outputs.every(({ actions }) => actions.join() === 'no-op')
    if (!isNoOp) changing.push(name)
    if (verdict === 'release' && !isNoOp) released.push(name)
  }
  expect(changing.length).toBeGreaterThan(80)
  expect(released).toEqual([])
})

test('a plan that changes nothing passes', async () => {
  expect((await decisionOn([], { preset: 'strict' })).verdict).toBe('release')
})
