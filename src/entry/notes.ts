// What the team knows, in a few words: shown to the second pass of a review, which can only raise.
import { err, ok, type Result } from '../core/result.ts'

export const MAX_NOTES_BYTES: number = 16 * 1024

/** @returns the text, or one sentence without its subject: "… is longer than 16 KiB" */
export function checkNotes(text: string): Result<string, string> {
  const { byteLength } = new TextEncoder().encode(text)
  return byteLength <= MAX_NOTES_BYTES ? ok(text) : err('is longer than 16 KiB')
}
