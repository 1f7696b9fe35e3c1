// Says what is wrong with a piece of JSON and where. Slow and exact; runs only after something failed.
// `JSON.parse` cannot be asked: its message quotes the text, and the text may be secret.
import type { PlanFailure } from './failure.ts'
import type { Slice } from './visit.ts'

interface Cursor {
  readonly bytes: Uint8Array
  i: number
}
type Fault = { readonly at: number; readonly detail: string } | { readonly key: string }

/** The first fault of a slice. Offsets are of the document. */
export function findFault(slice: Pick<Slice, 'bytes' | 'at'>): PlanFailure {
  const cursor: Cursor = { bytes: slice.bytes, i: 0 }
  const fault = value(cursor) ?? rest(cursor)
  if (fault === undefined) {
    return { reason: 'malformed', at: slice.at, detail: 'text that is not UTF-8' }
  }
  if ('key' in fault) return { reason: 'duplicate-key', key: fault.key }
  return { reason: 'malformed', at: slice.at + fault.at, detail: fault.detail }
}

function rest(cursor: Cursor): Fault | undefined {
  space(cursor)
  return cursor.i < cursor.bytes.length
    ? { at: cursor.i, detail: 'content after the value' }
    : undefined
}

function value(cursor: Cursor): Fault | undefined {
  space(cursor)
  const c = cursor.bytes[cursor.i]
  if (c === 0x22) return string(cursor)
  if (c === 0x7b) return object(cursor)
  if (c === 0x5b) return list(cursor)
  return literal(cursor)
}

function object(cursor: Cursor): Fault | undefined {
  const keys = new Set<string>()
  cursor.i += 1
  space(cursor)
  if (take(cursor, 0x7d)) return undefined
  for (;;) {
    space(cursor)
    const from = cursor.i
    if (cursor.bytes[from] !== 0x22) return { at: from, detail: 'expected a key' }
    const fault = string(cursor)
    if (fault !== undefined) return fault
    const key: unknown = JSON.parse(LENIENT.decode(cursor.bytes.subarray(from, cursor.i)))
    if (keys.has(String(key))) return { key: String(key) }
    keys.add(String(key))
    space(cursor)
    if (!take(cursor, 0x3a)) return { at: cursor.i, detail: 'expected a colon after the key' }
    const inner = value(cursor)
    if (inner !== undefined) return inner
    space(cursor)
    if (take(cursor, 0x7d)) return undefined
    if (!take(cursor, 0x2c))
      return { at: cursor.i, detail: 'expected a comma or the end of the object' }
  }
}

function list(cursor: Cursor): Fault | undefined {
  cursor.i += 1
  space(cursor)
  if (take(cursor, 0x5d)) return undefined
  for (;;) {
    const inner = value(cursor)
    if (inner !== undefined) return inner
    space(cursor)
    if (take(cursor, 0x5d)) return undefined
    if (!take(cursor, 0x2c))
      return { at: cursor.i, detail: 'expected a comma or the end of the list' }
  }
}

const LENIENT: TextDecoder = new TextDecoder('utf-8', { ignoreBOM: true })
const STRICT: TextDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function string(cursor: Cursor): Fault | undefined {
  const { bytes } = cursor
  const from = cursor.i
  for (let i = from + 1; i < bytes.length; i += 1) {
    const c = bytes[i] ?? 0
    if (c < 0x20) return { at: i, detail: 'a control character inside a string' }
    if (c === 0x22) {
      cursor.i = i + 1
      return isUtf8(bytes.subarray(from, i))
        ? undefined
        : { at: from, detail: 'text that is not UTF-8' }
    }
    if (c !== 0x5c) continue
    const length = escapeLength(bytes, i)
    if (length === 0) return { at: i, detail: 'an invalid escape inside a string' }
    i += length - 1
  }
  return { at: bytes.length, detail: 'a string that does not end' }
}

function escapeLength(bytes: Uint8Array, at: number): number {
  const kind = String.fromCharCode(bytes[at + 1] ?? 0)
  if ('"\\/bfnrt'.includes(kind)) return 2
  const hex = String.fromCharCode(...bytes.subarray(at + 2, at + 6))
  return kind === 'u' && /^[0-9a-fA-F]{4}$/.test(hex) ? 6 : 0
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    STRICT.decode(bytes)
    return true
  } catch {
    return false
  }
}

const LITERAL = /^(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)$/

function literal(cursor: Cursor): Fault | undefined {
  const from = cursor.i
  while (isLiteralByte(cursor.bytes[cursor.i])) cursor.i += 1
  const text = LENIENT.decode(cursor.bytes.subarray(from, cursor.i))
  return LITERAL.test(text) ? undefined : { at: from, detail: 'expected a value' }
}

function isLiteralByte(c: number | undefined): boolean {
  return c !== undefined && c > 0x20 && !',:]}"{['.includes(String.fromCharCode(c))
}

function space(cursor: Cursor): void {
  for (;;) {
    const c = cursor.bytes[cursor.i]
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return
    cursor.i += 1
  }
}

function take(cursor: Cursor, byte: number): boolean {
  if (cursor.bytes[cursor.i] !== byte) return false
  cursor.i += 1
  return true
}
