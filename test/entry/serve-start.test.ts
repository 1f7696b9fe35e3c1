// Claims: a server that cannot start says in one sentence which setting is to blame and what to do.
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startServer } from '../../src/entry/node.ts'
import { readSettings } from '../../src/entry/settings.ts'

async function refusal(env: Readonly<Record<string, string>>): Promise<string> {
  const settings = readSettings({
    HOLDGATE_HMAC_KEY: 'a-key-of-the-service-1',
    HOST: '127.0.0.1',
    PORT: '0',
    ...env,
  })
  if (!settings.ok) throw new Error(settings.error)
  try {
    await (await startServer(settings.value, { writeLog: () => undefined })).close()
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  throw new Error('it started')
}

describe('a server does not start', () => {
  it('without the policy file it was told to read', async () => {
    const path = join(tmpdir(), 'holdgate-no-such-policy.yaml')
    const sentence = `HOLDGATE_CONFIG: reading the policy file ${path}: there is no such file.`
    expect(await refusal({ HOLDGATE_CONFIG: path })).toBe(sentence)
  })

  it('with a directory for a policy file', async () => {
    const path = await mkdtemp(join(tmpdir(), 'holdgate-policy-'))
    expect(await refusal({ HOLDGATE_CONFIG: path })).toMatch(
      /^HOLDGATE_CONFIG: .* it is a directory; name the YAML file in it\.$/,
    )
  })

  it('on a port that is taken', async () => {
    const taken = createServer()
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, '127.0.0.1', () => {
        const address = taken.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
    try {
      expect(await refusal({ PORT: String(port) })).toBe(
        `listening on 127.0.0.1:${port} (HOST, PORT): something else listens there; take another PORT.`,
      )
    } finally {
      await new Promise((resolve) => taken.close(resolve))
    }
  })
})
