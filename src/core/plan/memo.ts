// Pieces of a document that come again byte for byte are parsed once.
import type { JsonValue } from '../json.ts'
import type { PlanFailure } from './failure.ts'
import { parseKept } from './kept.ts'
import type { Slice } from './visit.ts'

export interface Memo<T> {
  find(slice: Slice): {
    readonly value: T | undefined
    readonly failure: PlanFailure | undefined
    /** 0 where the piece had been seen before. */
    readonly parsedBytes: number
  }
  clear(): void
}

const DECODER: TextDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
/** Characters of pieces remembered: the modules of one organisation fit many times. */
const MEMO_CHARACTERS = 8 * 1024 * 1024

/** Remembers what `read` made of a piece, by the text of the piece; up to a total of characters. */
export function createMemo<T>(read: (value: JsonValue) => T): Memo<T> {
  const known = new Map<string, T>()
  let characters = 0
  return {
    find(slice) {
      const text = decode(slice.bytes)
      const before = text === undefined ? undefined : known.get(text)
      if (before !== undefined) return { value: before, failure: undefined, parsedBytes: 0 }
      const parsedBytes = slice.bytes.length
      const parsed = parseKept(slice)
      if (!parsed.ok) return { value: undefined, failure: parsed.error, parsedBytes }
      const value = read(parsed.value)
      if (text !== undefined && characters + text.length <= MEMO_CHARACTERS) {
        characters += text.length
        known.set(text, value)
      }
      return { value, failure: undefined, parsedBytes }
    },
    clear() {
      known.clear()
    },
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return DECODER.decode(bytes)
  } catch {
    return undefined
  }
}
