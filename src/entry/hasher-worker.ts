import type { Hasher } from '../core/plan/read.ts'

/** What is used of workerd's `crypto.DigestStream`. */
interface DigestStream extends WritableStream<Uint8Array> {
  readonly digest: Promise<ArrayBuffer>
}
interface DigestCrypto {
  readonly DigestStream: new (algorithm: 'SHA-256') => DigestStream
}

/** SHA-256 by workerd's own stream. Throws where the runtime has none. */
export function workerHasher(): Hasher {
  const { DigestStream } = crypto as unknown as DigestCrypto
  const stream = new DigestStream('SHA-256')
  const writer = stream.getWriter()
  let last: Promise<void> = Promise.resolve()
  return {
    update(bytes) {
      // A copy: the stream reads it later, and the caller's buffer is used again at once.
      last = writer.write(bytes.slice())
      last.catch(() => undefined)
    },
    async digest() {
      await last
      await writer.close()
      const hash = new Uint8Array(await stream.digest)
      return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
    },
  }
}
