import { describe, expect, it } from 'vitest'
import { STAGES } from '../../../src/entry/practice/payload.ts'
import { EMPTY_PLAN, HELD_PLAN, RELEASED_PLAN } from '../../support/plans.ts'
import type { Bench } from '../../support/rig.ts'

const CLAIMS_TO_STOP =
  /\b(run|plan|apply|change)s? (was|were|is|are|has been|have been|will be) (stopped|blocked|prevented|halted|aborted|held back)/i

const HELD = { kind: 'text', text: HELD_PLAN } as const
const RELEASED = { kind: 'text', text: RELEASED_PLAN } as const

export function verdict({ rig }: Bench): void {
  describe('verdict semantics', () => {
    it('a tag is released, a replaced database is held', async () => {
      expect((await rig().decide({ plan: RELEASED })).final.status).toBe('passed')
      expect((await rig().decide({ plan: HELD })).final.status).toBe('failed')
    })

    it('69. the verdict does not depend on the enforcement level', async () => {
      for (const plan of [HELD, RELEASED]) {
        const advisory = await rig().decide({ plan, enforcement: 'advisory' })
        const mandatory = await rig().decide({ plan, enforcement: 'mandatory' })
        expect(advisory.final.status).toBe(mandatory.final.status)
        expect(advisory.final.outcomes.map(({ id }) => id)).toEqual(
          mandatory.final.outcomes.map(({ id }) => id),
        )
      }
    })

    it('70. an advisory message does not claim that the run was stopped', async () => {
      for (const stage of STAGES) {
        const { final } = await rig().decide({ plan: HELD, enforcement: 'advisory', stage })
        expect(final.message).not.toMatch(CLAIMS_TO_STOP)
      }
    })

    it('71. a mandatory message does not promise an override', async () => {
      for (const stage of STAGES) {
        const { final } = await rig().decide({ plan: HELD, enforcement: 'mandatory', stage })
        expect(final.request.body).not.toMatch(/overrid/i)
      }
    })

    it('72. after an apply nothing claims to have prevented it', async () => {
      for (const enforcement of ['advisory', 'mandatory'] as const) {
        const { final } = await rig().decide({ plan: HELD, stage: 'post_apply', enforcement })
        expect(final.message).not.toMatch(CLAIMS_TO_STOP)
        expect(final.message).not.toMatch(/before it is applied|will not be applied/i)
      }
    })

    it('73. a speculative run gets the same verdict', async () => {
      for (const plan of [HELD, RELEASED]) {
        const real = await rig().decide({ plan, speculative: false })
        const speculative = await rig().decide({ plan, speculative: true })
        expect(speculative.final.status).toBe(real.final.status)
      }
    })

    it('74. the message alone tells the result and the reason', async () => {
      const held = await rig().decide({ plan: HELD, outcomes: false })
      const released = await rig().decide({ plan: RELEASED, outcomes: false })
      expect(held.final.message).toContain('aws_db_instance.main')
      expect(held.final.message).toMatch(/hold|held|person/i)
      expect(released.final.message).toMatch(/release|proceed|without a person/i)
    })

    it('75. the same plan gives the same outcomes in the same order', async () => {
      const first = await rig().decide({ plan: HELD })
      const second = await rig().decide({ plan: HELD })
      expect(second.final.message).toBe(first.final.message)
      expect(second.final.outcomes).toEqual(first.final.outcomes)
    })

    it('76. a plan without changes is answered explicitly', async () => {
      const { final } = await rig().decide({ plan: { kind: 'text', text: EMPTY_PLAN } })
      expect(final.status).toBe('passed')
      expect(final.message).toMatch(/no change|nothing (to|changes|would)|changes nothing/i)
    })
  })
}
