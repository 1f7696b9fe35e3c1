// Peak memory while a plan of 1 GB is read: from a file, and from the network as it is generated. What
// comes over the network passes through buffers of `fetch` that only the garbage collector frees.
import { type Bench, rounded } from './measure.ts'
import { inNode, inNodeFromFile, inWorkerd } from './memory-of.ts'

const SHAPE = { bytes: 1_000_000_000, changed: 0.01 }
const ALLOWED = 200_000_000
const MB = 1_000_000

export const planReadMemory: Bench = {
  name: 'plan-read-memory',
  async *run() {
    const file = await inNodeFromFile(SHAPE)
    yield {
      bench: 'plan-read-memory, 1 GB in Node from a file, peak resident',
      value: rounded(file.peakRss / MB, 0),
      unit: 'MB',
      against: 'the 200 MB allowed',
      ratio: rounded(ALLOWED / file.peakRss),
    }
    const node = await inNode(SHAPE)
    if (node.digest !== file.digest) throw new Error('the same plan was read in two ways')
    yield {
      bench: 'plan-read-memory, 1 GB in Node from the network, peak resident',
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
