import { describe, expect, it } from 'vitest'
import { verificationPayload } from '../../../src/entry/practice/payload.ts'
import type { Bench, Rig } from '../../support/rig.ts'

export function verification({ rig }: Bench): void {
  describe('verification request', () => {
    it('15. the test token is answered 200, with no callback and no download', async () => {
      expect((await rig().verify()).status).toBe(200)
      await expectNothingCalled(rig())
    })

    it('16. the same body wrongly signed gives 401', async () => {
      const body = JSON.stringify(verificationPayload(rig().platform.origin))
      const answer = await rig().post(body, { 'x-tfc-task-signature': 'a'.repeat(128) })
      expect(answer.status).toBe(401)
    })

    it('17. it may lack stage, capabilities and is_speculative', async () => {
      const payload = verificationPayload(rig().platform.origin)
      expect(payload).not.toHaveProperty('stage')
      expect(payload).not.toHaveProperty('capabilities')
      expect((await rig().post(JSON.stringify(payload))).status).toBe(200)
      expect((await rig().post('{"access_token":"test-token"}')).status).toBe(200)
    })

    it('18. it may carry the stage and the level "test"', async () => {
      const payload = { ...verificationPayload(rig().platform.origin), stage: 'test' }
      expect(payload).toHaveProperty('task_result_enforcement_level', 'test')
      expect((await rig().post(JSON.stringify(payload))).status).toBe(200)
    })

    it('19. the status is exactly 200, for the test and for a run', async () => {
      expect((await rig().verify()).status).toBe(200)
      expect((await rig().deliver(rig().open())).status).toBe(200)
    })

    it('20. a well signed empty body is answered 200 and starts nothing', async () => {
      expect((await rig().post('')).status).toBe(200)
      await expectNothingCalled(rig())
    })
  })
}

/** Another run is brought to its end meanwhile; whatever else was called belongs to nobody. */
async function expectNothingCalled(rig: Rig): Promise<void> {
  await rig.settled()
  const ofRuns = new Set(rig.platform.runs.flatMap(({ requests }) => requests))
  expect(rig.platform.requests.filter((request) => !ofRuns.has(request))).toEqual([])
}
