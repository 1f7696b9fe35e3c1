import { isRoutine } from '../destruction/end-of-object.ts'
import { isLoss } from '../destruction/loss.ts'
import type { Rule } from '../rule.ts'
import { finding } from '../speak.ts'

const SHARE = 0.25
const MANY = 5
const HEAVY = 10

/** Plan shapes that wait for a person in every environment (risk table 3.10). */
export const massDestroy: Rule = {
  scope: 'plan',
  id: 'mass-destroy',
  title: 'A large part of everything is destroyed',
  why: 'A wholesale destroy is seldom what one commit meant: a lost module, the wrong workspace, a refactoring without moves.',
  remedy: 'Split it: remove a part, look, remove the next.',
  releaseWhen: 'The whole thing is being retired and its owner says so.',
  sources: ['https://developer.hashicorp.com/terraform/cli/commands/plan#planning-modes'],
  check: ({ plan, subjects, environment }) => {
    if (environment.ephemeral) return {}
    const managed = subjects.filter(({ change }) => change.mode === 'managed')
    const deleted = managed.filter(
      ({ change }) => change.action.kind === 'delete' && change.deposed === undefined,
    )
    const made = managed.filter(({ change }) => change.action.kind === 'create').length
    const total = managed.length - made + plan.noOps
    const heavy = managed.filter(
      (subject) =>
        isLoss(subject) &&
        subject.change.deposed === undefined &&
        !isRoutine(subject) &&
        (subject.kind.kind === 'unknown' || subject.kind.row.destroy.severity >= 4),
    )
    // What is made in the same plan may be the other half of a rewrite; other rules look at that.
    const everything = deleted.length >= 2 && deleted.length === total && made === 0
    if (
      !everything &&
      heavy.length < HEAVY &&
      (deleted.length < MANY || deleted.length / total < SHARE)
    )
      return {}
    const ended = managed.filter(
      (subject) => isLoss(subject) && subject.change.deposed === undefined,
    )
    return {
      findings: [
        finding('', {
          rule: 'mass-destroy',
          concern: 'mass-destroy',
          hazards: ['blast-radius', 'outage'],
          severity: 'critical',
          what: `${ended.length} of ${total} existing objects would be destroyed or replaced`,
          why: 'At this size the plan is either the end of a service or a mistake about which one.',
          evidence: ended.slice(0, 6).map(({ change }) => ({ path: '', note: change.address })),
          check:
            'Compare with what the author meant: a removed module, another workspace, a missing moved block?',
          covers: [],
        }),
      ],
    }
  },
}
