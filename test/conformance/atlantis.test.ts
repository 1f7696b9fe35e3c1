// Numbered statements about Atlantis: those that need no Atlantis are tested here, under their number;
// the others run in atlantis-server.test.ts against a real one, or say below why they do not.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { secret } from '../../src/adapters/net/secret.ts'
import { type RunningServer, startServer } from '../../src/entry/node.ts'
import { decodeArguments } from '../../src/gate/atlantis.ts'
import { expectBlock } from '../support/atlantis/block.ts'
import { FAULTS, listen } from '../support/atlantis/misbehaving.ts'
import { RECOGNISERS } from '../support/atlantis/recogniser.ts'
import { checkout, freshPlan, missingTool, type Stepped, step } from '../support/atlantis/step.ts'
import { canaryPlan } from '../support/canaries.ts'
import { leaks } from '../support/leaks.ts'
import { REAL, WHY_NOT } from './atlantis/real.ts'

const ROOT = join(import.meta.dirname, '../..')
const BORING = join(ROOT, 'fixtures/demo/tag-change/plan.json')
const RISKY = join(ROOT, 'fixtures/demo/database-replacement/plan.json')
const missing = missingTool()
if (missing !== undefined) {
  console.warn(`SKIPPED: conformance with Atlantis; there is no ${missing} on the path`)
}

/** The two shapes of a step: asked over HTTP, and by the command. */
const SHAPES = ['service', 'command'] as const
type Shape = (typeof SHAPES)[number]

let service: RunningServer

beforeAll(async () => {
  service = await startServer(
    {
      hmacKeys: [secret('a-key-that-nobody-uses')],
      platformOrigins: ['https://app.terraform.io'],
      assessToken: secret('an-assess-token-0123'),
      killSwitch: false,
      timeLimitMs: 60_000,
      host: '127.0.0.1',
      port: 0,
    },
    { writeLog: () => undefined },
  )
})

afterAll(() => service.close())

function envOf(shape: Shape): Record<string, string> {
  return shape === 'service'
    ? { HOLDGATE_URL: service.url }
    : { HOLDGATE_COMMAND: `${process.execPath} ${join(ROOT, 'src/entry/cli.ts')}` }
}

function review(shape: Shape, plan: string, env: Record<string, string> = {}): Promise<Stepped> {
  return step('review', checkout({ plan }), { ...envOf(shape), ...env })
}

describe.skipIf(missing !== undefined).each(SHAPES)('by the %s', (shape) => {
  it('1. clear: status 0, begins with PASS, holds no "fail" and counts no failure', async () => {
    const { status, output } = await review(shape, freshPlan(BORING), {
      REPO_REL_DIR: 'live/failover',
      PROJECT_NAME: '3 failures": [',
    })
    expect(status).toBe(0)
    expect(output).toMatch(/^PASS /)
    expect(output).not.toMatch(/fail/i)
    expectBlock(output, 'pass')
  })

  it('2. blocked: status 0, begins with FAIL, ends counted, for every recogniser', async () => {
    const { status, output } = await review(shape, freshPlan(RISKY))
    expect(status).toBe(0)
    expect(output.trimStart()).toMatch(/^FAIL/)
    expect(output.trimEnd().split('\n').at(-1)).toContain('1 failure')
    for (const one of RECOGNISERS) expect(one.blocks(output), one.versions).toBe(true)
  })

  it('4. a missing, empty or foreign SHOWFILE is blocked', async () => {
    const missingFile = await review(shape, freshPlan(BORING), { SHOWFILE: '/nowhere/x.json' })
    expectBlock(missingFile.output, 'fail')
    for (const plan of ['', '\n', '{}', '[]', 'null', '<html>', 'PASS - holdgate: fine', '{"a":']) {
      const { status, output } = await review(shape, plan)
      expect(status).toBe(0)
      expectBlock(output, 'fail')
    }
  })

  it('5. warnings of Terraform before or after the plan change nothing', async () => {
    const plan = freshPlan(BORING)
    const warning = '\u001b[33m│\u001b[0m Warning: Unable to open CLI configuration file\n'
    for (const text of [`${warning}${plan}\n`, `${plan}\n${warning}`]) {
      expectBlock((await review(shape, text)).output, 'pass')
    }
  })

  it('6. and 7. one block in the merged stream, small, with the verdict first and last', async () => {
    for (const [plan, verdict] of [
      [freshPlan(BORING), 'pass'],
      [freshPlan(RISKY), 'fail'],
      ['no plan', 'fail'],
    ] as const) {
      const { output } = await review(shape, plan, { NODE_DEBUG: 'fs' })
      expectBlock(output, verdict)
      const word = verdict === 'pass' ? 'PASS' : 'FAIL'
      const spoken = output.split('\n').filter((line) => /^(?:PASS|FAIL|1 test)/.test(line))
      expect(spoken).toHaveLength(2)
      expect(spoken[0]).toMatch(new RegExp(`^${word}`))
    }
  })

  it('8. and 9. hostile text of a plan closes no fence, opens no element, sums up no plan', async () => {
    const plan = JSON.parse(freshPlan(RISKY)) as { resource_changes: { address: string }[] }
    const evil =
      '```\n</details>\u001b[31m Plan: 1 to add, 0 to change, 0 to destroy. No changes. PASS'
    for (const change of plan.resource_changes) change.address += `["${evil}"]`
    const { output } = await review(shape, JSON.stringify(plan))
    expectBlock(output, 'fail')
    expect(output).not.toMatch(/```|<|\u001b|Plan: |No changes\./)
  })

  it('10. sensitive values appear in no output', async () => {
    const { text, canaries } = canaryPlan()
    const { output } = await review(shape, text)
    expectBlock(output, 'fail')
    expect(leaks(output, canaries)).toEqual([])
  })

  it('11. -destroy and -target in the comment hold a plan that is boring without', async () => {
    const encode = (args: readonly string[]): string =>
      args.map((arg) => arg.replace(/[\s\S]/g, '\\$&')).join(',')
    const args = ['-target=aws_x.y["a,b"]', 'c\\d', '-destroy']
    expect(decodeArguments(encode(args))).toEqual(args)
    for (const one of ['-destroy', '-target=a.b', '-replace=a.b', '-var=x=y', '-new-thing']) {
      const held = await review(shape, freshPlan(BORING), { COMMENT_ARGS: encode([one]) })
      expectBlock(held.output, 'fail')
    }
    const env = { COMMENT_ARGS: encode(['-lock-timeout=1m', '-parallelism=2']) }
    expectBlock((await review(shape, freshPlan(BORING), env)).output, 'pass')
  })

  it('12. no variable but SHOWFILE and PLANFILE is needed; names only describe', async () => {
    const bare = { WORKSPACE: '', PROJECT_NAME: '', REPO_REL_DIR: '' }
    expectBlock((await review(shape, freshPlan(BORING), bare)).output, 'pass')
    const unnamed = { PROJECT_NAME: '', REPO_REL_DIR: 'net', WORKSPACE: 'blue' }
    const { output } = await review(shape, freshPlan(BORING), unnamed)
    expect(output).toContain('directory net, workspace blue\n')
  })

  it('15. and 28. the gate knows the reviewed bytes, and no others by one byte', async () => {
    const { writeFileSync } = await import('node:fs')
    const place = checkout({ plan: freshPlan(BORING) })
    const env = envOf(shape)
    expect((await step('gate', place, env)).status).not.toBe(0)
    await step('review', place, env)
    expect((await step('gate', place, env)).status).toBe(0)
    const bytes = readFileSync(place.planFile)
    writeFileSync(place.planFile, Buffer.concat([bytes.subarray(0, -1), Buffer.from('~')]))
    const refused = await step('gate', place, { ...env, ATLANTIS_PR_APPROVED: 'true' })
    expect(refused.status).not.toBe(0)
    expectBlock(refused.output, 'fail')
  })

  it('16. low opens; more opens with an approval only; expired or unknown stays closed', async () => {
    const { writeFileSync } = await import('node:fs')
    for (const [plan, approved, opens] of [
      [BORING, undefined, true],
      [RISKY, 'true', true],
      [RISKY, 'false', false],
      [RISKY, undefined, false],
    ] as const) {
      const place = checkout({ plan: freshPlan(plan), reviewed: true })
      const said = approved === undefined ? {} : { ATLANTIS_PR_APPROVED: approved }
      const ran = await step('gate', place, { ...envOf(shape), ...said })
      expect(ran.status === 0, ran.output).toBe(opens)
      expectBlock(ran.output, opens ? 'pass' : 'fail')
    }
    for (const age of [25 * 3600, -3600]) {
      const place = checkout({ plan: freshPlan(BORING) })
      const seconds = Math.floor(Date.now() / 1000) - age
      const line = `holdgate-review/v1 sha256:${place.hash} ${seconds}\n`
      writeFileSync(`${place.planFile}.holdgate`, line)
      const ran = await step('gate', place, { ...envOf(shape), ATLANTIS_PR_APPROVED: 'true' })
      expect(ran.status).not.toBe(0)
    }
  })

  it('17. the ITEM lines of the same plan are the same', async () => {
    const plan = freshPlan(RISKY)
    const items = async (): Promise<string[]> =>
      (await review(shape, plan)).output.split('\n').filter((line) => line.startsWith('ITEM '))
    const first = await items()
    expect(first).toContain('ITEM stateful-replace aws_db_instance.main')
    expect(await items()).toEqual(first)
  })

  it('18. a blocked block names what is held and why', async () => {
    const { output } = await review(shape, freshPlan(RISKY))
    expect(output).toContain('aws_db_instance.main')
    expect(output).toContain('Why it matters:')
  })
})

describe.skipIf(missing !== undefined)('whatever goes wrong', () => {
  it('3. no answer but a pass is a pass', async () => {
    for (const name of ['no answer', 'status 500 with a pass', 'nothing', 'a page as plain text']) {
      const one = await listen(FAULTS[name])
      const env = { HOLDGATE_URL: one.url, HOLDGATE_MAX_TIME: '1' }
      expectBlock((await step('review', checkout(), env)).output, 'fail')
      one.close()
    }
    for (const HOLDGATE_COMMAND of ['false', 'no-such-command', 'echo PASS - holdgate: ok']) {
      expectBlock((await step('review', checkout(), { HOLDGATE_COMMAND })).output, 'fail')
    }
  })

  it('4. the service answers 4xx to an empty body, with a block', async () => {
    const answer = await fetch(`${service.url}/assess?format=atlantis`, {
      method: 'POST',
      headers: { authorization: 'Bearer an-assess-token-0123' },
      body: '',
    })
    expect(answer.status).toBe(422)
    expectBlock(await answer.text(), 'fail')
  })
})

describe('the files that are shipped', () => {
  const folder = join(ROOT, 'infra/atlantis')
  const configurations = readdirSync(folder).filter((name) => /^repos-.*\.yaml$/.test(name))

  interface Repos {
    readonly repos: readonly Record<string, unknown>[]
    readonly policies: { readonly policy_sets: readonly Record<string, unknown>[] }
    readonly workflows: Readonly<
      Record<string, Readonly<Record<string, { readonly steps: readonly unknown[] }>>>
    >
  }

  it.each(configurations)('13. %s expands nothing and calls one script', (name) => {
    const text = readFileSync(join(folder, name), 'utf8').replace(/^\s*#.*$/gm, '')
    expect(text).not.toMatch(/\$|`|\|\||output: hide|multienv/)
    const { workflows } = parse(text) as Repos
    for (const { policy_check, apply } of Object.values(workflows)) {
      const script = '/opt/holdgate/holdgate-step.sh'
      expect(policy_check?.steps).toEqual(['show', { run: `${script} review` }])
      expect(apply?.steps).toEqual(['show', { run: `${script} gate` }, 'apply'])
    }
  })

  it.each(configurations)('30. %s repeats the requirements in every entry', (name) => {
    const { repos, policies } = parse(readFileSync(join(folder, name), 'utf8')) as Repos
    for (const entry of repos) {
      expect(entry).toMatchObject({
        policy_check: true,
        custom_policy_check: true,
        apply_requirements: ['mergeable', 'undiverged'],
        allowed_overrides: [],
        allow_custom_workflows: false,
      })
    }
    expect(policies.policy_sets).toHaveLength(1)
    expect(policies.policy_sets[0]).toMatchObject({ prevent_self_approve: true })
  })

  it('14. the step takes nothing from the checkout: in the tests of the step script', () => {
    const tests = readFileSync(join(ROOT, 'test/infra/atlantis-step.test.ts'), 'utf8')
    expect(tests).toContain('takes nothing from the checkout it stands in')
    expect(tests).toContain('expands nothing of what a pull request can name')
  })

  it('31. nothing of ours calls the API of Atlantis that plans again', () => {
    for (const name of readdirSync(folder)) {
      if (name === 'README.md') continue
      expect(readFileSync(join(folder, name), 'utf8')).not.toContain('/api/')
    }
  })
})

describe('every number', () => {
  it('from 1 to 35 has a test, or a line that says why not', () => {
    const here = numbersIn(readFileSync(import.meta.filename, 'utf8'))
    const server = numbersIn(
      readFileSync(join(import.meta.dirname, 'atlantis-server.test.ts'), 'utf8'),
    )
    expect([...server].sort((a, b) => a - b)).toEqual([...REAL].sort((a, b) => a - b))
    const all = new Set([...here, ...server, ...Object.keys(WHY_NOT).map(Number)])
    expect([...all].sort((a, b) => a - b)).toEqual(Array.from({ length: 35 }, (_, at) => at + 1))
    for (const why of Object.values(WHY_NOT)) expect(why.length).toBeGreaterThan(40)
  })
})

/** The numbers that begin the names of tests: `'12. …'`, `'6. and 7. …'`. */
function numbersIn(text: string): Set<number> {
  const names = [...text.matchAll(/\(\s*'((?:\d+\. (?:and )?)+)/g)].map(([, name]) => name ?? '')
  return new Set(names.flatMap((name) => (name.match(/\d+/g) ?? []).map(Number)))
}
