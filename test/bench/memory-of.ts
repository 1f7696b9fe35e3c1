// How much memory reading a generated plan takes: in a Node process of its own, and in workerd.
import { execFile } from 'node:child_process'
import { createWriteStream, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import type { createTestHarness } from 'wrangler'
import { generatePlan, type PlanShape } from './generate-plan.ts'

export interface Outcome {
  readonly bytes: number
  readonly digest: string
  readonly changes: number
  readonly noOps: number
}

const CHILD: string = new URL('read-generated.ts', import.meta.url).pathname
const WORKER: string = new URL('memory-worker.ts', import.meta.url).pathname

/** From the network. `peakRss` in bytes. `flags` go to Node, for example `--max-old-space-size`. */
export async function inNode(
  shape: PlanShape,
  flags: readonly string[] = [],
): Promise<Outcome & { readonly peakRss: number }> {
  const source = await serve(shape)
  try {
    return await readBy([...flags, CHILD, source.address])
  } finally {
    source.close()
  }
}

/** From a file, as the command line reads it; the file is gone afterwards. `peakRss` in bytes. */
export async function inNodeFromFile(
  shape: PlanShape,
): Promise<Outcome & { readonly peakRss: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'holdgate-bench-'))
  try {
    const file = join(folder, 'plan.json')
    await pipeline(generatePlan(shape), createWriteStream(file))
    return await readBy([CHILD, file])
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function readBy(args: readonly string[]): Promise<Outcome & { readonly peakRss: number }> {
  const { stdout } = await promisify(execFile)(process.execPath, [...args])
  const outcome: Outcome & { peakRss: number } = JSON.parse(stdout)
  return { ...outcome, peakRss: outcome.peakRss * 1024 }
}

/** Resident bytes of workerd before and at the peak; its JavaScript heap is capped at 128 MB. */
export async function inWorkerd(
  shape: PlanShape,
): Promise<Outcome & { readonly idleRss: number; readonly peakRss: number }> {
  process.env.MINIFLARE_WORKERD_V8_FLAGS = '--max-heap-size=128'
  process.env.WRANGLER_SEND_METRICS = 'false'
  process.env.WRANGLER_HIDE_BANNER = 'true'
  process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
  const { createTestHarness } = await import('wrangler')
  const source = await serve(shape)
  const harness = createTestHarness({
    workers: [{ config: { name: 'memory', main: WORKER, compatibility_date: '2026-10-23' } }],
  })
  let sampling: NodeJS.Timeout | undefined
  try {
    await harness.listen()
    await ask(harness, `${source.address}warm-up`)
    const idleRss = workerdRss()
    let peakRss = idleRss
    sampling = setInterval(() => {
      peakRss = Math.max(peakRss, workerdRss())
    }, 20)
    const outcome = await ask(harness, source.address)
    return { ...outcome, idleRss, peakRss }
  } finally {
    clearInterval(sampling)
    await harness.close()
    source.close()
  }
}

async function ask(
  harness: ReturnType<typeof createTestHarness>,
  source: string,
): Promise<Outcome> {
  const response = await harness.fetch(`/?source=${encodeURIComponent(source)}`)
  const body = await response.text()
  if (!response.ok) throw new Error(`the Worker answered ${response.status}: ${body}`)
  return JSON.parse(body)
}

/** Resident bytes of the workerd processes started by this one. */
function workerdRss(): number {
  let bytes = 0
  for (const pid of readdirSync('/proc')) {
    if (!/^[0-9]+$/.test(pid)) continue
    const status = statusOf(pid)
    if (!/^Name:\s+workerd$/m.test(status)) continue
    if (Number(/^PPid:\s+([0-9]+)$/m.exec(status)?.[1]) !== process.pid) continue
    bytes += Number(/^VmRSS:\s+([0-9]+) kB$/m.exec(status)?.[1] ?? 0) * 1024
  }
  return bytes
}

function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}

interface Served {
  readonly address: string
  close(): void
}

/** Serves the plan, made anew for each request, and a small one under `warm-up`. */
async function serve(shape: PlanShape): Promise<Served> {
  const server = createServer((request, response) => {
    const asked = request.url === '/warm-up' ? { ...shape, bytes: 2_000_000 } : shape
    Readable.from(generatePlan(asked)).pipe(response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}/`, close: () => server.close() }
}
