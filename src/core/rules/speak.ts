// How a rule says something: what it observed, with the advice that belongs to the hazard.

import { nameOf } from '../change/from-plan.ts'
import type { Change, Delta } from '../change/model.ts'
import { evidenceOf } from '../change/show.ts'
import { HAZARDS, type HazardAdvice } from '../knowledge/data/hazards.ts'
import type { Hazard, Severity } from '../knowledge/kind.ts'
import type { Concern, Cover, Evidence, Finding } from './finding.ts'

/** What a rule observed; everything else comes from the first hazard's advice. */
export interface Observation {
  readonly rule: string
  readonly concern: Concern
  /** The first one leads: its advice is the one given. */
  readonly hazards: readonly Hazard[]
  readonly severity: Severity
  /** What happens, without the address: "would be replaced; its data is lost". */
  readonly what: string
  readonly why: string
  readonly covers: Cover
  readonly evidence?: readonly Evidence[]
  /** Words in the advice's case that fit best ("replace", "setting"). */
  readonly adviceFor?: string
  readonly check?: string
  readonly alternative?: string
  readonly reversibility?: string
  readonly rollback?: string
  readonly unaffected?: string
}

const EVIDENCE_SHOWN = 8

const NO_ADVICE: HazardAdvice = { case: '', before: '', undo: '', cannotUndo: '', after: '' }

/** A finding about one change. */
export function findingOn(change: Change, seen: Observation): Finding {
  return finding(nameOf(change), seen)
}

/** A finding about the plan as a whole, or about something that is no resource. */
export function finding(address: string, seen: Observation): Finding {
  const advice = adviceOf(seen.hazards, seen.adviceFor)
  const lost = advice.cannotUndo === '' ? '' : ` What does not come back: ${advice.cannotUndo}.`
  return {
    rule: seen.rule,
    concern: seen.concern,
    hazards: [...new Set(seen.hazards)],
    severity: seen.severity,
    address,
    summary: address === '' ? capital(seen.what) : `${address} ${seen.what}`,
    evidence: seen.evidence ?? [],
    why: seen.why,
    check: seen.check ?? sentence(advice.before),
    alternative: seen.alternative ?? '',
    reversibility: seen.reversibility ?? reversibilityOf(seen.hazards),
    rollback: seen.rollback ?? `${sentence(advice.undo)}${lost}`.trim(),
    after: sentence(advice.after),
    ...(seen.unaffected === undefined ? {} : { unaffected: seen.unaffected }),
    covers: seen.covers,
  }
}

/** Evidence for the first few deltas, and a count of the rest. */
export function evidenceFor(deltas: readonly Delta[]): Evidence[] {
  const shown: Evidence[] = deltas.slice(0, EVIDENCE_SHOWN).map(evidenceOf)
  const rest = deltas.length - shown.length
  if (rest > 0) shown.push({ path: '', note: `and ${rest} more attributes` })
  return shown
}

function adviceOf(hazards: readonly Hazard[], wanted: string | undefined): HazardAdvice {
  const rows = hazards.map((id) => HAZARDS.find((row) => row.id === id))
  for (const row of rows) {
    const fitting = row?.advice.find((item) => wanted !== undefined && item.case.includes(wanted))
    if (fitting !== undefined) return fitting
  }
  return rows[0]?.advice[0] ?? NO_ADVICE
}

function reversibilityOf(hazards: readonly Hazard[]): string {
  const row = HAZARDS.find(({ id }) => id === hazards[0])
  return row === undefined || row.reversibility === '-' ? 'not known' : row.reversibility
}

function sentence(text: string): string {
  if (text === '') return ''
  return /[.?!]$/.test(text) ? capital(text) : `${capital(text)}.`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
