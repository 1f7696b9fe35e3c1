// The second reader's part as Markdown: for a comment under a heading, for an outcome without one.
import { escapeMarkdown, markdownCode } from '../text/safe.ts'
import {
  claimLead,
  claimsLeftOut,
  MODEL_WORDS,
  type ReviewView,
  silentText,
} from './review-view.ts'

const MAX_CLAIMS = 20
const CODE: ReadonlySet<string> = new Set(['Model', 'Prompt'])

/**
 * Whole lines of at most `maxLength` characters (7 500 or more, which is what the frame can need);
 * claims without room are counted.
 */
export function reviewMarkdown(review: ReviewView, maxLength: number): string[] {
  if (review.outcome === 'no-opinion') return [escapeMarkdown(silentText(review))]
  const head = [
    ...review.facts.map(([label, text]) => {
      const shown = CODE.has(label) ? markdownCode(text) : escapeMarkdown(text)
      return `- **${label}:** ${shown}`
    }),
    ...review.remarks.map((text) => `- ${escapeMarkdown(text)}`),
  ]
  if (review.claims.length === 0) return head
  let room = maxLength - [...head, MODEL_WORDS].join('\n').length - 50
  const claims: string[] = []
  for (const claim of review.claims.slice(0, MAX_CLAIMS)) {
    const line = `1. ${claimLead(claim, markdownCode)}: ${escapeMarkdown(claim.says)}`
    room -= line.length + 1
    if (room < 0) break
    claims.push(line)
  }
  const rest = claimsLeftOut(review, claims.length)
  return [...head, '', MODEL_WORDS, '', ...claims, ...(rest === undefined ? [] : ['', rest])]
}
