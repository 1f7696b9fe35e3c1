// The last words of every finding, in one place: how far the way back is, the safer way, and what
// stays as it is. A rule that knows better has said so already.
import type { Facts } from '../analysis/facts.ts'
import { endsObject } from '../change/action.ts'
import { nameOf } from '../change/from-plan.ts'
import { REVERSAL_WORDS } from '../knowledge/reversal.ts'
import type { Subject } from '../knowledge/subject.ts'
import { rowOf } from './advice/advice.ts'
import type { About } from './advice/concern-row.ts'
import type { Finding } from './finding.ts'
import { reasonBeyond, reversalOf } from './reversal.ts'
import { stayingIn } from './stays.ts'

/** The same findings in the same order, with nothing left unsaid: no text of them is empty. */
export function explain(findings: readonly Finding[], facts: Facts): Finding[] {
  const subjects = subjectsByName(facts.subjects)
  const stays = stayingIn(facts)
  return findings.map((finding) => {
    const subject = subjects.get(finding.address)
    const reversal = finding.reversal ?? reversalOf(finding, subject)
    return {
      ...finding,
      alternative:
        finding.alternative === ''
          ? saferWay({ finding, ...(subject === undefined ? {} : { subject }) })
          : finding.alternative,
      reversal,
      reversibility: `${REVERSAL_WORDS[reversal]}: ${wayBack(finding, subject)}`,
      unaffected: finding.unaffected ?? stays(finding, subject),
    }
  })
}

/** The rule's own words or those of the concern, and what makes it take longer than they say. */
function wayBack(finding: Finding, subject: Subject | undefined): string {
  const own = finding.reversibility
  const beyond = reasonBeyond(finding, subject)
  if (beyond === undefined) return own === '' ? rowOf(finding.concern).back : own
  if (own === '') return beyond
  return own.startsWith(beyond) ? own : `${own}; ${beyond}`
}

function saferWay(about: About): string {
  const { safer } = rowOf(about.finding.concern)
  return typeof safer === 'string' ? safer : safer(about)
}

/** The same name twice is no plan Terraform writes; then the one that loses an object counts. */
function subjectsByName(subjects: readonly Subject[]): ReadonlyMap<string, Subject> {
  const byName = new Map<string, Subject>()
  for (const subject of subjects) {
    const name = nameOf(subject.change)
    if (!byName.has(name) || endsObject(subject.change.action)) byName.set(name, subject)
  }
  return byName
}
