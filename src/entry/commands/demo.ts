// `holdgate demo`: a practice platform on this computer sends real signed runs to a real server and
// shows what a person would see. No account, no network beyond 127.0.0.1.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Io } from '../io.ts'
import { startServer } from '../node.ts'
import { builtInRuns, type DemoRun, reviewRuns, runsIn } from '../practice/demo-runs.ts'
import { type PracticeModel, startPracticeModel } from '../practice/model/server.ts'
import { PAGE_POLICY, type PageRun, runPage } from '../practice/page.ts'
import { finals } from '../practice/recording.ts'
import { askedText, reviewPolicy } from '../practice/review-scenes.ts'
import { type PracticePlatform, startPlatform, type Webhook } from '../practice/server.ts'
import { noteText, painter, runText } from '../practice/terminal.ts'
import { readSettings } from '../settings.ts'

const DEFAULT_PORT = 8788
const ANSWER_WITHIN_MS = 60_000

const USAGE = `holdgate demo [--once] [--review | --plans DIR] [--port N]

  --once       end after the last run; exit status 0 if each got exactly one
               final answer
  --review     what a second reader can bring about and what it cannot, with a
               practice model that is a script on this computer: no key, no
               network
  --plans DIR  send every *.json in DIR instead of the built-in plans
  --port N     port of the run page on 127.0.0.1, default ${DEFAULT_PORT}
`

interface DemoOptions {
  readonly once: boolean
  readonly review: boolean
  readonly help: boolean
  readonly port: number
  readonly plans: string | undefined
}

/** Exit status: 0 when every run got exactly one final callback, 1 otherwise or on bad arguments. */
export async function runDemo(argv: readonly string[], io: Io): Promise<number> {
  const options = readOptions(argv)
  if (typeof options === 'string') return refuse(io, options)
  if (options.help) {
    io.stdout.write(USAGE)
    return 0
  }
  const runs = await runsFor(options)
  if (!runs.ok) return refuse(io, runs.error)

  const folder = await mkdtemp(join(tmpdir(), 'holdgate-demo-'))
  const platform = await startPlatform()
  const model = options.review ? await startPracticeModel() : undefined
  try {
    const hmacKey = randomBytes(32).toString('hex')
    const settings = readSettings({
      HOLDGATE_HMAC_KEY: hmacKey,
      HOLDGATE_PLATFORM_ORIGINS: `${platform.origin},${platform.storeOrigin}`,
      HOST: '127.0.0.1',
      PORT: '0',
      ...(model === undefined ? {} : await reviewSettings(model, folder)),
    })
    if (!settings.ok) return refuse(io, settings.error)
    const server = await startServer(settings.value, { writeLog: () => undefined })
    try {
      const webhook = { url: `${server.url}/run-task`, hmacKey }
      const shown: PageRun[] = []
      const complete = await sendAll({ platform, webhook, model, shown, io }, runs.value)
      if (!options.once) await showPage(shown, options.port, io)
      return complete ? 0 : 1
    } finally {
      await server.close()
    }
  } finally {
    await model?.close()
    await platform.close()
    await rm(folder, { recursive: true })
  }
}

function runsFor({ plans, review }: DemoOptions): ReturnType<typeof runsIn> {
  if (plans !== undefined) return runsIn(plans)
  return review ? reviewRuns(Date.now()) : builtInRuns(Date.now())
}

async function reviewSettings(
  model: PracticeModel,
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  const policy = join(folder, 'holdgate.yaml')
  await writeFile(policy, reviewPolicy(Date.now()))
  return {
    ANTHROPIC_API_KEY: model.apiKey,
    ANTHROPIC_BASE_URL: model.origin,
    HOLDGATE_CONFIG: policy,
  }
}

function readOptions(argv: readonly string[]): DemoOptions | string {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        once: { type: 'boolean', default: false },
        review: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        port: { type: 'string', default: String(DEFAULT_PORT) },
        plans: { type: 'string' },
      },
    })
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      return `--port has to be a whole number from 0 to 65535, not "${values.port}"`
    }
    const { once, review, help, plans } = values
    if (review && plans !== undefined) return '--review has plans of its own; leave --plans out'
    return { once, review, help, port, plans }
  } catch (error) {
    return error instanceof Error ? error.message : 'the arguments could not be read'
  }
}

interface Stage {
  readonly platform: PracticePlatform
  readonly webhook: Webhook
  readonly model: PracticeModel | undefined
  readonly shown: PageRun[]
  readonly io: Io
}

async function sendAll(stage: Stage, toSend: readonly DemoRun[]): Promise<boolean> {
  const { platform, webhook, model, shown, io } = stage
  const colour = io.stdout.isTTY === true && (io.env.NO_COLOR ?? '') === ''
  const paint = painter(colour)
  const verified = await platform.verify(webhook)
  const lines = [
    `Practice platform  ${platform.origin}`,
    `Holdgate server    ${new URL(webhook.url).origin} (registration answered ${verified.status})`,
    ...(model === undefined ? [] : [`Practice model     ${model.origin}`]),
  ]
  io.stdout.write(`${lines.map((line) => paint('dim', line)).join('\n')}\n\n`)
  for (const one of toSend) {
    const sent = await send(stage, one)
    shown.push(sent)
    io.stdout.write(runText(shown.length, sent.title, sent.run, finals(sent.run)[0], paint))
    if (sent.notes !== undefined) io.stdout.write(noteText(sent.notes, paint))
  }
  const runs = shown.map(({ run }) => run)
  const passed = runs.filter((run) => finals(run)[0]?.status === 'passed').length
  io.stdout.write(
    `${paint('bold', `Without a person: ${passed} of ${runs.length} runs. Waiting for a person: ${runs.length - passed}.`)}\n`,
  )
  for (const violation of new Set(runs.flatMap(({ violations }) => violations))) {
    io.stderr.write(`the server broke a rule of the platform: ${violation}\n`)
  }
  for (const violation of new Set(model?.violations)) {
    io.stderr.write(`the server broke a rule of the model's API: ${violation}\n`)
  }
  return verified.status === 200 && runs.every((run) => finals(run).length === 1)
}

async function send(
  { platform, webhook, model }: Stage,
  { situation, plan, scene }: DemoRun,
): Promise<PageRun> {
  const before = model?.asked.length ?? 0
  if (scene !== undefined) {
    model?.behave(scene.behaviour)
    model?.fail(scene.faults)
  }
  const { name: _, message: title, ...description } = situation
  const run = platform.openRun({ ...description, message: title, plan })
  await platform.deliver(run, webhook)
  await platform
    .until('a final callback', () => finals(run)[0], ANSWER_WITHIN_MS)
    .catch(() => undefined)
  if (scene === undefined || model === undefined) return { title, run }
  return { title, run, notes: [`Played: ${scene.plays}.`, askedText(model.asked.slice(before))] }
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

function refuse(io: Io, sentence: string): number {
  io.stderr.write(`holdgate demo: ${sentence.replace(/\.$/, '')}.\n`)
  return 1
}
