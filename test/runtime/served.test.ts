// `holdgate serve` as a process: what only a process can show. The numbers are those of the run-task
// checklist in test/conformance/run-task.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { finals } from '../../src/entry/practice/recording.ts'
import { type PracticePlatform, startPlatform } from '../../src/entry/practice/server.ts'
import { HELD_PLAN } from '../support/plans.ts'
import { HMAC_KEY, settingsFor } from '../support/rig.ts'
import { type Served, serve } from '../support/served.ts'

let platform: PracticePlatform
let served: Served | undefined

beforeEach(async () => {
  platform = await startPlatform()
})

afterEach(async () => {
  if (served?.process.exitCode === null) await served.end('SIGKILL')
  served = undefined
  await platform.close()
})

const plan = { kind: 'text', text: HELD_PLAN } as const
const webhook = (at: Served) => ({ url: `${at.url}/run-task`, hmacKey: HMAC_KEY })

describe('84. shutdown', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s lets a run in flight finish first',
    async (signal) => {
      served = await serve(settingsFor(platform))
      const run = platform.openRun({
        plan,
        faults: { plan: [{ fault: { kind: 'delay', ms: 1500 }, times: 1 }] },
      })
      expect((await platform.deliver(run, webhook(served))).status).toBe(200)
      await platform.until('the request for the plan', () => run.requests[0], 20_000)
      expect(await served.end(signal)).toBe(0)
      expect(finals(run)).toHaveLength(1)
      expect(finals(run)[0]?.outcomes.length).toBeGreaterThan(0)
      expect(served.logs()).toContain('"stopped"')
    },
  )

  it('a stopping server takes no new delivery', async () => {
    served = await serve(settingsFor(platform))
    const slow = platform.openRun({
      plan,
      faults: { plan: [{ fault: { kind: 'delay', ms: 1500 }, times: 1 }] },
    })
    await platform.deliver(slow, webhook(served))
    await platform.until('the request for the plan', () => slow.requests[0], 20_000)
    const ended = served.end('SIGTERM')
    await served.logged('"stopping"')
    const late = platform.openRun({ plan })
    await expect(platform.deliver(late, webhook(served))).rejects.toThrow()
    expect(await ended).toBe(0)
    expect(late.requests).toEqual([])
    expect(finals(slow)).toHaveLength(1)
  })
})

describe('81. tokens', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdgate-heap-'))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  it('nothing of a finished run is written to disk', async () => {
    served = await serve(settingsFor(platform), [], folder)
    const run = platform.openRun({ plan })
    await platform.deliver(run, webhook(served))
    await platform.until('a final callback', () => finals(run)[0], 20_000)
    await served.end('SIGTERM')
    expect(await readdir(folder)).toEqual([])
  })

  it('the memory of the process holds no token once later runs have passed', async () => {
    served = await serve(settingsFor(platform), ['--heapsnapshot-signal=SIGUSR2'], folder)
    const first = platform.openRun({ plan })
    const decide = async (run: typeof first, at: Served): Promise<void> => {
      await platform.deliver(run, webhook(at))
      await platform.until('a final callback', () => finals(run)[0], 20_000)
    }
    await decide(first, served)
    // Connections remember their latest request for as long as they are kept open.
    for (let more = 0; more < 5; more += 1) await decide(platform.openRun({ plan }), served)
    served.process.kill('SIGUSR2')
    const snapshot = await heapSnapshot(folder)
    // The key is needed for as long as the process lives: it shows that the search finds things.
    expect(snapshot.includes(HMAC_KEY)).toBe(true)
    expect(snapshot.includes(first.identity.token)).toBe(false)
  })
})

/** The snapshot once it is complete: it is one JSON document. */
async function heapSnapshot(folder: string): Promise<string> {
  for (;;) {
    const [name] = await readdir(folder)
    const text = name === undefined ? '' : await readFile(join(folder, name), 'utf8')
    if (text.trimEnd().endsWith('}')) return text
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
