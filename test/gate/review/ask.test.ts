// A second reader is asked twice or not at all, and whatever it does costs the review and nothing else.
import { describe, expect, it } from 'vitest'
import { conclude } from '../../../src/core/assess.ts'
import type { Decision } from '../../../src/core/decision.ts'
import type { Examination } from '../../../src/core/policy/examination.ts'
import type { Heard } from '../../../src/core/review/model.ts'
import type { LogFields, TokenBudget } from '../../../src/gate/ports.ts'
import { askForReview } from '../../../src/gate/review/ask.ts'
import { dailyTokens } from '../../../src/gate/review/budget.ts'
import { manualClock } from '../../support/manual-clock.ts'
import { EMPTY_PLAN, HELD_PLAN, RELEASED_PLAN } from '../../support/plans.ts'
import {
  examinationOf,
  type FakeReviewer,
  fakeReviewer,
  type Met,
  ROLLOUT_PLAN,
  ROLLOUT_POLICY,
  USAGE,
} from '../../support/review.ts'

const MINUTE = 60_000

interface Given {
  readonly met?: readonly [Met, ...Met[]]
  readonly examination?: Examination
  readonly budget?: TokenBudget
  readonly notes?: string
  readonly forMs?: number
  readonly signal?: AbortSignal
}

interface Came {
  readonly heard: Heard | undefined
  readonly decision: Decision
  readonly reviewer: FakeReviewer
  readonly logged: readonly (readonly [string, LogFields])[]
  readonly tookMs: number
}

async function review(given: Given = {}): Promise<Came> {
  const { met = ['careful'], budget = dailyTokens(1_000_000), forMs = 5 * MINUTE } = given
  const examination = given.examination ?? (await examinationOf())
  const clock = manualClock()
  const reviewer = fakeReviewer(...met)
  const logged: [string, LogFields][] = []
  const began = clock.now()
  const asking = askForReview(
    examination,
    {
      reviewer,
      budget,
      clock,
      log: (_, event, fields = {}) => logged.push([event, fields]),
      ...(given.notes === undefined ? {} : { notes: given.notes }),
    },
    { until: began + forMs, signal: given.signal ?? new AbortController().signal },
  )
  // Time stands still while something is being worked on.
  await Promise.race([asking, reviewer.silent])
  const reviewed = await clock.settle(asking)
  const decision = await conclude(examination, reviewed)
  return { heard: reviewed?.heard, decision, reviewer, logged, tookMs: clock.now() - began }
}

async function without(examination?: Examination): Promise<Decision> {
  return conclude(examination ?? (await examinationOf()))
}

function becauseOf({ heard }: Came): string {
  if (heard?.kind !== 'none') throw new Error('there is an opinion')
  return heard.because
}

describe('a review', () => {
  it('asks twice, and the second request begins with all of the first', async () => {
    const { reviewer, decision } = await review()
    expect(reviewer.prompts).toHaveLength(2)
    const [blind, informed] = reviewer.prompts
    expect(informed?.blocks.slice(0, blind?.blocks.length)).toEqual(blind?.blocks)
    expect(informed?.blocks.length).toBeGreaterThan(blind?.blocks.length ?? 0)
    expect(decision).toMatchObject({ verdict: 'release', review: { outcome: 'released' } })
  })

  it('adds up what both passes used', async () => {
    const { decision } = await review()
    expect(decision.review?.usage).toEqual({
      inputTokens: 2 * USAGE.inputTokens,
      outputTokens: 2 * USAGE.outputTokens,
      cacheReadTokens: 2 * USAGE.cacheReadTokens,
      cacheWriteTokens: 2 * USAGE.cacheWriteTokens,
    })
    expect(decision.review?.cost).toBe(0.5)
  })

  it('asks the second time although there is no question, and although the first time it worried', async () => {
    const examination = await examinationOf(RELEASED_PLAN)
    const { reviewer, decision } = await review({ examination, met: ['always-hold'] })
    expect(reviewer.prompts).toHaveLength(2)
    expect(decision).toMatchObject({ verdict: 'hold', review: { outcome: 'escalated' } })
  })

  it('shows the notes of the team to the second pass only, and records their digest', async () => {
    const notes = 'Nobody touches the ORDERS-LEDGER on a Friday.'
    const { reviewer, decision } = await review({ notes })
    const [blind, informed] = reviewer.prompts.map(({ blocks }) => blocks.join('\n'))
    expect(blind).not.toContain('ORDERS-LEDGER')
    expect(informed).toContain('ORDERS-LEDGER')
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(notes))
    expect(decision.review?.notesDigest).toBe(`sha256:${Buffer.from(hash).toString('hex')}`)
  })

  it('shows no account ids of the notes where the policy hides them', async () => {
    const hiding = ROLLOUT_POLICY.replace('review:\n', 'review:\n  hide_accounts: true\n')
    const notes = 'Account 210987654321 is the one that bills.'
    for (const [policy, isShown] of [
      [ROLLOUT_POLICY, true],
      [hiding, false],
    ] as const) {
      const examination = await examinationOf(ROLLOUT_PLAN, policy)
      const { reviewer } = await review({ examination, notes })
      const sent = JSON.stringify(reviewer.prompts)
      expect(sent).toContain('is the one that bills')
      expect(sent.includes('210987654321')).toBe(isShown)
    }
  })

  it('shows nothing in the notes of the team that the plan marks as sensitive', async () => {
    const plan = JSON.parse(ROLLOUT_PLAN)
    for (const { change } of plan.resource_changes) {
      if (change.after.name === 'orders') {
        change.after.propagate_tags = 'correct-horse-battery'
        change.after_sensitive.propagate_tags = true
      }
    }
    const notes = 'Mind the ledger.\nIt opens with correct-horse-battery, as ever.'
    const examination = await examinationOf(JSON.stringify(plan))
    const { reviewer } = await review({ examination, notes })
    const sent = JSON.stringify(reviewer.prompts)
    expect(sent).toContain('Mind the ledger.')
    expect(sent).not.toContain('correct-horse-battery')
  })

  it('names packet, instructions and model', async () => {
    const { decision } = await review()
    expect(decision.review).toMatchObject({
      model: 'claude-test-1',
      promptDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      packetDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      notesDigest: null,
      codeBlocks: 0,
    })
  })
})

describe('nobody is asked', () => {
  it('about a plan without changes', async () => {
    const examination = await examinationOf(EMPTY_PLAN)
    const { heard, reviewer, decision } = await review({ examination })
    expect(heard).toBeUndefined()
    expect(reviewer.prompts).toEqual([])
    expect(decision.review).toBeNull()
  })

  it('while the kill switch is on', async () => {
    const made = await examinationOf()
    const examination = { ...made, policy: { ...made.policy, killSwitch: true } }
    const { heard, reviewer } = await review({ examination })
    expect(heard).toBeUndefined()
    expect(reviewer.prompts).toEqual([])
  })

  it('once the tokens of the day are used up, and the decision says so', async () => {
    const came = await review({ budget: dailyTokens(0) })
    expect(came.reviewer.prompts).toEqual([])
    expect(becauseOf(came)).toContain('HOLDGATE_REVIEW_DAILY_TOKENS')
  })

  it('a second time, when the first pass used them up', async () => {
    const came = await review({ budget: dailyTokens(USAGE.inputTokens) })
    expect(came.reviewer.prompts).toHaveLength(1)
    expect(becauseOf(came)).toContain('HOLDGATE_REVIEW_DAILY_TOKENS')
    expect(came.heard?.asked.usage).toEqual(USAGE)
  })

  it('when too little time is left for an answer', async () => {
    const came = await review({ forMs: 1_999 })
    expect(came.reviewer.prompts).toEqual([])
    expect(becauseOf(came)).toContain('too little time')
    expect(came.tookMs).toBe(0)
  })
})

const REFUSED = { reason: 'refused', usage: USAGE, cost: 0.25 } as const
const FAULTS: readonly (readonly [string, readonly [Met, ...Met[]]])[] = [
  ...(
    [
      'rate-limited',
      'overloaded',
      'unreachable',
      'timed-out',
      'refused',
      'truncated',
      'malformed',
      'rejected',
    ] as const
  ).flatMap((reason): [string, [Met, ...Met[]]][] => [
    [`${reason} at once`, [{ reason }]],
    [`${reason} in the informed pass`, ['careful', { reason }]],
  ]),
  ['silence', ['silence']],
  ['silence in the informed pass', ['careful', 'silence']],
  ['a bug in the adapter', ['a bug']],
  ['a bug in the adapter in the informed pass', ['careful', 'a bug']],
  ['no JSON', [{ text: 'release it' }]],
  ['another shape', [{ text: '{"verdict":"release"}' }]],
  ['nothing that is cited', ['cites-nothing']],
  ['nearly right citations', ['cites-wrong']],
]

describe.each(FAULTS)('met with %s', (_, met) => {
  it.each([
    ['a rollout inside a limit', ROLLOUT_PLAN],
    ['a database that is replaced', HELD_PLAN],
    ['a tag', RELEASED_PLAN],
  ])('%s is judged as without a model, and in time', async (_, plan) => {
    const examination = await examinationOf(plan)
    const came = await review({ examination, met })
    const { review: none, ...decision } = came.decision
    expect(decision).toEqual({ ...(await without(examination)), review: undefined })
    expect(none?.outcome).toBe('no-opinion')
    expect(none?.without).toBe(decision.verdict)
    expect(came.tookMs).toBeLessThanOrEqual(5 * MINUTE)
    expect(JSON.stringify([came.decision, came.logged])).not.toContain('hunter2')
  })
})

describe('the end of a review', () => {
  it('is its own deadline, to the millisecond, when a model stays silent', async () => {
    const came = await review({ met: ['silence'], forMs: 77_000 })
    expect(came.tookMs).toBe(77_000)
    expect(becauseOf(came)).toContain('time')
  })

  it('is at once when the service stops, and what was used by then is told', async () => {
    const stop = new AbortController()
    const budget = dailyTokens(1_000_000)
    const slow: Met = (asked) => {
      stop.abort()
      return asked.blocks.join('')
    }
    const came = await review({ met: [slow, 'silence'], signal: stop.signal, budget })
    expect(came.tookMs).toBe(0)
    expect(becauseOf(came)).toContain('told to stop')
  })

  it('comes before anything is asked, when the service has stopped already', async () => {
    const came = await review({ met: ['silence'], signal: AbortSignal.abort() })
    expect(came.tookMs).toBe(0)
    expect(came.reviewer.prompts).toEqual([])
    expect(becauseOf(came)).toContain('told to stop')
  })
})

describe('what a failed attempt used', () => {
  it('is in the decision and off the tokens of the day', async () => {
    const spent: number[] = []
    const budget: TokenBudget = { reserve: () => (tokens) => void spent.push(tokens) }
    const came = await review({ met: ['careful', REFUSED], budget })
    expect(spent).toEqual([1_111, 1_111])
    expect(came.decision.review).toMatchObject({
      outcome: 'no-opinion',
      usage: { inputTokens: 2 * USAGE.inputTokens },
      cost: 0.5,
    })
  })
})

describe('an attempt of which nobody said what it used', () => {
  async function spentOn(reason: 'timed-out' | 'overloaded'): Promise<number> {
    let spent = 0
    const budget: TokenBudget = {
      reserve: () => (tokens) => {
        spent += tokens
      },
    }
    const came = await review({ met: [{ reason }], budget })
    expect(came.decision.review?.usage.inputTokens).toBe(0)
    return spent
  }

  it('counts as read, off the tokens of the day, where it may have been worked on', async () => {
    expect(await spentOn('timed-out')).toBeGreaterThan(1_000)
    expect(await spentOn('overloaded')).toBe(0)
  })
})

describe('the log of a review', () => {
  it('counts and names reasons', async () => {
    const { logged } = await review({ met: ['careful', REFUSED] })
    expect(logged.map(([event]) => event)).toEqual([
      'review-pass',
      'review-pass',
      'review-without-opinion',
    ])
    expect(logged[1]?.[1]).toMatchObject({ pass: 'informed', reason: 'refused', outputTokens: 100 })
  })

  it('holds no word of plan, notes or model', async () => {
    const says = 'UNSPEAKABLE'
    const worried: Met = () =>
      JSON.stringify({
        claims: [
          { kind: 'worry', address: 'aws_ecs_service.orders', path: '', hazard: 'outage', says },
        ],
        answers: [],
        position: 'hold',
      })
    const { logged, decision } = await review({ met: [worried], notes: 'LEDGER-NOTES' })
    expect(decision.because.join()).toContain(says)
    expect(JSON.stringify(logged)).not.toMatch(/UNSPEAKABLE|LEDGER-NOTES|orders|aws_/)
  })
})
