// A decision as one file to open, send or print: no script, no network, readable on a phone, in
// light and dark. Every text passes the escaper; the policy in the head forbids all else.
import type { Decision } from '../decision.ts'
import { escapeHtml } from '../text/safe.ts'
import { type FindingGroup, leftOut } from './groups.ts'
import { chipOf, findingSection, titleHtml } from './html-finding.ts'
import { breakable, listOf, pairsOf } from './html-parts.ts'
import { reachSection } from './html-reach.ts'
import { REVIEW_STYLE, reviewSection } from './html-review.ts'
import { HTML_STYLE } from './html-style.ts'
import { type ReportView, viewOf, wayBackRow } from './view.ts'
import { NOBODY_NAMED } from './words.ts'

/** Bytes of findings shown in full; the rest is counted. With all else the page stays below 2 MB. */
const MAX_FINDINGS = 1_000_000
/** From here on, findings that do not hold are folded. */
const MANY = 12
const MAX_LISTED = 60
const ENCODER: TextEncoder = new TextEncoder()

/** A complete HTML5 document of less than 2 MB. */
export function renderHtml(decision: Decision): string {
  const view = viewOf(decision)
  const title = escapeHtml(view.headline)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${HTML_STYLE}${view.review === undefined ? '' : REVIEW_STYLE}</style>
</head>
<body>
<main>
<header class="${view.verdict}">
<h1>${title}</h1>
<p class="reason">${breakable(view.reason)}</p>
${listOf(view.otherReasons, 10, 'reasons')}${view.phaseNote === undefined ? '' : `<p>${view.phaseNote}</p>\n`}${reviewNote(view)}</header>
${pairsOf(factsOf(view), 'facts')}${riskSection(view)}${findingsSection(view.groups)}${reachSection(view.reach)}${clearSection(view)}${reviewSection(view.review)}<section aria-labelledby="lineage"><h2 id="lineage">What this was decided from</h2>
${pairsOf(view.lineage, 'facts card')}</section>
<footer>${originOf(view)} This page holds no script and loads nothing.</footer>
</main>
</body>
</html>
`
}

/** Who lets it pass, or that rules alone would have, is not left to the end of the page. */
function reviewNote({ review }: ReportView): string {
  return review?.note === undefined ? '' : `<p class="second">${breakable(review.note)}</p>\n`
}

function originOf({ review }: ReportView): string {
  return review === undefined
    ? "Decided from the plan's own text, without a call to any cloud."
    : "The rules decided from the plan's own text, without a call to any cloud; a model was asked beside them."
}

function factsOf(view: ReportView): readonly (readonly [string, string])[] {
  const facts: (readonly [string, string])[] = [
    ['Environment', view.environment],
    ['Changes', view.changes],
    ...wayBackRow(view),
  ]
  if (view.verdict === 'release') return facts
  return [['Who decides', view.owner ?? NOBODY_NAMED], ...facts]
}

function riskSection(view: ReportView): string {
  const score = Math.round(view.score)
  const words = `Risk ${view.risk}`
  const bars = [25, 50, 75].map((x) => `<line x1="${x}%" x2="${x}%" y1="4" y2="22"/>`).join('')
  const steps =
    view.arithmetic.length === 0
      ? ''
      : `<h3>How the score came about</h3>\n${listOf(view.arithmetic, 12, 'steps', ' class="steps"')}`
  return `<section class="card" aria-labelledby="risk"><h2 id="risk">${words}</h2>
<svg class="meter" role="img" aria-label="${words}"><rect class="track" x="0" y="4" width="100%" height="18" rx="4"/><rect class="${view.level}" x="0" y="4" width="${score}%" height="18" rx="4"/>${bars}</svg>
${steps}${countsOf(view)}</section>
`
}

function countsOf(view: ReportView): string {
  if (view.counts.length === 0) return ''
  const chips = view.counts.map(([count, words]) => `<li><strong>${count}</strong> ${words}</li>`)
  return `<h3>Changes</h3>\n<ul class="counts">\n${chips.join('\n')}\n</ul>\n`
}

function findingsSection(groups: readonly FindingGroup[]): string {
  if (groups.length === 0) return ''
  const shown: string[] = []
  let room = MAX_FINDINGS
  for (const [at, group] of groups.entries()) {
    const text = findingSection(group, at, groups.length > MANY && !group.holds)
    room -= ENCODER.encode(text).length
    if (room < 0) break
    shown.push(text)
  }
  const rest = leftOut(groups.slice(shown.length))
  return `<section aria-labelledby="findings"><h2 id="findings">Findings</h2>
${overview(groups.slice(0, shown.length))}${shown.join('\n')}
${rest === undefined ? '' : `<p class="rest">${escapeHtml(rest)}</p>\n`}</section>
`
}

/** What there is, at a glance, where it is more than fits a screen. */
function overview(groups: readonly FindingGroup[]): string {
  if (groups.length < 3) return ''
  const rows = groups
    .slice(0, MAX_LISTED)
    .map((group, at) => `<li>${chipOf(group)}<a href="#f${at}">${titleHtml(group.title)}</a></li>`)
  const more = groups.length - MAX_LISTED
  return `<nav class="card" aria-label="Findings"><ul class="list">
${rows.join('\n')}${more > 0 ? `\n<li>and ${more} more below</li>` : ''}
</ul></nav>
`
}

function clearSection(view: ReportView): string {
  if (view.clear.length === 0) return ''
  return `<section aria-labelledby="clear"><h2 id="clear">Looked at and harmless</h2>
${listOf(view.clear, 100, 'things', ' class="clear card"')}</section>
`
}
