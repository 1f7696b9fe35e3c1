// Texts that a model wrote, or may have: on their way into a decision.
import { visible } from '../text/safe.ts'
import { redact } from '../text/secrets.ts'

/** UTF-16 units a name of a model may have in a decision. */
export const MODEL_LENGTH: number = 80
/** UTF-16 units a sentence of a model may have in a decision. */
export const SENTENCE_LENGTH: number = 300

/** One line without secrets, at most `length`. Redacted first: half a secret has no shape any more. */
export function clean(text: string, length: number): string {
  return visible(redact(text), length)
}
