// Recognises, without parsing it, an element of `resource_changes` that does nothing at all. Nine in
// ten elements of a large plan are such. Exact in one direction: whatever is unusual is parsed.
import type { Slice } from './visit.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const CHANGE = word('change')
const TYPE = word('type')
const ACTIONS = word('actions')
const IMPORTING = word('importing')
const PREVIOUS_ADDRESS = word('previous_address')
const NO_OP = word('no-op')

/** Types met before, each in a slot of its own or of the last that fell there. */
export type SeenTypes = ({ readonly bytes: Uint8Array; readonly text: string } | undefined)[]

/**
 * The resource type of an element whose one `change` has the one action list `["no-op"]`, without
 * `previous_address` and `importing`; undefined where the element must be parsed to know. Looks only
 * at strings that opened at depth 1 and 2 of the element, so text inside attributes cannot fool it.
 * `seen` is filled, and spares the making of strings when it is given again.
 */
export function plainNoOpType(slice: Slice, seen: SeenTypes = []): string | undefined {
  const { bytes, marks, markAt } = slice
  if (marks < 0) return undefined
  let inChange = false
  let changes = 0
  let actions = 0
  let type: string | undefined
  for (let m = 0; m < marks; m += 2) {
    const from = markAt[m] ?? 0
    const depth = markAt[m + 1]
    const close = endOfString(bytes, from)
    const next = skipSpace(bytes, close + 1)
    if (bytes[next] !== 0x3a) continue
    // A key spelt with escapes could be any key.
    if (hasEscape(bytes, from + 1, close)) return undefined
    const value = skipSpace(bytes, next + 1)
    if (depth === 1) {
      if (isWord(bytes, from + 1, close, PREVIOUS_ADDRESS)) return undefined
      inChange = isWord(bytes, from + 1, close, CHANGE)
      if (inChange) {
        changes += 1
        if (bytes[value] !== 0x7b) return undefined
      } else if (isWord(bytes, from + 1, close, TYPE)) {
        if (bytes[value] !== QUOTE || type !== undefined) return undefined
        type = typeText(bytes, value + 1, endOfString(bytes, value), seen)
        if (type === undefined) return undefined
      }
    } else if (depth === 2 && inChange) {
      if (isWord(bytes, from + 1, close, IMPORTING)) return undefined
      if (!isWord(bytes, from + 1, close, ACTIONS)) continue
      actions += 1
      if (!isNoOpList(bytes, value)) return undefined
    }
  }
  return changes === 1 && actions === 1 ? type : undefined
}

/** Offset of the quote that closes the string which opens at `from`. */
function endOfString(bytes: Uint8Array, from: number): number {
  let i = from + 1
  while (i < bytes.length && bytes[i] !== QUOTE) i += bytes[i] === BACKSLASH ? 2 : 1
  return i
}

function word(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function isWord(bytes: Uint8Array, from: number, to: number, word: Uint8Array): boolean {
  if (to - from !== word.length) return false
  for (let i = 0; i < word.length; i += 1) if (bytes[from + i] !== word[i]) return false
  return true
}

function hasEscape(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) if (bytes[i] === BACKSLASH) return true
  return false
}

const SLOTS = 256

/** By length and some bytes: a plan has few types, and comparing costs less than making a string. */
function typeText(
  bytes: Uint8Array,
  from: number,
  to: number,
  seen: SeenTypes,
): string | undefined {
  const slot = ((bytes[to - 1] ?? 0) * 7 + (bytes[to - 3] ?? 0) + (to - from)) % SLOTS
  const known = seen[slot]
  if (known !== undefined && isWord(bytes, from, to, known.bytes)) return known.text
  const text = plainText(bytes, from, to)
  if (text !== undefined) seen[slot] = { bytes: bytes.slice(from, to), text }
  return text
}

/** Undefined where a byte is an escape or outside ASCII. */
function plainText(bytes: Uint8Array, from: number, to: number): string | undefined {
  for (let i = from; i < to; i += 1) {
    if (bytes[i] === BACKSLASH || (bytes[i] ?? 0) >= 0x80) return undefined
  }
  return to - from > 256 ? undefined : String.fromCharCode(...bytes.subarray(from, to))
}

/** `["no-op"]` with any white space around its parts, and nothing else. */
function isNoOpList(bytes: Uint8Array, from: number): boolean {
  if (bytes[from] !== 0x5b) return false
  const open = skipSpace(bytes, from + 1)
  if (bytes[open] !== QUOTE) return false
  const close = endOfString(bytes, open)
  if (!isWord(bytes, open + 1, close, NO_OP)) return false
  return bytes[skipSpace(bytes, close + 1)] === 0x5d
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let i = from
  while (bytes[i] === 0x20 || bytes[i] === 0x0a || bytes[i] === 0x0d || bytes[i] === 0x09) i += 1
  return i
}
