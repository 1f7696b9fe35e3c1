// Where in a text the shapes of credentials stand. `redact` says what remains; this says what went,
// and finds a little more.
import { REDACTED, redact } from '../../text/secrets.ts'
import { hasRandom, replaceRandom } from './random.ts'
import { joinBlocks, replaceAssigned } from './telling-names.ts'

/** UTF-16 units of one part as it is remembered. */
const LONGEST_PART = 4_096

export function holdsShape(text: string): boolean {
  return redact(text) !== text || hasRandom(text) || replaceAssigned(text, () => '') !== text
}

/** The parts that have such a shape, as far as they can be told. */
export function shapesIn(text: string): readonly string[] {
  const found: string[] = []
  replaceShapes(text, (part) => {
    found.push(part)
    return REDACTED
  })
  return found
}

/** `redact` and more, with a word of the caller's for each part. */
export function replaceShapes(text: string, put: (part: string) => string): string {
  return replaceRandom(replaceAssigned(replaceRedacted(joinBlocks(text), put), put), put)
}

/**
 * What is put depends on a guess of the part; what remains never does: it is what `redact` left.
 */
function replaceRedacted(text: string, put: (part: string) => string): string {
  const left = redact(text)
  if (left === text) return text
  const pieces = left.split(REDACTED)
  let out = pieces[0] ?? ''
  let at = text.startsWith(out) ? out.length : 0
  for (const [order, piece] of pieces.slice(1).entries()) {
    const isLast = order === pieces.length - 2
    const found = isLast ? text.length - piece.length : text.indexOf(piece, at)
    const until = piece === '' || found < at ? text.length : found
    out += put(text.slice(at, until).slice(0, LONGEST_PART)) + piece
    at = until + piece.length
  }
  return out
}
