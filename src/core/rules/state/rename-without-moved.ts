import type { Rule } from '../rule.ts'
import { finding } from '../speak.ts'

const ID = 'rename-without-moved'

/** One object under a new address, planned as a destroy and a create. */
export const renameWithoutMoved: Rule = {
  scope: 'plan',
  id: ID,
  title: 'A rename that Terraform does not know about',
  why: 'Without a moved block the same object is destroyed under its old address and made anew.',
  remedy: 'Add the moved block; the plan then changes nothing.',
  releaseWhen: 'A new object is really wanted and the old one holds nothing.',
  sources: ['https://developer.hashicorp.com/terraform/language/modules/develop/refactoring'],
  check: ({ renames }) => ({
    findings: renames.map(({ from, to, certainty, matchedBy }) =>
      finding(to, {
        rule: ID,
        concern: 'state-surgery',
        hazards: ['state-surgery'],
        severity: 'high',
        what: `${certainty === 'same' ? 'is' : 'is probably'} ${from} under a new address; a moved block is missing`,
        why:
          matchedBy.length === 0
            ? 'Nearly all attributes are equal, so this looks like one object renamed, planned as destroy and create.'
            : `Both sides agree on ${matchedBy.join(', ')}, so this is one object renamed, planned as destroy and create.`,
        alternative: `moved { from = ${from} to = ${to} }`,
        check:
          'Add the moved block and plan again: the destroy and the create should both be gone.',
        covers: 'all',
      }),
    ),
  }),
}
