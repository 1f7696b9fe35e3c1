// The one hot loop of the reader: runs over a value that is kept or skipped, from its first byte to
// its last, minding strings and brackets and nothing else. Most bytes of a plan pass only here, or
// through vector-body.ts, which answers the same.
//
//   outside ─"─▶ string ─"─▶ outside        outside ─[ {─▶ depth + 1
//                  └─\─▶ the next byte is text       ─] }─▶ depth - 1; the value ends at 0
//
// Most changes change nothing, and have the same object before and after: bytes that were just found
// to be one whole value are one again, and are compared in place of being run over.
import { sameBytes } from './same-bytes.ts'

/** Where the loop stands between two pieces, and what it noted of the value. */
export interface BodyState {
  depth: number
  inString: boolean
  /** The piece ended on a backslash: the first byte of the next one is text. */
  escaped: boolean
  /** Opening bracket of every level. Its length is the number of levels allowed. */
  stack: Uint8Array
  /** Levels allowed for this value. */
  room: number
  /** Strings that open at this depth or less are noted in `marks`; -1 for none. */
  trackDepth: number
  /** Added to an index of the piece, gives the offset in the value. */
  origin: number
  /** Pairs of offset and depth, the first `markCount` numbers; -1 when there were too many. */
  readonly marks: Int32Array
  markCount: number
  outcome: 'more' | 'end' | 'too-deep' | 'mismatch'
}

const MAX_MARKS = 1024
const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
/** The same in each of four bytes. A byte of `x` is zero where `(x - ONES) & ~x` sets its high bit. */
const QUOTES = 0x22222222
const BACKSLASHES = 0x5c5c5c5c
const ONES = 0x01010101
const HIGH_BITS = 0x80808080

export function createBody(maxDepth: number): BodyState {
  return {
    depth: 0,
    inString: false,
    escaped: false,
    stack: new Uint8Array(maxDepth + 1),
    room: maxDepth,
    trackDepth: -1,
    origin: 0,
    marks: new Int32Array(MAX_MARKS),
    markCount: 0,
    outcome: 'more',
  }
}

/** Sets the state before the first byte of a value. */
export function startBody(body: BodyState, room: number, trackDepth: number): void {
  body.depth = 0
  body.inString = false
  body.escaped = false
  body.room = room
  body.trackDepth = trackDepth
  body.markCount = 0
}

/**
 * Runs from index `from` to the end of the value or of the piece, and returns the index after the last
 * byte it used (for failures: of the byte at fault). `outcome` says how it ended.
 */
export type RunBody = (body: BodyState, piece: Uint8Array, from: number) => number

/** In plain JavaScript, for keys, short pieces and runtimes without vector-body.ts. */
export function runBody(body: BodyState, b: Uint8Array, from: number): number {
  const n = b.length
  const view = new DataView(b.buffer, b.byteOffset, n)
  const { stack, room, trackDepth } = body
  let i = body.escaped ? from + 1 : from
  let depth = body.depth
  let inString = body.inString
  let c = 0
  /** Where in this piece the value of a tracked depth began, and the last one that ended. */
  let opened = -1
  let earlier = -1
  let earlierBytes = 0
  body.escaped = false
  body.outcome = 'end'
  for (;;) {
    if (inString) {
      i = endOfText(b, view, i, n)
      if (i < 0) {
        body.depth = depth
        body.inString = true
        body.escaped = ~i > n
        body.outcome = 'more'
        return n
      }
      inString = false
      if (depth === 0) return i
    }
    if (i >= n) {
      body.depth = depth
      body.inString = false
      body.outcome = 'more'
      return n
    }
    c = b[i] as number
    i += 1
    if ((c === COMMA || c === COLON) && i < n) {
      c = b[i] as number
      i += 1
    }
    if (c === QUOTE) {
      inString = true
      if (depth <= trackDepth) mark(body, i - 1, depth)
    } else if (c === OPEN_BRACE || c === OPEN_BRACKET) {
      if (depth >= room) {
        body.outcome = 'too-deep'
        return i - 1
      }
      if (depth === trackDepth) {
        opened = i - 1
        if (earlier >= 0 && sameBytes(view, earlier, view, opened, earlierBytes)) {
          i = opened + earlierBytes
          continue
        }
      }
      stack[depth] = c
      depth += 1
    } else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) {
      depth -= 1
      // In ASCII a closing bracket is two above its opening one.
      if (stack[depth] !== c - 2) {
        body.outcome = 'mismatch'
        return i - 1
      }
      if (depth === 0) return i
      if (depth === trackDepth) {
        earlier = opened
        earlierBytes = i - opened
      }
    } else if (c === BACKSLASH) {
      body.outcome = 'mismatch'
      return i - 1
    }
  }
}

/**
 * From inside a text to the index after the quote that closes it. Where it does not close in this
 * piece, the complement of the index to go on from (always negative): one beyond the piece where that ended on a backslash.
 *
 * A function of its own, because V8 leaves optimised code whenever an inner loop that it compiled
 * while running ends, and this one ends millions of times.
 */
function endOfText(b: Uint8Array, view: DataView, from: number, n: number): number {
  let i = from
  // Eight bytes a turn: text is most of what there is. Both halves are asked alike, written out.
  while (i + 8 <= n) {
    let word = view.getInt32(i, true)
    let quote = word ^ QUOTES
    let backslash = word ^ BACKSLASHES
    let found = ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash)
    if ((found & HIGH_BITS) === 0) {
      i += 4
      word = view.getInt32(i, true)
      quote = word ^ QUOTES
      backslash = word ^ BACKSLASHES
      found = ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash)
      if ((found & HIGH_BITS) === 0) {
        i += 4
        continue
      }
    }
    found &= HIGH_BITS
    // The lowest mark is exact; a carry can only set wrong ones above it.
    i += (31 - Math.clz32(found & -found)) >> 3
    if (b[i] === QUOTE) return i + 1
    i += 2
  }
  while (i < n) {
    const c = b[i]
    i += 1
    if (c === QUOTE) return i
    if (c === BACKSLASH) i += 1
  }
  return ~i
}

function mark(body: BodyState, i: number, depth: number): void {
  if (body.markCount < 0 || body.markCount + 2 > MAX_MARKS) {
    body.markCount = -1
    return
  }
  body.marks[body.markCount] = body.origin + i
  body.marks[body.markCount + 1] = depth
  body.markCount += 2
}
