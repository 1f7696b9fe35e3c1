import { createHash } from 'node:crypto'
import { needsNeighbours } from '../../../src/core/analysis/facts.ts'
import { assess } from '../../../src/core/assess.ts'
import { readPlan } from '../../../src/core/plan/read.ts'
import { builtInPolicy } from '../../../src/core/policy/presets.ts'

/** `rule address` of everything that holds a plan in production under the standard preset. */
export async function judged(json: string): Promise<{ readonly holds: readonly string[] }> {
  const hash = createHash('sha256')
  const plan = await readPlan(new Blob([json]).stream(), {
    hasher: {
      update: (bytes) => {
        hash.update(bytes)
      },
      digest: async () => hash.digest('hex'),
    },
    keepUnchanged: needsNeighbours,
  })
  if (!plan.ok) throw new Error('the plan of the test cannot be read')
  const context = { tags: {}, environment: 'production', at: Date.parse('2026-11-20T10:00:00Z') }
  const decision = await assess(plan.value, context, await builtInPolicy('standard'))
  return {
    holds: decision.findings
      .filter(({ holds }) => holds)
      .map(({ rule, address }) => `${rule} ${address}`),
  }
}
