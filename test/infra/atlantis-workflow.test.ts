// The shipped workflow with a real Terraform, its steps run and judged as Atlantis would: plan, show,
// review, gate, apply. What Atlantis itself does around them is in test/conformance.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Checkout, missingTool, type Stepped, step } from '../support/atlantis/step.ts'

const missing = missingTool() ?? missingTerraform()
if (missing !== undefined) {
  console.warn(
    `SKIPPED: the workflow of Atlantis with Terraform; there is no ${missing} on the path`,
  )
}

const CLI = join(import.meta.dirname, '../../src/entry/cli.ts')
const ENV = { HOLDGATE_COMMAND: `${process.execPath} ${CLI}` }
const BORING = 'resource "terraform_data" "a" {\n  input = "one"\n}\n'
const RISKY =
  'resource "terraform_data" "a" {\n  provisioner "local-exec" {\n    command = "true"\n  }\n}\n'

function missingTerraform(): string | undefined {
  try {
    execFileSync('terraform', ['version'], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'terraform'
  }
}

interface Project {
  readonly place: Checkout
  readonly review: () => Promise<Stepped>
  readonly gate: (approved: string) => Promise<Stepped>
  readonly plan: (code: string) => void
  readonly apply: () => void
  readonly isApplied: () => boolean
}

function project(code: string): Project {
  const folder = mkdtempSync(join(tmpdir(), 'holdgate-workflow-'))
  const planFile = join(folder, 'default.tfplan')
  const showFile = join(folder, 'default.json')
  const env = { PATH: process.env.PATH, HOME: folder, CHECKPOINT_DISABLE: '1' }
  const terraform = (...args: readonly string[]): string =>
    execFileSync('terraform', [...args], { cwd: folder, env, encoding: 'utf8' })
  const show = (): void => {
    // Atlantis captures standard error with it; a warning then stands before the plan.
    const text = terraform('show', '-json', planFile)
    writeFileSync(showFile, `Warning: a warning of Terraform\n${text}`)
  }
  const plan = (text: string): void => {
    writeFileSync(join(folder, 'main.tf'), text)
    terraform('init', '-input=false')
    terraform('plan', '-input=false', '-out', planFile)
    show()
  }
  plan(code)
  const hash = createHash('sha256').update(readFileSync(planFile)).digest('hex')
  const place = { folder, planFile, showFile, hash }
  return {
    place,
    plan,
    review: () => step('review', place, ENV),
    gate: (approved) => {
      show()
      return step('gate', place, { ...ENV, ATLANTIS_PR_APPROVED: approved })
    },
    apply: () => {
      terraform('apply', '-input=false', planFile)
    },
    isApplied: () => existsSync(join(folder, 'terraform.tfstate')),
  }
}

describe.skipIf(missing !== undefined)('the shipped workflow', () => {
  it('lets a boring change through without anybody', async () => {
    const { place, review, gate, apply, isApplied } = project(BORING)
    const reviewed = await review()
    expect([reviewed.status, reviewed.verdict]).toEqual([0, 'pass'])
    expect(reviewed.output).toContain(place.hash)
    const gated = await gate('false')
    expect([gated.status, gated.verdict]).toEqual([0, 'pass'])
    apply()
    expect(isApplied()).toBe(true)
  }, 120_000)

  it('holds a change that runs code until a person approved the pull request', async () => {
    const { review, gate } = project(RISKY)
    const reviewed = await review()
    expect([reviewed.status, reviewed.verdict]).toEqual([0, 'fail'])
    expect(reviewed.output).toContain('ITEM runs-code terraform_data.a\n')
    expect((await gate('false')).status).toBe(1)
    expect((await gate('true')).status).toBe(0)
  }, 120_000)

  it('applies no plan that was made after the review, approved or not', async () => {
    const { review, gate, plan } = project(BORING)
    expect((await review()).verdict).toBe('pass')
    plan(RISKY)
    const gated = await gate('true')
    expect([gated.status, gated.verdict]).toEqual([1, 'fail'])
    expect(gated.output).toContain('another plan file')
  }, 120_000)
})
