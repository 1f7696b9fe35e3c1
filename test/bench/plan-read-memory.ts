// Peak memory while a plan of 1 GB is read that is generated on the fly and never stored.

import { type Bench, rounded } from './measure.ts'
import { inNode, inWorkerd } from './memory-of.ts'

const SHAPE = { bytes: 1_000_000_000, changed: 0.01 }
const ALLOWED = 200_000_000
const MB = 1_000_000

export const planReadMemory: Bench = {
  name: 'plan-read-memory',
  async *run() {
    const node = await inNode(SHAPE)
    yield {
      bench: 'plan-read-memory, 1 GB in Node, peak resident',
      value: rounded(node.peakRss / MB, 0),
      unit: 'MB',
      against: 'the 200 MB allowed',
      ratio: rounded(ALLOWED / node.peakRss),
    }
    const workerd = await inWorkerd(SHAPE)
    if (workerd.digest !== node.digest) throw new Error('the runtimes read different plans')
    yield {
      bench: 'plan-read-memory, 1 GB in workerd with a heap of 128 MB, peak resident above idle',
      value: rounded((workerd.peakRss - workerd.idleRss) / MB, 0),
      unit: 'MB',
      against: 'the 200 MB allowed',
      ratio: rounded(ALLOWED / Math.max(1, workerd.peakRss - workerd.idleRss)),
    }
  },
}
