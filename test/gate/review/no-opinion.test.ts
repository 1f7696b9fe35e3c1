// Claim: the sentence about a missing opinion reaches a report as it was written: nothing in it looks
// like a secret that has to be taken out.
import { expect, it } from 'vitest'
import { sentence } from '../../../src/core/report/words.ts'
import { describeNoOpinion, type NoOpinion } from '../../../src/gate/review/no-opinion.ts'

const OF_A_PASS = [
  'rate-limited',
  'overloaded',
  'unreachable',
  'timed-out',
  'refused',
  'truncated',
  'malformed',
  'rejected',
  'budget',
] as const
const WITHOUT = ['no-time', 'out-of-time', 'stopping', 'unexpected'] as const

const ENDED: readonly NoOpinion[] = [
  ...OF_A_PASS.flatMap((reason) => [
    { reason, pass: 'blind' } as const,
    { reason, pass: 'informed' } as const,
  ]),
  ...WITHOUT.map((reason) => ({ reason })),
]

it.each(ENDED)('$reason $pass', (ended) => {
  const told = describeNoOpinion(ended)
  expect(sentence(`no opinion was heard: ${told}`)).toBe(`no opinion was heard: ${told}`)
  expect(told).not.toMatch(/\.$/)
})
