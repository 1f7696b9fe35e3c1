// Entries of a tar archive that only describe others: long names and extended attributes. They are
// parsed whole, key by key, so that a few megabytes of them would cost a minute.

const BLOCK = 512
/** `x` and `g` of POSIX, `L` and `K` of GNU. */
const DESCRIBING: ReadonlySet<number> = new Set([0x78, 0x67, 0x4c, 0x4b])

/**
 * A check of the bytes of a tar archive, to be called with every chunk in order: true while the
 * metadata stays within the bounds, in bytes for one entry and for all. It looks at every block that
 * could be a header, also inside files, so that nothing in the archive can lead it astray.
 */
export function metadataCheck(perEntry: number, all: number): (chunk: Uint8Array) => boolean {
  const block = new Uint8Array(BLOCK)
  let filled = 0
  let total = 0
  return (chunk) => {
    for (let at = 0; at < chunk.length; ) {
      const piece = chunk.subarray(at, at + BLOCK - filled)
      block.set(piece, filled)
      filled += piece.length
      at += piece.length
      if (filled < BLOCK) return true
      filled = 0
      const size = describedBytes(block)
      total += size
      if (size > perEntry || total > all) return false
    }
    return true
  }
}

function describedBytes(block: Uint8Array): number {
  if (!DESCRIBING.has(block[156] ?? 0) || !isHeader(block)) return 0
  const isBinary = ((block[124] ?? 0) & 0x80) !== 0
  return isBinary ? Number.POSITIVE_INFINITY : octal(block, 124, 12)
}

/** By its checksum: the sum of its bytes, with the checksum's own eight as spaces. */
function isHeader(block: Uint8Array): boolean {
  const sum = block.reduce((all, byte, at) => all + (at >= 148 && at < 156 ? 0x20 : byte), 0)
  return octal(block, 148, 8) === sum
}

function octal(block: Uint8Array, from: number, length: number): number {
  const text = String.fromCharCode(...block.subarray(from, from + length))
  const digits = (text.split('\0')[0] ?? '').replaceAll(' ', '')
  return digits === '' ? 0 : Number.parseInt(digits, 8)
}
