// What a service says and refuses at its start where a model is to be asked.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../src/entry/node.ts'
import { MODEL_FAULTS } from '../../src/entry/practice/model/faults.ts'
import { readReviewSettings, readSettings } from '../../src/entry/settings.ts'
import { workerService } from '../../src/entry/worker-service.ts'
import { nodeRuntime } from '../support/node-runtime.ts'
import { RELEASED_PLAN } from '../support/plans.ts'
import { startReviewRig, stopReviewRig } from '../support/review-rig.ts'

const KEY = 'sk-practice-5b0d7a'
const BASE = {
  HOLDGATE_HMAC_KEY: 'a-key-of-the-service-1',
  HOST: '127.0.0.1',
  PORT: '0',
}

const open: RunningServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

async function start(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const settings = readSettings({ ...BASE, ...env })
  if (!settings.ok) throw new Error(settings.error)
  const lines: string[] = []
  open.push(await startServer(settings.value, { writeLog: (line) => lines.push(line) }))
  return lines
}

describe('a server', () => {
  it('says whether a model is asked, and which, and not with what key', async () => {
    expect((await start({})).join()).toContain('"model":"none is asked"')
    const lines = (await start({ ANTHROPIC_API_KEY: KEY })).join()
    expect(lines).toContain('"model":"claude-sonnet-5-5"')
    expect(lines).not.toContain(KEY)
  })

  it('does not start without the notes it was told to show', async () => {
    const notes = join(tmpdir(), 'holdgate-no-such-notes.txt')
    const started = start({ ANTHROPIC_API_KEY: KEY, HOLDGATE_REVIEW_NOTES: notes })
    await expect(started).rejects.toThrow(/^HOLDGATE_REVIEW_NOTES: .* is not there\.$/)
  })

  it('does not start with notes that are too long, or no text', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'holdgate-notes-')), 'notes.txt')
    const env = { ANTHROPIC_API_KEY: KEY, HOLDGATE_REVIEW_NOTES: path }
    await writeFile(path, 'x'.repeat(16 * 1024 + 1))
    await expect(start(env)).rejects.toThrow('longer than 16 KiB')
    await writeFile(path, Uint8Array.of(0x80))
    await expect(start(env)).rejects.toThrow('not UTF-8')
  })
})

it('a server that is told to stop ends the review, and the run gets the verdict of the rules', async () => {
  const rig = await startReviewRig(nodeRuntime)
  try {
    rig.model.fail([{ fault: MODEL_FAULTS.hang, times: 'always' }])
    const run = rig.open({ plan: { kind: 'text', text: RELEASED_PLAN } })
    await rig.deliver(run)
    while (rig.model.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    await rig.service.kill()
    const final = await rig.final(run)
    expect(final.status).toBe('passed')
    expect(JSON.stringify(final.outcomes)).toContain('told to stop')
  } finally {
    await stopReviewRig(rig)
  }
})

it('a Worker refuses notes that are too long, in a sentence without them', async () => {
  const env = { ...BASE, ANTHROPIC_API_KEY: KEY, HOLDGATE_REVIEW_NOTES: 'x'.repeat(16 * 1024 + 1) }
  const service = await workerService(env, () => ({ accept: async () => undefined }))
  expect(service).toEqual({
    ok: false,
    error: 'HOLDGATE_REVIEW_NOTES is longer than 16 KiB.',
  })
})

describe('the settings of a review alone', () => {
  it('need no key of the service', () => {
    const read = readReviewSettings({ ANTHROPIC_API_KEY: KEY })
    expect(read.ok && read.value?.model).toBe('claude-sonnet-5-5')
  })

  it('are none without a key of the provider', () => {
    expect(readReviewSettings({ HOLDGATE_REVIEW_MODEL: 'claude-x' })).toEqual({
      ok: true,
      value: undefined,
    })
  })

  it('are refused by name, never by value', () => {
    const read = readReviewSettings({ ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: 'ftp://hunter2' })
    expect(!read.ok && read.error).toMatch(/^ANTHROPIC_BASE_URL /)
    expect(JSON.stringify(read)).not.toContain('hunter2')
  })
})
