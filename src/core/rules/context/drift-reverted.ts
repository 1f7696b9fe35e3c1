import type { DriftFact } from '../../analysis/drift.ts'
import type { Hazard } from '../../knowledge/kind.ts'
import type { Clearance, Evidence, Finding } from '../finding.ts'
import type { Rule, Spoken } from '../rule.ts'
import { finding } from '../speak.ts'
import { numberOf } from '../when.ts'
import { adoption, pathName } from './drift-adoption.ts'

const ID = 'drift-reverted'

/** From here on it looks like something a person did on purpose. */
const LOOKS_DELIBERATE = 0.3
/** More objects than this that come back are one story: a stack was destroyed. */
const MOST_TOLD_SINGLY = 8
const MEMBERS_SHOWN = 3

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
    const back = facts.drift.filter(({ what }) => what === 'recreated')
    const isStack = back.length > MOST_TOLD_SINGLY
    if (isStack) findings.push(stackIsBack(back))
    for (const fact of facts.drift) {
      if (isStack && fact.what === 'recreated') continue
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
  const name = fact.path.length === 0 ? 'the object' : pathName(fact.path)
  const because =
    fact.raisedBy.length === 0 ? '' : ` It looks deliberate: ${fact.raisedBy.join('; ')}.`
  return finding(fact.address, {
    rule: ID,
    concern: fact.hotfix >= LOOKS_DELIBERATE ? 'drift-reverted-security' : 'drift-reverted',
    hazards: ['drift-revert', ...capacityLoss(fact)],
    severity: 'high',
    what: WHAT[fact.what](name),
    why: `${WHY[fact.what]} ${DIRECTION[fact.direction]}${because}`.replace(/ {2,}/g, ' ').trim(),
    evidence: evidenceOf(fact),
    check: `Ask on-call and look in the audit log: who changed ${name}, when, and is the reason still there?`,
    alternative: adoption(fact),
    covers: [],
  })
}

const WHAT: Readonly<Record<DriftFact['what'], (name: string) => string>> = {
  reverted: (name) => `would have a change made by hand undone (${name})`,
  conflict: (name) => `was changed by hand, and the code wants a third value (${name})`,
  recreated: () => 'was removed outside Terraform and would be made again',
  destroyed: () => 'was changed by hand since the last apply and would now be destroyed',
}

const WHY: Readonly<Record<DriftFact['what'], string>> = {
  reverted:
    "Real infrastructure differs from the code here, and applying puts the code's value back.",
  conflict:
    'Real infrastructure differs from the old state and from the code: whoever wrote the code may not know of it.',
  recreated:
    'It is gone in reality. Perhaps someone removed it on purpose; what comes back is empty and new.',
  destroyed: 'Someone worked on it outside the code, so someone may still need it.',
}

const DIRECTION: Readonly<Record<DriftFact['direction'], string>> = {
  tightened: 'The change by hand closed something; the apply opens it again.',
  loosened: 'The change by hand opened something; the apply closes it, and may cut off its users.',
  raised: 'The change by hand raised it; the apply takes that away.',
  lowered: 'The change by hand lowered it; the apply raises it again.',
  unclear: '',
}

function evidenceOf(fact: DriftFact): Evidence[] {
  if (fact.path.length === 0) {
    return fact.changed.slice(0, MEMBERS_SHOWN * 2).map((name) => ({
      path: name,
      note: 'changed by hand since the last apply',
    }))
  }
  const path = pathName(fact.path)
  const { going = [], returning = [] } = fact.members ?? {}
  return [
    {
      path,
      before: fact.shown.real,
      after: fact.shown.planned,
      note: 'real now → after the apply',
    },
    ...going
      .slice(0, MEMBERS_SHOWN)
      .map((before) => ({ path, before, note: 'made by hand, goes' })),
    ...returning
      .slice(0, MEMBERS_SHOWN)
      .map((after) => ({ path, after, note: 'removed by hand, comes back' })),
  ]
}

function stackIsBack(back: readonly DriftFact[]): Finding {
  const [first] = back
  return finding('', {
    rule: ID,
    concern: 'drift-reverted-security',
    hazards: ['drift-revert', 'misdeployment'],
    severity: 'high',
    what: `${back.length} objects that were removed outside Terraform would be made again`,
    why: `So many at once mean that a stack was taken down on purpose, or that credentials of another account or region were used. ${first?.address ?? ''} is the first of them.`,
    evidence: back
      .slice(0, MEMBERS_SHOWN * 2)
      .map(({ address }) => ({ path: '', note: `${address} is gone in reality` })),
    check: 'Are account, region and workspace right? Who removed these objects, and why?',
    alternative: 'Take them out of the configuration if they are meant to stay away.',
    covers: [],
  })
}

function capacityLoss(fact: DriftFact): Hazard[] {
  const real = fact.real.kind === 'known' ? numberOf(fact.real.value) : undefined
  const planned = fact.planned.kind === 'known' ? numberOf(fact.planned.value) : undefined
  return real !== undefined && planned !== undefined && planned < real ? ['capacity-loss'] : []
}
