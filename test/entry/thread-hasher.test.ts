// The digest is that of the bytes, whoever computes it: this thread or another one.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { readPlan } from '../../src/core/plan/read.ts'
import { remoteHash, stopThread } from '../../src/entry/hash-thread.ts'
import { threadHasher } from '../../src/entry/thread-hasher.ts'

const MIB = 1024 * 1024
const BYTES = Uint8Array.from({ length: 40 * MIB }, (_, at) => (at * 31) ^ (at >> 11))

afterEach(() => stopThread())

function expected(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Hashes the first bytes in pieces, each overwritten as soon as the hasher is through with it. */
async function hashed(length: number, pieceBytes: number): Promise<string> {
  const hasher = threadHasher()
  const buffer = new Uint8Array(pieceBytes)
  for (let at = 0; at < length; at += pieceBytes) {
    const piece = buffer.subarray(0, Math.min(pieceBytes, length - at))
    piece.set(BYTES.subarray(at, at + piece.length))
    await hasher.update(piece)
    buffer.fill(0xff)
  }
  return hasher.digest()
}

it.each([0, 1, 65_535, 65_536, 65_537, 4 * MIB - 1, 4 * MIB, 4 * MIB + 1, 40 * MIB])(
  '%i bytes',
  async (length) => {
    expect(await hashed(length, MIB)).toBe(expected(BYTES.subarray(0, length)))
  },
)

it('the digest is the same for every cut', async () => {
  const cut = fc.asyncProperty(
    fc.integer({ min: 0, max: 12 * MIB }),
    fc.integer({ min: 3_000, max: 3 * MIB }),
    async (length, pieceBytes) => {
      expect(await hashed(length, pieceBytes)).toBe(expected(BYTES.subarray(0, length)))
    },
  )
  await fc.assert(cut, { seed: 3, numRuns: 20 })
})

it('documents hashed at the same time do not mix', async () => {
  const lengths = [9 * MIB, 40 * MIB, 20 * MIB + 5, 300]
  const digests = await Promise.all(lengths.map((length) => hashed(length, MIB + 7)))
  expect(digests).toEqual(lengths.map((length) => expected(BYTES.subarray(0, length))))
})

it('a caller faster than the thread is made to wait', async () => {
  const hasher = threadHasher()
  const waits: Promise<void>[] = []
  for (let at = 0; at < 40 && waits.length === 0; at += 1) {
    const wait = hasher.update(BYTES.subarray(at * MIB, (at + 1) * MIB))
    if (wait !== undefined) waits.push(wait)
  }
  expect(waits).toHaveLength(1)
  await Promise.all(waits)
  hasher.drop?.()
})

describe('a thread that dies', () => {
  it('fails the digest in place of letting it wait', async () => {
    const remote = remoteHash()
    remote.add(new ArrayBuffer(10), 10)
    const digest = remote.digest()
    stopThread()
    await expect(digest).rejects.toThrow('the hashing thread ended')
  })

  it('fails whoever waits for room, and the next document has a new thread', async () => {
    const hasher = threadHasher()
    let wait: Promise<void> | undefined
    while (wait === undefined) wait = hasher.update(BYTES.subarray(0, MIB))
    stopThread()
    await expect(wait.then(() => hasher.digest())).rejects.toThrow('the hashing thread ended')
    expect(await hashed(10 * MIB, MIB)).toBe(expected(BYTES.subarray(0, 10 * MIB)))
  })
})

it('a document that cannot be read leaves the thread to the next one', async () => {
  const broken = new Blob(['{"format_version":"1.2","a":"', BYTES.fill(0x61), '"'])
  const read = (): ReturnType<typeof readPlan> =>
    readPlan(broken.stream(), { hasher: threadHasher(), keepUnchanged: () => false })
  expect(await read()).toMatchObject({ ok: false, error: { reason: 'truncated' } })
  expect(await hashed(10 * MIB, MIB)).toBe(expected(BYTES.subarray(0, 10 * MIB)))
})
