import type { DriftFact } from '../../analysis/drift.ts'
import { showValue } from '../../change/show.ts'
import { dotted, pathText } from '../../json.ts'
import type { Hazard } from '../../knowledge/kind.ts'
import type { Clearance, Finding } from '../finding.ts'
import type { Rule, Spoken } from '../rule.ts'
import { finding } from '../speak.ts'
import { numberOf } from '../when.ts'

const ID = 'drift-reverted'

/** From here on it looks like something a person did on purpose. */
const LOOKS_DELIBERATE = 0.3

/** The apply would undo something done by hand: perhaps last night's hot-fix. */
export const driftReverted: Rule = {
  scope: 'plan',
  id: ID,
  title: 'The apply undoes a change made outside Terraform',
  why: 'Whoever changed it by hand may have done so to end an incident.',
  remedy: 'Put the hand-made value into the code, or agree with on-call that it may go.',
  releaseWhen: 'The person who made the change says it may go.',
  sources: ['https://developer.hashicorp.com/terraform/tutorials/state/resource-drift'],
  check: (facts): Spoken => {
    const clearances: Clearance[] = []
    const findings: Finding[] = []
    for (const fact of facts.drift) {
      if (fact.metadataOnly && fact.raisedBy.length === 0) {
        clearances.push({
          rule: ID,
          address: fact.address,
          covers: [],
          note: 'drift of metadata only',
        })
      } else findings.push(say(fact))
    }
    return { findings, clearances }
  },
}

function say(fact: DriftFact): Finding {
  const name = fact.path.length === 0 ? 'the object' : dotted(fact.path)
  const deliberate = fact.hotfix >= LOOKS_DELIBERATE
  const because =
    fact.raisedBy.length === 0 ? '' : ` It looks deliberate: ${fact.raisedBy.join('; ')}.`
  return finding(fact.address, {
    rule: ID,
    concern: deliberate ? 'drift-reverted-security' : 'drift-reverted',
    hazards: ['drift-revert', ...capacityLoss(fact)],
    severity: 'high',
    what: WHAT[fact.what](name),
    why: `Real infrastructure differs from the code here, and applying puts the code's value back.${because}`,
    evidence:
      fact.path.length === 0
        ? []
        : [
            {
              path: pathText(fact.path),
              before: showValue(fact.real, name),
              after: showValue(fact.planned, name),
              note: 'real now → after the apply',
            },
          ],
    check:
      'Ask on-call and look in the audit log: who changed it, when, and is the reason still there?',
    alternative: `Adopt it: set ${name} in the code to the real value, and the plan no longer touches it.`,
    covers: [],
  })
}

const WHAT: Readonly<Record<DriftFact['what'], (name: string) => string>> = {
  reverted: (name) => `would have a change made by hand undone (${name})`,
  conflict: (name) => `was changed by hand, and the code wants a third value (${name})`,
  recreated: () => 'was removed outside Terraform and would be made again',
}

function capacityLoss(fact: DriftFact): Hazard[] {
  const real = fact.real.kind === 'known' ? numberOf(fact.real.value) : undefined
  const planned = fact.planned.kind === 'known' ? numberOf(fact.planned.value) : undefined
  return real !== undefined && planned !== undefined && planned < real ? ['capacity-loss'] : []
}
