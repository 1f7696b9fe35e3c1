// Everything in a text that speaks to its reader: as written, as the sentence a token may be, and as
// what it decodes to.
import { hostileText } from '../../text/hostile.ts'
import { lookalikes } from './neutral.ts'
import { readingsOf } from './readings.ts'
import { folded } from './shape.ts'

/** Longer texts are read as they are written, at both ends, and not decoded or folded. */
const MOST_DECODED = 65_536
const MOST_FOLDED = 4_096

/** Noun phrases, empty for ordinary text. */
export function hostileReasons(text: string): readonly string[] {
  if (text.length < 6 && /^[ -~]*$/.test(text)) return []
  const reasons = new Set(plainReasons(text))
  if (text.length <= MOST_DECODED && /[A-Za-z0-9+/]{16}|%[0-9a-f]{2}|\\[ux]|&#/i.test(text)) {
    for (const one of readingsOf(text).decoded) {
      for (const reason of plainReasons(one)) reasons.add(reason)
    }
  }
  return [...reasons]
}

function plainReasons(text: string): readonly string[] {
  const words = text.length <= MOST_FOLDED ? folded(text) : ''
  return [
    ...hostileText(text),
    ...(words === '' || words === text ? [] : hostileText(words)),
    ...lookalikes(text),
  ]
}
