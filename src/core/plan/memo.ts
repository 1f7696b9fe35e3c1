// Pieces of a document that come again byte for byte are parsed once.
import type { JsonValue } from '../json.ts'
import type { PlanFailure } from './failure.ts'
import { parseKept } from './kept.ts'
import { fingerprint, sameBytes } from './same-bytes.ts'
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

/** Bytes of pieces remembered: the modules of one organisation fit many times. */
const MEMO_BYTES = 8 * 1024 * 1024

/** Remembers what `read` made of a piece, by the bytes of the piece; up to a total of bytes. */
export function createMemo<T>(read: (value: JsonValue) => T): Memo<T> {
  const known = new Map<number, { readonly piece: DataView; readonly value: T }>()
  let remembered = 0
  return {
    find(slice) {
      const { bytes } = slice
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
      const key = fingerprint(view)
      const before = known.get(key)
      if (
        before?.piece.byteLength === bytes.length &&
        sameBytes(before.piece, 0, view, 0, bytes.length)
      ) {
        return { value: before.value, failure: undefined, parsedBytes: 0 }
      }
      const parsedBytes = bytes.length
      const parsed = parseKept(slice)
      if (!parsed.ok) return { value: undefined, failure: parsed.error, parsedBytes }
      const value = read(parsed.value)
      if (before === undefined && remembered + bytes.length <= MEMO_BYTES) {
        remembered += bytes.length
        known.set(key, { piece: new DataView(bytes.slice().buffer), value })
      }
      return { value, failure: undefined, parsedBytes }
    },
    clear() {
      known.clear()
    },
  }
}
