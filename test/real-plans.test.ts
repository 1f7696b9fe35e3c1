// Real plans of other people, read in place: every one gets a verdict or the right refusal, twice the
// same, with a reason, and without any value its author marked sensitive.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCheck } from '../src/entry/commands/check.ts'
import type { Io } from '../src/entry/io.ts'

const FOLDER = join(import.meta.dirname, '../../shared/plans')
const present = existsSync(FOLDER)
if (!present)
  console.warn('SKIPPED: there are no real plans beside this checkout (../shared/plans)')

const plans = present
  ? readdirSync(FOLDER, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => readdirSync(join(FOLDER, name)).map((file) => `${name}/${file}`))
  : []

interface Ran {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

async function check(argv: readonly string[]): Promise<Ran> {
  const out: string[] = []
  const errors: string[] = []
  const io: Io = {
    stdin: (async function* () {})(),
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => errors.push(text) },
    env: {},
    cwd: () => '/',
  }
  const status = await runCheck(argv, io)
  return { status, stdout: out.join(''), stderr: errors.join('') }
}

/** The moment the plan was made, where its text is UTF-8 and says so. */
function madeAt(bytes: Buffer): string {
  return /"timestamp":\s*"([^"]+)"/.exec(bytes.toString('utf8'))?.[1] ?? '2026-01-01T00:00:00Z'
}

/** Strings under sensitive marks, long enough to be more than a word of everyday life. */
function secretsOf(bytes: Buffer): readonly string[] {
  const found = new Set<string>()
  let plan: unknown
  try {
    plan = JSON.parse(bytes.toString('utf8'))
  } catch {
    return []
  }
  const changes = (plan as { resource_changes?: { change?: Record<string, unknown> }[] } | null)
    ?.resource_changes
  for (const { change } of Array.isArray(changes) ? changes : []) {
    collect(change?.before, change?.before_sensitive, found)
    collect(change?.after, change?.after_sensitive, found)
  }
  return [...found]
}

function collect(value: unknown, mark: unknown, found: Set<string>): void {
  if (typeof value === 'string') {
    if (mark === true && value.length >= 8) found.add(value)
    return
  }
  if (typeof value !== 'object' || value === null) return
  for (const [key, item] of Object.entries(value)) {
    collect(
      item,
      mark === true ? true : (mark as Record<string, unknown> | undefined | null)?.[key],
      found,
    )
  }
}

describe.skipIf(!present)('a real plan', () => {
  it('is there to be read', () => {
    expect(plans.length).toBeGreaterThan(300)
  })

  it.each(plans)('%s', async (name) => {
    const path = join(FOLDER, name)
    const bytes = readFileSync(path)
    const argv = [path, '--at', madeAt(bytes), '--format', 'json']
    const ran = await check(argv)
    expect(await check(argv)).toEqual(ran)
    if (ran.status === 1) {
      expect(ran.stdout).toBe('')
      expect(ran.stderr).toMatch(/^holdgate check: [^\n]{20,}\.\n$/)
      return
    }
    const decision = JSON.parse(ran.stdout) as { verdict: string; because: string[] }
    expect(ran.status).toBe(decision.verdict === 'release' ? 0 : 2)
    expect(decision.because.length).toBeGreaterThan(0)
    for (const reason of decision.because) expect(reason.trim()).not.toBe('')
    const text = await check([path, '--at', madeAt(bytes)])
    for (const secret of secretsOf(bytes)) {
      expect(ran.stdout.includes(secret), 'a sensitive value in the decision').toBe(false)
      expect(text.stdout.includes(secret), 'a sensitive value in the text').toBe(false)
    }
  })
})
