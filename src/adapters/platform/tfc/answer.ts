// The callback: how an update is written (run-task protocol, "callback body" and its limits) and
// what an answer to it means. Pure; the limits are checked again here whoever wrote the report.
import type { Outcome, OutcomeTag } from '../../../core/report/run-task.ts'
import type { ReportFailure } from '../../../gate/failure.ts'
import type { Update } from '../../../gate/ports.ts'

export const CONTENT_TYPE = 'application/vnd.api+json'

/** In Unicode code points where the unit is characters; source: the platform's JSON schemas. */
export const LIMITS = {
  message: 1000,
  outcomes: 250,
  outcomeId: 64,
  description: 1000,
  body: 10_000,
  tagKeys: 10,
  labelsPerTag: 32,
  label: 32,
  /** UTF-16 units of the whole document; not documented, chosen to stay far below any proxy's cap. */
  document: 1_000_000,
} as const

const CUT = '…'

/** @param withOutcomes false where the caller cannot show them, or has refused them once */
export function callbackBody(update: Update, withOutcomes: boolean): string {
  const outcomes = withOutcomes ? wireOutcomes(update.outcomes) : []
  return JSON.stringify({
    data: {
      type: 'task-results',
      attributes: {
        status: update.status,
        message: cut(update.message.trim() === '' ? update.status : update.message, LIMITS.message),
      },
      ...(outcomes.length === 0 ? {} : { relationships: { outcomes: { data: outcomes } } }),
    },
  })
}

/** Cuts on a code-point boundary, and the cut is visible. Lone surrogates become U+FFFD. */
export function cut(text: string, max: number): string {
  const whole = text.replace(/\p{Surrogate}/gu, '\uFFFD')
  // Code points are never more than UTF-16 units, so most texts need no counting.
  if (whole.length <= max) return whole
  const points = Array.from(whole)
  return points.length <= max ? whole : `${points.slice(0, max - CUT.length).join('')}${CUT}`
}

function wireOutcomes(outcomes: readonly Outcome[]): readonly object[] {
  const shown =
    outcomes.length <= LIMITS.outcomes ? outcomes : outcomes.slice(0, LIMITS.outcomes - 1)
  const wire: object[] = []
  let size = 0
  for (const outcome of shown) {
    const next = wireOutcome(outcome)
    size += JSON.stringify(next).length
    if (size > LIMITS.document) break
    wire.push(next)
  }
  const left = outcomes.length - wire.length
  return left === 0 ? wire : [...wire, wireOutcome(overflow(left))]
}

/** The report orders outcomes by severity, so what is left out is the least severe. */
function overflow(left: number): Outcome {
  return {
    id: 'left-out',
    description: `${left} more, less severe, are left out here`,
    body: `The platform shows at most ${LIMITS.outcomes} outcomes; ${left} are left out.`,
    tags: {},
  }
}

function wireOutcome(outcome: Outcome): object {
  const tags = wireTags(outcome.tags)
  return {
    type: 'task-result-outcomes',
    attributes: {
      'outcome-id': cut(nonEmpty(singleLine(outcome.id), 'finding'), LIMITS.outcomeId),
      description: cut(nonEmpty(singleLine(outcome.description), 'finding'), LIMITS.description),
      ...(outcome.body === '' ? {} : { body: cut(outcome.body, LIMITS.body) }),
      ...(Object.keys(tags).length === 0 ? {} : { tags }),
    },
  }
}

function wireTags(tags: Outcome['tags']): Readonly<Record<string, readonly OutcomeTag[]>> {
  const kept = Object.entries(tags)
    .map(([key, labels]) => [tagKey(key), wireLabels(labels)] as const)
    .filter(([, labels]) => labels.length > 0)
    .slice(0, LIMITS.tagKeys)
  return Object.fromEntries(kept)
}

function wireLabels(labels: readonly OutcomeTag[]): readonly OutcomeTag[] {
  return labels
    .filter(({ label }) => label.trim() !== '')
    .slice(0, LIMITS.labelsPerTag)
    .map(({ label, level }) => ({ label: cut(singleLine(label), LIMITS.label), level }))
}

function tagKey(key: string): string {
  const word = key.replace(/[^A-Za-z0-9_]/g, '_')
  return /^[A-Za-z_]/.test(word) ? word : `_${word}`
}

function singleLine(text: string): string {
  return text.replace(/[\s\u0085\u2028\u2029]+/g, ' ').trim()
}

function nonEmpty(text: string, otherwise: string): string {
  return text === '' ? otherwise : text
}

/** What an answer to a callback means, before time and outcomes are considered. */
export type Judged =
  | { readonly kind: 'accepted' | 'already-decided' | 'malformed' | 'again' }
  | { readonly kind: 'refused'; readonly failure: ReportFailure }

export function judgeAnswer(status: number): Judged {
  if (status >= 200 && status < 300) return { kind: 'accepted' }
  if (status === 409) return { kind: 'already-decided' }
  if (status === 422) return { kind: 'malformed' }
  if (status === 429 || status === 408 || status >= 500) return { kind: 'again' }
  if (status === 401) return { kind: 'refused', failure: { reason: 'unauthorised' } }
  if (status === 404) return { kind: 'refused', failure: { reason: 'not-found' } }
  // Redirects included: a callback carries a credential and is never sent elsewhere.
  return { kind: 'refused', failure: { reason: 'refused', status } }
}
