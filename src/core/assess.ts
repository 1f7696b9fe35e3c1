import type { Context } from './context.ts'
import type { Decision } from './decision.ts'
import type { Plan } from './plan/model.ts'
import type { Policy } from './policy/policy.ts'

/** The core in one screen: plan → changes → facts → findings → risk → verdict → decision. */
export async function assess(_plan: Plan, _context: Context, _policy: Policy): Promise<Decision> {
  throw new Error('not built yet')
}
