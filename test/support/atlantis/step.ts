// Runs the shipped step script the way Atlantis does: `sh -c` in the pull request's checkout, standard
// output and standard error in one stream, and judges what comes out.
import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Verdict, verdictOf } from './recogniser.ts'

const SCRIPT: string = join(import.meta.dirname, '../../../infra/atlantis/holdgate-step.sh')
const PLAN = join(import.meta.dirname, '../../../fixtures/demo/tag-change/plan.json')

export interface Stepped {
  readonly status: number
  /** Both streams, as they arrived. */
  readonly output: string
  readonly verdict: Verdict
}

export interface Checkout {
  readonly folder: string
  readonly planFile: string
  readonly showFile: string
  /** 64 hex digits. */
  readonly hash: string
}

/** Undefined where the tools of a step are there; else which of them is missing. */
export function missingTool(): string | undefined {
  return ['dash', 'curl', 'sha256sum', 'timeout'].find((tool) => {
    try {
      execFileSync('sh', ['-c', `command -v ${tool}`], { stdio: 'ignore' })
      return false
    } catch {
      return true
    }
  })
}

/** A project directory after `show`, with a note of the review on request. */
export function checkout(options: { reviewed?: boolean; plan?: string } = {}): Checkout {
  const folder = mkdtempSync(join(tmpdir(), 'holdgate-checkout-'))
  const planFile = join(folder, 'default.tfplan')
  const showFile = join(folder, 'default.json')
  const content = `plan ${Math.floor(Date.now())} ${folder}`
  const hash = createHash('sha256').update(content).digest('hex')
  writeFileSync(planFile, content)
  writeFileSync(showFile, options.plan ?? freshPlan(PLAN))
  if (options.reviewed === true) {
    const seconds = Math.floor(Date.now() / 1000)
    writeFileSync(`${planFile}.holdgate`, `holdgate-review/v1 sha256:${hash} ${seconds}\n`)
  }
  return { folder, planFile, showFile, hash }
}

/** A stored plan as if it had been made now: an old one is held for its age. */
export function freshPlan(path: string): string {
  const plan = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  return JSON.stringify({ ...plan, timestamp: new Date().toISOString() })
}

export function step(
  name: string,
  place: Checkout,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Stepped> {
  const all = {
    PATH: process.env.PATH,
    HOME: place.folder,
    PLANFILE: place.planFile,
    SHOWFILE: place.showFile,
    WORKSPACE: 'default',
    HOLDGATE_TOKEN: 'an-assess-token-0123',
    HOLDGATE_MAX_TIME: '20',
    ...env,
  }
  const given = Object.fromEntries(Object.entries(all).filter(([, text]) => text !== undefined))
  return new Promise((done) => {
    execFile(
      'dash',
      ['-c', `dash ${SCRIPT} ${name} 2>&1`],
      { cwd: place.folder, env: given as Record<string, string>, maxBuffer: 1 << 26 },
      (error, output) => {
        const status = error === null ? 0 : Number(error.code ?? 255)
        done({ status, output, verdict: verdictOf(output) })
      },
    )
  })
}
