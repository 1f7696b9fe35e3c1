// Metadata of archives is bounded, wherever the chunks are cut.
import fc from 'fast-check'
import { packTar } from 'modern-tar'
import { expect, it } from 'vitest'
import { metadataCheck } from '../../../../src/core/review/code/metadata.ts'

async function withAttributes(bytes: number, entries: number): Promise<Uint8Array> {
  const header = { name: 'a.tf', size: 0, pax: { comment: 'x'.repeat(bytes) } }
  return packTar([...Array(entries).keys()].map(() => ({ header })))
}

it.each([
  [900, 3, true],
  [1_100, 1, false],
  [900, 6, false],
])('%i bytes in each of %i entries: %j', async (bytes, entries, fine) => {
  const tar = await withAttributes(bytes, entries)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1 }), (cuts) => {
      const check = metadataCheck(1_000, 5_000)
      let isFine = true
      for (let at = 0, n = 0; at < tar.length; n += 1) {
        const size = cuts[n % cuts.length] ?? 1
        isFine = check(tar.subarray(at, at + size)) && isFine
        at += size
      }
      expect(isFine).toBe(fine)
    }),
    { seed: 13, numRuns: 50 },
  )
})
