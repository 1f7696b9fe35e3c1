// Network rules are judged by what is allowed before and after, not by how many blocks were edited.
import type { NetworkFact } from '../../analysis/network/network.ts'
import type { Hazard, Severity } from '../../knowledge/kind.ts'
import type { Clearance, Concern, Cover, Evidence, Finding } from '../finding.ts'
import type { Rule, Spoken } from '../rule.ts'
import { finding } from '../speak.ts'

const ID = 'net-effect'

export const netEffect: Rule = {
  scope: 'plan',
  id: ID,
  title: 'What network rules allow, before and after',
  why: 'A wider rule lets strangers in; a narrower one cuts off people who work today.',
  remedy:
    'Name the peer: a group or one subnet instead of a range; add the new rule before removing the old.',
  releaseWhen: 'Both lists, opened and closed, are what was asked for.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  check: (facts): Spoken => {
    const clearances: Clearance[] = []
    const findings: Finding[] = []
    for (const fact of facts.network) {
      if (isQuiet(fact)) {
        for (const { address, covers } of fact.changes.map(named)) {
          clearances.push({ rule: ID, address, covers, note: quietNote(fact) })
        }
      } else findings.push(...speak(fact))
      findings.push(...remarks(fact))
    }
    return { findings, clearances }
  },
}

function isQuiet(fact: NetworkFact): boolean {
  if (fact.doubts.length > 0 || fact.effect === 'unknown') return false
  if (fact.effect === 'nil') return true
  return fact.newGroup && fact.effect !== 'public'
}

function named({ address, deposed, covers }: NetworkFact['changes'][number]): {
  address: string
  covers: Cover
} {
  return { address: deposed === undefined ? address : `${address} (deposed ${deposed})`, covers }
}

function quietNote(fact: NetworkFact): string {
  return fact.effect === 'nil'
    ? 'network rules rewritten without net effect'
    : 'rules of a new group, nothing public'
}

/** One finding for each change of the rule set, so that each is accounted for; the first one tells. */
function speak(fact: NetworkFact): Finding[] {
  // Only an address list that the rules name changes: the finding is about the rule set.
  const [first = { address: fact.group, covers: [] }, ...others] = fact.changes.map(named)
  const { concern, hazards, severity } = weigh(fact)
  const evidence: Evidence[] = [
    ...fact.opened.map((text) => ({ path: '', note: `opens ${counted(text)}` })),
    ...fact.closed.map((text) => ({ path: '', note: `closes ${counted(text)}` })),
    ...fact.doubts.map((text) => ({ path: '', note: text })),
    ...(fact.gap === undefined ? [] : [{ path: '', note: fact.gap }]),
  ]
  const said = finding(first.address, {
    rule: ID,
    concern,
    hazards,
    severity,
    what: sentence(fact),
    why: WHY[concern] ?? 'Who can reach what is different after the apply.',
    evidence,
    ...unchanged(fact),
    covers: first.covers,
  })
  return [
    said,
    ...others.map((part) => ({
      ...said,
      address: part.address,
      covers: part.covers,
      evidence: [
        { path: '', note: `part of the rules of ${fact.group}, told at ${first.address}` },
      ],
      summary: `${part.address} is part of the same change of ${fact.group}`,
    })),
  ]
}

/** The last line of a long list is "and 3 more". */
function counted(text: string): string {
  return text.replace(/^and (?=\d+ more$)/, '')
}

function unchanged({ unchangedCount, group }: NetworkFact): { readonly unaffected?: string } {
  if (unchangedCount === 0) return {}
  return {
    unaffected:
      unchangedCount === 1
        ? `1 other rule of ${group} stays as it is.`
        : `${unchangedCount} other rules of ${group} stay as they are.`,
  }
}

const WHY: Partial<Record<Concern, string>> = {
  'exposure-internet':
    'Strangers can reach it as soon as the rule is there; scanners find an open port within minutes.',
  'exposure-web':
    'Web ports on a load balancer are usually meant to be public; the service behind becomes reachable by everyone.',
  'network-widened':
    'More private places can reach it than before, also the one that gets broken into.',
  'network-narrowed':
    'A narrower rule is technically safer and still an outage for whoever came through the old one.',
  'network-changed': 'What the rules will allow cannot be read from this plan.',
}

function weigh(fact: NetworkFact): {
  concern: Concern
  hazards: readonly Hazard[]
  severity: Severity
} {
  const grade: Severity = fact.grade
  switch (fact.effect) {
    case 'public':
      return fact.webOnly
        ? { concern: 'exposure-web', hazards: ['internet-exposure'], severity: 'medium' }
        : { concern: 'exposure-internet', hazards: ['internet-exposure'], severity: grade }
    case 'wider':
      return { concern: 'network-widened', hazards: ['network-widening'], severity: grade }
    case 'narrower':
    case 'moved':
      return { concern: 'network-narrowed', hazards: ['outage'], severity: 'medium' }
    case 'mixed':
      return {
        concern: 'network-widened',
        hazards: ['network-widening', 'outage'],
        severity: grade,
      }
    default:
      return {
        concern: 'network-changed',
        hazards: ['opaque', 'outage', 'internet-exposure'],
        severity: 'high',
      }
  }
}

/** `tcp 22 from ::/0` → `tcp 22 to the internet (::/0)`; parts that come after the range stay there. */
function toInternet(opens: string): string {
  const range = / from ((?:[\d.]+|[\da-f:]*:[\da-f:]*)\/\d+)/.exec(opens)
  if (range?.[1] === undefined) return `${opens} to the internet`
  return `${opens.replace(range[0], '')} to the internet (${range[1]})`
}

function sentence(fact: NetworkFact): string {
  const opens = fact.opened[0]
  const closes = fact.closed[0]
  switch (fact.effect) {
    case 'public':
      return / to \S+$/.test(opens ?? '')
        ? `opens ${opens}, on the internet`
        : `opens ${toInternet(opens ?? 'something')}`
    case 'wider':
      return `lets in more than before: ${opens ?? 'see evidence'}`
    case 'narrower':
      return `lets in less than before: ${closes ?? 'see evidence'} is cut off`
    case 'moved':
      return `moves access: ${closes ?? 'the old peer'} loses it, ${opens ?? 'a new peer'} gets it`
    case 'mixed':
      return `opens ${opens ?? 'something'} and closes ${closes ?? 'something'}`
    default:
      return 'changes network rules in a way this plan does not show'
  }
}

function remarks(fact: NetworkFact): Finding[] {
  const address = fact.changes[0]?.address ?? fact.group
  return fact.remarks.map(({ hazard, text }) =>
    finding(address, {
      rule: ID,
      concern: REMARK_CONCERN[hazard] ?? 'note',
      hazards: [hazard],
      severity: REMARK_CONCERN[hazard] === undefined ? 'info' : 'high',
      what: text,
      why: 'It follows from how this kind of rule set works, not from what the rules say.',
      covers: [],
    }),
  )
}

const REMARK_CONCERN: Partial<Record<Hazard, Concern>> = {
  outage: 'network-narrowed',
  'internet-exposure': 'exposure-internet',
  'network-widening': 'network-widened',
  opaque: 'network-changed',
}
