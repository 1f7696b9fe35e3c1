// CPU of judging a plan that was read, per change, from 500 to 50 000 changed resources: the ratio of
// the largest to the smallest says whether it stays linear.
import { assess } from '../../src/core/assess.ts'
import type { Plan } from '../../src/core/plan/model.ts'
import { builtInPolicy } from '../../src/core/policy/presets.ts'
import { changedPlan } from './changed-plan.ts'
import type { Bench } from './measure.ts'

const SIZES = [500, 5_000, 50_000] as const
const ROUNDS = 5

export const assessBench: Bench = {
  name: 'assess',
  async *run() {
    const policy = await builtInPolicy('standard')
    const perChange: number[] = []
    for (const size of SIZES) {
      const plan: Plan = await changedPlan(size)
      const millis: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        const before = process.cpuUsage()
        await assess(plan, { tags: {}, workspace: 'bench-prod', at: 0 }, policy)
        const used = process.cpuUsage(before)
        millis.push((used.user + used.system) / 1000)
      }
      const best = Math.min(...millis)
      perChange.push((best * 1000) / size)
      yield {
        bench: `assess-${size}`,
        value: Math.round(best),
        unit: 'ms CPU',
        against: 'one second',
        ratio: Number((best / 1000).toFixed(3)),
      }
    }
    const [small = 1] = perChange
    const large = perChange.at(-1) ?? 0
    yield {
      bench: 'assess',
      value: Number(large.toFixed(1)),
      unit: 'us CPU per change at 50 000',
      against: 'per change at 500',
      ratio: Number((large / small).toFixed(2)),
    }
  },
}
