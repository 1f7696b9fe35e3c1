// The package as it is published: built, with only what `files` lists, on the oldest Node it promises.
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import {
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const KEY = 'package-test-key-0123456789'
const DEMOS = ['tag-change', 'database-replacement'] as const

/** The first `node` on the path that does not come with the development tools. */
function systemNode(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = folders
    .filter((folder) => folder !== '' && !folder.includes('node_modules'))
    .map((folder) => join(folder, process.platform === 'win32' ? 'node.exe' : 'node'))
    .find((file) => existsSync(file))
  if (found === undefined) return undefined
  const version = execFileSync(found, ['--version'], { encoding: 'utf8' })
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number)
  return major > 20 || (major === 20 && minor >= 10) ? found : undefined
}

const node = systemNode()
if (node === undefined) {
  console.warn('SKIPPED: the built package; there is no Node 20.10 or newer on the path')
}

describe.skipIf(node === undefined)('the built package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdgate-package-'))
  const cli = join(folder, 'dist/entry/cli.js')
  const services: ChildProcess[] = []

  beforeAll(() => {
    const { files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    execFileSync(join(ROOT, 'node_modules/.bin/tsc'), [
      ...['-p', join(ROOT, 'tsconfig.build.json'), '--outDir', join(folder, 'dist')],
    ])
    for (const pattern of ['package.json', ...(files as string[])]) {
      if (pattern === 'dist') continue
      for (const file of globSync(pattern, { cwd: ROOT })) {
        cpSync(join(ROOT, file), join(folder, file), { recursive: true })
      }
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction')
  })

  afterAll(() => {
    for (const service of services) service.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  /** Runs the built command line; Node's own warnings would be on standard error. */
  function holdgate(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    return new Promise((done) => {
      const env = { PATH: dirname(node ?? '') }
      execFile(node ?? '', [cli, ...args], { cwd: folder, env }, (error, out, err) =>
        done({ code: error === null ? 0 : Number(error.code), out, err }),
      )
    })
  }

  it.each([
    '--help',
    'rules',
    'rules stateful-destroy',
    'config check --config infra/holdgate.yaml',
    'config print',
    'config schema',
  ])('answers "%s" without a warning', async (line) => {
    const { code, out, err } = await holdgate(...line.split(' '))
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out.length).toBeGreaterThan(40)
  })

  it('knows its own version', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    expect(await holdgate('--version')).toEqual({ code: 0, err: '', out: `${version}\n` })
  })

  it.each(['text', 'json', 'markdown', 'html'])('judges its demo plans as %s', async (format) => {
    const codes = DEMOS.map(async (name) => {
      const plan = `fixtures/demo/${name}/plan.json`
      const { code, out, err } = await holdgate('check', plan, '--format', format)
      return { code, err, isEmpty: out === '' }
    })
    expect(await Promise.all(codes)).toEqual([
      { code: 0, err: '', isEmpty: false },
      { code: 2, err: '', isEmpty: false },
    ])
  })

  it('brings everything the demo needs', async () => {
    const { code, out, err } = await holdgate('demo', '--once')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out.match(/^ +(PASSED|FAILED) /gm)).toHaveLength(8)
  })

  it('serves, and answers a signed verification request with 200', async () => {
    const env = { HOLDGATE_HMAC_KEY: KEY, HOST: '127.0.0.1', PORT: '0' }
    const service = spawn(node ?? '', [cli, 'serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    services.push(service)
    const warnings: string[] = []
    service.stderr.on('data', (part) => warnings.push(String(part)))
    const url = await new Promise<string>((found, lost) => {
      service.once('exit', () => lost(new Error(`it ended: ${warnings.join('')}`)))
      createInterface({ input: service.stdout }).once('line', (line) => found(JSON.parse(line).url))
    })
    const body = '{"payload_version":1,"access_token":"test-token","stage":"test"}'
    const signed = createHmac('sha512', KEY).update(body).digest('hex')
    const ask = (signature: string): Promise<Response> =>
      fetch(`${url}/run-task`, {
        method: 'POST',
        headers: { 'x-tfc-task-signature': signature },
        body,
      })
    expect([(await ask(signed)).status, (await ask('0'.repeat(128))).status]).toEqual([200, 401])
    expect(warnings).toEqual([])
  })

  it('exports the library', () => {
    const program = `
      import { createHash } from 'node:crypto'
      import { createReadStream } from 'node:fs'
      import { Readable } from 'node:stream'
      import { assess, builtInPolicy, needsNeighbours, parsePolicy, readPlan, render } from 'holdgate'
      const hash = createHash('sha256')
      const plan = await readPlan(
        Readable.toWeb(createReadStream('fixtures/demo/database-replacement/plan.json')),
        { hasher: { update: (b) => void hash.update(b), digest: async () => hash.digest('hex') },
          keepUnchanged: needsNeighbours })
      const policy = await parsePolicy('version: 1')
      const built = await builtInPolicy('standard')
      const decision = await assess(plan.value, { tags: {}, at: 0 }, policy.value)
      const text = render(decision, 'text')
      console.log(JSON.stringify([decision.verdict, policy.value.preset, built.preset, text.length > 99]))`
    const args = ['--input-type=module', '--eval', program]
    const out = execFileSync(node ?? '', args, { cwd: folder, encoding: 'utf8' })
    expect(JSON.parse(out)).toEqual(['hold', 'standard', 'standard', true])
    expect(existsSync(join(folder, 'dist/index.d.ts'))).toBe(true)
  })
})
