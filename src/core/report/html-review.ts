// The second reader's part of the HTML report: a section of its own after everything the rules say,
// in another dress, so that nobody takes a model's words for a finding.
import { escapeHtml } from '../text/safe.ts'
import { breakable, listOf, pairsOf } from './html-parts.ts'
import {
  type ClaimView,
  claimLead,
  claimsLeftOut,
  MODEL_WORDS,
  type ReviewView,
  silentText,
} from './review-view.ts'

const MAX_CLAIMS = 60

export const REVIEW_STYLE = `
.reader{border:1px dashed var(--soft);border-radius:.5rem;padding:.9rem 1rem;margin:2rem 0 .8rem}
.reader h2{margin-top:0}
.second{border-left:.25rem solid currentColor;padding-left:.6rem;font-weight:600}
.claims{padding-left:1.6rem;margin:.6rem 0}
.claims li{margin:.5rem 0}
.says{margin:.2rem 0;padding:.3rem .6rem;background:var(--box);border-radius:.4rem;font-style:italic}
`

/** The section; folded to one line where nothing usable was heard; nothing where no model was asked. */
export function reviewSection(review: ReviewView | undefined): string {
  if (review === undefined) return ''
  const details = pairsOf(review.details, 'facts')
  if (review.outcome === 'no-opinion') {
    return `<details class="card"><summary>${breakable(silentText(review))}</summary>
${pairsOf(review.facts.slice(1), 'facts')}${listOf(review.remarks, 8, 'remarks')}${details}</details>
`
  }
  return `<section class="reader" aria-labelledby="reader"><h2 id="reader">Second reader: ${escapeHtml(review.outcomeText)}</h2>
${pairsOf(review.facts, 'facts')}${listOf(review.remarks, 8, 'remarks')}${claimsOf(review)}${details}</section>
`
}

function claimsOf(review: ReviewView): string {
  if (review.claims.length === 0) return ''
  const rest = claimsLeftOut(review, MAX_CLAIMS)
  return `<p class="mark">${MODEL_WORDS}</p>
<ol class="claims">
${review.claims.slice(0, MAX_CLAIMS).map(claimHtml).join('\n')}
</ol>
${rest === undefined ? '' : `<p>${rest}</p>\n`}`
}

function claimHtml(claim: ClaimView): string {
  const lead = claimLead(claim, (name) => `<code>${breakable(name)}</code>`)
  return `<li>${lead}<p class="says">${escapeHtml(claim.says)}</p></li>`
}
