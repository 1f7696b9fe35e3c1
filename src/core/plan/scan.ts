// A byte scanner for one JSON object that is larger than memory. Its caller says, value by value,
// what to do: enter an object or a list, keep a value as a slice of bytes, or skip it.
//
// What is entered is checked in full. What is kept is handed over as bytes for `JSON.parse`. What is
// skipped is checked for balanced brackets and for the ends of its strings, and for nothing else: a
// misspelt literal inside a skipped member goes unnoticed.
//
//   start ─{─▶ key ─:─▶ value ─▶ next ─,─▶ key …   next ─}─▶ next of the parent, or done
//                        └─ body: brackets and strings until the depth is back where it was
import type { PlanFailure } from './failure.ts'
import type { Slice, Visit } from './visit.ts'

export interface Scanner {
  /** Takes the next bytes; keeps no reference to them. After a failure nothing more may be pushed. */
  push(bytes: Uint8Array): PlanFailure | undefined
  /** The input has ended. */
  end(): PlanFailure | undefined
  /** The document has begun; before that only white space came. */
  started(): boolean
}

export interface ScanOptions {
  /** Must be an object visit; its `end` is called when the document closes. */
  readonly root: Visit
  readonly maxDepth: number
  /** The first line is not part of the document (CI wrappers print the command they run). */
  readonly skipFirstLine: boolean
  /** What to answer when the document does not open with `{`. */
  readonly notAnObject: PlanFailure
}

type Entered = Extract<Visit, { visit: 'object' | 'list' }>
interface Frame {
  readonly visit: Entered
  readonly keys: Set<string>
}

const PREAMBLE = 0
const START = 1
const FIRST_KEY = 2
const NEXT_KEY = 3
const IN_KEY = 4
const COLON = 5
const VALUE = 6
const BODY = 7
const SCALAR = 8
const FIRST_ELEMENT = 9
const AFTER_VALUE = 10
const DONE = 11
const TRAILING_LINE = 12

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const NEW_LINE = 0x0a
const COLON_BYTE = 0x3a
const MAX_MARKS = 1024

const DECODER: TextDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A scanner in its start state. `at` in failures is an offset into the bytes pushed. */
export function createScanner(options: ScanOptions): Scanner {
  const frames: Frame[] = []
  const stack = new Uint8Array(options.maxDepth + 1)
  const markAt = new Int32Array(MAX_MARKS)
  let state = options.skipFirstLine ? PREAMBLE : START
  /** Offset in the document of the first byte of the piece being scanned. */
  let base = 0
  let visit: Visit = options.root
  let failure: PlanFailure | undefined
  // The value or key being read: where it starts in this piece, and what earlier pieces held of it.
  let keeping = false
  let sliceStart = 0
  let carry = new Uint8Array(0)
  let carried = 0
  let depth = 0
  let inString = false
  let escaped = false
  let marks = 0
  let trackDepth = -1
  /** Trailing `::` seen once: the second colon decides. */
  let trailingColons = 0

  function push(bytes: Uint8Array): PlanFailure | undefined {
    const n = bytes.length
    let i = 0
    while (i < n && failure === undefined) {
      if (state === BODY) i = body(bytes, i, n)
      else if (state === IN_KEY) i = key(bytes, i, n)
      else if (state === SCALAR) i = scalar(bytes, i, n)
      else if (state === PREAMBLE || state === TRAILING_LINE) i = line(bytes, i, n)
      else {
        const c = bytes[i] ?? 0
        if (c === 0x20 || c === NEW_LINE || c === 0x0d || c === 0x09) i += 1
        else i = structure(c, i)
      }
    }
    if (failure !== undefined) return failure
    if (keeping) keepRest(bytes, n)
    base += n
    return failure
  }

  /** One structural byte of an entered object or list, or the first byte of a value. */
  function structure(c: number, i: number): number {
    switch (state) {
      case START:
        if (c !== OPEN_BRACE) return fail(options.notAnObject, i)
        return open(c, i)
      case FIRST_KEY:
        if (c === CLOSE_BRACE) return close(i)
        if (c === QUOTE) return openKey(i)
        return malformed(i, 'expected a key or the end of the object')
      case NEXT_KEY:
        if (c === QUOTE) return openKey(i)
        return malformed(i, 'expected a key')
      case COLON:
        if (c !== COLON_BYTE) return malformed(i, 'expected a colon after the key')
        state = VALUE
        return i + 1
      case FIRST_ELEMENT:
        if (c === CLOSE_BRACKET) return close(i)
        return value(c, i)
      case VALUE:
        return value(c, i)
      case AFTER_VALUE:
        return afterValue(c, i)
      default:
        return trailing(c, i)
    }
  }

  function afterValue(c: number, i: number): number {
    const frame = frames[frames.length - 1]
    const list = frame?.visit.visit === 'list'
    if (c === COMMA) {
      state = list ? VALUE : NEXT_KEY
      if (frame?.visit.visit === 'list') visit = frame.visit.element
      return i + 1
    }
    if (c === (list ? CLOSE_BRACKET : CLOSE_BRACE)) return close(i)
    return malformed(i, `expected a comma or the end of the ${list ? 'list' : 'object'}`)
  }

  function trailing(c: number, i: number): number {
    if (c !== COLON_BYTE) return fail({ reason: 'trailing-content', at: base + i }, i)
    trailingColons += 1
    if (trailingColons === 2) {
      trailingColons = 0
      state = TRAILING_LINE
    }
    return i + 1
  }

  function value(c: number, i: number): number {
    if (visit.visit === 'object' || visit.visit === 'list') {
      const opener = visit.visit === 'object' ? OPEN_BRACE : OPEN_BRACKET
      if (c === opener) return open(c, i)
      if (c !== 0x6e) return wrongShape(visit, i)
    }
    sliceStart = i
    carried = 0
    marks = 0
    keeping = visit.visit !== 'skip'
    trackDepth = visit.visit === 'keep' && visit.marked === true ? 2 : -1
    if (c === QUOTE || c === OPEN_BRACE || c === OPEN_BRACKET) {
      depth = 0
      inString = false
      escaped = false
      state = BODY
      return i
    }
    if (c === 0x2d || (c >= 0x30 && c <= 0x39) || c === 0x74 || c === 0x66 || c === 0x6e) {
      state = SCALAR
      return i
    }
    return malformed(i, 'expected a value')
  }

  function open(c: number, i: number): number {
    if (visit.visit !== 'object' && visit.visit !== 'list') return malformed(i, 'expected a value')
    if (frames.length >= options.maxDepth) return tooDeep(i)
    frames.push({ visit, keys: new Set() })
    if (c === OPEN_BRACE) state = FIRST_KEY
    else {
      state = FIRST_ELEMENT
      if (visit.visit === 'list') visit = visit.element
    }
    return i + 1
  }

  function close(i: number): number {
    const frame = frames.pop()
    state = frames.length === 0 ? DONE : AFTER_VALUE
    if (frame?.visit.visit === 'object') failure = frame.visit.end?.()
    return i + 1
  }

  function openKey(i: number): number {
    state = IN_KEY
    sliceStart = i
    carried = 0
    keeping = true
    escaped = false
    trackDepth = -1
    depth = 0
    return i + 1
  }

  function key(b: Uint8Array, from: number, n: number): number {
    let i = escaped ? from + 1 : from
    escaped = false
    for (; i < n; i += 1) {
      const c = b[i]
      if (c === BACKSLASH) i += 1
      else if (c === QUOTE) return closeKey(b, i + 1)
    }
    escaped = i > n
    return n
  }

  function closeKey(b: Uint8Array, end: number): number {
    const frame = frames[frames.length - 1]
    const { bytes, at } = slice(b, end)
    keeping = false
    const name = keyText(bytes)
    if (typeof name !== 'string') return malformedAt(at, 'a key is not valid text')
    if (frame === undefined || frame.visit.visit !== 'object') return malformedAt(at, 'stray key')
    if (frame.keys.has(name)) return fail({ reason: 'duplicate-key', key: name }, end)
    frame.keys.add(name)
    visit = frame.visit.member(name)
    if (visit.visit === 'refuse') return fail(visit.failure, end)
    state = COLON
    return end
  }

  // The one hot loop: nothing but strings and brackets, no calls, all state in locals.
  function body(b: Uint8Array, from: number, n: number): number {
    const track = trackDepth
    const room = options.maxDepth - frames.length
    let i = escaped ? from + 1 : from
    let open = depth
    let text = inString
    for (;;) {
      if (text) {
        for (;;) {
          if (i >= n) {
            depth = open
            inString = true
            escaped = i > n
            return n
          }
          const c = b[i]
          i += 1
          if (c === QUOTE) break
          if (c === BACKSLASH) i += 1
        }
        text = false
        if (open === 0) break
      }
      if (i >= n) {
        depth = open
        inString = false
        escaped = false
        return n
      }
      const c = b[i] ?? 0
      i += 1
      if (c === QUOTE) {
        text = true
        if (open <= track) note(i - 1, open)
      } else if ((c & 0xdf) === OPEN_BRACKET) {
        if (open >= room) return tooDeep(i)
        stack[open] = c
        open += 1
      } else if ((c & 0xdf) === CLOSE_BRACKET) {
        open -= 1
        if (stack[open] !== c - 2) return malformed(i - 1, 'brackets do not match')
        if (open === 0) break
      }
    }
    return finish(b, i)
  }

  function note(i: number, open: number): void {
    if (marks < 0 || marks + 2 > MAX_MARKS) {
      marks = -1
      return
    }
    markAt[marks] = carried + i - sliceStart
    markAt[marks + 1] = open
    marks += 2
  }

  function scalar(b: Uint8Array, from: number, n: number): number {
    for (let i = from; i < n; i += 1) {
      const c = b[i] ?? 0
      if (c === COMMA || c === CLOSE_BRACE || c === CLOSE_BRACKET || c <= 0x20) return finish(b, i)
    }
    return n
  }

  function finish(b: Uint8Array, end: number): number {
    state = AFTER_VALUE
    if (visit.visit === 'skip') return end
    const done = slice(b, end)
    keeping = false
    if (visit.visit === 'keep') {
      if (done.bytes.length > visit.maxBytes) return tooBig(visit.maxBytes, end)
      failure = visit.take(done)
      return end
    }
    if (visit.visit === 'refuse') return fail(visit.failure, end)
    if (keyText(done.bytes) !== null) return wrongShape(visit, end)
    if (visit.visit === 'object') failure = visit.end?.()
    return end
  }

  function slice(b: Uint8Array, end: number): Slice {
    const at = base + sliceStart - carried
    if (carried === 0) return { bytes: b.subarray(sliceStart, end), at, marks, markAt }
    append(b.subarray(sliceStart, end))
    return { bytes: carry.subarray(0, carried), at, marks, markAt }
  }

  function keepRest(b: Uint8Array, n: number): void {
    append(b.subarray(sliceStart, n))
    // Makes `base + sliceStart - carried` and note offsets hold in the next piece.
    sliceStart = 0
    const max = visit.visit === 'keep' && state !== IN_KEY ? visit.maxBytes : 1024 * 1024
    if (carried > max) tooBig(max, n)
  }

  function append(rest: Uint8Array): void {
    const size = carried + rest.length
    if (size > carry.length) {
      const larger = new Uint8Array(Math.max(size, carry.length * 2, 65_536))
      larger.set(carry.subarray(0, carried))
      carry = larger
    }
    carry.set(rest, carried)
    carried = size
  }

  function line(b: Uint8Array, from: number, n: number): number {
    const found = b.indexOf(NEW_LINE, from)
    if (found < 0) return n
    state = state === PREAMBLE ? START : DONE
    return found + 1
  }

  function end(): PlanFailure | undefined {
    if (failure !== undefined) return failure
    if (state === PREAMBLE || state === START) return options.notAnObject
    if (state === DONE && trailingColons > 0) return { reason: 'trailing-content', at: base - 1 }
    if (state === DONE || state === TRAILING_LINE) return undefined
    return { reason: 'truncated', at: base }
  }

  function fail(reason: PlanFailure, i: number): number {
    failure = reason
    return i
  }
  function malformed(i: number, detail: string): number {
    return malformedAt(base + i, detail)
  }
  function malformedAt(at: number, detail: string): number {
    return fail({ reason: 'malformed', at, detail }, 0)
  }
  function tooDeep(i: number): number {
    const max = options.maxDepth
    return fail({ reason: 'limit', limit: 'nesting', max, unit: 'levels' }, i)
  }
  function tooBig(max: number, i: number): number {
    return fail({ reason: 'limit', limit: 'size of one element', max, unit: 'bytes' }, i)
  }
  function wrongShape(wanted: Entered, i: number): number {
    const expected = wanted.visit === 'object' ? 'an object' : 'a list'
    return fail({ reason: 'unexpected-shape', where: wanted.where, expected }, i)
  }

  return { push, end, started: () => state !== PREAMBLE && state !== START }
}

/** The text of a JSON string, `null` for the literal null, undefined for anything else. */
function keyText(bytes: Uint8Array): string | null | undefined {
  try {
    if (bytes[0] !== QUOTE) {
      return bytes.length === 4 && DECODER.decode(bytes) === 'null' ? null : undefined
    }
    const inner = bytes.subarray(1, bytes.length - 1)
    if (isPlainText(inner)) return DECODER.decode(inner)
    const parsed: unknown = JSON.parse(DECODER.decode(bytes))
    return typeof parsed === 'string' ? parsed : undefined
  } catch {
    return undefined
  }
}

function isPlainText(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte === BACKSLASH || byte < 0x20) return false
  return true
}
