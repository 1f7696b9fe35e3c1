// The core in one screen: plan → changes → facts → findings → verdict → decision.
import { accountsOf } from './analysis/accounts.ts'
import { analyse, type Facts, subjectsOf } from './analysis/facts.ts'
import type { Context } from './context.ts'
import type { Decision } from './decision.ts'
import { decisionFrom } from './decision-document.ts'
import { catalogueWith } from './knowledge/catalogue.ts'
import type { Plan } from './plan/model.ts'
import { decide, type Verdict } from './policy/decide.ts'
import { declaredEnvironment, workspaceOf } from './policy/declared.ts'
import type { Examination } from './policy/examination.ts'
import { stopsOf } from './policy/guards/index.ts'
import type { Policy } from './policy/policy.ts'
import { type Weighing, weigh } from './policy/weigh.ts'
import { applyOpinions } from './review/authority.ts'
import type { Reviewed } from './review/model.ts'
import { reviewOf } from './review/record.ts'
import { RULES } from './rules/index.ts'
import { judge } from './rules/judge.ts'

/**
 * Judges a plan that was read, in a context, under a policy. Pure: the same three give the same
 * document, byte for byte; the moment to judge by is `context.at`. Never throws on plan content;
 * what is not understood becomes a finding that holds.
 */
export async function assess(plan: Plan, context: Context, policy: Policy): Promise<Decision> {
  return conclude(examine(plan, context, policy))
}

/** The first half of `assess`: what a second reader can be asked about. */
export function examine(plan: Plan, context: Context, policy: Policy): Examination {
  const lookUp = catalogueWith(policy.catalogue)
  const subjects = subjectsOf(plan.changes, lookUp)
  const run = { ...context, accounts: accountsOf(subjects) }
  const facts: Facts = analyse(plan, subjects, context, declaredEnvironment(policy, run), lookUp)
  const workspace = workspaceOf(policy, run)
  const judgement = judge(facts)
  return {
    plan,
    policy,
    facts,
    judgement,
    weighing: weigh(policy, facts, judgement),
    stops: stopsOf(policy, run, facts),
    // The kill switch means what it says in every phase.
    phase: policy.killSwitch ? 'enforce' : (workspace?.phase ?? policy.phase),
    owner: workspace?.owner ?? policy.owner ?? null,
  }
}

/**
 * The second half of `assess`. What a second reader said is applied between policy and verdict, so
 * that guards and phase have the last word whatever was heard.
 */
export async function conclude(examination: Examination, reviewed?: Reviewed): Promise<Decision> {
  const { facts, judgement, weighing, stops, phase } = examination
  const rules: Weighing = { ...weighing, stops: [...stops, ...weighing.stops] }
  const verdictOn = (weighed: Weighing): Verdict =>
    decide({
      judgement,
      weighing: weighed,
      phase,
      changes: facts.subjects.length,
      rulesAsked: RULES.length,
    })
  const without = verdictOn(rules)
  if (reviewed === undefined) {
    return decisionFrom({ ...examination, verdict: without, review: null })
  }
  const { questions, heard } = reviewed
  const verdict = verdictOn(applyOpinions(rules, questions, heard))
  const review = reviewOf({ heard, questions, without, verdict })
  return decisionFrom({ ...examination, verdict, review })
}
