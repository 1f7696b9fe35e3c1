// Values under sensitive marks, to be looked for everywhere else: providers copy arguments into
// attributes that nobody marked, and other resources carry the same value in the open.
import { isList, isObject, type JsonValue, member } from '../json.ts'
import type { ResourceChange } from '../plan/model.ts'

/** Shorter values are words of everyday life; hiding them would hide the report. */
const MIN_CHARACTERS = 8
const MOST = 5_000

/** Distinct strings that a mark covers somewhere, longest first; at most 5 000. */
export function markedValues(elements: readonly ResourceChange[]): readonly string[] {
  const found = new Set<string>()
  for (const one of elements) {
    if (found.size >= MOST) break
    collect(one.before, one.beforeSensitive, found)
    collect(one.after, one.afterSensitive, found)
  }
  return [...found].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, MOST)
}

function collect(value: JsonValue, mark: JsonValue | undefined, found: Set<string>): void {
  if (mark === undefined || mark === false || mark === null) return
  if (typeof value === 'string') {
    if (mark === true && value.length >= MIN_CHARACTERS) found.add(value)
    return
  }
  if (isList(value)) {
    for (const [at, item] of value.entries()) {
      collect(item, mark === true ? true : isList(mark) ? mark[at] : undefined, found)
    }
    return
  }
  if (!isObject(value)) return
  for (const [key, item] of Object.entries(value)) {
    collect(item, mark === true ? true : member(mark, key), found)
  }
}

/**
 * Replaces marked values wherever they stand in a text, except inside `keep` (the address the text is
 * about: hiding a part of it would hide what the finding speaks of).
 */
export function hideMarked(values: readonly string[]): (text: string, keep?: string) => string {
  if (values.length === 0) return (text) => text
  const pattern = new RegExp(values.map(escaped).join('|'), 'g')
  const hide = (text: string): string => text.replace(pattern, '(sensitive)')
  return (text, keep = '') => (keep === '' ? hide(text) : text.split(keep).map(hide).join(keep))
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}
