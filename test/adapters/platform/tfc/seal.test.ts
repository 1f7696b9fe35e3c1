// A sealed task comes back whole under its key and under no other, and shows nothing of itself.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { secret } from '../../../../src/adapters/net/secret.ts'
import type { Task } from '../../../../src/adapters/platform/tfc/payload.ts'
import { sealTask, unsealTask } from '../../../../src/adapters/platform/tfc/seal.ts'

const KEY = secret('a-key-for-sealing-0001')
const OTHER = secret('a-key-for-sealing-0002')
const TASK: Task = {
  resultId: 'taskrs-1',
  callbackUrl: 'https://app.terraform.io/api/v2/task-results/guid/callback?url_code=a%2Fb',
  accessToken: 'AbC.atlasv1.example',
  ask: { kind: 'judge', stage: 'pre_apply' },
  acceptsOutcomes: true,
  speculative: false,
  enforcement: 'advisory',
}

describe('a sealed task', () => {
  it('comes back whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.integer({ min: 0, max: 2 ** 45 }),
        async (workspace, acceptedAt) => {
          const sealed = { task: { ...TASK, workspace }, acceptedAt }
          expect(await unsealTask(await sealTask(sealed, KEY), [KEY])).toEqual(sealed)
        },
      ),
      { seed: 5, numRuns: 30 },
    )
  })

  it('keeps the address of the configuration, and comes back without one from before', async () => {
    for (const task of [{ ...TASK, codeUrl: 'https://app.terraform.io/cv' }, TASK]) {
      const text = await sealTask({ task, acceptedAt: 1 }, KEY)
      expect((await unsealTask(text, [KEY]))?.task).toEqual(task)
    }
  })

  it('is opened by the previous key while rotating', async () => {
    const text = await sealTask({ task: TASK, acceptedAt: 1 }, KEY)
    expect((await unsealTask(text, [OTHER, KEY]))?.task).toEqual(TASK)
  })

  it('is opened by no other key, and not after a change', async () => {
    const text = await sealTask({ task: TASK, acceptedAt: 1 }, KEY)
    expect(await unsealTask(text, [OTHER])).toBeUndefined()
    const at = text.length - 30
    const changed = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
    expect(await unsealTask(changed, [KEY])).toBeUndefined()
    for (const other of ['', 'a.b.c.d.e', '[object Object]']) {
      expect(await unsealTask(other, [KEY])).toBeUndefined()
    }
  })

  it('shows neither token nor callback address', async () => {
    const text = await sealTask({ task: TASK, acceptedAt: 1 }, KEY)
    const readable = text
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString('latin1'))
      .join('')
    expect(`${text}${readable}`).not.toMatch(/atlasv1|task-results|taskrs/)
  })

  it('fits a queue message at the largest values a delivery may carry', async () => {
    const long = 'ü'.repeat(4096)
    const task: Task = {
      ...TASK,
      callbackUrl: long,
      planUrl: long,
      codeUrl: long,
      accessToken: 'x'.repeat(4096),
      organization: long,
      project: long,
      workspace: long,
      directory: long,
      runId: long,
    }
    expect((await sealTask({ task, acceptedAt: 1 }, KEY)).length).toBeLessThan(127_000)
  })
})
