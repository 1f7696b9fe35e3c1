// Claims: the arithmetic says where the score comes from, also where no finding is its source.
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../src/core/rules/finding.ts'
import { scoreOf } from '../../../src/core/rules/score.ts'

function found(severity: Finding['severity']): { finding: Finding; holds: boolean } {
  const finding = {
    rule: 'catalogue-attribute',
    concern: 'workload-rollout',
    hazards: ['workload-rollout'],
    severity,
    address: 'aws_ecs_service.a',
    summary: 'aws_ecs_service.a changes',
    evidence: [],
  } as unknown as Finding
  return { finding, holds: true }
}

describe('the arithmetic of a score', () => {
  it('names the heaviest finding where there is one', () => {
    const { score, arithmetic } = scoreOf([found('medium'), found('low')], 'production', 2)
    expect(arithmetic.at(-1)).toBe(`score ${score} is the heaviest finding, not a sum`)
  })

  it('names no finding where there is none', () => {
    expect(scoreOf([], 'production', 3).arithmetic).toEqual([
      'score 1: something changes, and nothing found in it weighs more',
    ])
    expect(scoreOf([], 'production', 0).arithmetic).toEqual(['score 0: nothing changes'])
  })

  it('counts one lighter finding as one', () => {
    const six = Array.from({ length: 6 }, () => found('medium'))
    expect(scoreOf(six, 'production', 6).arithmetic).toContain('and 1 lighter finding')
  })
})
