// A byte scanner for one JSON object that is larger than memory. Its caller says, value by value,
// what to do: enter an object or a list, keep a value as a slice of bytes, or skip it.
//
// What is entered is checked in full. What is kept is handed over as bytes for `JSON.parse`. What is
// skipped is checked for balanced brackets and for the ends of its strings, and for nothing else: a
// misspelt literal inside a skipped member goes unnoticed.
//
//   start ─{─▶ key ─:─▶ value ─▶ next ─,─▶ key …   next ─}─▶ next of the parent, or done
//                        └─ body: brackets and strings until the depth is back where it was
import { createBody, type RunBody, runBody, startBody } from './body.ts'
import { createCarry } from './carry.ts'
import type { PlanFailure } from './failure.ts'
import { createKeyReader, keyText } from './key-text.ts'
import { MAX_PIECE_BYTES, vectorBody } from './vector-body.ts'
import type { Visit } from './visit.ts'

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
const COLON = 5
const VALUE = 6
const BODY = 7
const SCALAR = 8
const FIRST_ELEMENT = 9
const AFTER_VALUE = 10
const DONE = 11
const TRAILING_LINE = 12

const QUOTE = 0x22
const COMMA = 0x2c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const NEW_LINE = 0x0a
const COLON_BYTE = 0x3a
const MAX_KEY_BYTES = 1_048_576

/** A scanner in its start state. `at` in failures is an offset into the bytes pushed. */
export function createScanner(options: ScanOptions): Scanner {
  const frames: Frame[] = []
  const body = createBody(options.maxDepth)
  const carry = createCarry()
  const readKey = createKeyReader()
  let state = options.skipFirstLine ? PREAMBLE : START
  /** Offset in the document of the first byte of the piece being scanned. */
  let base = 0
  let visit: Visit = options.root
  let failure: PlanFailure | undefined
  /** The value or key being read: where in the document, whether its bytes are wanted. */
  let valueAt = 0
  let keeping = false
  let isKey = false
  /** Trailing `::` seen once: the second colon decides. */
  let trailingColons = 0
  let runOver: RunBody = runBody

  function push(bytes: Uint8Array): PlanFailure | undefined {
    const vector = vectorBody(bytes.length, options.maxDepth)
    runOver = vector?.run ?? runBody
    const most = vector === undefined ? bytes.length : MAX_PIECE_BYTES
    for (let at = 0; at < bytes.length && failure === undefined; at += most) {
      const piece = bytes.subarray(at, at + most)
      scan(vector === undefined ? piece : vector.load(piece))
    }
    return failure
  }

  function scan(bytes: Uint8Array): void {
    const n = bytes.length
    let i = 0
    while (i < n && failure === undefined) {
      if (state === BODY) i = run(bytes, i)
      else if (state === SCALAR) i = scalar(bytes, i, n)
      else if (state === PREAMBLE || state === TRAILING_LINE) i = line(bytes, i, n)
      else {
        const c = bytes[i] ?? 0
        if (c === 0x20 || c === NEW_LINE || c === 0x0d || c === 0x09) i += 1
        else i = structure(c, i)
      }
    }
    if (failure !== undefined) return
    if (keeping) {
      const max = visit.visit === 'keep' && !isKey ? visit.maxBytes : MAX_KEY_BYTES
      if (carry.hold(bytes) > max) tooBig(max, n)
    }
    base += n
  }

  /** One structural byte of an entered object or list, or the first byte of a value. */
  function structure(c: number, i: number): number {
    switch (state) {
      case START:
        if (c !== OPEN_BRACE) return fail(options.notAnObject, i)
        return open(c, i)
      case FIRST_KEY:
        if (c === CLOSE_BRACE) return close(i)
        if (c === QUOTE) return begin(i, true, true, -1)
        return malformed(i, 'expected a key or the end of the object')
      case NEXT_KEY:
        if (c === QUOTE) return begin(i, true, true, -1)
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
    const marked = visit.visit === 'keep' && visit.marked === true
    begin(i, visit.visit !== 'skip', false, marked ? 2 : -1)
    if (c === QUOTE || c === OPEN_BRACE || c === OPEN_BRACKET) return i
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

  function begin(i: number, wanted: boolean, key: boolean, trackDepth: number): number {
    valueAt = base + i
    keeping = wanted
    isKey = key
    carry.begin(i)
    startBody(body, options.maxDepth - frames.length, trackDepth)
    state = BODY
    return i
  }

  function run(b: Uint8Array, from: number): number {
    if (body.trackDepth >= 0) body.origin = carry.origin()
    const i = runOver(body, b, from)
    if (body.outcome === 'end') return isKey ? closeKey(b, i) : finish(b, i)
    if (body.outcome === 'too-deep') return tooDeep(i)
    if (body.outcome === 'mismatch') return malformed(i, 'brackets or quotes do not match')
    return i
  }

  function closeKey(b: Uint8Array, end: number): number {
    const frame = frames[frames.length - 1]
    const bytes = carry.end(b, end)
    keeping = false
    if (bytes.length > MAX_KEY_BYTES) return tooBig(MAX_KEY_BYTES, end)
    const name = readKey(bytes)
    if (typeof name !== 'string') return malformedAt(valueAt, 'a key is not valid text')
    if (frame?.visit.visit !== 'object') return malformedAt(valueAt, 'stray key')
    if (frame.keys.has(name)) return fail({ reason: 'duplicate-key', key: name }, end)
    frame.keys.add(name)
    visit = frame.visit.member(name)
    if (visit.visit === 'refuse') return fail(visit.failure, end)
    state = COLON
    return end
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
    const bytes = carry.end(b, end)
    keeping = false
    if (visit.visit === 'keep') {
      if (bytes.length > visit.maxBytes) return tooBig(visit.maxBytes, end)
      failure = visit.take({ bytes, at: valueAt, marks: body.markCount, markAt: body.marks })
      return end
    }
    if (visit.visit === 'refuse') return fail(visit.failure, end)
    if (keyText(bytes) !== null) return wrongShape(visit, end)
    if (visit.visit === 'object') failure = visit.end?.()
    return end
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
