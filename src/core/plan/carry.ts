/** A value being kept while pieces come and go: its bytes in this piece, and those of earlier ones. */
export interface Carry {
  /** A value starts at this index of the current piece. */
  begin(index: number): void
  /** The piece ends inside the value: copies the rest of it. Returns the bytes held so far. */
  hold(piece: Uint8Array): number
  /** The value ends before this index. Valid until the next call. */
  end(piece: Uint8Array, index: number): Uint8Array
  /** Offset in the value of index 0 of the current piece: negative where the value starts in it. */
  origin(): number
}

export function createCarry(): Carry {
  let buffer = new Uint8Array(0)
  let held = 0
  let start = 0

  function append(bytes: Uint8Array): void {
    const size = held + bytes.length
    if (size > buffer.length) {
      const larger = new Uint8Array(Math.max(size, buffer.length * 2, 65_536))
      larger.set(buffer.subarray(0, held))
      buffer = larger
    }
    buffer.set(bytes, held)
    held = size
  }

  return {
    begin(index) {
      held = 0
      start = index
    },
    hold(piece) {
      append(piece.subarray(start))
      start = 0
      return held
    },
    end(piece, index) {
      if (held === 0) return piece.subarray(start, index)
      append(piece.subarray(start, index))
      return buffer.subarray(0, held)
    },
    origin: () => held - start,
  }
}
