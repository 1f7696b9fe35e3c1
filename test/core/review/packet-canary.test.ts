// No secret leaves and no word of a person reaches the first reader: both are planted in every place
// of every plan of this repository, and of every fourth of the real ones.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Packet } from '../../../src/core/review/model.ts'
import { packetOf } from '../../../src/core/review/packet.ts'
import { canaryPlan } from '../../support/canaries.ts'
import {
  DEMO_PLANS,
  type FixturePlan,
  REAL_PLANS,
  SCENARIO_PLANS,
} from '../../support/fixture-plans.ts'
import { type Canary, leaks } from '../../support/leaks.ts'
import { allQuestions, examined } from './examined.ts'
import { planted } from './planting.ts'

const seen = new Set<string>()
let plans = 0

function sent(packet: Packet): string {
  return [
    packet.text,
    ...packet.writings.flatMap(({ where, text }) => [where, text]),
    ...packet.leftOut,
    ...packet.hostile,
    ...[...packet.citable].flatMap(([shown, { paths }]) => [shown, ...paths]),
  ].join('\n')
}

/** By any fragment, and as a whole where a secret has no long run of characters. */
function found(text: string, secrets: readonly Canary[]): readonly string[] {
  const whole = secrets.filter(({ value }) => text.includes(value)).map(({ place }) => place)
  return [...leaks(text, secrets), ...whole]
}

async function look({ name, file }: FixturePlan): Promise<void> {
  const trial = planted(name, readFileSync(file, 'utf8'))
  if (trial === undefined) return
  expect(trial.secrets.length).toBeGreaterThan(45)
  const examination = await examined(trial.text, trial.context)
  if (examination === undefined) return
  plans += 1
  for (const { value } of trial.secrets) seen.add(value)
  const usual = packetOf(examination, allQuestions(examination))
  // More room shows more only where something did not fit; texts of people have room of their own.
  const fits = usual.leftOut.every((one) => one.endsWith('that people wrote'))
  const roomy = { maxBytes: 4_000_000 }
  for (const packet of fits
    ? [usual]
    : [usual, packetOf(examination, allQuestions(examination), roomy)]) {
    expect(found(sent(packet), trial.secrets)).toEqual([])
    const first = packet.text.toLowerCase()
    expect(trial.words.filter((word) => first.includes(word))).toEqual([])
  }
}

const SOME_REAL_PLANS = REAL_PLANS.filter((_, at) => at % 4 === 0)

describe('a planted plan', () => {
  it.each(DEMO_PLANS.map((plan) => [plan.name, plan] as const))('of the demo: %s', (_, plan) =>
    look(plan),
  )
  it.each(SCENARIO_PLANS.map((plan) => [plan.name, plan] as const))(
    'of a scenario: %s',
    (_, plan) => look(plan),
  )
  it
    .skipIf(REAL_PLANS.length === 0)
    .each(SOME_REAL_PLANS.map((plan) => [plan.name, plan] as const))(
    'of somebody: %s',
    (_, plan) => look(plan),
    60_000,
  )
  it('was planted in enough places', () => {
    if (REAL_PLANS.length === 0) process.stderr.write('no real plans at hand: skipped\n')
    expect(plans).toBeGreaterThan(100)
    expect(seen.size).toBeGreaterThan(5_000)
  })
})

describe('the plan with a secret of its own in every known place', () => {
  it('sends none', async () => {
    const { text, canaries } = canaryPlan()
    const examination = await examined(text, { message: 'deploys' })
    if (examination === undefined) throw new Error('the plan of the test cannot be read')
    const packet = packetOf(examination, allQuestions(examination), { maxBytes: 4_000_000 })
    expect(packet.text).toContain('aws_db_instance.marked')
    expect(canaries.length).toBeGreaterThan(45)
    expect(leaks(sent(packet), canaries)).toEqual([])
  })
})
