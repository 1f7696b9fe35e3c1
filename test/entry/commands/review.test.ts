// `holdgate check --review` through its front door, with a practice model on this computer.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Decision } from '../../../src/core/decision.ts'
import { runCheck } from '../../../src/entry/commands/check.ts'
import { runGate } from '../../../src/entry/commands/gate.ts'
import type { Io } from '../../../src/entry/io.ts'
import { MODEL_FAULTS } from '../../../src/entry/practice/model/faults.ts'
import { type PracticeModel, startPracticeModel } from '../../../src/entry/practice/model/server.ts'
import { HELD_PLAN, RELEASED_PLAN } from '../../support/plans.ts'
import { CODE_POLICY, ROLLOUT_PLAN, ROLLOUT_POLICY, rolloutCode } from '../../support/review.ts'

let model: PracticeModel
let folder: string
let files: Readonly<Record<'rollout' | 'floor' | 'tag' | 'policy' | 'codePolicy' | 'code', string>>

beforeAll(async () => {
  model = await startPracticeModel()
  folder = await mkdtemp(join(tmpdir(), 'holdgate-check-review-'))
  const put = async (name: string, content: string | Uint8Array): Promise<string> => {
    const path = join(folder, name)
    await writeFile(path, content)
    return path
  }
  files = {
    rollout: await put('rollout.json', ROLLOUT_PLAN),
    floor: await put('floor.json', HELD_PLAN),
    tag: await put('tag.json', RELEASED_PLAN),
    policy: await put('policy.yaml', ROLLOUT_POLICY),
    codePolicy: await put('code-policy.yaml', CODE_POLICY),
    code: await put('code.tar.gz', await rolloutCode()),
  }
})

afterEach(() => {
  model.behave('careful')
  model.fail([])
  vi.restoreAllMocks()
})

afterAll(() => model.close())

interface Ran {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
  readonly decision: () => Decision
}

async function check(
  argv: readonly string[],
  {
    env = {},
    isTTY = false,
    run = runCheck,
  }: {
    readonly env?: Record<string, string>
    readonly isTTY?: boolean
    readonly run?: typeof runCheck
  } = {},
): Promise<Ran> {
  let stdout = ''
  let stderr = ''
  const io: Io = {
    stdin: (async function* () {})(),
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text), isTTY },
    env: { ANTHROPIC_API_KEY: model.apiKey, ANTHROPIC_BASE_URL: model.origin, ...env },
    cwd: () => folder,
  }
  const status = await run(argv, io)
  return { status, stdout, stderr, decision: () => JSON.parse(stdout) as Decision }
}

const inOrders = (plan: string): string[] => [
  plan,
  ...['--workspace', 'orders-prod', '--config', files.policy, '--format', 'json'],
]

describe('with --review', () => {
  it('a limit lets a rollout pass', async () => {
    const { status, stderr, decision } = await check([...inOrders(files.rollout), '--review'])
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(decision().review).toMatchObject({ outcome: 'released', without: 'hold' })
  })

  it('a worry holds what the rules would release', async () => {
    model.behave('always-hold')
    const { status, decision } = await check([...inOrders(files.tag), '--review'])
    expect(status).toBe(2)
    expect(decision().because[0]).toContain('second reader')
  })

  it('nothing lets a database go', async () => {
    model.behave('always-release')
    const { status } = await check([...inOrders(files.floor), '--review'])
    expect(status).toBe(2)
  })

  it.each(['overloaded', 'refusal', 'wrong-key', 'html', 'reset'] as const)(
    'a provider with the fault %s leaves the verdict of the rules',
    async (name) => {
      model.fail([{ fault: MODEL_FAULTS[name], times: 'always' }])
      const reviewed = await check([
        ...inOrders(files.tag),
        '--review',
        '--at',
        '2026-11-20T12:00Z',
      ])
      const rules = await check([...inOrders(files.tag), '--at', '2026-11-20T12:00Z'])
      expect(reviewed.stderr).toBe('')
      expect(reviewed.status).toBe(rules.status)
      const { review, ...decision } = reviewed.decision()
      expect({ ...decision, review: null }).toEqual(rules.decision())
      expect(review?.outcome).toBe('no-opinion')
    },
  )

  it('two runs with the same answers print the same, byte for byte', async () => {
    const argv = [...inOrders(files.rollout), '--review', '--at', '2026-11-20T12:00Z']
    const first = await check(argv)
    expect((await check(argv)).stdout).toBe(first.stdout)
  })

  it('a terminal says that somebody is being asked, and is wiped afterwards', async () => {
    const { stderr } = await check([...inOrders(files.rollout), '--review'], { isTTY: true })
    expect(stderr).toContain('asking claude-')
    expect(stderr.endsWith('\r\u001b[2K')).toBe(true)
  })

  it('notes are shown, from the option before the setting', async () => {
    const path = join(folder, 'notes.txt')
    const other = join(folder, 'others.txt')
    await writeFile(path, 'OPTION-NOTE')
    await writeFile(other, 'SETTING-NOTE')
    const env = { HOLDGATE_REVIEW_NOTES: other }
    const shown = async (argv: readonly string[]): Promise<string> => {
      const before = model.asked.length
      await check([...inOrders(files.rollout), '--review', ...argv], { env })
      return model.asked
        .slice(before)
        .map(({ blocks }) => blocks.join())
        .join()
    }
    expect(await shown(['--notes', path])).toContain('OPTION-NOTE')
    expect(await shown([])).toContain('SETTING-NOTE')
  })

  it('the configuration is shown where the policy wants it', async () => {
    const argv = [
      files.rollout,
      ...['--workspace', 'orders-prod', '--config', files.codePolicy, '--format', 'json'],
      '--review',
    ]
    const with_ = await check([...argv, '--code', files.code])
    expect(with_.status).toBe(0)
    expect(with_.decision().review?.codeBlocks).toBe(2)
    const without = await check(argv)
    expect(without.status).toBe(2)
    expect(without.decision().review?.leftOut).not.toEqual([])
  })

  it('works for the steps of Atlantis, and for the gate', async () => {
    const plan = join(folder, 'default.tfplan')
    await writeFile(plan, 'a plan file')
    const env = { PLANFILE: plan, SHOWFILE: files.rollout, WORKSPACE: 'orders-prod' }
    const argv = ['--config', files.policy, '--review']
    const policyCheck = await check([...argv, '--format', 'atlantis'], { env })
    expect(policyCheck.status).toBe(0)
    expect(policyCheck.stdout).toContain('orders-rollouts')
    expect((await check(argv, { env, run: runGate })).status).toBe(0)
    model.fail([{ fault: MODEL_FAULTS.refusal, times: 'always' }])
    expect((await check(argv, { env, run: runGate })).status).toBe(2)
  })
})

describe('one sentence and exit status 1', () => {
  const bad = join(tmpdir(), 'holdgate-no-such-file')
  it.each<readonly [string, readonly string[], Record<string, string>, RegExp]>([
    ['without a key', ['--review'], { ANTHROPIC_API_KEY: '' }, /ANTHROPIC_API_KEY/],
    ['for a bad address', ['--review'], { ANTHROPIC_BASE_URL: 'ftp://x' }, /ANTHROPIC_BASE_URL/],
    ['for missing notes', ['--review', '--notes', bad], {}, /notes.* is not there/],
    ['for missing notes of the setting', ['--review'], { HOLDGATE_REVIEW_NOTES: bad }, /notes/],
    ['for missing code', ['--review', '--code', bad], {}, /configuration.* is not there/],
    ['for a folder of code', ['--review', '--code', tmpdir()], {}, /is not a file/],
    ['for notes without a review', ['--notes', bad], {}, /--notes is for --review/],
    ['for code without a review', ['--code', bad], {}, /--code is for --review/],
    [
      'for code that the policy does not want shown',
      ['--review', '--code', import.meta.filename],
      {},
      /code: true.* or leave --code out/,
    ],
    ['for notes without a name', ['--review', '--notes='], {}, /--notes takes/],
  ])('%s', async (_, argv, env, said) => {
    const before = model.requests.length
    const { status, stdout, stderr } = await check([...inOrders(files.rollout), ...argv], { env })
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(said)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stderr).not.toContain(model.apiKey)
    expect(model.requests).toHaveLength(before)
  })
})

describe('without --review', () => {
  it.each(['text', 'json', 'markdown', 'html', 'atlantis'])(
    'nothing is sent anywhere, whatever the settings say (%s)',
    async (format) => {
      const connect = vi.spyOn(Socket.prototype, 'connect')
      const send = vi.spyOn(globalThis, 'fetch')
      const before = model.requests.length
      const { stdout } = await check([
        files.rollout,
        ...['--workspace', 'orders-prod', '--config', files.policy, '--format', format],
      ])
      expect(stdout).not.toBe('')
      expect(connect).not.toHaveBeenCalled()
      expect(send).not.toHaveBeenCalled()
      expect(model.requests).toHaveLength(before)
    },
  )

  it('a review is seen by the same watch', async () => {
    const send = vi.spyOn(globalThis, 'fetch')
    await check([...inOrders(files.rollout), '--review'])
    expect(send).toHaveBeenCalled()
  })
})

it('--help says what leaves the computer', async () => {
  const { stdout } = await check(['--help'])
  expect(stdout).toMatch(/--review.*leaves this computer.*sensitive/s)
})
