// Claim: every surface says of these decisions what the files beside this test show. Rewrite them
// on purpose with GOLDENS=write, and read the difference.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Decision } from '../../../src/core/decision.ts'
import { render } from '../../../src/core/report/render.ts'
import { runTaskReport } from '../../../src/core/report/run-task.ts'
import { DEMO_PLANS, decisionOn, SCENARIO_PLANS } from '../../support/fixture-plans.ts'
import { DECISIONS, reachingDecision } from './decisions.ts'

const SURFACES: Readonly<Record<string, (decision: Decision) => string>> = {
  txt: (decision) => render(decision, 'text'),
  md: (decision) => render(decision, 'markdown'),
  html: (decision) => render(decision, 'html').replace(/<style>[^<]*<\/style>/, '<style>…</style>'),
  'atlantis.txt': (decision) => render(decision, 'atlantis'),
  json: (decision) => render(decision, 'json'),
  'run-task.txt': (decision) => {
    const run = { stage: 'post_plan', enforcement: 'mandatory', speculative: false } as const
    const report = runTaskReport(decision, run)
    const outcomes = report.outcomes.map(({ id, description, body, tags }) => {
      const labels = Object.entries(tags).map(
        ([key, list]) => `${key}=${list.map(({ label, level }) => `${label}/${level}`).join(',')}`,
      )
      return `== ${id} | ${labels.join(' | ')}\n${description}\n--\n${body}\n`
    })
    return `${report.status}\n${report.message}\n\n${outcomes.join('\n')}`
  },
}

/** From plans: what a person reads. The other surfaces of them are covered by the hand-built ones. */
const READ: readonly string[] = ['txt', 'md', 'run-task.txt']
/** The built-in policy's digest changes with every field a policy gains. */
const DIGEST = /sha256:[0-9a-f]{64}/g
const SITUATIONS = [
  ...DEMO_PLANS,
  ...SCENARIO_PLANS.filter(({ name }) => ['D035', 'D064', 'D115'].includes(name)),
]

describe.each(Object.entries({ ...DECISIONS, 'hold-reaching': reachingDecision() }))(
  '%s',
  (name, decision) => {
    it.each(Object.entries(SURFACES))('as %s', (extension, shown) => {
      compare(`${name}.${extension}`, shown(decision))
    })
  },
)

describe.each(SITUATIONS.map((plan) => [plan.name, plan] as const))('%s', (name, plan) => {
  it.each(READ)('as %s', async (extension) => {
    const decision = await decisionOn(plan)
    const shown = SURFACES[extension]
    if (decision === undefined || shown === undefined) throw new Error('nothing to show')
    compare(`plans/${name}.${extension}`, shown(decision).replace(DIGEST, 'sha256:…'))
  })
})

function compare(name: string, text: string): void {
  const file = fileURLToPath(new URL(`goldens/${name}`, import.meta.url))
  if (process.env.GOLDENS === 'write') {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  expect(existsSync(file), `golden ${name}: write it with GOLDENS=write`).toBe(true)
  expect(text).toBe(readFileSync(file, 'utf8'))
}
