// `holdgate demo`: a practice platform on this computer sends real signed runs to a real server and
// shows what a person would see. No account, no network beyond 127.0.0.1.
import { randomBytes } from 'node:crypto'
import { access, readdir } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Io } from '../io.ts'
import { startServer } from '../node.ts'
import { PAGE_POLICY, type PageRun, runPage } from '../practice/page.ts'
import { finals } from '../practice/recording.ts'
import { type PracticePlatform, startPlatform, type Webhook } from '../practice/server.ts'
import { SITUATIONS, type Situation, situationFor } from '../practice/situations.ts'
import { painter, runText } from '../practice/terminal.ts'
import { readSettings } from '../settings.ts'

const DEFAULT_PORT = 8788
const ANSWER_WITHIN_MS = 60_000
const FIXTURES = fileURLToPath(new URL('../../../fixtures/demo', import.meta.url))

const USAGE = `holdgate demo [--once] [--plans DIR] [--port N]

  --once       end after the last run; exit status 0 if each got exactly one final answer
  --plans DIR  send every *.json in DIR instead of the built-in plans
  --port N     port of the run page on 127.0.0.1, default ${DEFAULT_PORT}
`

interface DemoOptions {
  readonly once: boolean
  readonly help: boolean
  readonly port: number
  readonly plans: string | undefined
}

interface DemoPlan {
  readonly path: string
  readonly situation: Situation
}

/** Exit status: 0 when every run got exactly one final callback, 1 otherwise or on bad arguments. */
export async function runDemo(argv: readonly string[], io: Io): Promise<number> {
  const options = readOptions(argv)
  if (typeof options === 'string') return refuse(io, options)
  if (options.help) {
    io.stdout.write(USAGE)
    return 0
  }
  const plans = await findPlans(options.plans)
  if (typeof plans === 'string') return refuse(io, plans)

  const platform = await startPlatform()
  const hmacKey = randomBytes(32).toString('hex')
  const settings = readSettings({
    HOLDGATE_HMAC_KEY: hmacKey,
    HOLDGATE_PLATFORM_ORIGINS: `${platform.origin},${platform.storeOrigin}`,
    HOST: '127.0.0.1',
    PORT: '0',
  })
  if (!settings.ok) return refuse(io, settings.error)
  const server = await startServer(settings.value, { writeLog: () => undefined })
  try {
    const webhook = { url: `${server.url}/run-task`, hmacKey }
    const shown: PageRun[] = []
    const complete = await sendAll(platform, webhook, plans, shown, io)
    if (!options.once) await showPage(shown, options.port, io)
    return complete ? 0 : 1
  } finally {
    await server.close()
    await platform.close()
  }
}

function readOptions(argv: readonly string[]): DemoOptions | string {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        once: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        port: { type: 'string', default: String(DEFAULT_PORT) },
        plans: { type: 'string' },
      },
    })
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      return `--port has to be a whole number from 0 to 65535, not "${values.port}"`
    }
    return { once: values.once, help: values.help, port, plans: values.plans }
  } catch (error) {
    return error instanceof Error ? error.message : 'the arguments could not be read'
  }
}

/** The plans to send, in order, or why there are none. */
async function findPlans(folder: string | undefined): Promise<readonly DemoPlan[] | string> {
  if (folder === undefined) {
    const plans = SITUATIONS.map((situation) => ({
      situation,
      path: join(FIXTURES, situation.name, 'plan.json'),
    }))
    for (const { path, situation } of plans) {
      if (!(await exists(path))) return `the built-in plan "${situation.name}" is missing`
    }
    return plans
  }
  const names = await readdir(folder).catch(() => undefined)
  if (names === undefined) return `the folder of --plans cannot be read: ${folder}`
  const files = names.filter((name) => name.endsWith('.json')).sort()
  if (files.length === 0) return `the folder of --plans has no *.json: ${folder}`
  return files.map((name) => ({
    path: join(folder, name),
    situation: situationFor(name.slice(0, -'.json'.length)),
  }))
}

async function sendAll(
  platform: PracticePlatform,
  webhook: Webhook,
  plans: readonly DemoPlan[],
  shown: PageRun[],
  io: Io,
): Promise<boolean> {
  const colour = io.stdout.isTTY === true && (io.env.NO_COLOR ?? '') === ''
  const paint = painter(colour)
  const verified = await platform.verify(webhook)
  const lines = [
    `Practice platform  ${platform.origin}`,
    `Holdgate server    ${new URL(webhook.url).origin} (registration answered ${verified.status})`,
  ]
  io.stdout.write(`${lines.map((line) => paint('dim', line)).join('\n')}\n\n`)
  for (const { path, situation } of plans) {
    const { name: _, message: title, ...description } = situation
    const run = platform.openRun({ ...description, message: title, plan: { kind: 'file', path } })
    await platform.deliver(run, webhook)
    const final = await platform
      .until('a final callback', () => finals(run)[0], ANSWER_WITHIN_MS)
      .catch(() => undefined)
    shown.push({ title, run })
    io.stdout.write(runText(shown.length, title, run, final, paint))
  }
  const runs = shown.map(({ run }) => run)
  const passed = runs.filter((run) => finals(run)[0]?.status === 'passed').length
  io.stdout.write(
    `${paint('bold', `Without a person: ${passed} of ${runs.length} runs. Waiting for a person: ${runs.length - passed}.`)}\n`,
  )
  for (const violation of new Set(runs.flatMap(({ violations }) => violations))) {
    io.stderr.write(`the server broke a rule of the platform: ${violation}\n`)
  }
  return verified.status === 200 && runs.every((run) => finals(run).length === 1)
}

/** Serves the run page until the process is asked to end. */
async function showPage(shown: readonly PageRun[], port: number, io: Io): Promise<void> {
  const page = runPage(shown)
  const server = createServer((request, response) => {
    const found = request.method === 'GET' && request.url?.split('?')[0] === '/'
    response.writeHead(found ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': PAGE_POLICY,
      'x-content-type-options': 'nosniff',
    })
    response.end(found ? page : 'Not found')
  })
  const address = await listen(server, port)
  io.stdout.write(`\nThe run page is at ${address} (Ctrl-C ends).\n`)
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
}

/** Listens on the port, or on any free one where that is taken. */
function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' || port === 0) reject(error)
      else resolve(listen(server, 0))
    })
    server.listen(port, '127.0.0.1', () => {
      const bound = server.address()
      const actual = typeof bound === 'object' && bound !== null ? bound.port : port
      resolve(`http://127.0.0.1:${actual}/`)
    })
  })
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

function refuse(io: Io, sentence: string): number {
  io.stderr.write(`holdgate demo: ${sentence}\n`)
  return 1
}
