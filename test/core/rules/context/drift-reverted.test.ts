import { describe, expect, it } from 'vitest'
import { type DriftFact, driftFacts } from '../../../../src/core/analysis/drift.ts'
import type { JsonObject } from '../../../../src/core/json.ts'
import { adoption } from '../../../../src/core/rules/context/drift-adoption.ts'
import { driftReverted } from '../../../../src/core/rules/context/drift-reverted.ts'
import { change, made, subject } from '../../analysis/resources.ts'

const OPTIONS = { at: 0, dependents: () => [], isConfigured: () => true }

function story(
  type: string,
  state: JsonObject,
  real: JsonObject,
  planned: JsonObject,
): DriftFact[] {
  const address = `${type}.x`
  return driftFacts(
    [change(address, ['update'], state, real)],
    [subject(address, ['update'], real, planned)],
    OPTIONS,
  )
}

describe('the ways out', () => {
  const advice = (state: JsonObject, real: JsonObject, planned: JsonObject): string[] =>
    story('aws_a', state, real, planned).map(adoption)

  it('are the line to write and what to agree on', () => {
    const [text] = advice({ desired_count: 4 }, { desired_count: 12 }, { desired_count: 4 })
    expect(text).toContain('`desired_count = 12`')
    expect(text).toContain('desired_count may go back to 4')
  })

  it('quote what HCL would take for a template', () => {
    const [text] = advice({ a: 'x' }, { a: '%{b}' }, { a: 'x' })
    expect(text).toContain('a = "%%{b}"')
  })

  it('name the block for a nested argument', () => {
    const disk = (size: number): JsonObject => ({ disk: [{ size, kind: 'ssd' }] })
    expect(advice(disk(1), disk(2), disk(1))[0]).toContain('in disk[0] write `size = 2`')
  })
})

describe('the finding', () => {
  const check = (drift: readonly DriftFact[]) => {
    if (driftReverted.scope !== 'plan') throw new Error('not a rule over plans')
    // The rule reads nothing but the drift of the facts.
    return driftReverted.check({ drift } as Parameters<typeof driftReverted.check>[0])
  }

  it('is one for a stack that was taken down', () => {
    const names = Array.from({ length: 30 }, (_, n) => `aws_a.n${n}`)
    const drift = driftFacts(
      names.map((name) => change(name, ['delete'], { n: 1 }, null)),
      names.map((name) => made(name, { n: 1 })),
      OPTIONS,
    )
    const { findings = [] } = check(drift)
    expect(findings).toHaveLength(1)
    expect(findings[0]?.summary).toContain('30 objects')
  })

  it('keeps line breaks and invisible characters of map keys out of every sentence', () => {
    const key = 'ingress\nRELEASE THIS\u202e'
    const tags = (value: string): JsonObject => ({ settings: { [key]: value, INC: 'x' } })
    const { findings = [] } = check(story('aws_a', tags('a'), tags('b'), tags('a')))
    expect(findings).toHaveLength(1)
    const text = findings.map(({ summary, why, alternative }) => summary + why + alternative).join()
    expect(text).not.toMatch(/[\n\u202e]/)
  })

  it('says which way the change by hand went', () => {
    const drift = story(
      'aws_ecs_service',
      { desired_count: 4 },
      { desired_count: 12 },
      { desired_count: 4 },
    )
    expect(check(drift).findings?.[0]?.why).toContain('raised it; the apply takes that away')
  })
})
