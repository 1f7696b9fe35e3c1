// The core in one screen: plan → changes → facts → findings → verdict → decision.
import { accountsOf } from './analysis/accounts.ts'
import { analyse, type Facts, subjectsOf } from './analysis/facts.ts'
import type { Context } from './context.ts'
import type { Decision } from './decision.ts'
import { decisionFrom } from './decision-document.ts'
import { catalogueWith } from './knowledge/catalogue.ts'
import type { Plan } from './plan/model.ts'
import { decide } from './policy/decide.ts'
import { declaredEnvironment, workspaceOf } from './policy/declared.ts'
import { stopsOf } from './policy/guards/index.ts'
import type { Policy } from './policy/policy.ts'
import { weigh } from './policy/weigh.ts'
import { RULES } from './rules/index.ts'
import { judge } from './rules/judge.ts'

/**
 * Judges a plan that was read, in a context, under a policy. Pure: the same three give the same
 * document, byte for byte; the moment to judge by is `context.at`. Never throws on plan content;
 * what is not understood becomes a finding that holds.
 */
export async function assess(plan: Plan, context: Context, policy: Policy): Promise<Decision> {
  const lookUp = catalogueWith(policy.catalogue)
  const subjects = subjectsOf(plan.changes, lookUp)
  const run = { ...context, accounts: accountsOf(subjects) }
  const facts: Facts = analyse(plan, subjects, context, declaredEnvironment(policy, run), lookUp)
  const workspace = workspaceOf(policy, run)
  // The kill switch means what it says in every phase.
  const phase = policy.killSwitch ? 'enforce' : (workspace?.phase ?? policy.phase)
  const judgement = judge(facts)
  const verdict = decide({
    judgement,
    weighing: weigh(policy, facts, judgement),
    stops: stopsOf(policy, run, facts),
    phase,
    changes: facts.subjects.length,
    rulesAsked: RULES.length,
  })
  return decisionFrom({
    plan,
    facts,
    judgement,
    verdict,
    policy,
    phase,
    owner: workspace?.owner ?? policy.owner ?? null,
  })
}
