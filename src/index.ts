// The library: judge a plan from your own program. The package root is the whole surface; nothing
// below it is promised to stay.
//
//   import { createHash } from 'node:crypto'
//   import { createReadStream } from 'node:fs'
//   import { Readable } from 'node:stream'
//   import { assess, builtInPolicy, describeFailure, needsNeighbours, readPlan, render } from 'holdgate'
//
//   const hash = createHash('sha256')
//   const plan = await readPlan(Readable.toWeb(createReadStream('plan.json')), {
//     hasher: { update: (bytes) => void hash.update(bytes), digest: async () => hash.digest('hex') },
//     keepUnchanged: needsNeighbours,
//   })
//   if (!plan.ok) throw new Error(describeFailure(plan.error))
//   const context = { workspace: 'payments-prod', tags: {}, at: Date.now() }
//   const decision = await assess(plan.value, context, await builtInPolicy('standard'))
//   process.stdout.write(render(decision, 'text'))

/**
 * The resource types whose unchanged instances the analysis needs: give it to `readPlan` as
 * `keepUnchanged`, or rules that a group of other resources depends on are judged with less
 * knowledge, which holds more.
 */
export { needsNeighbours } from './core/analysis/facts.ts'
export { assess } from './core/assess.ts'
export type { Context, Tier } from './core/context.ts'
export type { ChangeCount, DecidedFinding, Decision, RiskLevel } from './core/decision.ts'
export type { JsonValue } from './core/json.ts'
export type { Hazard, Severity } from './core/knowledge/kind.ts'
export { describeFailure, type PlanFailure } from './core/plan/failure.ts'
/** The bounds of the plan reader; `readPlan` fails beyond them. */
export { LIMITS, type PlanLimits } from './core/plan/limits.ts'
export type { Plan } from './core/plan/model.ts'
export { type Hasher, type ReadOptions, readPlan } from './core/plan/read.ts'
export {
  describePolicyFailure,
  type PolicyFailure,
  parsePolicy,
  policySchema,
} from './core/policy/file.ts'
export type { Match, Phase, Policy, PresetName } from './core/policy/policy.ts'
export { builtInPolicy } from './core/policy/presets.ts'
export { type Format, type RenderOptions, render } from './core/report/render.ts'
export type { Result } from './core/result.ts'
