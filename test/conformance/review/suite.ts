// What a second reader can bring about and what it cannot, from the delivery to the callback, with a
// model that speaks the real API. Everything here is HTTP, so that it holds for every runtime.
import { describe, expect, it } from 'vitest'
import { MODEL_FAULTS } from '../../../src/entry/practice/model/faults.ts'
import { finals, type TakenCallback } from '../../../src/entry/practice/recording.ts'
import type { RunOptions } from '../../../src/entry/practice/server.ts'
import { HELD_PLAN, RELEASED_PLAN } from '../../support/plans.ts'
import { CODE_POLICY, ROLLOUT_MAIN, ROLLOUT_PLAN } from '../../support/review.ts'
import { assessing, reviewRigFor } from '../../support/review-rig.ts'
import { HMAC_KEY, type Runtime } from '../../support/rig.ts'

const NOTES = 'The ledger behind ORDERS-NOTE is shared with the bank.'
const SECRET = 'not-for-anyone'

const run = (text: string, more: RunOptions = {}): RunOptions => ({
  workspace: 'orders-prod',
  plan: { kind: 'text', text },
  ...more,
})

function readersPart({ outcomes }: TakenCallback): string {
  return JSON.stringify(outcomes.find(({ id }) => id === 'second-reader') ?? null)
}

const CODE = {
  kind: 'files',
  files: {
    'main.tf': ROLLOUT_MAIN.replace(
      'resource "aws_ecs_service"',
      '# ORDERS-COMMENT: the bank reads from this.\nresource "aws_ecs_service"',
    ),
  },
} as const

export function reviewSuite(runtime: Runtime): void {
  describe(`a second reader on ${runtime.name}`, () => {
    const rig = reviewRigFor(runtime, { notes: NOTES })

    it('lets pass what a limit allows it, and the callback says whose word it was', async () => {
      rig().model.behave('careful')
      const { final } = await rig().decide(run(ROLLOUT_PLAN))
      expect(final.status).toBe('passed')
      expect(final.message).toContain('orders-rollouts')
      expect(final.message).toContain('jane@acme.example')
      expect(readersPart(final)).not.toBe('null')
    })

    it('makes wait what the rules would release', async () => {
      rig().model.behave('always-hold')
      const { final } = await rig().decide(run(RELEASED_PLAN))
      expect(final.status).toBe('failed')
      expect(final.message).toContain('second reader')
    })

    it('that says release to everything releases no loss of data', async () => {
      for (const behaviour of ['always-release', 'forges-questions', 'forges-fields'] as const) {
        rig().model.behave(behaviour)
        const { final } = await rig().decide(run(HELD_PLAN))
        expect(final.status, behaviour).toBe('failed')
      }
    })

    it('that refuses leaves the answer of the rules as it is', async () => {
      rig().model.behave('careful')
      for (const plan of [ROLLOUT_PLAN, HELD_PLAN, RELEASED_PLAN]) {
        // Not asked after an apply: what stands there is the rules' part alone.
        const alone = await rig().decide(run(plan, { stage: 'post_apply' }))
        rig().model.fail([{ fault: MODEL_FAULTS.refusal, times: 'always' }])
        const { final } = await rig().decide(run(plan))
        rig().model.fail([])
        expect(final.status).toBe(alone.final.status)
        expect(readersPart(final)).toContain('refused')
        expect(readersPart(alone.final)).toBe('null')
      }
    })

    it('gives the same answer to the same plan', async () => {
      rig().model.behave('careful')
      const first = await rig().decide(run(ROLLOUT_PLAN))
      const second = await rig().decide(run(ROLLOUT_PLAN))
      expect(second.final.message).toBe(first.final.message)
      expect(second.final.outcomes).toEqual(first.final.outcomes)
    })

    it('is asked twice, the notes in the second request only, and by the rules of the API', async () => {
      rig().model.behave('careful')
      const before = rig().model.asked.length
      await rig().decide(run(ROLLOUT_PLAN))
      const asked = rig()
        .model.asked.slice(before)
        .map(({ blocks }) => blocks.join('\n'))
      expect(asked).toHaveLength(2)
      expect(asked[0]).not.toContain('ORDERS-NOTE')
      expect(asked[1]).toContain('ORDERS-NOTE')
      expect(rig().model.violations).toEqual([])
    })

    it('hears of the branch in the second request only', async () => {
      rig().model.behave('careful')
      const before = rig().model.asked.length
      await rig().decide(run(ROLLOUT_PLAN, { override: { vcs_branch: 'only-tag-changes' } }))
      const asked = rig()
        .model.asked.slice(before)
        .map(({ blocks }) => blocks.join('\n'))
      expect(asked[0]).not.toContain('only-tag-changes')
      expect(asked[1]).toContain('only-tag-changes')
    })

    it('is asked through /assess, too', async () => {
      rig().model.behave('careful')
      const answer = await assessing(rig(), ROLLOUT_PLAN)
      expect(answer.status).toBe(200)
      expect(await answer.json()).toMatchObject({
        verdict: 'release',
        review: { outcome: 'released', without: 'hold', limits: [{ id: 'orders-rollouts' }] },
      })
      rig().model.fail([{ fault: MODEL_FAULTS.refusal, times: 1 }])
      const without = await assessing(rig(), ROLLOUT_PLAN)
      expect(await without.json()).toMatchObject({
        verdict: 'hold',
        review: { outcome: 'no-opinion' },
      })
      const text = await (await assessing(rig(), ROLLOUT_PLAN, 'text')).text()
      expect(text).toContain('orders-rollouts')
    })

    it('sees no key, no token, no address of a callback and no secret of the plan', async () => {
      rig().model.behave('careful')
      const { run: held } = await rig().decide(run(HELD_PLAN))
      const { run: tag } = await rig().decide(run(RELEASED_PLAN))
      const seen = rig()
        .model.requests.map(({ body }) => body)
        .join('\n')
      for (const { identity } of [held, tag]) {
        for (const hidden of [identity.token, identity.guid, identity.callbackUrl]) {
          expect(seen).not.toContain(hidden)
        }
      }
      expect(seen).not.toContain(HMAC_KEY)
      expect(seen).not.toContain(SECRET)
    })

    it('is spoken of in the log without its key, its words and its prompt', () => {
      const logs = rig().service.logs()
      expect(logs).toContain('review-heard')
      expect(logs).not.toContain(rig().model.apiKey)
      expect(logs).not.toMatch(/ORDERS-NOTE|feels wrong|aws_ecs_service|careful platform engineer/)
    })

    it('costs one final callback a run, like everything', () => {
      for (const one of rig().platform.runs) {
        expect(finals(one)).toHaveLength(1)
        expect(one.violations).toEqual([])
      }
    })
  })

  describe(`the code of a run on ${runtime.name}`, () => {
    const rig = reviewRigFor(runtime, { policy: CODE_POLICY })

    it('is fetched where the policy wants it, and shown to the second request only', async () => {
      const { run: one, final } = await rig().decide(run(ROLLOUT_PLAN, { code: CODE }))
      const asked = rig().model.asked.map(({ blocks }) => blocks.join('\n'))
      expect(asked).toHaveLength(2)
      expect(asked[0]).not.toContain('ORDERS-COMMENT')
      expect(asked[1]).toContain('ORDERS-COMMENT')
      expect(final.status).toBe('passed')
      expect(one.violations).toEqual([])
    })

    it('that is not there lets nothing pass', async () => {
      const { final } = await rig().decide(run(ROLLOUT_PLAN))
      expect(final.status).toBe('failed')
      expect(readersPart(final)).toContain('No change')
    })

    it.each([
      ['is refused', { code: [{ fault: { kind: 'status', status: 404 }, times: 'always' }] }],
      ['breaks off', { codeContent: { kind: 'truncated' } }],
    ] as const)('that %s lets nothing pass, and everything else goes on', async (_, faults) => {
      const { final } = await rig().decide(run(ROLLOUT_PLAN, { code: CODE, faults }))
      expect(final.status).toBe('failed')
      expect(readersPart(final)).toContain('No change')
      const tag = await rig().decide(run(RELEASED_PLAN, { code: CODE, faults }))
      expect(tag.final.status).toBe('passed')
    })
  })

  describe(`the tokens of a day on ${runtime.name}`, () => {
    const rig = reviewRigFor(runtime, { settings: { HOLDGATE_REVIEW_DAILY_TOKENS: '1' } })

    it('end between two passes and between two runs, and the rules go on', async () => {
      const first = await rig().decide(run(ROLLOUT_PLAN))
      expect(readersPart(first.final)).toContain('HOLDGATE_REVIEW_DAILY_TOKENS')
      expect(rig().model.asked).toHaveLength(1)
      const second = await rig().decide(run(RELEASED_PLAN))
      expect(second.final.status).toBe('passed')
      expect(readersPart(second.final)).toContain('HOLDGATE_REVIEW_DAILY_TOKENS')
      expect(rig().model.asked).toHaveLength(1)
    })
  })
}
