import type { Facts } from '../../analysis/facts.ts'
import type { Evidence, Finding } from '../finding.ts'
import type { Rule } from '../rule.ts'
import { finding } from '../speak.ts'

const ID = 'incomplete-plan'

/** Flags that say: what is listed is not all that happens. */
export const incompletePlan: Rule = {
  scope: 'plan',
  id: ID,
  title: 'A plan that does not show everything',
  why: 'What is missing cannot be judged, and an apply would do it all the same.',
  remedy: 'Fix the error, plan without -target, and submit the new plan.',
  releaseWhen: 'Never for an errored plan; a targeted one when a person knows why.',
  sources: ['https://developer.hashicorp.com/terraform/internals/json-format'],
  check: (facts) => ({ findings: reasons(facts) }),
}

function reasons({ plan, context }: Facts): Finding[] {
  const found: Finding[] = []
  const say = (
    what: string,
    why: string,
    alternative: string,
    evidence: readonly Evidence[] = [],
  ): void => {
    found.push(
      finding('', {
        rule: ID,
        concern: 'incomplete',
        hazards: ['opaque'],
        severity: 'critical',
        what,
        why,
        evidence,
        alternative,
        covers: [],
      }),
    )
  }
  if (plan.flags.errored) {
    say(
      'the plan ended with an error',
      'Terraform stopped before it had planned everything; an errored plan is never approved.',
      'Fix the error that ended it, and plan again.',
    )
  }
  if (plan.deferred.length > 0) {
    say(
      `${plan.deferred.length} changes are deferred to a later plan`,
      'Part of the effect is decided only when a later plan knows more.',
      'Apply what the deferred part waits for on its own first; the next plan shows the rest.',
      plan.deferred
        .slice(0, 5)
        .map(({ address, reason }) => ({ path: '', note: `${address}: ${reason}` })),
    )
  } else if (plan.flags.complete === false && !plan.flags.errored) {
    say(
      'the plan covers only part of the configuration',
      'It was made with -target or could not see everything; what was left out is not judged.',
      'Plan again without -target, and split the work into plans of whole modules instead.',
    )
  }
  if (plan.redacted) {
    say(
      'this is the redacted rendering of a plan',
      'Values are replaced by text and the completeness flags are missing, so differences may be hidden.',
      'Submit the output of terraform show -json itself.',
    )
  }
  if (plan.flags.applyable === false && !plan.flags.errored && changesObjects(plan)) {
    say(
      'the plan says of itself that it cannot be applied',
      'A plan with changes that is not applyable contradicts itself.',
      'Plan again, and look at the checks and conditions that end it.',
    )
  }
  const made = plan.timestamp === undefined ? undefined : Date.parse(plan.timestamp)
  if (made !== undefined && (Number.isNaN(made) || made > context.at + MAX_SKEW_MS)) {
    say(
      'the time the plan was made lies in the future or cannot be read',
      'Its age cannot be judged.',
      'Set the clock of the machine that plans, and plan again.',
    )
  }
  return found
}

/** Moves, imports and reads alone may stand in a plan that has nothing to apply. */
function changesObjects({ changes }: Facts['plan']): boolean {
  return changes.some(({ actions }) => actions.some((word) => word !== 'no-op' && word !== 'read'))
}

/** Clocks of two machines may differ by this much without meaning anything. */
const MAX_SKEW_MS = 60 * 60 * 1000
