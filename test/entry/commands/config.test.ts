// `holdgate config` through its front door.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runConfig } from '../../../src/entry/commands/config.ts'
import type { Io } from '../../../src/entry/io.ts'

async function config(
  argv: readonly string[],
  text?: string,
): Promise<{ readonly status: number; readonly stdout: string; readonly stderr: string }> {
  const cwd = await mkdtemp(join(tmpdir(), 'holdgate-config-'))
  if (text !== undefined) await writeFile(join(cwd, 'holdgate.yaml'), text)
  const out: string[] = []
  const errors: string[] = []
  const io: Io = {
    stdin: (async function* (): AsyncGenerator<string> {})(),
    stdout: { write: (piece) => out.push(piece) },
    stderr: { write: (piece) => errors.push(piece) },
    env: {},
    cwd: () => cwd,
  }
  const status = await runConfig(argv, io)
  return { status, stdout: out.join(''), stderr: errors.join('') }
}

const TEAM = `version: 1
owner: platform@acme.example
environments:
  - { name: production, match: { workspace: ["*-prod"] } }
  - { name: dev, match: { workspace: ["*-dev"] } }
workspaces:
  - match: { workspace: ["web-*"] }
    owner: web@acme.example
    phase: propose
grants:
  - id: web-scaling
    operation: scale
    environments: [production]
    addresses: ["aws_autoscaling_group.*"]
    bounds: { min: 10, max: 50 }
    granted_by: jane@acme.example
    justification: steady load
    rollback: revert the commit
    expires: 2027-06-30
  - id: half-written
    operation: scale
    environments: [production]
    addresses: ["*"]
    bounds: { min: 10 }
    granted_by:
    rollback: revert the commit
    expires: 2026-06-30
`
const AT = ['--at', '2026-11-20']

it('check prints one line for each problem, with its place', async () => {
  const ran = await config(['check'], 'version: 1\npreset: strikt\nphse: observe\n')
  expect(ran).toMatchObject({ status: 1, stdout: '' })
  expect(ran.stderr.split('\n').filter((line) => line !== '')).toEqual([
    'holdgate.yaml:2:9: preset: expected one of strict, standard, relaxed; did you mean strict?',
    'holdgate.yaml:3:1: phse: unknown key phse; did you mean phase?',
  ])
})

it('check names an empty list, a malformed day and an id used twice, once each', async () => {
  const limits = `- { id: a, concerns: [cost-jump], addresses: [], expires: someday }
    - { id: a, concerns: [cost-jump] }`
  const ran = await config(['check'], `version: 1\nreview:\n  releases:\n    ${limits}\n`)
  expect(ran).toMatchObject({ status: 1, stdout: '' })
  expect(ran.stderr.split('\n').filter((line) => line !== '')).toEqual([
    expect.stringMatching(/ review\.releases\.0\.addresses: expected at least one item$/),
    expect.stringMatching(/ review\.releases\.0\.expires: expected a day such as 2027-06-30$/),
    expect.stringMatching(/ review\.releases\.1\.id: expected an id used only once$/),
  ])
})

it.each(['check', 'print'])('%s names an option that it does not know', async (what) => {
  const ran = await config([what, '--frobnicate'])
  expect(ran).toMatchObject({ status: 1, stdout: '' })
  expect(ran.stderr).toMatch(/^holdgate config: [^\n]*'--frobnicate'[^\n]*--help[^\n]*\.\n$/)
})

it('check says which grant releases nothing, why, and where it stands', async () => {
  const ran = await config(['check', ...AT], TEAM)
  expect(ran).toMatchObject({ status: 0, stderr: '' })
  const lines = ran.stdout.split('\n').filter((line) => line.includes('warning'))
  expect(lines).toEqual([
    'holdgate.yaml:20:5: grants.1: warning: grant half-written releases nothing: granted_by is missing, justification is missing, bounds.max is missing, it expired on 2026-06-30',
  ])
})

it('check warns before a grant ends, and says when it has', async () => {
  const warned = async (at: string): Promise<string> =>
    (await config(['check', '--at', at], TEAM)).stdout
  expect(await warned('2027-06-20')).toContain('web-scaling ends soon')
  expect(await warned('2027-07-01')).toContain('web-scaling releases nothing: it expired')
})

it('check warns of environments that nothing is called', async () => {
  const text = TEAM.replaceAll('environments: [production]', 'environments: [prodution]')
  expect((await config(['check', ...AT], text)).stdout).toContain('so it never applies')
})

it('print without a workspace is the whole policy', async () => {
  const ran = await config(['print'], TEAM)
  expect(JSON.parse(ran.stdout)).toMatchObject({ preset: 'standard', phase: 'enforce' })
})

it('print for a workspace says what applies to it', async () => {
  const ran = await config(['print', '--workspace', 'web-prod', ...AT], TEAM)
  const shown = JSON.parse(ran.stdout)
  expect(shown).toMatchObject({
    phase: 'propose',
    owner: 'web@acme.example',
    environment: { name: 'production', tier: 'production' },
    grants: [
      { id: 'web-scaling', inert: [] },
      { id: 'half-written', inert: expect.arrayContaining(['granted_by is missing']) },
    ],
  })
  expect(shown.holds).toContain('workload-rollout')
})

it('print for another workspace differs', async () => {
  const shown = JSON.parse((await config(['print', '--workspace', 'api-dev', ...AT], TEAM)).stdout)
  expect(shown).toMatchObject({
    phase: 'enforce',
    owner: 'platform@acme.example',
    environment: { tier: 'dev' },
    grants: [],
  })
  expect(shown.releases).toContain('workload-rollout')
})

it('schema is a JSON Schema that names every key of the file', async () => {
  const schema = JSON.parse((await config(['schema'])).stdout)
  expect(schema.$schema).toContain('2020-12')
  expect(Object.keys(schema.properties)).toEqual(
    expect.arrayContaining(['grants', 'release_hours', 'critical', 'rules', 'automation']),
  )
})

it.each([
  [['chekc'], 'check, print or schema'],
  [['check', '--confg', 'x'], '--help'],
  [['check', '--at', 'soon'], 'ISO 8601'],
  [['print', '--tag', 'x'], 'KEY=VALUE'],
  [['check', '--config', '/nowhere/holdgate.yaml'], 'no such file'],
])('refuses %j with one sentence', async (argv, says) => {
  const ran = await config(argv)
  expect(ran).toMatchObject({ status: 1, stdout: '' })
  expect(ran.stderr).toContain(says)
})
