// A process of its own that fetches the plan it is given the address of, reads it, and prints what it took.
import { readPlan } from '../../src/core/plan/read.ts'
import { nodeHasher } from '../../src/entry/hasher.ts'

const { body } = await fetch(process.argv[2] ?? '')
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
