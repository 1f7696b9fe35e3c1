// From the bytes of one kept value to JSON, without the three things `JSON.parse` hides: members
// written twice, digits that a float cannot hold, and where in the text a fault is. Names spelt with
// escapes, which it may get wrong, are left to parse-json.ts.
import type { JsonObject, JsonValue } from '../json.ts'
import { err, ok, type Result } from '../result.ts'
import { parseJson } from '../text/parse-json.ts'
import type { PlanFailure } from './failure.ts'
import { findFault } from './fault.ts'
import { LIMITS } from './limits.ts'
import type { Slice } from './visit.ts'

const DECODER: TextDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const ENCODER: TextEncoder = new TextEncoder()
const QUOTE = 0x22
const BACKSLASH = 0x5c
/** Decimal digits that survive a float in every case. */
const SAFE_DIGITS = 15

/**
 * The value of a slice. A number with an exponent or with more than 15 significant digits comes back
 * as the string of its digits, so that two such numbers never look equal by rounding. Fails with
 * `malformed` (offset in the document), `duplicate-key`.
 */
export function parseKept(slice: Pick<Slice, 'bytes' | 'at'>): Result<JsonValue, PlanFailure> {
  const { colons, wide, escapedName } = inspect(slice.bytes)
  let value: JsonValue
  try {
    const decoded = DECODER.decode(slice.bytes)
    const text = wide ? quoteWideNumbers(decoded) : decoded
    value = escapedName ? parseJson(text) : JSON.parse(text)
  } catch {
    return err(findFault(slice))
  }
  // Every member has one colon outside strings; a name written twice leaves fewer members.
  if (countMembers(value) !== colons) return err(findFault(slice))
  return ok(value)
}

/**
 * The value of a JSON text that stands inside a plan as a string, its numbers as `parseKept` has them;
 * undefined where it is none, says a member twice, or has more levels than a plan may have.
 */
export function parseText(text: string): JsonValue | undefined {
  try {
    const bytes = ENCODER.encode(text)
    // Half of a character has no bytes of its own: two that differ would look the same.
    if (DECODER.decode(bytes) !== text) return undefined
    const parsed = parseKept({ bytes, at: 0 })
    return parsed.ok && !isDeeper(parsed.value, LIMITS.depth) ? parsed.value : undefined
  } catch {
    return undefined
  }
}

function isDeeper(value: JsonValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1))
}

interface Signs {
  readonly colons: number
  readonly wide: boolean
  readonly escapedName: boolean
}

function inspect(b: Uint8Array): Signs {
  const n = b.length
  let colons = 0
  let wide = false
  let escaped = false
  let escapedName = false
  let i = 0
  while (i < n) {
    const c = b[i] ?? 0
    i += 1
    if (c === QUOTE) {
      escaped = false
      for (;;) {
        if (i >= n) break
        const inner = b[i]
        i += 1
        if (inner === QUOTE) break
        if (inner !== BACKSLASH) continue
        escaped = true
        i += 1
      }
    } else if (c === 0x3a) {
      colons += 1
      escapedName ||= escaped
    } else if (c >= 0x30 && c <= 0x39) {
      // Counts leading zeros and what follows an exponent too: only a reason to look closer.
      const from = i
      while (i < n && isNumberByte(b[i] ?? 0)) {
        if (b[i] === 0x65 || b[i] === 0x45) wide = true
        i += 1
      }
      if (i - from >= SAFE_DIGITS) wide = true
    }
  }
  return { colons, wide, escapedName }
}

function isNumberByte(c: number): boolean {
  return (
    (c >= 0x30 && c <= 0x39) || c === 0x2e || c === 0x65 || c === 0x45 || c === 0x2b || c === 0x2d
  )
}

/** Puts quotes around the numbers of a JSON text that a float would change. */
function quoteWideNumbers(text: string): string {
  let out = ''
  let copied = 0
  let i = 0
  while (i < text.length) {
    const c = text.charCodeAt(i)
    if (c === QUOTE) {
      i += 1
      while (i < text.length && text.charCodeAt(i) !== QUOTE) {
        i += text.charCodeAt(i) === BACKSLASH ? 2 : 1
      }
      i += 1
    } else if (c === 0x2d || (c >= 0x30 && c <= 0x39)) {
      const from = i
      while (i < text.length && isNumberByte(text.charCodeAt(i))) i += 1
      const number = text.slice(from, i)
      if (!isWide(number)) continue
      out += `${text.slice(copied, from)}"${number}"`
      copied = i
    } else i += 1
  }
  return out + text.slice(copied)
}

const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/

/** Only well-formed numbers: anything else must reach `JSON.parse` as it is and fail there. */
function isWide(number: string): boolean {
  if (!NUMBER.test(number)) return false
  if (/[eE]/.test(number)) return true
  return number.replace(/[-.]/g, '').replace(/^0+/, '').length > SAFE_DIGITS
}

function countMembers(value: JsonValue): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  if (Array.isArray(value)) {
    for (const item of value)
      if (typeof item === 'object' && item !== null) count += countMembers(item)
    return count
  }
  // `for in` over what JSON.parse made meets own members only, and allocates nothing.
  for (const key in value) {
    const inner = (value as JsonObject)[key]
    count += 1
    if (typeof inner === 'object' && inner !== null) count += countMembers(inner)
  }
  return count
}
