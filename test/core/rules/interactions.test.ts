import { expect, it } from 'vitest'
import type { Concern, Finding } from '../../../src/core/rules/finding.ts'
import { interactionsIn } from '../../../src/core/rules/interactions.ts'
import { finding } from '../../../src/core/rules/speak.ts'

function said(concern: Concern, address: string): Finding {
  return finding(address, {
    rule: 'x',
    concern,
    hazards: ['outage'],
    severity: 'low',
    what: concern,
    why: 'because',
    covers: [],
  })
}

function ids(...findings: Finding[]): string[] {
  return interactionsIn(findings).map(({ rule }) => rule)
}

it('sees access gained while an alarm goes', () => {
  expect(ids(said('monitoring-lowered', 'a.b'), said('identity-granted', 'c.d'))).toEqual([
    'interaction-blinded',
  ])
})

it('sees a guard go in the step that needs it, on one object only', () => {
  expect(ids(said('protection-lowered', 'a.b'), said('interruption', 'a.b'))).toEqual([
    'interaction-unguarded',
  ])
  expect(ids(said('protection-lowered', 'a.b'), said('interruption', 'c.d'))).toEqual([])
})

it('says nothing about one half', () => {
  expect(ids(said('monitoring-lowered', 'a.b'), said('note', 'c.d'))).toEqual([])
})
