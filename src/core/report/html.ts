// A decision as one file to open, send or print: no script, no network, readable on a phone, in
// light and dark. Every text passes the escaper; the policy in the head forbids all else.
import type { Decision } from '../decision.ts'
import { escapeHtml } from '../text/safe.ts'
import { type EvidenceLine, type FindingGroup, leftOut, titleText } from './groups.ts'
import { HTML_STYLE } from './html-style.ts'
import { type ReportView, viewOf } from './view.ts'

/** Groups shown in full; the rest is counted. */
const MAX_GROUPS = 300
const MAX_ADDRESSES = 200

/** A complete HTML5 document. */
export function renderHtml(decision: Decision): string {
  const view = viewOf(decision)
  const title = escapeHtml(view.headline)
  const rest = leftOut(view.groups.slice(MAX_GROUPS))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${HTML_STYLE}</style>
</head>
<body>
<main>
<header class="${view.verdict}">
<h1>${title}</h1>
<p class="reason">${escapeHtml(view.reason)}</p>
${listOf(view.otherReasons)}${view.phaseNote === undefined ? '' : `<p>${view.phaseNote}</p>\n`}</header>
<dl>
${factsOf(view)
  .map(([label, text]) => `<div><dt>${label}</dt><dd>${escapeHtml(text)}</dd></div>`)
  .join('\n')}
</dl>
${view.groups.slice(0, MAX_GROUPS).map(sectionOf).join('\n')}
${rest === undefined ? '' : `<p class="rest">${escapeHtml(rest)}</p>\n`}${clearOf(view)}<footer>Policy ${escapeHtml(view.policy)}. Plan <code>${escapeHtml(view.digest)}</code>, Terraform ${escapeHtml(view.terraform)}.</footer>
</main>
</body>
</html>
`
}

function factsOf(view: ReportView): readonly (readonly [string, string])[] {
  const facts: (readonly [string, string])[] = [
    ['Changes', view.changes],
    ['Risk', view.risk],
    ['Environment', view.environment],
  ]
  return view.verdict === 'hold' && view.owner !== null
    ? [['Who decides', view.owner], ...facts]
    : facts
}

function sectionOf(group: FindingGroup, at: number): string {
  const others = group.addresses.slice(1)
  return `<section class="${group.severity}" aria-labelledby="f${at}">
<p class="mark"><strong>${group.severity}</strong> ${group.holds ? 'needs a person' : 'worth knowing'}</p>
<h2 id="f${at}">${escapeHtml(titleText(group.title))}</h2>
${tableOf(group.evidence)}${group.advice
  .map(([label, text]) => `<p><strong>${label}.</strong> ${escapeHtml(text)}</p>`)
  .join('\n')}
${othersOf(others)}<p class="rule">Rule <code>${escapeHtml(group.rule)}</code></p>
</section>`
}

function tableOf(evidence: readonly EvidenceLine[]): string {
  if (evidence.length === 0) return ''
  const rows = evidence.map((item) => {
    const forced = item.forcesReplacement ? ' <em>forces replacement</em>' : ''
    const note = item.note === undefined ? '' : ` ${escapeHtml(item.note)}`
    const name = item.path === '' ? '' : `<code>${escapeHtml(item.path)}</code>`
    const isNote = item.before === undefined && item.after === undefined
    return isNote
      ? `<tr><th scope="row">${name}${forced}</th><td colspan="2">${note.trim()}</td></tr>`
      : `<tr><th scope="row">${name}${forced}${note}</th><td>${cell(item.before)}</td><td>${cell(item.after)}</td></tr>`
  })
  return `<div class="scroll" role="region" aria-label="Evidence" tabindex="0"><table>
<thead><tr><th scope="col">What</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>
`
}

function cell(text: string | undefined): string {
  return text === undefined ? '(none)' : `<code>${escapeHtml(text)}</code>`
}

function othersOf(others: readonly string[]): string {
  if (others.length === 0) return ''
  const more = others.length - MAX_ADDRESSES
  const rows = others
    .slice(0, MAX_ADDRESSES)
    .map((item) => `<li><code>${escapeHtml(item)}</code></li>`)
  return `<details><summary>Also ${others.length} more</summary><ul>
${rows.join('\n')}${more > 0 ? `\n<li>and ${more} more</li>` : ''}
</ul></details>
`
}

function listOf(items: readonly string[]): string {
  if (items.length === 0) return ''
  const more = items.length - 10
  const rows = items.slice(0, 10).map((text) => `<li>${escapeHtml(text)}</li>`)
  return `<ul>\n${rows.join('\n')}${more > 0 ? `\n<li>and ${more} more reasons</li>` : ''}\n</ul>\n`
}

function clearOf(view: ReportView): string {
  if (view.clear.length === 0) return ''
  return `<section class="clear"><h2>Looked at and harmless</h2>\n${listOf(view.clear)}</section>\n`
}
