// The second reader's part of a decision arranged for reading, apart from what the rules say. A model
// wrote the claims, so they stand in quotes, are numbered to be argued with, and are never the headline.
import type { Decision, Review } from '../decision.ts'
import { someOf } from './groups.ts'
import { addressText, capital, plural, sentence, stopped } from './words.ts'

export interface ReviewView {
  readonly outcome: Review['outcome']
  /** "escalated", "released within a limit": words of ours. */
  readonly outcomeText: string
  /** For the head of a report: undefined where the verdict is the rules' own. */
  readonly note: string | undefined
  /** One sentence: what was changed, or why nothing. */
  readonly because: string
  /** Those that speak against the plan first; numbered from 1 in this order. */
  readonly claims: readonly ClaimView[]
  /** What was thrown away, not shown, or looks written for its reader. */
  readonly remarks: readonly string[]
  /** What came of it, the verdict without it, the model, its prompt and the limit. */
  readonly facts: readonly (readonly [string, string])[]
  /** Tokens, and what they cost. */
  readonly used: string
  /** What it was shown, and what it used. */
  readonly details: readonly (readonly [string, string])[]
}

export interface ClaimView {
  readonly kind: 'Worry' | 'Mismatch' | 'Harmless'
  readonly address: string
  /** Empty for the resource as a whole. */
  readonly path: string
  /** Empty where none was named. */
  readonly hazard: string
  /** What the model had been shown when it said so. */
  readonly shown: string
  /** In quotes that nothing inside can close. */
  readonly says: string
}

/** Stands before every claim on every surface. */
export const MODEL_WORDS =
  "In quotes: the words of a model, which may be wrong. Findings and risk are the rules' own."

const OUTCOMES: Readonly<Record<Review['outcome'], string>> = {
  escalated: 'escalated',
  released: 'released within a limit',
  'no-change': 'no change',
  'no-opinion': 'no opinion',
}
const KINDS = { worry: 'Worry', mismatch: 'Mismatch', harmless: 'Harmless' } as const
const PASSES = {
  blind: 'saw the structure only',
  informed: 'saw free text too',
} as const

const MAX_LIMITS = 2
const MAX_NAME = 80
const MAX_LINE = 300
/** A claim has at most 300 characters, each of one or two units. */
const MAX_SAYS = 600
const MAX_REMARKS = 3
/** Nothing inside a quotation may look like its end. */
const QUOTES = /["\u201a\u201e\u2033\u301d-\u301f\uff02\p{Pi}\p{Pf}]/gu

/** The view, or undefined where no model was asked. */
export function reviewViewOf({ review, verdict }: Decision): ReviewView | undefined {
  if (review === null) return undefined
  return {
    outcome: review.outcome,
    outcomeText: outcomeText(review, verdict),
    note: noteOf(review, verdict),
    because: stopped(sentence(review.because, MAX_LINE)),
    claims: [...review.claims].sort((a, b) => weightOf(a) - weightOf(b)).map(claimOf),
    remarks: remarksOf(review),
    facts: factsOf(review),
    used: usageText(review),
    details: detailsOf(review),
  }
}

/** `Worry: ADDRESS at PATH (outage; saw the structure only)`, each name set as the surface does. */
export function claimLead(claim: ClaimView, shown: (name: string) => string): string {
  const at = claim.path === '' ? '' : ` at ${shown(claim.path)}`
  const hazard = claim.hazard === '' ? '' : `${shown(claim.hazard)}; `
  return `${claim.kind}: ${shown(claim.address)}${at} (${hazard}${claim.shown})`
}

/** "and 12 more claims", or undefined where all of them are shown. */
export function claimsLeftOut(view: ReviewView, shown: number): string | undefined {
  const more = view.claims.length - shown
  return more > 0 ? `and ${plural(more, 'more claim')}` : undefined
}

/** The one line of a reader that was asked and heard nothing usable. */
export function silentText(view: ReviewView): string {
  return `Second reader: ${view.because}`
}

/** A verdict that does not fit the outcome is never talked over. */
function outcomeText({ outcome }: Review, verdict: Decision['verdict']): string {
  return outcome === 'released' && verdict === 'hold'
    ? 'found it harmless; still held'
    : OUTCOMES[outcome]
}

function noteOf(
  { outcome, without, limits }: Review,
  verdict: Decision['verdict'],
): string | undefined {
  if (outcome === 'released' && verdict === 'release') {
    const ids = namesOf(limits.map(({ id }) => id))
    const people = namesOf(limits.map(({ grantedBy }) => grantedBy))
    // One limit is named with the reason.
    const within = ids.isOne ? '' : `, within limits ${ids.text}`
    const who = `${people.text} ${people.isOne ? 'answers' : 'answer'} for it`
    return `This rests on the word of a model${within}; the rules alone would hold this plan. ${who}.`
  }
  return outcome === 'escalated' && without === 'release' && verdict === 'hold'
    ? 'The rules alone would release this plan; it waits because of a second reader, a model that may be wrong.'
    : undefined
}

function namesOf(names: readonly string[]): { readonly text: string; readonly isOne: boolean } {
  const different = [...new Set(names.map((name) => sentence(name, MAX_NAME)))]
  const text = someOf(different, MAX_LIMITS, (name) => name)
  return { text: text === '' ? '(not named)' : text, isOne: different.length < 2 }
}

function weightOf({ kind }: Review['claims'][number]): number {
  return kind === 'harmless' ? 1 : 0
}

function claimOf(claim: Review['claims'][number]): ClaimView {
  const says = sentence(claim.says, MAX_SAYS).replace(QUOTES, "'")
  return {
    kind: KINDS[claim.kind],
    address: addressText(claim.address),
    path: sentence(claim.path, 200),
    hazard: claim.hazard === null ? '' : sentence(claim.hazard, 40),
    shown: PASSES[claim.pass],
    says: `"${says}"`,
  }
}

function remarksOf({ discarded, leftOut, hostile }: Review): readonly string[] {
  const some = (texts: readonly string[]): string =>
    sentence(
      someOf(
        texts.map((text) => sentence(text, 200)),
        MAX_REMARKS,
        (text) => text,
      ),
      MAX_LINE,
    )
  return [
    ...(discarded === 0
      ? []
      : [`Thrown away, because they cite nothing that was shown: ${plural(discarded, 'claim')}.`]),
    ...(leftOut.length === 0 ? [] : [stopped(`Not shown to it: ${some(leftOut)}`)]),
    ...(hostile.length === 0
      ? []
      : [stopped(`Text in the plan looks written for its reader: ${some(hostile)}`)]),
  ]
}

function factsOf(review: Review): readonly (readonly [string, string])[] {
  const limits = review.limits.map(
    ({ id, grantedBy }) =>
      `${sentence(id, MAX_NAME)} (granted by ${sentence(grantedBy, MAX_NAME)})`,
  )
  return [
    ['Outcome', capital(stopped(sentence(review.because, MAX_LINE)))],
    ['Rules alone', review.without],
    ['Model', sentence(review.model, MAX_NAME)],
    ['Prompt', sentence(review.promptDigest, 120)],
    ['Limit', limits.length === 0 ? 'none used' : sentence(limits.join(', '), MAX_LINE)],
  ]
}

function detailsOf(review: Review): readonly (readonly [string, string])[] {
  return [
    ['Packet', sentence(review.packetDigest, 120)],
    ['Team notes', review.notesDigest === null ? 'none' : sentence(review.notesDigest, 120)],
    ['Code shown', review.codeBlocks === 0 ? 'none' : plural(review.codeBlocks, 'block')],
    ['Used', usageText(review)],
  ]
}

function usageText({ usage, cost }: Review): string {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = usage
  const price = cost === null ? 'price not known' : `$${cost.toFixed(4)}`
  return `${inputTokens} tokens in, ${outputTokens} out, ${cacheReadTokens} read from the cache, ${cacheWriteTokens} written to it; ${price}`
}
