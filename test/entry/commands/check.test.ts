// `holdgate check` through its front door: arguments, streams, exit status.
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { runCheck } from '../../../src/entry/commands/check.ts'
import type { Io } from '../../../src/entry/io.ts'

const DEMO = join(import.meta.dirname, '../../../fixtures/demo')

interface Ran {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

async function check(
  argv: readonly string[],
  options: { stdin?: string | Uint8Array; env?: Record<string, string>; cwd?: string } = {},
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
  const status = await runCheck(argv, io)
  return { status, stdout: out.join(''), stderr: errors.join('') }
}

function timeOf(path: string): string {
  return (JSON.parse(readFileSync(path, 'utf8')) as { timestamp: string }).timestamp
}

function demo(name: string): string[] {
  const plan = join(DEMO, name, 'plan.json')
  return [plan, '--at', timeOf(plan)]
}

it.each([
  ['tag-change', 0],
  ['scale-up', 0],
  ['rule-swap', 0],
  ['database-replacement', 2],
  ['rename-without-moved', 2],
  ['public-bucket', 2],
  ['role-removed', 2],
  ['errored-plan', 2],
])('gives the plan %s the exit status %i', async (name, status) => {
  const ran = await check([...demo(name), '--workspace', 'payments-prod'])
  expect(ran.status).toBe(status)
  expect(ran.stderr).toBe('')
  expect(ran.stdout).not.toBe('')
})

it('prints the decision document of the contract', async () => {
  const ran = await check([
    ...demo('database-replacement'),
    '--format',
    'json',
    '--workspace',
    'payments-prod',
  ])
  const decision = JSON.parse(ran.stdout)
  expect(decision).toMatchObject({
    schema: 'holdgate.decision/v1',
    verdict: 'hold',
    risk: { level: 'critical' },
    environment: { name: 'production', because: 'workspace name payments-prod' },
    plan: { formatVersion: '1.2', changes: { replace: 1 } },
    policy: { preset: 'standard', grants: [], killSwitch: false, phase: 'enforce' },
    review: null,
  })
  const [finding] = decision.findings
  expect(finding).toMatchObject({
    rule: 'stateful-replace',
    holds: true,
    address: 'aws_db_instance.main',
  })
  expect(finding.hazards).toContain('data-loss')
  expect(
    finding.evidence.some((one: { forcesReplacement?: boolean }) => one.forcesReplacement),
  ).toBe(true)
  for (const key of ['why', 'check', 'alternative', 'reversibility', 'rollback']) {
    expect(finding[key], key).not.toBe('')
  }
})

it('gives the same document for the same plan, byte for byte', async () => {
  const argv = [...demo('public-bucket'), '--format', 'json']
  expect((await check(argv)).stdout).toBe((await check(argv)).stdout)
})

it('gives the same document however the plan arrives', async () => {
  const [path = '', ...at] = demo('public-bucket')
  const bytes = readFileSync(path)
  const plain = await check([path, ...at, '--format', 'json'])
  const piped = await check(['-', ...at, '--format', 'json'], { stdin: bytes })
  const zipped = await check(['-', ...at, '--format', 'json'], { stdin: gzipSync(bytes) })
  const marked = await check(['-', ...at, '--format', 'json'], {
    stdin: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
  })
  expect(piped.stdout).toBe(plain.stdout)
  expect(zipped.stdout).toBe(plain.stdout)
  expect(marked.stdout).toBe(plain.stdout)
})

it.each(['text', 'markdown', 'html', 'json'])('says the verdict in %s', async (format) => {
  const ran = await check([...demo('database-replacement'), '--format', format])
  expect(ran.stdout.toLowerCase()).toContain('hold')
  expect(ran.stdout).toContain('aws_db_instance.main')
})

it('colours nothing when standard output is no terminal', async () => {
  const ran = await check(demo('database-replacement'))
  expect(ran.stdout).not.toContain('\u001b')
})

it('holds a plan that is older than a day', async () => {
  const [path = ''] = demo('tag-change')
  const ran = await check([path, '--at', '2099-01-01T00:00:00Z', '--format', 'json'])
  expect(ran.status).toBe(2)
  expect(JSON.parse(ran.stdout).findings[0].rule).toBe('stale-plan')
})

it('holds everything while the kill switch is on', async () => {
  const ran = await check(demo('tag-change'), { env: { HOLDGATE_KILL_SWITCH: 'on' } })
  expect(ran.status).toBe(2)
  expect(ran.stdout).toContain('kill switch')
})

describe('what cannot be assessed is one sentence on standard error', () => {
  const plan = join(DEMO, 'tag-change', 'plan.json')
  const cut = readFileSync(plan).subarray(0, 2000)
  it.each<[string, string[], { stdin?: string | Uint8Array; env?: Record<string, string> }]>([
    ['no argument', [], {}],
    ['two plans', [plan, plan], {}],
    ['an unknown option', [plan, '--frobnicate'], {}],
    ['an unknown format', [plan, '--format', 'pdf'], {}],
    ['a missing file', ['/nowhere/plan.json'], {}],
    ['a directory', [DEMO], {}],
    ['an empty plan', ['-'], { stdin: '' }],
    ['no JSON', ['-'], { stdin: 'hello' }],
    ['another JSON', ['-'], { stdin: '{}' }],
    ['a list', ['-'], { stdin: '[]' }],
    ['a truncated plan', ['-'], { stdin: cut }],
    ['a binary plan file', ['-'], { stdin: Buffer.from('PK\u0003\u0004binary') }],
    ['a state file', ['-'], { stdin: '{"version":4,"lineage":"x","resources":[]}' }],
    ['a future format', ['-'], { stdin: '{"format_version":"2.0","planned_values":{}}' }],
    ['a bad time', [plan, '--at', 'yesterday'], {}],
    ['a day that does not exist', [plan, '--at', '2026-13-45'], {}],
    ['a tag without value', [plan, '--tag', 'x'], {}],
    ['a missing policy file', [plan, '--config', '/nowhere/holdgate.yaml'], {}],
    ['a plan over the cap', [plan], { env: { HOLDGATE_MAX_PLAN_BYTES: '1024' } }],
    ['a cap that is no number', [plan], { env: { HOLDGATE_MAX_PLAN_BYTES: 'lots' } }],
    ['a score explained outside text', [plan, '--explain-score', '--format', 'json'], {}],
    ['a kill switch that is neither', [plan], { env: { HOLDGATE_KILL_SWITCH: 'maybe' } }],
  ])('%s', async (_name, argv, options) => {
    const ran = await check(argv, options)
    expect(ran.status).toBe(1)
    expect(ran.stdout).toBe('')
    expect(ran.stderr).toMatch(/^holdgate check: [^\n]+\.\n$/)
    expect(ran.stderr).not.toMatch(/\bat \S+\.ts:|Error:/)
  })
})

describe('the policy file', () => {
  async function withPolicy(text: string): Promise<string> {
    const dir = await mkdtemp(join(tmpdir(), 'holdgate-'))
    await writeFile(join(dir, 'holdgate.yaml'), text)
    return dir
  }

  it('is found beside the caller', async () => {
    const cwd = await withPolicy('version: 1\npreset: strict\n')
    const ran = await check(demo('tag-change'), { cwd })
    expect(ran.status).toBe(2)
    expect(ran.stdout).toContain('strict')
  })

  it('maps a workspace to an environment', async () => {
    const cwd = await withPolicy(
      'version: 1\nenvironments:\n  - name: dev\n    match: { workspace: ["play-*"] }\n',
    )
    const held = await check([...demo('database-replacement'), '--workspace', 'other'], { cwd })
    const free = await check(
      [...demo('database-replacement'), '--workspace', 'play-1', '--format', 'json'],
      { cwd },
    )
    expect(held.status).toBe(2)
    expect(JSON.parse(free.stdout).environment.name).toBe('dev')
  })

  it('never releases a regulated workspace', async () => {
    const cwd = await withPolicy(
      'version: 1\nworkspaces:\n  - match: { workspace: ["pay-*"] }\n    regulated: true\n    owner: pay@acme.example\n',
    )
    const ran = await check([...demo('tag-change'), '--workspace', 'pay-1', '--format', 'json'], {
      cwd,
    })
    expect(ran.status).toBe(2)
    expect(JSON.parse(ran.stdout).policy.owner).toBe('pay@acme.example')
  })

  it('freezes by the wall clock of its zone', async () => {
    const cwd = await withPolicy(
      'version: 1\nfreezes:\n  - { name: year-end, from: 2026-11-20T00:00, until: 2026-12-01T00:00, timezone: Europe/Berlin }\n',
    )
    const [path = ''] = demo('tag-change')
    const inside = await check([path, '--at', '2026-11-19T23:30:00Z'], { cwd })
    const before = await check([path, '--at', '2026-11-19T22:30:00Z', '--format', 'json'], { cwd })
    expect(inside.stdout).toContain('year-end')
    expect(before.stdout).not.toContain('year-end')
  })

  it('adds a resource type to the catalogue, and cannot weaken one that is there', async () => {
    const row = (type: string): string =>
      `version: 1\ncatalogue:\n  - type: ${type}\n    class: glue\n    destroy: { severity: 2, reversibility: recreate, loses: nothing, recovery: re-apply }\n    rules: [{ path: size, when: inc, effect: meta, hazards: [], severity: low, note: fine }]\n    sources: [https://acme.example/docs]\n`
    const plan = JSON.stringify({
      format_version: '1.2',
      terraform_version: '1.11.4',
      planned_values: { root_module: {} },
      resource_changes: [
        {
          address: 'acme_thing.a',
          mode: 'managed',
          type: 'acme_thing',
          name: 'a',
          provider_name: 'acme.example/acme/acme',
          change: {
            actions: ['update'],
            before: { size: 1 },
            after: { size: 2 },
            after_unknown: {},
            before_sensitive: {},
            after_sensitive: {},
          },
        },
      ],
      configuration: { root_module: {} },
      timestamp: '2026-11-20T00:00:00Z',
      applyable: true,
      complete: true,
      errored: false,
    })
    const argv = ['-', '--at', '2026-11-20T01:00:00Z']
    const unknown = await check(argv, { stdin: plan })
    const known = await check(argv, { stdin: plan, cwd: await withPolicy(row('acme_thing')) })
    const weaker = await check(argv, { stdin: plan, cwd: await withPolicy(row('aws_db_instance')) })
    expect([unknown.status, known.status, weaker.status]).toEqual([2, 0, 1])
    expect(weaker.stderr).toContain('cannot be weakened')
  })

  it.each([
    [
      'a misspelt key',
      'version: 1\npresett: strict\n',
      /:2:1 at presett: unknown key presett; did you mean preset/,
    ],
    ['a wrong value', 'version: 1\npreset: loose\n', /:2:9 at preset/],
    ['a missing version', 'preset: strict\n', /at version/],
    ['broken YAML', 'version: 1\npreset: [strict\n', /:\d+:\d+: /],
    ['a duplicate key', 'version: 1\npreset: strict\npreset: relaxed\n', /:3:1/],
    [
      'an unknown time zone',
      'version: 1\nfreezes: [{ name: a, from: 2026-01-01, until: 2026-01-02, timezone: Mars/Base }]\n',
      /freezes\.0\.timezone/,
    ],
    [
      'a freeze that ends first',
      'version: 1\nfreezes: [{ name: a, from: 2026-01-03, until: 2026-01-02, timezone: UTC }]\n',
      /freezes\.0/,
    ],
  ])('with %s is refused with its place', async (_name, text, place) => {
    const cwd = await withPolicy(text)
    const ran = await check(demo('tag-change'), { cwd })
    expect(ran.status).toBe(1)
    expect(ran.stdout).toBe('')
    expect(ran.stderr).toMatch(place)
  })
})

it('has a demo plan for every situation it lists above', () => {
  expect(readdirSync(DEMO).length).toBeGreaterThanOrEqual(8)
})
