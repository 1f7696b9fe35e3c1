// `holdgate check --format atlantis` and `holdgate gate` through their front doors.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCheck } from '../../../src/entry/commands/check.ts'
import { runGate } from '../../../src/entry/commands/gate.ts'
import type { Io } from '../../../src/entry/io.ts'
import { notePathOf, writeNote } from '../../../src/entry/plan-file.ts'
import { expectBlock } from '../../support/atlantis/block.ts'

const DEMO = join(import.meta.dirname, '../../../fixtures/demo')
const BORING = join(DEMO, 'tag-change/plan.json')
const RISKY = join(DEMO, 'database-replacement/plan.json')

interface Ran {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

async function run(
  command: typeof runCheck,
  argv: readonly string[],
  options: { env?: Record<string, string>; cwd?: string; stdin?: string } = {},
): Promise<Ran> {
  const out: string[] = []
  const errors: string[] = []
  const io: Io = {
    stdin: (async function* () {
      yield options.stdin ?? ''
    })(),
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => errors.push(text) },
    env: options.env ?? {},
    cwd: () => options.cwd ?? tmpdir(),
  }
  const status = await command(argv, io)
  return { status, stdout: out.join(''), stderr: errors.join('') }
}

function at(path: string): string[] {
  const { timestamp } = JSON.parse(readFileSync(path, 'utf8')) as { timestamp: string }
  return ['--at', timestamp]
}

/** A folder with a plan file; the note of its review on request. */
async function planFile(content = 'plan bytes', reviewed = true): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'holdgate-atlantis-'))
  const path = join(folder, 'default.tfplan')
  await writeFile(path, content)
  if (reviewed) await writeNote(path, digestOf(content), Date.now())
  return path
}

function digestOf(content: string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

describe('check --format atlantis', () => {
  const review = (argv: readonly string[], options?: Parameters<typeof run>[2]): Promise<Ran> =>
    run(runCheck, ['--format', 'atlantis', ...argv], options)

  it('says the verdict, names the plan file, notes the review and ends with 0', async () => {
    for (const [plan, verdict] of [
      [BORING, 'pass'],
      [RISKY, 'fail'],
    ] as const) {
      const path = await planFile('some plan', false)
      const env = { SHOWFILE: plan, PLANFILE: path, WORKSPACE: 'default' }
      const ran = await review(at(plan), { env })
      expect([ran.status, ran.stderr]).toEqual([0, ''])
      expectBlock(ran.stdout, verdict)
      expect(ran.stdout).toContain(digestOf('some plan'))
      const note = await readFile(notePathOf(path), 'utf8')
      expect(note).toMatch(/^holdgate-review\/v1 sha256:[0-9a-f]{64} \d+\n$/)
      expect(note).toContain(digestOf('some plan'))
    }
  })

  it.each<[string, string[], { stdin?: string; env?: Record<string, string> }]>([
    ['no plan', [], {}],
    ['two plans', [BORING, BORING], {}],
    ['an unknown option', [BORING, '--frobnicate'], {}],
    ['another format besides', [BORING, '--format', 'json'], {}],
    ['a cry for help', ['--help'], {}],
    ['a bad time', [BORING, '--at', 'yesterday'], {}],
    ['a missing plan', ['/nowhere/plan.json'], {}],
    ['a missing SHOWFILE', [], { env: { SHOWFILE: '/nowhere/plan.json' } }],
    ['a directory', [DEMO], {}],
    ['an empty plan', ['-'], { stdin: '' }],
    ['a blank plan', ['-'], { stdin: '\n' }],
    ['no JSON', ['-'], { stdin: 'PASS - holdgate: fine' }],
    ['a list', ['-'], { stdin: '[]' }],
    ['half a plan', ['-'], { stdin: readFileSync(BORING, 'utf8').slice(0, 2000) }],
    ['two plans in one', ['-'], { stdin: '{"format_version":"1.2"}\n{"format_version":"1.2"}\n' }],
    ['a missing policy', [BORING, '--config', '/nowhere.yaml'], {}],
    ['a broken policy', [BORING], { env: { HOLDGATE_CONFIG: BORING } }],
    ['a kill switch that is neither', [BORING], { env: { HOLDGATE_KILL_SWITCH: 'maybe' } }],
    ['a plan over the cap', [BORING], { env: { HOLDGATE_MAX_PLAN_BYTES: '1024' } }],
    ['a missing plan file', [BORING], { env: { PLANFILE: '/nowhere/x.tfplan' } }],
    ['a project name without end', [BORING], { env: { PROJECT_NAME: 'x'.repeat(5000) } }],
  ])('blocks %s with status 0', async (_name, argv, options) => {
    const ran = await review(argv, options)
    expect([ran.status, ran.stderr]).toEqual([0, ''])
    expectBlock(ran.stdout, 'fail')
    const joined = await run(runCheck, [...argv, '--format=atlantis'], options)
    expectBlock(joined.stdout, 'fail')
  })

  it('blocks what a bug ends', async () => {
    const out: string[] = []
    const broken: Io = {
      stdin: (async function* () {})(),
      stdout: { write: (text) => out.push(text) },
      stderr: { write: (text) => out.push(text) },
      env: { SHOWFILE: BORING },
      cwd: () => {
        throw new Error('hunter2')
      },
    }
    const env = new Proxy(broken.env, {
      get: (target, name) => {
        if (name === 'HOLDGATE_MAX_PLAN_BYTES') throw new Error('hunter2')
        return Reflect.get(target, name)
      },
    })
    expect(await runCheck(['--format', 'atlantis'], { ...broken, env })).toBe(0)
    expectBlock(out.join(''), 'fail')
    expect(out.join('')).not.toContain('hunter2')
  })

  it('reads no policy from the working directory, which is the pull request', async () => {
    const cwd = await mkdtemp(join(tmpdir(), 'holdgate-cwd-'))
    await writeFile(join(cwd, 'holdgate.yaml'), 'version: 1\nphase: observe\n')
    const ran = await review([RISKY, ...at(RISKY)], { cwd })
    expectBlock(ran.stdout, 'fail')
    const named = await review([RISKY, ...at(RISKY)], {
      cwd,
      env: { HOLDGATE_CONFIG: join(cwd, 'holdgate.yaml') },
    })
    expectBlock(named.stdout, 'pass')
  })

  it('reads the plan between the warnings of Terraform', async () => {
    const text = JSON.stringify(JSON.parse(readFileSync(BORING, 'utf8')))
    const ran = await review(['-', ...at(BORING)], { stdin: `Warning: x\n${text}\nWarning: y\n` })
    expectBlock(ran.stdout, 'pass')
  })

  it('judges by the names that the step gives', async () => {
    const blockFor = async (env: Record<string, string>): Promise<string> =>
      (await review(at(BORING), { env: { SHOWFILE: BORING, ...env } })).stdout
    expect(await blockFor({ WORKSPACE: 'payments-dev' })).toContain('dev (workspace name payments')
    expect(await blockFor({ REPO_REL_DIR: 'envs/staging' })).toContain('staging (directory envs')
    const silent = await blockFor({})
    expect(await blockFor({ WORKSPACE: 'default' })).toBe(silent)
    expect(await blockFor({ WORKSPACE: '', PROJECT_NAME: '' })).toBe(silent)
  })

  it('holds a plan that was made with -target or -destroy, and names no value', async () => {
    const encode = (text: string): string => text.replace(/./g, '\\$&')
    const env = {
      SHOWFILE: BORING,
      COMMENT_ARGS: `${encode('-target=a.b')},${encode('-var=token=hunter2')}`,
    }
    const ran = await review(at(BORING), { env })
    expectBlock(ran.stdout, 'fail')
    expect(ran.stdout).toContain('-target, -var')
    expect(ran.stdout).not.toContain('hunter2')
    const harmless = { SHOWFILE: BORING, COMMENT_ARGS: encode('-lock-timeout=5m') }
    expectBlock((await review(at(BORING), { env: harmless })).stdout, 'pass')
  })
})

describe('gate', () => {
  const gate = (argv: readonly string[], env: Record<string, string>): Promise<Ran> =>
    run(runGate, argv, { env })

  it.each([
    [BORING, '', 0],
    [BORING, 'false', 0],
    [RISKY, 'true', 0],
    [RISKY, 'false', 2],
    [RISKY, '', 2],
    [RISKY, 'TRUE', 2],
  ] as const)('%s, approved "%s": status %i', async (plan, approved, status) => {
    const env = {
      SHOWFILE: plan,
      PLANFILE: await planFile(),
      ATLANTIS_PR_APPROVED: approved,
    }
    const ran = await gate(at(plan), env)
    expect([ran.status, ran.stderr]).toEqual([status, ''])
    expectBlock(ran.stdout, status === 0 ? 'pass' : 'fail')
    expect(ran.stdout).toMatch(/^(?:PASS|FAIL) - holdgate gate: /)
  })

  it('is closed for a plan file that changed since its review by one byte', async () => {
    const path = await planFile('plan bytes')
    await writeFile(path, 'plan bytez')
    const ran = await gate(at(BORING), { SHOWFILE: BORING, PLANFILE: path })
    expect(ran.status).toBe(1)
    expect(ran.stdout).toContain('another plan file')
    expectBlock(ran.stdout, 'fail')
  })

  it.each<[string, (path: string) => Promise<unknown>]>([
    ['of another form', (path) => writeFile(notePathOf(path), 'reviewed\n')],
    ['without end', (path) => writeFile(notePathOf(path), 'x'.repeat(9000))],
    ['that has expired', (path) => writeNote(path, digestOf('p'), Date.now() - 25 * 3_600_000)],
    ['from the future', (path) => writeNote(path, digestOf('p'), Date.now() + 3_600_000)],
    ['that is missing', async () => undefined],
  ])('is closed for a note %s', async (_name, spoil) => {
    const path = await planFile('p', false)
    await spoil(path)
    const ran = await gate(at(BORING), { SHOWFILE: BORING, PLANFILE: path })
    expect(ran.status).toBe(1)
    expectBlock(ran.stdout, 'fail')
  })

  it('takes the digest that was expected instead of a note', async () => {
    const env = { SHOWFILE: BORING, PLANFILE: await planFile('p', false) }
    expect((await gate(['--expect', digestOf('p'), ...at(BORING)], env)).status).toBe(0)
    expect((await gate(['--expect', digestOf('q'), ...at(BORING)], env)).status).toBe(1)
    expect((await gate(['--without-review', ...at(BORING)], env)).status).toBe(0)
  })

  it('takes everything from arguments too', async () => {
    const argv = ['--json', RISKY, `--plan=${await planFile()}`, '--pr-approved', 'true']
    expect((await gate([...argv, ...at(RISKY)], {})).status).toBe(0)
  })

  it.each<[string, string[], Record<string, string>]>([
    ['no plan file', [], { SHOWFILE: BORING }],
    ['a missing plan file', [], { SHOWFILE: BORING, PLANFILE: '/nowhere/x.tfplan' }],
    ['a plan file that is a folder', [], { SHOWFILE: BORING, PLANFILE: DEMO }],
    ['an empty plan file', [], { SHOWFILE: BORING, PLANFILE: '/dev/null' }],
    ['no plan', [], { HAS_PLANFILE: 'yes' }],
    ['a missing plan', [], { HAS_PLANFILE: 'yes', SHOWFILE: '/nowhere/x.json' }],
    ['a plan that is none', [], { HAS_PLANFILE: 'yes', SHOWFILE: import.meta.filename }],
    ['a digest that is none', ['--expect', 'sha256:AB'], { HAS_PLANFILE: 'yes' }],
    ['an empty digest', ['--expect'], { HAS_PLANFILE: 'yes' }],
    ['two digests', ['--expect=a', '--expect=b'], { HAS_PLANFILE: 'yes' }],
    ['an unknown option', ['--force'], { HAS_PLANFILE: 'yes', SHOWFILE: BORING }],
    ['a missing policy', [], { HAS_PLANFILE: 'yes', SHOWFILE: BORING, HOLDGATE_CONFIG: '/no' }],
  ])('is closed for %s, even when approved', async (_name, argv, { HAS_PLANFILE, ...env }) => {
    const file: Record<string, string> =
      HAS_PLANFILE === undefined ? {} : { PLANFILE: await planFile() }
    const ran = await gate(argv, { ATLANTIS_PR_APPROVED: 'true', ...file, ...env })
    expect(ran.status).toBe(1)
    expectBlock(ran.stdout, 'fail')
  })

  it('stays closed while the kill switch is on, whoever approved', async () => {
    const ran = await gate(at(BORING), {
      SHOWFILE: BORING,
      PLANFILE: await planFile(),
      ATLANTIS_PR_APPROVED: 'true',
      HOLDGATE_KILL_SWITCH: 'on',
    })
    expect(ran.status).toBe(2)
    expectBlock(ran.stdout, 'fail')
  })

  it('explains itself without opening anything', async () => {
    expect((await run(runGate, ['--help', '--plan', 'x'])).status).toBe(1)
    expect((await run(runGate, ['--help'])).stdout).toContain('SHOWFILE')
  })
})
