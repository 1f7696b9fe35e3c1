// Where in a text the shapes of credentials stand. `redact` says what remains; this says what went.
import { REDACTED, redact } from '../text/secrets.ts'

/** The parts that `redact` takes out, as far as they can be told; each at most 4 096 units. */
export function shapesIn(text: string): readonly string[] {
  const found: string[] = []
  replaceShapes(text, (part) => {
    found.push(part)
    return REDACTED
  })
  return found
}

/**
 * `redact` with a word of the caller's for each part. What is put depends on a guess of the part;
 * what remains never does: it is what `redact` left.
 */
export function replaceShapes(text: string, put: (part: string) => string): string {
  const left = redact(text)
  if (left === text) return text
  const pieces = left.split(REDACTED)
  let out = pieces[0] ?? ''
  let at = text.startsWith(out) ? out.length : 0
  for (const [order, piece] of pieces.slice(1).entries()) {
    const isLast = order === pieces.length - 2
    const next =
      piece === '' ? text.length : isLast ? text.length - piece.length : text.indexOf(piece, at)
    const until = next < at ? text.length : next
    out += put(text.slice(at, until).slice(0, 4_096)) + piece
    at = until + piece.length
  }
  return out
}
