// The command judges what it can read, holds what it cannot, and never calls nothing a success.
import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { evaluate } from '../../src/entry/evaluate.ts'

const COMMAND = fileURLToPath(new URL('../../src/entry/evaluate.ts', import.meta.url))
const DESTROYED_VAULT = new URL('../../fixtures/scenarios/D095.plan.json', import.meta.url)
const LABELS = new URL('../../fixtures/scenarios/D022.plan.json', import.meta.url)

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evaluate-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

async function add(name: string, plan: URL | string, label: unknown): Promise<void> {
  if (typeof plan === 'string') await writeFile(join(folder, `${name}.plan.json`), plan)
  else await copyFile(plan, join(folder, `${name}.plan.json`))
  if (label !== undefined) {
    await writeFile(join(folder, `${name}.expect.json`), JSON.stringify(label))
  }
}

function run(...args: readonly string[]): Promise<{ status: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, ...args], (error, out, err) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, out, err })
    })
  })
}

describe('evaluate', () => {
  test('a label with a verdict alone is enough', async () => {
    await add('gone', DESTROYED_VAULT, { verdict: 'hold' })
    expect(await evaluate(folder)).toMatchObject({
      ok: true,
      value: [{ case: { name: 'gone', class: 'unclassified' }, outcome: { verdict: 'hold' } }],
    })
  })

  test('a plan that breaks off is held by everybody, and its failure is told', async () => {
    await add('cut', '{"format_version":"1.2","resource_changes":[{', { verdict: 'release' })
    const judged = await evaluate(folder)
    expect(judged).toMatchObject({ ok: true, value: [{ outcome: { kind: 'failed' } }] })
    if (judged.ok) expect(new Set(judged.value[0]?.compared)).toEqual(new Set(['hold']))
  })

  test('a plan without a label stops the evaluation by name', async () => {
    await add('bare', DESTROYED_VAULT, undefined)
    expect(await evaluate(folder)).toEqual({
      ok: false,
      error: 'evaluating: bare.plan.json has no bare.expect.json beside it',
    })
  })

  test('an empty folder is no success, and neither is one that is not there', async () => {
    expect((await evaluate(folder)).ok).toBe(false)
    expect((await evaluate(join(folder, 'missing'))).ok).toBe(false)
  })
})

describe('the command', () => {
  test('ends with 0 when no risky plan is released', async () => {
    await add('gone', DESTROYED_VAULT, { verdict: 'hold', class: 'key' })
    const { status, out, err } = await run(folder)
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(out).toContain('missed holds: 0 of 1 risky plans')
  })

  test('ends with 2 and names the case when one is', async () => {
    await add('labels', LABELS, { verdict: 'hold', class: 'metadata' })
    const { status, out } = await run(folder)
    expect(status).toBe(2)
    expect(out).toContain('missed holds:\n  labels (metadata)')
  })

  test('ends with 1, one sentence and nothing on stdout when it could not evaluate', async () => {
    await add('bad', DESTROYED_VAULT, { verdict: 'perhaps' })
    expect(await run(folder)).toEqual({
      status: 1,
      out: '',
      err: 'reading the label of bad: verdict is not valid\n',
    })
  })
})
