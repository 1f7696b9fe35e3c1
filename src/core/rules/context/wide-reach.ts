import { blockAddress } from '../../plan/address.ts'
import { classOf, isLoss, isTrivialLoss } from '../destruction/loss.ts'
import type { Rule } from '../rule.ts'
import { findingOn } from '../speak.ts'

const MANY = 10

/** Something that much else hangs on is destroyed, replaced or forgotten. */
export const wideReach: Rule = {
  scope: 'change',
  id: 'wide-reach',
  title: 'Much else depends on what goes',
  why: 'Every dependent is rebuilt, re-attached or broken with it; readers in other workspaces come on top.',
  remedy: 'Move the dependents first, a service at a time.',
  releaseWhen: 'All dependents are meant to go with it.',
  sources: ['https://developer.hashicorp.com/terraform/internals/graph'],
  check: (subject, facts) => {
    const { change } = subject
    if (!isLoss(subject) || isTrivialLoss(subject.kind) || change.deposed !== undefined) return {}
    const dependents = facts.dependents(blockAddress(change.address))
    if (dependents.length < MANY) return {}
    return {
      findings: [
        findingOn(change, {
          rule: 'wide-reach',
          concern: 'blast-radius',
          hazards: ['blast-radius', 'outage'],
          severity: 'high',
          what: `takes at least ${dependents.length} other resources along (${classOf(subject.kind).replace('_', ' ')})`,
          why: 'They refer to it, directly or through others, in this configuration alone.',
          evidence: dependents.slice(0, 6).map((note) => ({ path: '', note })),
          covers: [],
        }),
      ],
    }
  },
}
