import { describe, expect, it } from 'vitest'
import { finals } from '../../../src/entry/practice/recording.ts'
import { type Bench, HMAC_KEY, settingsFor, startRig } from '../../support/rig.ts'

export function operations({ runtime, rig }: Bench): void {
  describe('hosts and operations', () => {
    it('77. with another host configured, nothing is sent to app.terraform.io', async () => {
      const elsewhere = 'https://app.terraform.io/api/v2'
      const run = rig().open({
        override: { task_result_callback_url: `${elsewhere}/task-results/1/callback` },
      })
      expect((await rig().deliver(run)).status).toBeGreaterThanOrEqual(400)
      const plan = await rig().decide({
        override: { plan_json_api_url: `${elsewhere}/plans/plan-1/json-output` },
      })
      expect(plan.final.status).toBe('failed')
      expect(plan.final.message).toContain('HOLDGATE_PLATFORM_ORIGINS')
    })

    it('80. logs of full runs carry no token, key, callback or object address', async () => {
      const own = await startRig(runtime)
      try {
        const status = (code: number) => ({ kind: 'status', status: code }) as const
        await own.decide()
        await own.decide({ faults: { plan: [{ fault: status(404), times: 'always' }] } })
        await own.decide({ faults: { store: [{ fault: { kind: 'reset' }, times: 1 }] } })
        await own.decide({ faults: { finalCallback: [{ fault: status(500), times: 1 }] } })
        await own.decide({ faults: { content: { kind: 'truncated' } } })
        const secrets = [
          HMAC_KEY,
          'Bearer ',
          ...own.platform.runs.flatMap(({ identity }) => [identity.token, identity.guid]),
          ...own.platform.requests
            .filter(({ door }) => door === 'store')
            .map(({ target }) => target.slice('/v1/object/'.length)),
        ]
        expect(secrets.length).toBeGreaterThan(10)
        for (const secret of secrets) expect(own.service.logs()).not.toContain(secret)
        expect(own.service.logs()).toContain(own.platform.runs[0]?.identity.taskResultId)
      } finally {
        await own.service.kill()
        await own.platform.close()
      }
    })

    it('82. the health endpoint needs no signature and reveals no setting', async () => {
      const answer = await rig().service.request('/healthz')
      expect(answer.status).toBe(200)
      const text = `${await answer.text()}${JSON.stringify([...answer.headers])}`
      for (const value of Object.values(settingsFor(rig().platform))) {
        expect(text).not.toContain(value)
      }
      expect(text).not.toMatch(/HOLDGATE_|127\.0\.0\.1/)
    })

    it('83. 50 parallel deliveries are all answered 200 and all decided once', async () => {
      const runs = Array.from({ length: 50 }, () => rig().open())
      const answers = await Promise.all(runs.map((run) => rig().deliver(run)))
      expect(answers.map(({ status }) => status)).toEqual(runs.map(() => 200))
      await Promise.all(runs.map((run) => rig().final(run)))
      expect(runs.map((run) => finals(run).length)).toEqual(runs.map(() => 1))
      expect(runs.flatMap(({ violations }) => violations)).toEqual([])
    })
  })
}
