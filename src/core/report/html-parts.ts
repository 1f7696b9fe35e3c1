// The small pieces the sections of the HTML report share. Every text given here is escaped here.
import { escapeHtml } from '../text/safe.ts'
import { someOf } from './groups.ts'

const MAX_NAMED = 10
const DIGEST = /^sha256:[0-9a-f]+$/

/** "a, b and 3 more", each as code. */
export function namesOf(items: readonly string[]): string {
  return someOf(items, MAX_NAMED, codeOf)
}

export function codeOf(text: string): string {
  return `<code>${escapeHtml(text)}</code>`
}

/** Addresses and paths break after their parts, and not within a word. */
export function breakable(text: string): string {
  return escapeHtml(text).replace(/[._/](?=[^._/\s<])/g, '$&<wbr>')
}

/** A list of at most `max` sentences; what is cut is counted. Nothing where there are none. */
export function listOf(items: readonly string[], max: number, name: string, kind = ''): string {
  if (items.length === 0) return ''
  const more = items.length - max
  const rows = items.slice(0, max).map((text) => `<li>${escapeHtml(text)}</li>`)
  const rest = more > 0 ? `\n<li>and ${more} more ${name}</li>` : ''
  return `<ul${kind}>\n${rows.join('\n')}${rest}\n</ul>\n`
}

/** Label and text in pairs; labels are ours. */
export function pairsOf(pairs: readonly (readonly [string, string])[], kind: string): string {
  const rows = pairs.map(
    ([label, text]) =>
      `<div><dt>${label}</dt><dd>${DIGEST.test(text) ? codeOf(text) : escapeHtml(text)}</dd></div>`,
  )
  return `<dl class="${kind}">\n${rows.join('\n')}\n</dl>\n`
}
