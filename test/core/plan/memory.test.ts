// Reading holds what changes, never the document: a plan larger than the heap is read all the same.
import { expect, it } from 'vitest'
import { inNode } from '../../bench/memory-of.ts'

const MIB = 1_048_576
/** Small young and old generations: holding a tenth of the document would end the process. */
const SMALL_HEAP = ['--max-old-space-size=32', '--max-semi-space-size=1']

it('a plan of 64 MB is read with a heap of 32 MiB', async () => {
  const shape = { bytes: 64_000_000, changed: 0.01 }
  const outcome = await inNode(shape, SMALL_HEAP)
  expect(outcome.bytes).toBeGreaterThan(60_000_000)
  expect(outcome.changes / (outcome.changes + outcome.noOps)).toBeCloseTo(0.01, 2)
  expect(outcome.peakRss).toBeLessThan(180 * MIB)
})

it('four times the plan takes next to no more memory', async () => {
  const small = await inNode({ bytes: 32_000_000, changed: 0.001 }, SMALL_HEAP)
  const large = await inNode({ bytes: 128_000_000, changed: 0.001 }, SMALL_HEAP)
  expect(large.peakRss - small.peakRss).toBeLessThan(48 * MIB)
})
