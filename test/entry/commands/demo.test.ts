// `holdgate demo` sends every plan once, gets one final answer for each, and shows it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { runDemo } from '../../../src/entry/commands/demo.ts'
import { REVIEW_SCENES } from '../../../src/entry/practice/review-scenes.ts'
import { SITUATIONS } from '../../../src/entry/practice/situations.ts'
import { freshPlan } from '../../support/atlantis/step.ts'

async function demo(
  argv: readonly string[],
  env: Record<string, string> = {},
  isTTY = false,
): Promise<{ status: number; out: string; errors: string }> {
  let out = ''
  let errors = ''
  const status = await runDemo(argv, {
    stdin: (async function* () {})(),
    stdout: { write: (text) => (out += text), isTTY },
    stderr: { write: (text) => (errors += text) },
    env,
    cwd: () => '/',
  })
  return { status, out, errors }
}

describe('holdgate demo --once', () => {
  it('gets one final answer for each of the built-in plans and keeps every platform rule', async () => {
    const { status, out, errors } = await demo(['--once'])
    expect(errors).toBe('')
    expect(status).toBe(0)
    for (const { message, workspace } of SITUATIONS) {
      expect(out).toContain(message)
      expect(out).toContain(workspace)
    }
    expect(out.match(/PASSED|FAILED/g)).toHaveLength(SITUATIONS.length)
    expect(out).toContain(`of ${SITUATIONS.length} runs. Waiting for a person: `)
    expect(out).toMatch(/\[Severity: Critical\]/)
  })

  it('fits 80 columns, and is plain where colour is not wanted', async () => {
    const { out } = await demo(['--once'], { NO_COLOR: '1' }, true)
    expect(out).not.toContain('\u001b')
    for (const line of out.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(80)
  })

  it('colours a terminal', async () => {
    expect((await demo(['--once'], {}, true)).out).toContain('\u001b[31mFAILED')
  })

  it('sends the plans of a folder, readable or not', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'holdgate-demo-'))
    try {
      await writeFile(join(folder, 'tags.json'), freshPlan('fixtures/demo/tag-change/plan.json'))
      await writeFile(join(folder, 'broken.json'), '{"format_version":"1.2",')
      const { status, out } = await demo(['--once', '--plans', folder])
      expect(status).toBe(0)
      expect(out).toContain('Without a person: 1 of 2 runs. Waiting for a person: 1.')
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

describe('holdgate demo --review --once', () => {
  it('shows an escalation, a release within a limit, a mismatch, no opinion and an adversary', async () => {
    const { status, out, errors } = await demo(['--review', '--once'])
    expect(errors).toBe('')
    expect(status).toBe(0)
    const runs = out.split(/^ {1,2}\d+ {2}/m).slice(1)
    expect(runs).toHaveLength(REVIEW_SCENES.length)
    const came = ['Escalated', 'Released within a limit', 'Escalated', 'No opinion', 'No change']
    for (const [at, label] of came.entries()) expect(runs[at]).toContain(`[Status: ${label}]`)
    expect(runs.map((text) => /PASSED|FAILED/.exec(text)?.[0])).toEqual([
      'FAILED',
      'PASSED',
      'FAILED',
      'FAILED',
      'FAILED',
    ])
    for (const text of runs)
      expect(text).toMatch(/Played: .*Asked (\d times|once): structure only/s)
    for (const line of out.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(80)
  }, 30_000)
})

describe('years later', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it.each([[['--once']], [['--once', '--review']]])(
    '%j still lets pass what it lets pass today: no built-in plan is stale',
    async (argv) => {
      const passed = async (): Promise<number | undefined> =>
        (await demo(argv)).out.match(/PASSED/g)?.length
      const today = await passed()
      vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2031-05-05T05:05:05Z') })
      expect(await passed()).toBe(today)
    },
    30_000,
  )
})

describe('arguments', () => {
  it.each([
    [['--port', 'x'], /--port/],
    [['--port', '70000'], /--port/],
    [['--plans', '/does/not/exist'], /--plans/],
    [['--unknown'], /unknown/],
    [['--review', '--plans', '.'], /--plans/],
    [['extra'], /extra/],
  ])('%j is refused in one sentence', async (argv, said) => {
    const { status, out, errors } = await demo(argv)
    expect(status).toBe(1)
    expect(out).toBe('')
    expect(errors).toMatch(said)
    expect(errors.trimEnd().split('\n')).toHaveLength(1)
  })

  it('--help explains itself', async () => {
    const { status, out } = await demo(['--help'])
    expect(status).toBe(0)
    expect(out).toContain('--plans DIR')
  })
})
