// A process of its own that reads the plan at an address or in a file, and prints what it took.
import { readPlan } from '../../src/core/plan/read.ts'
import { fileStream } from '../../src/entry/file-stream.ts'
import { nodeHasher } from '../../src/entry/hasher.ts'
import { keepYoungHeapSmall } from '../../src/entry/small-heap.ts'
import { threadHasher } from '../../src/entry/thread-hasher.ts'

// From the network as `holdgate serve` does it, from a file as `holdgate check`.
keepYoungHeapSmall()

const source = process.argv[2] ?? ''
const isAddress = source.startsWith('http:')
const body = isAddress ? (await fetch(source)).body : fileStream(source)
if (body === null) throw new Error('no body')
const read = await readPlan(body, {
  hasher: isAddress ? nodeHasher() : threadHasher(),
  maxBytes: Number.MAX_SAFE_INTEGER,
  keepUnchanged: () => false,
})
if (!read.ok) throw new Error(JSON.stringify(read.error))
console.log(
  JSON.stringify({
    bytes: read.value.bytes,
    changes: read.value.changes.length,
    noOps: read.value.noOps,
    digest: read.value.digest,
    /** Kibibytes. */
    peakRss: process.resourceUsage().maxRSS,
  }),
)
