// A process of its own that reads the plan at an address or in a file, and prints what it took.
import { readPlan } from '../../src/core/plan/read.ts'
import { fileStream } from '../../src/entry/file-stream.ts'
import { nodeHasher } from '../../src/entry/hasher.ts'
import { keepYoungHeapSmall } from '../../src/entry/small-heap.ts'

// As `holdgate serve` does.
keepYoungHeapSmall()

const source = process.argv[2] ?? ''
const body = source.startsWith('http:') ? (await fetch(source)).body : fileStream(source)
if (body === null) throw new Error('no body')
const read = await readPlan(body, {
  hasher: nodeHasher(),
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
