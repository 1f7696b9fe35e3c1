// `holdgate demo` sends every plan once, gets one final answer for each, and shows it.
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runDemo } from '../../../src/entry/commands/demo.ts'
import { SITUATIONS } from '../../../src/entry/practice/situations.ts'

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
      await copyFile('fixtures/demo/tag-change/plan.json', join(folder, 'tags.json'))
      await writeFile(join(folder, 'broken.json'), '{"format_version":"1.2",')
      const { status, out } = await demo(['--once', '--plans', folder])
      expect(status).toBe(0)
      expect(out).toContain('Without a person: 1 of 2 runs. Waiting for a person: 1.')
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

describe('arguments', () => {
  it.each([
    [['--port', 'x'], /--port/],
    [['--port', '70000'], /--port/],
    [['--plans', '/does/not/exist'], /--plans/],
    [['--unknown'], /unknown/],
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
