// A Worker that does nothing but read the plan it is told to fetch.
import { readPlan } from '../../src/core/plan/read.ts'
import { workerHasher } from '../../src/entry/hasher-worker.ts'

export default {
  async fetch(request: Request): Promise<Response> {
    const source = new URL(request.url).searchParams.get('source') ?? ''
    const { body } = await fetch(source)
    if (body === null) return Response.json({ error: 'no body' }, { status: 500 })
    const read = await readPlan(body, {
      hasher: workerHasher(),
      maxBytes: Number.MAX_SAFE_INTEGER,
      keepUnchanged: () => false,
    })
    if (!read.ok) return Response.json({ error: read.error }, { status: 500 })
    const { bytes, digest, changes, noOps } = read.value
    return Response.json({ bytes, digest, changes: changes.length, noOps })
  },
}
