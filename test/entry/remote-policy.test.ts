// The service with its policy behind an address: none at the start, no service; later, the last good.
import { readFileSync } from 'node:fs'
import { afterEach, expect, it } from 'vitest'
import type { RunningServer, ServerOptions } from '../../src/entry/node.ts'
import { startServer } from '../../src/entry/node.ts'
import { readSettings } from '../../src/entry/settings.ts'
import type { Clock } from '../../src/gate/ports.ts'

const PLAN = readFileSync(new URL('../../fixtures/demo/tag-change/plan.json', import.meta.url))
const AT = Date.parse((JSON.parse(String(PLAN)) as { timestamp: string }).timestamp)
const TOKEN = 'a-token-of-more-than-16'

let running: RunningServer | undefined
afterEach(async () => {
  await running?.close()
  running = undefined
})

function rig(answers: readonly (string | number)[]) {
  let now = AT
  let wake: (() => void)[] = []
  const clock: Clock = {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        signal?.addEventListener('abort', () => resolve(), { once: true })
        if (ms === 60_000) wake.push(resolve)
      }),
  }
  let asked = 0
  const logged: string[] = []
  const waiting: { readonly text: string; readonly done: () => void }[] = []
  const options: ServerOptions = {
    clock,
    writeLog: (line) => {
      logged.push(line)
      for (const { text, done } of waiting) if (line.includes(text)) done()
    },
    fetch: async () => {
      const answer = answers[Math.min(asked, answers.length - 1)] ?? 500
      asked += 1
      return typeof answer === 'number'
        ? new Response(null, { status: answer })
        : new Response(answer)
    },
  }
  return {
    options,
    logged,
    /** One minute passes; resolves when the log says so. */
    minute: (text: string): Promise<void> =>
      new Promise((done) => {
        waiting.push({ text, done })
        now += 60_000
        const sleepers = wake
        wake = []
        for (const one of sleepers) one()
      }),
  }
}

async function start(options: ServerOptions, config: string): Promise<RunningServer> {
  const settings = readSettings({
    HOLDGATE_HMAC_KEY: 'a-key-of-more-than-16-characters',
    HOLDGATE_ASSESS_TOKEN: TOKEN,
    HOLDGATE_CONFIG: config,
    HOST: '127.0.0.1',
    PORT: '0',
  })
  if (!settings.ok) throw new Error(settings.error)
  running = await startServer(settings.value, options)
  return running
}

async function assessed(server: RunningServer): Promise<{ verdict: string; preset: string }> {
  const response = await fetch(`${server.url}/assess`, {
    method: 'POST',
    body: PLAN,
    headers: { authorization: `Bearer ${TOKEN}`, 'x-holdgate-workspace': 'payments-prod' },
  })
  const { verdict, policy } = (await response.json()) as {
    verdict: string
    policy: { preset: string }
  }
  return { verdict, preset: policy.preset }
}

it('judges by what the address says now, and by the last good copy when it says nothing', async () => {
  const strict = 'version: 1\npreset: strict\n'
  const { options, minute } = rig(['version: 1\n', strict, 503, 'preset: relaxed\n'])
  const server = await start(options, 'https://config.acme.example/holdgate.yaml')
  expect(await assessed(server)).toEqual({ verdict: 'release', preset: 'standard' })
  await minute('policy-changed')
  expect(await assessed(server)).toEqual({ verdict: 'hold', preset: 'strict' })
  await minute('policy-not-refreshed')
  expect(await assessed(server)).toEqual({ verdict: 'hold', preset: 'strict' })
})

it.each<[string, string, string | number]>([
  ['an address that fails', 'https://config.acme.example/x?token=s3cr3t', 500],
  ['an address with a broken policy', 'https://config.acme.example/x?token=s3cr3t', 'version: 7\n'],
  ['an address without encryption', 'http://config.acme.example/x?token=s3cr3t', 'version: 1\n'],
])('does not start with %s, and names the setting', async (_name, config, answer) => {
  const { options, logged } = rig([answer])
  const refusal = await start(options, config).then(
    () => 'it started',
    (error: Error) => error.message,
  )
  expect(refusal).toMatch(/^HOLDGATE_CONFIG: .+\.$/)
  expect(`${refusal}${logged.join()}`).not.toContain('s3cr3t')
})
