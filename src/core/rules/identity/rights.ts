// Who may do what, before and after: rights gained, rights lost, and documents nobody can read yet.
import type { IdentityFact } from '../../analysis/identity/identity.ts'
import type { Severity } from '../../knowledge/kind.ts'
import type { Clearance, Concern, Evidence, Finding } from '../finding.ts'
import type { Rule, Spoken } from '../rule.ts'
import { finding } from '../speak.ts'

const ID = 'rights'

/** Dangers that matter in every environment: they reach beyond it. */
const REACHES_OUT = new Set([
  'escalation',
  'external-principal',
  'public',
  'organisation-wide',
  'administrator',
])

export const rights: Rule = {
  scope: 'plan',
  id: ID,
  title: 'Rights gained and rights lost',
  why: 'A right too many is invisible until it is used; a right too few stops a job at the worst time.',
  remedy:
    'Grant the actions the caller really makes, on the resources it really touches, with a condition.',
  releaseWhen: 'The two lists are exactly what was asked for, by someone who may ask.',
  sources: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html',
  ],
  check: (facts): Spoken => {
    const clearances: Clearance[] = []
    const findings: Finding[] = []
    for (const fact of facts.identity) {
      if (fact.effect === 'nil' && fact.doubts.length === 0) {
        clearances.push({
          rule: ID,
          address: fact.address,
          covers: fact.covers,
          note:
            fact.covers === 'all'
              ? 'identities that hold no rights'
              : 'policy documents rewritten with the same meaning',
        })
      } else findings.push(...speak(fact))
    }
    return { findings, clearances }
  },
}

function speak(fact: IdentityFact): Finding[] {
  const gained = fact.effect === 'gained' || fact.effect === 'both' || fact.dangers.length > 0
  const lost = fact.effect === 'lost' || fact.effect === 'both' || fact.losses.length > 0
  const findings: Finding[] = []
  if (fact.public)
    findings.push(
      say(fact, 'exposure-internet', 'can be used by anyone on the internet', 'critical'),
    )
  // Being public is the gain: it is said once, where it says nothing else.
  const saidAlready = fact.public && fact.dangers.every(({ kind }) => kind === 'public')
  if (gained && !saidAlready)
    findings.push(say(fact, gainConcern(fact), gainText(fact), fact.severity))
  if (lost) findings.push(say(fact, lossConcern(fact), lossText(fact), fact.severity))
  if (findings.length === 0 || fact.effect === 'unknown') {
    findings.push(say(fact, 'opaque', 'gets a policy that cannot be read from this plan', 'high'))
  }
  return findings
}

function gainConcern(fact: IdentityFact): Concern {
  if (fact.dangers.some(({ kind }) => kind === 'guardrail-loosened')) return 'guardrail-lowered'
  return fact.dangers.some(({ kind }) => REACHES_OUT.has(kind) || kind === 'boundary-removed')
    ? 'identity-dangerous'
    : fact.dangers.length > 0
      ? 'identity-wide'
      : 'identity-granted'
}

function lossConcern(fact: IdentityFact): Concern {
  return fact.losses.some(({ kind }) => kind === 'key-administrator')
    ? 'identity-dangerous'
    : 'identity-removed'
}

function gainText(fact: IdentityFact): string {
  const danger = fact.dangers[0]
  if (danger !== undefined) return `gives away too much: ${danger.text}`
  return `gives new rights: ${fact.gained[0] ?? 'see evidence'}`
}

function lossText(fact: IdentityFact): string {
  const loss = fact.losses[0]
  return `takes rights away: ${loss?.text ?? fact.lost[0] ?? 'see evidence'}`
}

function say(fact: IdentityFact, concern: Concern, what: string, severity: Severity): Finding {
  const evidence: Evidence[] = [
    ...fact.dangers.map(({ text }) => ({ path: '', note: text })),
    ...fact.losses.map(({ text }) => ({ path: '', note: text })),
    ...fact.gained.map((text) => ({ path: '', note: `may now: ${text}` })),
    ...fact.lost.map((text) => ({ path: '', note: `may no longer: ${text}` })),
    ...fact.doubts.map((text) => ({ path: '', note: text })),
  ]
  return finding(fact.address, {
    rule: ID,
    concern,
    hazards: fact.hazards,
    severity,
    what,
    why: WHY[concern] ?? 'Who may do what is different after the apply.',
    evidence: evidence.slice(0, 12),
    covers: fact.covers,
  })
}

const WHY: Partial<Record<Concern, string>> = {
  'exposure-internet':
    'A policy that names everyone is public, whatever stands in front of it today.',
  'identity-dangerous':
    'Whoever holds this can give themselves more, or someone outside can come in.',
  'identity-wide': 'The grant is wider than any one task needs.',
  'identity-granted': 'Someone can do more than before.',
  'identity-removed': 'Whoever relied on this right fails on next use, which may be at month end.',
  'guardrail-lowered': 'A limit that held for many is looser for all of them.',
  opaque: 'The text is decided during the apply, when nobody reads it any more.',
}
