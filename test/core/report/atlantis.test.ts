// Claim: a block says its verdict to every version of Atlantis, and no text inside can change it.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { needsNeighbours } from '../../../src/core/analysis/facts.ts'
import { assess } from '../../../src/core/assess.ts'
import type { Decision } from '../../../src/core/decision.ts'
import { readPlan } from '../../../src/core/plan/read.ts'
import { builtInPolicy } from '../../../src/core/policy/presets.ts'
import {
  type AtlantisRun,
  atlantisFailure,
  atlantisGate,
  renderAtlantis,
} from '../../../src/core/report/atlantis.ts'
import { render } from '../../../src/core/report/render.ts'
import { fileStream } from '../../../src/entry/file-stream.ts'
import { nodeHasher } from '../../../src/entry/hasher.ts'
import { expectBlock, faultOf } from '../../support/atlantis/block.ts'
import { verdictOf } from '../../support/atlantis/recogniser.ts'
import {
  CANARY,
  DECISIONS,
  hostileDecision,
  hostileFinding,
  hostileWords,
  hugeDecision,
} from './decisions.ts'

const RELEASED = DECISIONS['release-tags'] ?? hugeDecision(1)
const HELD = DECISIONS['hold-database'] ?? hugeDecision(1)
const ROOT = join(import.meta.dirname, '../../..')

/** Hostile text in every field, with the verdict a block has to keep. */
function hostile(text: string, verdict: Decision['verdict']): Decision {
  const finding = { ...hostileFinding(text), holds: verdict === 'hold' }
  return {
    ...RELEASED,
    verdict,
    because: [text, text],
    environment: { ...RELEASED.environment, name: text, because: text },
    findings: [finding],
    clear: [text],
    plan: { ...RELEASED.plan, fingerprint: text, digest: text },
    policy: { ...RELEASED.policy, preset: text, owner: text },
  }
}

function hostileRun(text: string): AtlantisRun {
  return {
    project: text,
    workspace: text,
    directory: text,
    repository: text,
    pull: text,
    author: text,
    commit: text,
    planFile: text,
  }
}

/** Pieces a verdict is made of, in both directions, and what could break out of the block. */
const PIECES = [
  ...['FAIL', 'fail', 'fa', 'il', 'faİl', 'FAİL', 'ﬁ', 'failover', 'failures": [', 'failures'],
  ...['1 failure', '1', '12', '0', ' ', ' failure', ' failures', 'PASS', 'PASS - holdgate: '],
  ...['1 test, 1 passed, 0 warnings, 0 failures, 0 exceptions', 'tests, ', 'passed'],
  ...['\n', '\r\n', '\u2028', '\u0085', '\t', '\u001b[31m', '\u001b[0m', '\u009b1m', '\u200b'],
  ...['```', '`', '<details>', '</details>', '<!--', '·', '\u00ad', '\ufeff', '\u202e', '"', '{'],
  ...[
    'Plan: 1 to add, 2 to change, 3 to destroy.',
    'No changes. ',
    'Infrastructure is up-to-date.',
  ],
  ...['Your infrastructure matches the configuration.', 'atlantis apply', 'ITEM x y', '- ', '+ '],
  ...['holdgate: release', 'RELEASE: no person needed', 'PASS - holdgate: plan file not named'],
]
const TEXT = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...PIECES) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''))

describe('10 000 generated texts', () => {
  it('flip no verdict in either direction', () => {
    let flips = 0
    let tried = 0
    fc.assert(
      fc.property(TEXT, (text) => {
        const run = hostileRun(text)
        const faults = [
          faultOf(renderAtlantis(hostile(text, 'release'), run), 'pass'),
          faultOf(renderAtlantis(hostile(text, 'hold'), run), 'fail'),
          faultOf(atlantisFailure(text, run), 'fail'),
          faultOf(atlantisGate(hostile(text, 'hold'), true, run).text, 'pass'),
          faultOf(atlantisGate(hostile(text, 'hold'), false, run).text, 'fail'),
        ].filter((fault) => fault !== undefined)
        tried += 1
        if (faults.length > 0) flips += 1
        expect(faults).toEqual([])
      }),
      { seed: 20_261_120, numRuns: 10_000 },
    )
    console.info(`atlantis: ${flips} of ${tried} generated texts flip a verdict`)
    expect([tried, flips]).toEqual([10_000, 0])
  }, 300_000)

  it('would flip a block that prints them as they are', () => {
    const flips = fc
      .sample(TEXT, { seed: 20_261_120, numRuns: 1_000 })
      .filter((text) => verdictOf(`PASS - holdgate: ok\n  ${text}\n`) !== 'pass')
    expect(flips.length).toBeGreaterThan(300)
  })
})

describe('4 000 texts of a second reader', () => {
  it('flip no verdict, whatever came of it', () => {
    let tried = 0
    fc.assert(
      fc.property(
        TEXT,
        fc.constantFrom('escalated', 'released', 'no-change', 'no-opinion'),
        (text, outcome) => {
          const released = hostileWords(text, outcome, 'release')
          const held = hostileWords(text, outcome, 'hold')
          tried += 1
          expect([
            faultOf(renderAtlantis(released), 'pass'),
            faultOf(renderAtlantis(held), 'fail'),
            faultOf(atlantisGate(held, true).text, 'pass'),
            faultOf(atlantisGate(held, false).text, 'fail'),
            atlantisGate(held, false).opens,
          ]).toEqual([undefined, undefined, undefined, undefined, false])
        },
      ),
      { seed: 20_261_120, numRuns: 4_000 },
    )
    expect(tried).toBe(4_000)
  }, 300_000)
})

describe('a block', () => {
  it.each([
    ['release-tags', 'pass'],
    ['no-changes', 'pass'],
    ['hold-database', 'fail'],
    ['hostile', 'fail'],
    ['observe-hold', 'pass'],
    ['propose-release', 'fail'],
  ] as const)('of %s is a %s', (name, verdict) => {
    expectBlock(render(DECISIONS[name] ?? HELD, 'atlantis'), verdict)
  })

  it('of 2 000 findings fits every forge, and counts what it left out', () => {
    const text = renderAtlantis(hugeDecision(2000))
    expectBlock(text, 'fail')
    expect(text).toMatch(/more findings left out here: /)
  })

  it('of the worst texts in every field fits too', () => {
    for (const text of ['<'.repeat(5000), '漢'.repeat(5000), 'fail'.repeat(2000), CANARY]) {
      const decision = { ...hostileDecision(text), because: Array(50).fill(text) as [string] }
      expectBlock(renderAtlantis(decision, hostileRun(text)), 'fail')
      expectBlock(
        renderAtlantis({ ...decision, policy: { ...decision.policy, phase: 'observe' } }),
        'pass',
      )
    }
  })

  it('names the plan file in its last lines, and nothing that is no digest', () => {
    const planFile = `sha256:${'a1'.repeat(32)}`
    expect(renderAtlantis(RELEASED, { planFile }).trimEnd()).toMatch(
      new RegExp(`\nPASS - holdgate: plan file ${planFile}$`),
    )
    expect(renderAtlantis(HELD, { planFile })).toContain(`\n  plan file ${planFile}\n`)
    expect(renderAtlantis(RELEASED, { planFile: 'sha256:A1' })).toContain('plan file not named')
  })

  it('tells who asked for what, and nothing of a workspace that is called default', () => {
    const run = { repository: 'acme/infra', pull: '12', author: 'jane', workspace: 'default' }
    const text = renderAtlantis(RELEASED, run)
    expect(text).toContain('Run:              acme/infra, pull request 12, by jane\n')
    expect(text).not.toContain('default')
  })

  it('has lines for sticky approvals that change with what the plan does', () => {
    const itemsOf = (decision: Decision): string[] =>
      renderAtlantis(decision)
        .split('\n')
        .filter((line) => line.startsWith('ITEM '))
    const other = { ...HELD, plan: { ...HELD.plan, fingerprint: 'sha256:other' } }
    expect(itemsOf(HELD)).toEqual(itemsOf(structuredClone(HELD)))
    expect(itemsOf(HELD)).toContain('ITEM stateful-replace module.payments.aws_db_instance.main')
    expect(itemsOf(other)).not.toEqual(itemsOf(HELD))
    expect(itemsOf(RELEASED)).toEqual([])
  })
})

describe('the gate', () => {
  it.each([
    ['release-tags', undefined, true],
    ['release-tags', false, true],
    ['hold-database', true, true],
    ['hold-database', false, false],
    ['hold-database', undefined, false],
    ['propose-release', false, false],
    ['propose-release', true, true],
    ['observe-hold', false, true],
  ] as const)('for %s, approved %s, opens: %s', (name, approved, opens) => {
    const answer = atlantisGate(DECISIONS[name] ?? HELD, approved)
    expect(answer.opens).toBe(opens)
    expectBlock(answer.text, opens ? 'pass' : 'fail')
  })

  it('stays closed while the kill switch is on, whoever approved', () => {
    const stopped = { ...HELD, policy: { ...HELD.policy, killSwitch: true } }
    const answer = atlantisGate(stopped, true)
    expect(answer.opens).toBe(false)
    expectBlock(answer.text, 'fail')
  })

  it('is told apart from a review', () => {
    expect(atlantisGate(RELEASED, true).text).toMatch(/^PASS - holdgate gate: /)
    expect(renderAtlantis(RELEASED)).toMatch(/^PASS - holdgate: /)
  })
})

describe('every plan of the fixtures', () => {
  const plans = ['fixtures/demo', 'fixtures/scenarios'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('plan.json'))
      .map((name) => join(folder, name)),
  )

  it('gives a block that every version reads alike', async () => {
    expect(plans.length).toBeGreaterThan(100)
    const policy = await builtInPolicy('standard')
    const count = { pass: 0, fail: 0 }
    for (const name of plans) {
      const plan = await readPlan(fileStream(join(ROOT, name)), {
        hasher: nodeHasher(),
        keepUnchanged: needsNeighbours,
      })
      const at = Date.parse('2026-11-20T12:00:00Z')
      const context = { at, tags: {}, workspace: 'payments-dev', environment: 'dev' }
      if (!plan.ok) continue
      const decision = await assess(plan.value, context, policy)
      const verdict = decision.verdict === 'release' ? 'pass' : 'fail'
      const fault = faultOf(renderAtlantis(decision), verdict)
      expect(fault, name).toBeUndefined()
      count[verdict] += 1
    }
    expect(count.pass).toBeGreaterThan(0)
    expect(count.fail).toBeGreaterThan(0)
  }, 120_000)
})
