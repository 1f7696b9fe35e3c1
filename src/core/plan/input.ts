// From whatever was sent to the bytes of one UTF-8 document: gzip, byte-order marks, UTF-16. Piece by
// piece; nothing here holds more than one piece.
import { err, ok, type Result } from '../result.ts'
import type { PlanFailure } from './failure.ts'

/** The next piece, undefined at the end. A piece is valid until the next call. */
export type Next = () => Promise<Result<Uint8Array | undefined, PlanFailure>>

export interface Input {
  readonly next: Next
  /** The source was UTF-16: PowerShell wrote it, and may have destroyed characters. */
  readonly transcoded: boolean
  readonly notes: readonly string[]
}

/** Reads pieces and gives the source back; `close` stops a source that has not ended. */
export interface Pieces {
  /** Throws what the source throws. */
  next(): Promise<Uint8Array | undefined>
  close(): Promise<void>
}

/** Bytes asked for at once: workerd gives a default reader 4 kB and this one all it has. */
const PIECE_BYTES = 1024 * 1024

/** A BYOB reader where the stream has bytes to give, a default reader otherwise. Throws if locked. */
export function openPieces(stream: ReadableStream<Uint8Array>): Pieces {
  return byob(stream) ?? plain(stream)
}

function byob(stream: ReadableStream<Uint8Array>): Pieces | undefined {
  let reader: ReadableStreamBYOBReader
  try {
    reader = stream.getReader({ mode: 'byob' })
  } catch {
    return undefined
  }
  // Two buffers in turn: one is filled while the other is scanned.
  let idle = new ArrayBuffer(PIECE_BYTES)
  let ahead: Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>> | undefined
  const read = (buffer: ArrayBuffer): typeof ahead => unhurt(reader.read(new Uint8Array(buffer)))
  return {
    async next() {
      ahead ??= read(new ArrayBuffer(PIECE_BYTES))
      const { done, value } = (await ahead) ?? { done: true, value: undefined }
      if (done || value === undefined) return undefined
      ahead = read(idle)
      idle = value.buffer
      return value
    },
    close: () => reader.cancel().catch(() => undefined),
  }
}

function plain(stream: ReadableStream<Uint8Array>): Pieces {
  const reader = stream.getReader()
  let ahead: Promise<ReadableStreamReadResult<Uint8Array>> | undefined
  return {
    async next() {
      const { done, value } = await (ahead ?? reader.read())
      if (done) return undefined
      ahead = unhurt(reader.read())
      // A Buffer is a Uint8Array of another kind to the engine, and would slow the scanner's loop.
      return value.constructor === Uint8Array
        ? value
        : new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    },
    close: () => reader.cancel().catch(() => undefined),
  }
}

/** A read that nobody may come to await: its failure must not count as unhandled. */
function unhurt<T>(reading: Promise<T>): Promise<T> {
  reading.catch(() => undefined)
  return reading
}

/** Looks at the first bytes and decides how to read the rest. */
export async function openInput(pieces: Pieces): Promise<Result<Input, PlanFailure>> {
  const raw = await peek(fromPieces(pieces), 4)
  if (!raw.ok) return raw
  if (!isGzip(raw.value.head)) return decode(raw.value, [])
  const inflated = await peek(inflate(raw.value.next), 4)
  if (!inflated.ok) return inflated
  if (isGzip(inflated.value.head)) {
    return err({ reason: 'undecodable', encoding: 'gzip', detail: 'compressed more than once' })
  }
  return decode(inflated.value, ['the input was compressed with gzip'])
}

export interface Peeked {
  /** At least the bytes asked for, fewer only where the input ended. */
  readonly head: Uint8Array
  /** Gives `head` again, then the rest. */
  readonly next: Next
}

/** Reads until `bytes` are there; takes nothing away from what `next` gives. */
export async function peek(next: Next, bytes: number): Promise<Result<Peeked, PlanFailure>> {
  let head = new Uint8Array(0)
  while (head.length < bytes) {
    const piece = await next()
    if (!piece.ok) return piece
    if (piece.value === undefined) break
    const longer = new Uint8Array(head.length + piece.value.length)
    longer.set(head)
    longer.set(piece.value, head.length)
    head = longer
  }
  let given = head.length === 0
  return ok({
    head,
    next: async () => {
      if (given) return next()
      given = true
      return ok(head)
    },
  })
}

function fromPieces(pieces: Pieces): Next {
  return async () => {
    try {
      return ok(await pieces.next())
    } catch (cause) {
      // The message may hold a signed address; the name never does.
      const detail = cause instanceof Error ? cause.name : 'unknown cause'
      return err({ reason: 'read-error', detail })
    }
  }
}

function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b
}

function inflate(next: Next): Next {
  let broken: PlanFailure | undefined
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const piece = await next()
        if (!piece.ok) {
          broken = piece.error
          controller.error(new Error('the source failed'))
        } else if (piece.value === undefined) controller.close()
        // A copy: the decoder may still work on it when the next piece overwrites the buffer.
        else controller.enqueue(new Uint8Array(piece.value))
      },
    },
    { highWaterMark: 0 },
  )
  const inflated = openPieces(source.pipeThrough(new DecompressionStream('gzip')))
  return async () => {
    try {
      return ok(await inflated.next())
    } catch {
      const detail = 'damaged or cut off'
      return err(broken ?? { reason: 'undecodable', encoding: 'gzip', detail })
    }
  }
}

async function decode(
  { head, next }: Peeked,
  notes: readonly string[],
): Promise<Result<Input, PlanFailure>> {
  const [a, b, c, d] = head
  if (a === 0xef && b === 0xbb && c === 0xbf) {
    return ok({ next: skipFirst(next, 3), transcoded: false, notes })
  }
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return err(encodingFailure('UTF-32'))
  const mark = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : ''
  if (mark === '') {
    if (a === 0 || (a === 0x7b && b === 0)) return err(encodingFailure('UTF-16 without its mark'))
    return ok({ next, transcoded: false, notes })
  }
  const note = 'the input was UTF-16, as PowerShell redirection writes it, and was read as text'
  return ok({ next: transcode(next, mark), transcoded: true, notes: [...notes, note] })
}

function encodingFailure(encoding: string): PlanFailure {
  return { reason: 'undecodable', encoding, detail: 'only UTF-8 and marked UTF-16 are read' }
}

function skipFirst(next: Next, bytes: number): Next {
  let skipped = false
  return async () => {
    const piece = await next()
    if (skipped || !piece.ok || piece.value === undefined) return piece
    skipped = true
    return ok(piece.value.subarray(bytes))
  }
}

/** UTF-16 to UTF-8; the decoder takes the mark away. */
function transcode(next: Next, encoding: 'utf-16le' | 'utf-16be'): Next {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const encoder = new TextEncoder()
  let ended = false
  return async () => {
    if (ended) return ok(undefined)
    const piece = await next()
    if (!piece.ok) return piece
    ended = piece.value === undefined
    try {
      const text = decoder.decode(piece.value ?? new Uint8Array(0), { stream: !ended })
      return ok(encoder.encode(text))
    } catch {
      const detail = 'an unpaired half of a character'
      return err({ reason: 'undecodable', encoding: encoding.toUpperCase(), detail })
    }
  }
}
