import { createHash } from 'node:crypto'
import type { Hasher } from '../core/plan/read.ts'

/** SHA-256 by Node's own implementation. */
export function nodeHasher(): Hasher {
  const hash = createHash('sha256')
  return {
    update(bytes) {
      hash.update(bytes)
    },
    digest: async () => hash.digest('hex'),
  }
}
