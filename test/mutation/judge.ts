// A document through the reader and the core, as every surface does it.
import { needsNeighbours } from '../../src/core/analysis/facts.ts'
import { assess } from '../../src/core/assess.ts'
import type { Context } from '../../src/core/context.ts'
import type { Decision } from '../../src/core/decision.ts'
import type { JsonObject } from '../../src/core/json.ts'
import { describeFailure } from '../../src/core/plan/failure.ts'
import { readPlan } from '../../src/core/plan/read.ts'
import { builtInPolicy } from '../../src/core/policy/presets.ts'
import { nodeHasher } from '../../src/entry/hasher.ts'

export type Judgement =
  | { readonly kind: 'decided'; readonly decision: Decision }
  | { readonly kind: 'unreadable'; readonly because: string }
  /** A defect: the core never throws on plan content. */
  | { readonly kind: 'threw'; readonly because: string }

export async function judge(document: JsonObject, context: Context): Promise<Judgement> {
  const stream = new Blob([JSON.stringify(document)]).stream()
  const plan = await readPlan(stream, { hasher: nodeHasher(), keepUnchanged: needsNeighbours })
  if (!plan.ok) return { kind: 'unreadable', because: describeFailure(plan.error) }
  const policy = await builtInPolicy('standard')
  return assess(plan.value, context, policy).then(
    (decision): Judgement => ({ kind: 'decided', decision }),
    (thrown: unknown): Judgement => ({ kind: 'threw', because: String(thrown) }),
  )
}
