// Stream → plan, in one pass and in bounded memory: the document is never held, only the elements
// that decide something. Anything that cannot be read to its last byte is a failure, never half a plan.
import { err, ok, type Result } from '../result.ts'
import { conclude } from './conclude.ts'
import { createDocument } from './document.ts'
import type { PlanFailure } from './failure.ts'
import { type Input, type Next, openInput, openPieces, type Pieces, peek } from './input.ts'
import { LIMITS } from './limits.ts'
import type { Plan } from './model.ts'
import { recogniseStart } from './recognise.ts'
import { createScanner, type Scanner } from './scan.ts'

/** SHA-256 in pieces; each runtime brings its own (`node:crypto`, `crypto.DigestStream`). */
export interface Hasher {
  /** The bytes are valid during the call, and until what it returns has settled. */
  update(bytes: Uint8Array): Promise<void> | undefined
  /** Lower-case hex. */
  digest(): Promise<string>
  /** Called in place of `digest` where reading fails. */
  drop?(): void
}

export interface ReadOptions {
  readonly hasher: Hasher
  /** Cap on decoded bytes; default `LIMITS.planBytes`. */
  readonly maxBytes?: number
  /** Cap on the bytes of all kept elements together; default `LIMITS.keptBytes`. */
  readonly maxKeptBytes?: number
  /** Resource types whose plain no-ops are kept in `Plan.unchanged`. */
  readonly keepUnchanged: (type: string) => boolean
  /** Called now and then with the decoded bytes read so far. */
  readonly onProgress?: (bytes: number) => void
}

/** Enough to see a wrapper's command line or the first words of something else. */
const HEAD_BYTES = 64
const PROGRESS_BYTES = 1024 * 1024

/**
 * Reads one plan document from a stream of bytes: UTF-8 with or without byte-order mark, UTF-16 with
 * one, any of them compressed with gzip; with or without the command line that CI wrappers put first.
 *
 * `Plan.digest` is the SHA-256 of all decoded bytes as UTF-8 without byte-order mark, the wrapper's
 * lines and trailing white space included: of a plain file it is what `sha256sum` prints.
 * Every failure of `PlanFailure` may come back; nothing is thrown for what the stream holds or does.
 * The stream is read to its end or cancelled. The result is the same for every way of cutting it.
 */
export async function readPlan(
  stream: ReadableStream<Uint8Array>,
  options: ReadOptions,
): Promise<Result<Plan, PlanFailure>> {
  let pieces: Pieces
  try {
    pieces = openPieces(stream)
  } catch {
    return err({ reason: 'read-error', detail: 'the stream is already being read' })
  }
  try {
    const input = await openInput(pieces)
    return input.ok ? await readDocument(input.value, options) : input
  } finally {
    await pieces.close()
  }
}

async function readDocument(
  input: Input,
  options: ReadOptions,
): Promise<Result<Plan, PlanFailure>> {
  const start = await peek(input.next, HEAD_BYTES)
  if (!start.ok) return start
  const { head, next } = start.value
  const document = createDocument({
    keepUnchanged: options.keepUnchanged,
    maxKeptBytes: options.maxKeptBytes ?? LIMITS.keptBytes,
  })
  const wrapped = String.fromCharCode(...head.subarray(0, 9)) === '[command]'
  const scanner = createScanner({
    root: document.root,
    maxDepth: LIMITS.depth,
    skipFirstLine: wrapped,
    notAnObject: recogniseStart(head),
  })
  const bytes = await pump(next, scanner, options)
  if (!bytes.ok) {
    options.hasher.drop?.()
    return err(explain(bytes.error, input))
  }
  const notes = wrapped
    ? [...input.notes, 'a CI wrapper printed its command before the plan; that line was skipped']
    : input.notes
  const digest = `sha256:${await options.hasher.digest()}`
  return conclude(document.gathered, { bytes: bytes.value, digest, notes })
}

/** Feeds every piece to the hasher and to the scanner; the number of bytes at the end. */
async function pump(
  next: Next,
  scanner: Scanner,
  options: ReadOptions,
): Promise<Result<number, PlanFailure>> {
  const max = options.maxBytes ?? LIMITS.planBytes
  let bytes = 0
  let reported = 0
  for (;;) {
    const piece = await next()
    if (!piece.ok) return piece
    if (piece.value === undefined) {
      const failure = scanner.end()
      return failure === undefined ? ok(bytes) : err(failure)
    }
    bytes += piece.value.length
    if (bytes > max) return err({ reason: 'limit', limit: 'the plan', max, unit: 'bytes' })
    const hashed = options.hasher.update(piece.value)
    const failure = scanner.push(piece.value)
    await hashed
    if (failure !== undefined) return err(failure)
    if (bytes - reported < PROGRESS_BYTES) continue
    reported = bytes
    options.onProgress?.(bytes)
  }
}

/** PowerShell 5 replaces characters it cannot show, quotes among them: then the file is lost. */
function explain(failure: PlanFailure, input: Input): PlanFailure {
  if (!input.transcoded) return failure
  if (failure.reason !== 'malformed' && failure.reason !== 'truncated') return failure
  const fault = failure.reason === 'malformed' ? failure.detail : 'the document does not end'
  const detail = `${fault}; PowerShell re-encoded the file and may have destroyed characters, so use "-Encoding utf8" or "cmd /c"`
  return { reason: 'malformed', at: failure.at, detail }
}
