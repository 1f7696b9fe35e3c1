// No dangerous neighbour of a boring plan is released. Every scenario labelled `release` is turned
// into plans that differ from it in one dangerous way; each carries the sentence why a person has to
// look. Everything is seeded: the same mutants in every run.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Decision } from '../../src/core/decision.ts'
import { judge } from './judge.ts'
import { type Mutant, mutantsOf, type Seed } from './mutant.ts'
import { OPERATORS } from './operators/index.ts'
import { crowdOnly } from './operators/inject.ts'
import { randomFrom } from './random.ts'
import { seeds } from './seeds.ts'

const SEED = 20261120
const LEAST_MUTANTS = 3000
const LEAST_SEEDS = 25

interface Count {
  mutants: number
  released: number
  /** Held, with a finding of its own that names the mutated change. */
  named: number
}

const boring: Seed[] = []
const counts = new Map<string, Count>(OPERATORS.map(({ name }) => [name, none()]))
const released: string[] = []
const defects: string[] = []
const unnamed: string[] = []
const texts = new Set<string>()

describe('dangerous neighbours of boring plans', () => {
  beforeAll(async () => {
    for (const seed of seeds()) if (!(await isHeld(seed))) boring.push(seed)
    const random = randomFrom(SEED)
    for (const seed of boring) {
      for (const operator of OPERATORS) {
        for (const mutant of mutantsOf(operator, seed, random)) await record(mutant)
      }
    }
    print()
  }, 600_000)

  test(`at least ${LEAST_SEEDS} scenarios are boring in production and can serve as seeds`, () => {
    expect(boring.length).toBeGreaterThanOrEqual(LEAST_SEEDS)
  })

  test(`at least ${LEAST_MUTANTS} mutants, all different, every operator at work`, () => {
    expect(texts.size).toBeGreaterThanOrEqual(LEAST_MUTANTS)
    expect([...counts].filter(([, { mutants }]) => mutants === 0)).toEqual([])
  })

  test('none is released', () => {
    expect(released).toEqual([])
  })

  test('each is held by a finding about the change that was made, not by luck', () => {
    expect(unnamed).toEqual([])
  })

  test('none makes the core throw', () => {
    expect(defects).toEqual([])
  })

  test('what hides a danger is itself harmless: the crowd alone is released', async () => {
    const held: string[] = []
    for (const seed of boring) if (await isHeld(crowdOnly(seed))) held.push(seed.name)
    expect(held).toEqual([])
  })
})

async function record(mutant: Mutant): Promise<void> {
  const text = JSON.stringify(mutant.plan)
  if (texts.has(text)) return
  texts.add(text)
  const count = counts.get(mutant.operator) ?? none()
  counts.set(mutant.operator, count)
  count.mutants += 1
  const judgement = await judge(mutant.plan, mutant.context)
  const sentence = `${mutant.seed} ${mutant.address}: ${mutant.operator}: ${mutant.why}`
  // A document that cannot be read is held by every surface, and so is one the core throws on.
  if (judgement.kind === 'unreadable') return
  if (judgement.kind === 'threw') defects.push(`${sentence}: ${judgement.because}`)
  else if (judgement.decision.verdict === 'release') {
    count.released += 1
    released.push(sentence)
  } else if (isNamed(judgement.decision, mutant.address)) count.named += 1
  else unnamed.push(sentence)
}

async function isHeld(seed: Seed): Promise<boolean> {
  const judgement = await judge(seed.plan, seed.context)
  return judgement.kind !== 'decided' || judgement.decision.verdict === 'hold'
}

function isNamed(decision: Decision, address: string): boolean {
  return decision.findings.some(
    (finding) => finding.holds && (address === '' || finding.address.startsWith(address)),
  )
}

function none(): Count {
  return { mutants: 0, released: 0, named: 0 }
}

function print(): void {
  const lines = [...counts].map(
    ([name, { mutants, released: out, named }]) =>
      `${String(mutants).padStart(6)} ${String(out).padStart(9)} ${String(named).padStart(6)}  ${name}`,
  )
  const head = `${'made'.padStart(6)} ${'released'.padStart(9)} ${'named'.padStart(6)}`
  process.stdout.write(`${[`${boring.length} seeds`, head, ...lines].join('\n')}\n`)
}
