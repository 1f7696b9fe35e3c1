// The blast radius as drawings: a changed object on top, what depends on it below. A drawing is an
// image to a screen reader, so every one has its list beside it.
import { escapeHtml } from '../text/safe.ts'
import { namesOf } from './html-parts.ts'
import type { Reach } from './view.ts'
import { plural } from './words.ts'

const MAX_DRAWINGS = 8
const MAX_NODES = 10
const WIDTH = 340
/** Characters of the drawing's type that fit a box. */
const FITS = { root: 41, node: 37 }
const STEP = 48
const INDENT = 30

/** The section, or nothing where nothing is known to depend on what changes. */
export function reachSection(reach: readonly Reach[]): string {
  if (reach.length === 0) return ''
  const rest = reach.slice(MAX_DRAWINGS)
  const more =
    rest.length === 0
      ? ''
      : `<p>${plural(rest.length, 'more object')} with dependents not drawn: ${namesOf(rest.map(({ subject }) => subject))}.</p>\n`
  return `<section aria-labelledby="reach"><h2 id="reach">What depends on it</h2>
<p>As far as this configuration shows; readers elsewhere are not known here.</p>
<div class="graphs">
${reach.slice(0, MAX_DRAWINGS).map(figureOf).join('\n')}
</div>
${more}</section>
`
}

function figureOf(one: Reach, at: number): string {
  const total = one.dependents.length + one.more
  const items = one.dependents.map((text) => `<li><code>${escapeHtml(text)}</code></li>`)
  const more = one.more > 0 ? [`<li>and ${one.more} more</li>`] : []
  return `<figure class="card">
${drawingOf(one, total, at)}
<figcaption><details><summary>${plural(total, 'dependent')} of <code>${escapeHtml(one.subject)}</code></summary><ul>
${[...items, ...more].join('\n')}
</ul></details></figcaption>
</figure>`
}

function drawingOf(one: Reach, total: number, at: number): string {
  const shown = one.dependents.slice(0, MAX_NODES)
  const hidden = total - shown.length
  const labels = hidden > 0 ? [...shown, `and ${hidden} more`] : shown
  const height = STEP * (labels.length + 1)
  const last = STEP * labels.length + 20
  const title = `${one.subject} and ${plural(total, 'dependent')}`
  const stubs = labels.map((_label, row) => `M14 ${STEP * (row + 1) + 20}H${INDENT}`)
  return `<svg class="graph" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="g${at}">
<title id="g${at}">${escapeHtml(title)}</title>
<path d="M14 40V${last}${stubs.join('')}"/>
<g class="root">${boxOf(one.subject, 0, 0, FITS.root)}</g>
${labels.map((label, row) => boxOf(label, INDENT, STEP * (row + 1), FITS.node)).join('\n')}
</svg>`
}

/** The module on a line of its own, in small type: the end of an address tells most. */
function boxOf(address: string, x: number, y: number, fits: number): string {
  const [module, name] = splitAddress(address)
  const rect = `<rect x="${x + 0.5}" y="${y + 0.5}" width="${WIDTH - x - 1}" height="39" rx="6"/>`
  const line = (text: string, at: number, kind: string): string =>
    `<text${kind} x="${x + 9}" y="${y + at}">${escapeHtml(text)}</text>`
  if (module === '') return rect + line(shortened(name, fits), 25, '')
  return (
    rect +
    line(shortened(module, fits + 6), 15, ' class="module"') +
    line(shortened(name, fits), 31, '')
  )
}

function splitAddress(address: string): readonly [string, string] {
  const match = /^((?:module\.[^.[\]]+(?:\[[^\]]*\])?\.)+)(.+)$/.exec(address)
  return match === null ? ['', address] : [(match[1] ?? '').slice(0, -1), match[2] ?? '']
}

/** Both ends stay: types start alike and names end apart. */
function shortened(text: string, fits: number): string {
  const points = [...text]
  if (points.length <= fits) return text
  const head = Math.ceil((fits - 1) / 2)
  return `${points.slice(0, head).join('')}…${points.slice(head + 1 - fits).join('')}`
}
