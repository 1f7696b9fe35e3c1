// The service as its own process: a platform behind a private certificate authority, and the end of
// the process while a run is open.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sign } from '../../src/entry/practice/payload.ts'
import { HELD_PLAN } from '../support/plans.ts'

const KEY = 'process-key-1f6a09c4d7'
const RESULT = 'taskrs-process-1'

interface Taken {
  readonly method: string
  readonly body: string
}

interface Platform {
  readonly origin: string
  readonly taken: Taken[]
  readonly server: Server
  /** Resolves with the body of the first final callback. */
  readonly final: Promise<string>
}

let certificate: string
let key: string

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'holdgate-ca-'))
  certificate = join(folder, 'ca.pem')
  key = join(folder, 'key.pem')
  const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2'
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  execFileSync('openssl', [...request.split(' '), ...names, '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  })
})

const open: { close(): unknown }[] = []
afterAll(async () => {
  for (const one of open) await one.close()
})

/** @param planAfter the plan is answered only once this has resolved */
async function startPlatform(planAfter: Promise<unknown> = Promise.resolve()): Promise<Platform> {
  const taken: Taken[] = []
  let sayFinal: (body: string) => void = () => undefined
  const final = new Promise<string>((resolve) => {
    sayFinal = resolve
  })
  const pem = { cert: readFileSync(certificate), key: readFileSync(key) }
  const server = createServer(pem, async (incoming, response) => {
    const parts: Buffer[] = []
    for await (const part of incoming) parts.push(part as Buffer)
    const body = Buffer.concat(parts).toString()
    taken.push({ method: incoming.method ?? '', body })
    if (incoming.method === 'GET') await planAfter
    response.end(incoming.method === 'GET' ? HELD_PLAN : '{}')
    if (/"status":"(passed|failed)"/.test(body)) sayFinal(body)
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  open.push({ close: () => server.close(() => undefined) && server.closeAllConnections() })
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`
  return { origin, taken, server, final }
}

async function startService(platform: Platform, env: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, ['src/entry/cli.ts', 'serve'], {
    env: {
      PATH: process.env.PATH,
      HOLDGATE_HMAC_KEY: KEY,
      HOLDGATE_PLATFORM_ORIGINS: platform.origin,
      HOST: '127.0.0.1',
      PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  open.push({ close: () => child.kill('SIGKILL') })
  const exited = once(child, 'exit')
  if (child.stdout === null) throw new Error('no output')
  const events: Record<string, unknown>[] = []
  const waiting: { event: string; resolve: () => void }[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    const entry = JSON.parse(line)
    events.push(entry)
    for (const one of waiting) if (one.event === entry.event) one.resolve()
  })
  const logged = async (event: string): Promise<Record<string, unknown>> => {
    const found = () => events.find((entry) => entry.event === event)
    if (found() === undefined) {
      await new Promise<void>((resolve) => waiting.push({ event, resolve }))
    }
    return found() ?? {}
  }
  const { url } = await logged('listening')
  const body = JSON.stringify({
    payload_version: 1,
    stage: 'post_plan',
    access_token: 'T0.atlasv1.process',
    capabilities: { outcomes: true },
    task_result_id: RESULT,
    task_result_enforcement_level: 'mandatory',
    task_result_callback_url: `${platform.origin}/api/v2/task-results/guid/callback`,
    plan_json_api_url: `${platform.origin}/api/v2/plans/plan-1/json-output`,
  })
  return {
    child,
    exited,
    logged,
    deliver: () =>
      fetch(`${url}/run-task`, {
        method: 'POST',
        body,
        headers: { 'x-tfc-task-signature': sign(body, KEY) },
      }),
  }
}

describe('a platform with a private certificate authority', () => {
  it('is called when NODE_EXTRA_CA_CERTS names the authority', async () => {
    const platform = await startPlatform()
    const service = await startService(platform, { NODE_EXTRA_CA_CERTS: certificate })
    expect((await service.deliver()).status).toBe(200)
    expect(await platform.final).toContain('"status":"failed"')
    expect(platform.taken.map(({ method }) => method)).toEqual(['GET', 'PATCH'])
  })

  it('is not called without it: the connection fails, and the run is not released', async () => {
    const platform = await startPlatform()
    const service = await startService(platform, { HOLDGATE_TIME_LIMIT: '5s' })
    expect((await service.deliver()).status).toBe(200)
    expect(await service.logged('run-not-reported')).toMatchObject({
      result: RESULT,
      status: 'failed',
      reason: 'unreachable',
    })
    expect(platform.taken).toEqual([])
  })
})

describe('the end of the process', () => {
  it('by SIGTERM waits for the open run', async () => {
    let answerPlan: () => void = () => undefined
    const platform = await startPlatform(
      new Promise<void>((resolve) => {
        answerPlan = resolve
      }),
    )
    const service = await startService(platform, { NODE_EXTRA_CA_CERTS: certificate })
    await service.deliver()
    await service.logged('run-accepted')
    service.child.kill('SIGTERM')
    await service.logged('stopping')
    answerPlan()
    expect(await platform.final).toContain('"relationships"')
    expect((await service.exited)[0]).toBe(0)
    await service.logged('stopped')
  })
})
