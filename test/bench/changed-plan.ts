// A plan that was read, with any number of changed resources: the changes of the development
// scenarios again and again, each round under its own addresses and group ids.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plan, ResourceChange } from '../../src/core/plan/model.ts'
import { readPlan } from '../../src/core/plan/read.ts'
import { nodeHasher } from '../../src/entry/hasher.ts'

const FOLDER = join(import.meta.dirname, '../../fixtures/scenarios')

/** Exactly `size` changes, in an order that mixes the scenarios. */
export async function changedPlan(size: number): Promise<Plan> {
  const seeds: Plan[] = []
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.plan.json'))) {
    const plan = await readPlan(new Blob([readFileSync(join(FOLDER, name))]).stream(), {
      hasher: nodeHasher(),
      keepUnchanged: () => false,
    })
    if (plan.ok) seeds.push(plan.value)
  }
  const [first] = seeds
  if (first === undefined) throw new Error('no scenarios to build a plan from')
  const texts = seeds.flatMap((plan) => plan.changes.map((change) => JSON.stringify(change)))
  const changes: ResourceChange[] = []
  for (let at = 0; changes.length < size; at += 1) {
    const round = Math.floor(at / texts.length)
    const text = (texts[at % texts.length] ?? '').replaceAll('"sg-', `"sg-${round}-`)
    const change = JSON.parse(text) as ResourceChange
    changes.push({
      ...change,
      address: `module.m${round}.${change.address}`,
      moduleAddress: `module.m${round}`,
    })
  }
  const { configuration: _configuration, ...rest } = first
  return { ...rest, changes, drift: [], outputs: [], unchanged: [] }
}
