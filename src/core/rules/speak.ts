// How a rule says something: what it observed, with the advice that belongs to its concern.
import { nameOf } from '../change/from-plan.ts'
import type { Change, Delta } from '../change/model.ts'
import { evidenceOf } from '../change/show.ts'
import type { Hazard, Severity } from '../knowledge/kind.ts'
import { rowOf } from './advice/advice.ts'
import type { Concern, Cover, Evidence, Finding } from './finding.ts'

/** What a rule observed. Advice it does not give comes from its concern (`advice/`), the rest from `explain.ts`. */
export interface Observation {
  readonly rule: string
  readonly concern: Concern
  readonly hazards: readonly Hazard[]
  readonly severity: Severity
  /** What happens, without the address: "would be replaced; its data is lost". */
  readonly what: string
  readonly why: string
  readonly covers: Cover
  readonly evidence?: readonly Evidence[]
  readonly check?: string
  readonly alternative?: string
  /** What the way back takes, without the words of its class: "set the old value again". */
  readonly reversibility?: string
  readonly rollback?: string
  readonly after?: string
  readonly unaffected?: string
}

const EVIDENCE_SHOWN = 8

/** A finding about one change. */
export function findingOn(change: Change, seen: Observation): Finding {
  return finding(nameOf(change), seen)
}

/** A finding about the plan as a whole, or about something that is no resource. */
export function finding(address: string, seen: Observation): Finding {
  const advice = rowOf(seen.concern)
  return {
    rule: seen.rule,
    concern: seen.concern,
    hazards: [...new Set(seen.hazards)],
    severity: seen.severity,
    address,
    summary: address === '' ? capital(seen.what) : `${address} ${seen.what}`,
    evidence: seen.evidence ?? [],
    why: seen.why,
    check: seen.check ?? advice.check,
    alternative: seen.alternative ?? '',
    reversibility: seen.reversibility ?? '',
    rollback: seen.rollback ?? advice.rollback,
    after: seen.after ?? advice.after,
    ...(seen.unaffected === undefined ? {} : { unaffected: seen.unaffected }),
    covers: seen.covers,
  }
}

/** Evidence for the first few deltas, and a count of the rest. */
export function evidenceFor(deltas: readonly Delta[]): Evidence[] {
  const shown: Evidence[] = deltas.slice(0, EVIDENCE_SHOWN).map(evidenceOf)
  const rest = deltas.length - shown.length
  if (rest > 0) shown.push({ path: '', note: `and ${rest} more attribute${rest === 1 ? '' : 's'}` })
  return shown
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
