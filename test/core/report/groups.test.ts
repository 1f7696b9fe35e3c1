// Claim: findings that a reader would call one thing are one group, also where the numbers of what
// stays beside them differ.
import { describe, expect, it } from 'vitest'
import type { DecidedFinding } from '../../../src/core/decision.ts'
import { groupFindings } from '../../../src/core/report/groups.ts'

function rollout(at: number, more: Partial<DecidedFinding> = {}): DecidedFinding {
  const address = `aws_ecs_service.worker[${at}]`
  return {
    rule: 'catalogue-attribute',
    concern: 'workload-rollout',
    hazards: ['workload-rollout'],
    severity: 'medium',
    holds: true,
    address,
    summary: `${address} changes task_definition: puts new code live`,
    evidence: [],
    why: 'Tasks are replaced while they work',
    check: 'Did it run in staging?',
    alternative: 'One copy first',
    reversibility: 'In minutes, with an outage: the revision before',
    reversal: 'minutes-with-outage',
    rollback: 'The revision before',
    after: 'Error rate',
    unaffected: 'It is updated in place, and 15 of its 16 attributes stay as they are.',
    ...more,
  }
}

const what = (finding: readonly DecidedFinding[]): string | undefined =>
  groupFindings(finding)[0]?.advice.find(([label]) => label === 'What stays')?.[1]

describe('findings that differ in the address and in what stays', () => {
  const unlike = {
    unaffected: 'It is updated in place, and 12 of its 13 attributes stay as they are.',
  }
  const both = [rollout(0), rollout(1, unlike)]

  it('are one group', () => {
    expect(groupFindings(both)).toHaveLength(1)
    expect(groupFindings(both)[0]?.addresses).toHaveLength(2)
  })

  it('say of which of them the numbers are, where these differ', () => {
    expect(what(both)).toContain('15 of its 16 attributes')
    expect(what(both)).toContain('aws_ecs_service.worker[0]')
    expect(what([rollout(0), rollout(1)])).not.toContain('worker[0]')
  })

  it('stay apart where the way back differs', () => {
    expect(groupFindings([rollout(0), rollout(1, { reversal: 'never' })])).toHaveLength(2)
  })
})

it('puts the class of the way back before the words of a document that leaves it out', () => {
  const [group] = groupFindings([rollout(0, { reversibility: 'the revision before' })])
  expect(group?.wayBack).toBe('In minutes, with an outage')
  expect(group?.advice).toContainEqual([
    'Can it be undone',
    'In minutes, with an outage: the revision before.',
  ])
})

it('leaves out a line of evidence that only says what the title says', () => {
  const said = 'changes task_definition: puts new code live'
  const note = 'may no longer: sts:AssumeRole'
  const lines = [
    { path: '', note: said },
    { path: '', note },
    { path: 'task_definition', before: 'a', after: 'b', note: said },
  ]
  const [group] = groupFindings([rollout(0, { evidence: lines })])
  expect(group?.evidence.map((line) => line.path)).toEqual(['', 'task_definition'])
  expect(group?.evidence[0]?.note).toBe(note)
})
