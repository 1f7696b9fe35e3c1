// One finding group in the HTML report: what happens, before and after side by side, what to do
// first, and the way back.
import { escapeHtml } from '../text/safe.ts'
import type { EvidenceLine, FindingGroup, Title } from './groups.ts'
import { changedPart } from './html-changed.ts'
import { breakable, codeOf, pairsOf } from './html-parts.ts'
import { UNDO_LABELS } from './words.ts'

const MAX_ADDRESSES = 200

/** A section for what holds; what does not can be folded away when there is much of it. */
export function findingSection(group: FindingGroup, at: number, isFolded: boolean): string {
  const title = `<h3 id="f${at}">${titleHtml(group.title)}</h3>`
  const kind = `class="card finding ${group.severity}"`
  const chip = chipOf(group)
  if (isFolded) {
    return `<details ${kind}><summary>${chip} ${title}</summary>
${bodyOf(group)}</details>`
  }
  const mark = `<p class="mark">${chip} ${group.holds ? 'needs a person' : 'worth knowing'}</p>`
  return `<section ${kind} aria-labelledby="f${at}">
${mark}
${title}
${bodyOf(group)}</section>`
}

export function chipOf(group: FindingGroup): string {
  return `<span class="chip ${group.severity}">${group.severity}</span>`
}

export function titleHtml(title: Title): string {
  return title.subject === ''
    ? escapeHtml(title.what)
    : `<code>${breakable(title.subject)}</code>${spaced(title.what)}`
}

/** `escapeHtml` starts with a word; the space before it is ours. */
function spaced(what: string): string {
  return `${what.startsWith(' ') ? ' ' : ''}${escapeHtml(what)}`
}

function bodyOf(group: FindingGroup): string {
  const isUndo = ([label]: readonly [string, string]): boolean => UNDO_LABELS.has(label)
  const undo = group.advice.filter(isUndo)
  const first = group.advice.filter((pair) => !isUndo(pair))
  const box =
    undo.length === 0
      ? ''
      : `<div class="undo"><h4>The way back</h4>\n${pairsOf(undo, 'advice')}</div>\n`
  return `${evidenceHtml(group.evidence)}${othersOf(group.addresses.slice(1))}${
    first.length === 0 ? '' : pairsOf(first, 'advice')
  }${box}<p class="rule">Rule ${codeOf(group.rule)}${hazardsOf(group)}${grantOf(group)}</p>
`
}

function hazardsOf(group: FindingGroup): string {
  return group.hazards.length === 0 ? '' : `; hazards: ${escapeHtml(group.hazards.join(', '))}`
}

function grantOf({ grant, limit }: FindingGroup): string {
  const granted = grant === undefined ? '' : `; let pass by grant ${codeOf(grant)}`
  return limit === undefined
    ? granted
    : `${granted}; let pass by a second reader, within limit ${codeOf(limit)}`
}

function evidenceHtml(evidence: readonly EvidenceLine[]): string {
  const isNote = (item: EvidenceLine): boolean =>
    item.before === undefined && item.after === undefined
  const notes = evidence.filter(isNote).map((item) => `<li>${noteOf(item)}</li>`)
  const sides = evidence.filter((item) => !isNote(item)).map(diffOf)
  return [
    ...sides,
    ...(notes.length === 0 ? [] : [`<ul class="notes">\n${notes.join('\n')}\n</ul>`]),
  ]
    .map((part) => `${part}\n`)
    .join('')
}

function noteOf(item: EvidenceLine): string {
  const name = item.path === '' ? '' : `${codeOf(item.path)}${item.note === undefined ? '' : ': '}`
  return `${name}${escapeHtml(item.note ?? '')}${forced(item)}`
}

function forced(item: EvidenceLine): string {
  return item.forcesReplacement ? ' <em>forces replacement</em>' : ''
}

function diffOf(item: EvidenceLine): string {
  const note = item.note === undefined ? '' : ` ${escapeHtml(item.note)}`
  const name = item.path === '' ? 'value' : codeOf(item.path)
  const { old, now } = sidesOf(item)
  return `<div class="diff"><p>${name}${forced(item)}${note}</p><div class="sides"><div class="old"><span class="side">Before</span>${old}</div><div class="new"><span class="side">After</span>${now}</div></div></div>`
}

function sidesOf({ before, after }: EvidenceLine): { old: string; now: string } {
  if (before === undefined || after === undefined) {
    return { old: sideOf(before), now: sideOf(after) }
  }
  const { head, tail, ...changed } = changedPart(before, after)
  // Two texts that share nothing are not marked: all of it is the change.
  if (head.length + tail.length < 3) return { old: codeOf(before), now: codeOf(after) }
  const mark = (text: string, tag: string): string =>
    text === '' ? '' : `<${tag}>${exact(text)}</${tag}>`
  return {
    old: `<code>${exact(head)}${mark(changed.before, 'del')}${exact(tail)}</code>`,
    now: `<code>${exact(head)}${mark(changed.after, 'ins')}${exact(tail)}</code>`,
  }
}

function sideOf(text: string | undefined): string {
  return text === undefined ? '(none)' : codeOf(text)
}

/** A part of a visible text: its spaces at either end are between words, and stay. */
function exact(text: string): string {
  const lead = text.startsWith(' ') ? ' ' : ''
  const last = text.length > 1 && text.endsWith(' ') ? ' ' : ''
  return `${lead}${escapeHtml(text)}${last}`
}

function othersOf(others: readonly string[]): string {
  if (others.length === 0) return ''
  const more = others.length - MAX_ADDRESSES
  const rows = others.slice(0, MAX_ADDRESSES).map((item) => `<li>${codeOf(item)}</li>`)
  return `<details><summary>Also ${others.length} more</summary><ul>
${rows.join('\n')}${more > 0 ? `\n<li>and ${more} more</li>` : ''}
</ul></details>
`
}
