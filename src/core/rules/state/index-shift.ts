import type { IndexShift } from '../../analysis/renames.ts'
import type { Evidence } from '../finding.ts'
import type { Rule } from '../rule.ts'
import { finding } from '../speak.ts'

const ID = 'index-shift'
const SHOWN = 6

/** A list under `count` lost an item in the middle: everything behind it moves up by one. */
export const indexShift: Rule = {
  scope: 'plan',
  id: ID,
  title: 'An item left the middle of a counted list',
  why: 'Instances are known by their number, so each later one is rewritten to be the next, and the last object is destroyed instead of the one that left.',
  remedy: 'Key the instances with for_each, so that removing one touches only that one.',
  releaseWhen: 'The objects are interchangeable and hold nothing.',
  sources: [
    'https://developer.hashicorp.com/terraform/language/meta-arguments/count#when-to-use-for_each-instead-of-count',
  ],
  check: ({ renames }) => ({
    findings: renames.shifts.map((shift) => {
      const { of, rewritten, destroyed, left } = shift
      const gone = destroyed.map((at) => `${of}[${at}]`).join(', ')
      const meant = left.map((at) => `[${at}]`).join(', ')
      const replaced = rewritten.filter((one) => one.replaced).length
      return finding(of, {
        rule: ID,
        concern: 'state-surgery',
        hazards: ['state-surgery', 'outage'],
        severity: 'high',
        what: `moves up by index: item ${meant} left the list, but the real object destroyed is ${gone}`,
        why: `${rewritten.length} instances take over the values of a later one (${
          replaced === 0 ? 'rewritten in place' : `${replaced} of them replaced`
        }), so the object behind item ${meant} lives on under another name and the one behind ${gone} is lost.`,
        evidence: evidenceOf(shift),
        alternative: `Use for_each with a stable key, and say for each instance which key it has now:\nmoved {\n  from = ${of}[${rewritten[0]?.was ?? 0}]\n  to   = ${of}["its key"]\n}`,
        check: `Which real object should go: the one at ${meant} or the one at ${gone}?`,
        covers: [],
      })
    }),
  }),
}

function evidenceOf({ of, rewritten }: IndexShift): Evidence[] {
  const shown = rewritten.slice(0, SHOWN).map(({ to, was, replaced }) => ({
    path: '',
    note: `${of}[${to}] ${replaced ? 'is replaced by' : 'becomes'} what [${was}] is now`,
  }))
  const rest = rewritten.length - shown.length
  return rest === 0 ? shown : [...shown, { path: '', note: `and ${rest} more` }]
}
