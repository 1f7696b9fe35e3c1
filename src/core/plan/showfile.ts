// Atlantis captures `terraform show -json` together with standard error, so warnings may stand before
// and after the document. Only whole lines around a document of one line are taken away, and only
// where nothing in them could be a document: what remains doubtful reaches the reader as it came.

/** Bytes of warnings taken away on either side. */
const MAX_NOISE_BYTES = 256 * 1024

const LINE_FEED = 0x0a
const OPEN = '{"'
const CLOSE = 0x7d

/**
 * The stream without the lines before the one that opens with `{"`, and without those after the one
 * that ends the document. Untouched: compressed or re-encoded input, a document over several lines,
 * one with `{"` in the text around it, and one with more than 256 KiB around it.
 */
export function withoutWarnings(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const filter = createFilter()
  const transform = new TransformStream<Uint8Array, Uint8Array>({
    transform: (piece, controller) => {
      const kept = filter.push(piece)
      if (kept.length > 0) controller.enqueue(kept)
    },
    flush: (controller) => {
      const kept = filter.end()
      if (kept.length > 0) controller.enqueue(kept)
    },
  })
  return stream.pipeThrough(transform)
}

interface Filter {
  push(piece: Uint8Array): Uint8Array
  end(): Uint8Array
}

const NOTHING = new Uint8Array(0)

function createFilter(): Filter {
  let state: 'before' | 'document' | 'after' | 'untouched' = 'before'
  let held: Uint8Array = NOTHING
  let last = 0

  const release = (): Uint8Array => {
    const all = held
    held = NOTHING
    return all
  }

  const before = (piece: Uint8Array): Uint8Array => {
    held = joined(held, piece)
    const text = latin(held.subarray(0, MAX_NOISE_BYTES + OPEN.length))
    const start = text.startsWith(OPEN) ? 0 : text.indexOf(`\n${OPEN}`) + 1
    const isFirst = start > 0 || text.startsWith(OPEN)
    if (!isFirst) {
      if (held.length > MAX_NOISE_BYTES) state = 'untouched'
      return state === 'untouched' ? release() : NOTHING
    }
    // Anything the reader knows by its first bytes, or a document inside the text: hands off.
    if (text.slice(0, start).includes(OPEN) || isEncoded(held)) {
      state = 'untouched'
      return release()
    }
    state = 'document'
    return document(release().subarray(start))
  }

  const document = (piece: Uint8Array): Uint8Array => {
    const end = piece.indexOf(LINE_FEED)
    const line = end < 0 ? piece : piece.subarray(0, end)
    last = lastInk(line) ?? last
    if (end < 0) return piece
    state = last === CLOSE ? 'after' : 'untouched'
    return state === 'untouched' ? piece : joined(line, after(piece.subarray(end)))
  }

  const after = (piece: Uint8Array): Uint8Array => {
    held = joined(held, piece)
    if (held.length <= MAX_NOISE_BYTES) return NOTHING
    state = 'untouched'
    return release()
  }

  return {
    push: (piece) => {
      if (state === 'untouched') return piece
      if (state === 'before') return before(piece)
      return state === 'document' ? document(piece) : after(piece)
    },
    end: () => {
      if (state !== 'after') return release()
      const text = latin(held)
      // White space alone stays: it belongs to the file whose digest is told.
      return text.trim() === '' || /^\s*[{[]/m.test(text) || text.includes(OPEN)
        ? release()
        : NOTHING
    },
  }
}

/** gzip, a byte-order mark, UTF-16. */
function isEncoded(bytes: Uint8Array): boolean {
  const [first = 0] = bytes
  return first === 0x1f || first === 0xef || first >= 0xfe || first === 0
}

function lastInk(bytes: Uint8Array): number | undefined {
  for (let at = bytes.length - 1; at >= 0; at -= 1) {
    const byte = bytes[at] ?? 0
    if (byte > 0x20) return byte
  }
  return undefined
}

/** One character for each byte: positions stay, and every runtime can do it. */
function latin(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  }
  return text
}

/** A copy: a piece may be overwritten once it was handed on. */
function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
