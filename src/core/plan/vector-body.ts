// The loop of body.ts in WebAssembly's vector instructions, five times faster, where the runtime makes
// code from bytes: Node does, Workers do not.
import { type BodyState, type RunBody, runBody } from './body.ts'
import { BODY_WASM } from './body-wasm.ts'

/** Finds the ends of objects and lists in the piece it was given last. Scanners may take turns. */
export interface VectorBody {
  /** Copies at most `MAX_PIECE_BYTES`; the answer holds the same bytes until the next call. */
  load(piece: Uint8Array): Uint8Array
  /** Over what `load` answered last. */
  readonly run: RunBody
}

export const MAX_PIECE_BYTES: number = 1024 * 1024
/** Copying less than this gains nothing. */
const MIN_PIECE_BYTES = 16_384
const MAX_LEVELS = 1024
const OUTCOMES = ['more', 'end', 'too-deep', 'mismatch'] as const
const QUOTE = 0x22
const STACK = 64
const MARKS = 2048
const PIECE = 8192
const BLOCK_BYTES = 64

let shared: { readonly body: VectorBody | undefined } | undefined

/**
 * For pieces of so many bytes and values of at most so many levels; undefined where it is not worth
 * while, or the runtime refuses. One for all scanners: what they keep stands in `BodyState`.
 */
export function vectorBody(bytes: number, levels: number): VectorBody | undefined {
  if (bytes < MIN_PIECE_BYTES || levels > MAX_LEVELS) return undefined
  shared ??= { body: createVectorBody() }
  return shared.body
}

function createVectorBody(): VectorBody | undefined {
  try {
    const code = Uint8Array.from(atob(BODY_WASM), (char) => char.charCodeAt(0))
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code))
    const memory = exports.memory as WebAssembly.Memory
    return withMemory(memory.buffer, exports.run as Run)
  } catch {
    return undefined
  }
}

/** Addresses in memory, and the parameters of body.wat. */
type Run = (from: number, to: number, room: number, track: number, origin: number) => number

function withMemory(memory: ArrayBuffer, run: Run): VectorBody {
  const heap = new Uint8Array(memory)
  const head = new Int32Array(memory, 0, 5)
  const stack = heap.subarray(STACK, STACK + MAX_LEVELS)
  const marks = new Int32Array(memory, MARKS, 1024)
  let end = PIECE
  return {
    load(piece) {
      heap.set(piece, PIECE)
      end = PIECE + piece.length
      heap.fill(0, end, end + BLOCK_BYTES)
      return heap.subarray(PIECE, end)
    },
    run(body, piece, from) {
      if (isText(body, piece, from)) return runBody(body, piece, from)
      head[0] = body.depth
      head[1] = body.inString ? 1 : 0
      head[2] = body.escaped ? 1 : 0
      head[3] = body.markCount
      for (let level = 0; level < body.depth; level += 1) stack[level] = body.stack[level] ?? 0
      const noted = Math.max(0, body.markCount)
      const at = run(PIECE + from, end, body.room, body.trackDepth, body.origin - PIECE)
      body.depth = head[0]
      body.inString = head[1] === 1
      body.escaped = head[2] === 1
      body.markCount = head[3]
      body.outcome = OUTCOMES[head[4] ?? 3] ?? 'mismatch'
      for (let n = noted; n < body.markCount; n += 1) body.marks[n] = marks[n] ?? 0
      if (body.outcome === 'more') body.stack.set(stack.subarray(0, body.depth))
      return at - PIECE
    },
  }
}

/** A key, or a value that is a string: at its start or in its middle. */
function isText(body: BodyState, piece: Uint8Array, from: number): boolean {
  return body.depth === 0 && (body.inString || piece[from] === QUOTE)
}
