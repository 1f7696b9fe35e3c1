import { createHash } from 'node:crypto'
import type { Hasher } from '../core/plan/read.ts'
import { type RemoteHash, remoteHash } from './hash-thread.ts'

/** Hashing less takes no longer than starting a thread does. */
const SMALL_BYTES = 4 * 1024 * 1024
/** Pieces under way at once: enough that scanning goes on for some of the time a thread starts in. */
const MOST_PIECES = 12
const PIECE_BYTES = 1024 * 1024
const FIRST_PIECE_BYTES = 64 * 1024

type Piece = Uint8Array<ArrayBuffer>

/**
 * SHA-256 by Node's own implementation: of a small document at its end, of a large one on another
 * thread while it is read. For a process that reads one plan and ends: the thread and the copies of
 * up to 12 MiB that are under way to it take over 20 MB.
 */
export function threadHasher(): Hasher {
  const held: Piece[] = []
  let heldBytes = 0
  let remote: RemoteHash | undefined
  let piece: Piece | undefined = new Uint8Array(FIRST_PIECE_BYTES)
  let used = 0

  /** Copies until all pieces are under way; the index of the first byte that is left over. */
  function take(bytes: Uint8Array, from: number): number {
    let at = from
    while (at < bytes.length) {
      piece ??= emptyPiece()
      if (piece === undefined) return at
      const part = bytes.subarray(at, at + piece.length - used)
      piece.set(part, used)
      used += part.length
      at += part.length
      if (used === piece.length) handOver(piece)
    }
    return at
  }

  function handOver(full: Piece): void {
    piece = undefined
    used = 0
    if (remote !== undefined) {
      remote.add(full.buffer, full.length)
      return
    }
    held.push(full)
    heldBytes += full.length
    if (heldBytes < SMALL_BYTES) return
    remote = remoteHash()
    for (const one of held.splice(0)) remote.add(one.buffer, one.length)
  }

  function emptyPiece(): Piece | undefined {
    if (remote === undefined) return new Uint8Array(Math.min(PIECE_BYTES, heldBytes))
    const spare = remote.spare()
    if (spare?.byteLength === PIECE_BYTES) return new Uint8Array(spare)
    return remote.away() < MOST_PIECES ? new Uint8Array(PIECE_BYTES) : undefined
  }

  async function takeLater(from: RemoteHash, bytes: Uint8Array, first: number): Promise<void> {
    for (let at = first; at < bytes.length; at = take(bytes, at)) await from.returned()
  }

  return {
    update(bytes) {
      const at = take(bytes, 0)
      return remote === undefined || at === bytes.length ? undefined : takeLater(remote, bytes, at)
    },
    async digest() {
      if (remote !== undefined) {
        if (piece !== undefined) remote.add(piece.buffer, used)
        return remote.digest()
      }
      const hash = createHash('sha256')
      for (const one of held) hash.update(one)
      return hash.update(piece?.subarray(0, used) ?? '').digest('hex')
    },
    drop: () => remote?.drop(),
  }
}
