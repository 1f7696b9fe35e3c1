import { describe, expect, it } from 'vitest'
import { STAGES } from '../../../src/entry/practice/payload.ts'
import { finals } from '../../../src/entry/practice/recording.ts'
import { type Bench, startRig } from '../../support/rig.ts'

export function accepting({ runtime, rig }: Bench): void {
  describe('accepting a job', () => {
    it.each(STAGES)('21. %s is accepted with 200 and ends in one final callback', async (stage) => {
      const { run, final } = await rig().decide({ stage })
      await rig().settled()
      expect(finals(run)).toEqual([final])
      expect(run.violations).toEqual([])
    })

    it('22. the answer waits for no outbound call, even when every one hangs', async () => {
      const own = await startRig(runtime)
      try {
        const hang = [{ fault: { kind: 'hang' }, times: 'always' }] as const
        const run = own.open({ faults: { plan: hang, callback: hang } })
        // Were the answer to wait for a call, it would never come: nothing here ends the hanging.
        expect((await own.deliver(run)).status).toBe(200)
      } finally {
        await own.service.kill()
        await own.platform.close()
      }
    })

    it('23. null and absent optional members are no failure', async () => {
      const absent = {
        vcs_branch: undefined,
        vcs_commit_url: undefined,
        vcs_commit_hash: undefined,
        vcs_pull_request_url: undefined,
        vcs_repo_url: undefined,
        project_id: undefined,
        project_name: undefined,
        project_app_url: undefined,
        workspace_working_directory: undefined,
        configuration_version_id: undefined,
        configuration_version_download_url: undefined,
      }
      const nulls = Object.fromEntries(Object.keys(absent).map((name) => [name, null]))
      const full = await rig().decide()
      for (const override of [absent, nulls]) {
        const { final } = await rig().decide({ override })
        expect(final.status).toBe(full.final.status)
      }
    })

    it('24. a pre_plan delivery without a plan address is no client error', async () => {
      const { run, final } = await rig().decide({ stage: 'pre_plan' })
      expect(run.payload).not.toHaveProperty('plan_json_api_url')
      expect(final.accepted).toBe(true)
      expect(run.requests.filter(({ method }) => method === 'GET')).toEqual([])
    })

    it('25. unknown members are ignored', async () => {
      const override = {
        something_new: { nested: [1, 2, null] },
        capabilities: { outcomes: true, more: 1 },
      }
      const { final } = await rig().decide({ override })
      expect(final.outcomes.length).toBeGreaterThan(0)
    })

    it.each([
      ['absent', undefined],
      ['null', null],
      ['empty', {}],
      ['false', { outcomes: false }],
    ])('26. with capabilities %s the callback carries no outcomes', async (_, capabilities) => {
      const { run, final } = await rig().decide({ outcomes: false, override: { capabilities } })
      expect(final.outcomes).toEqual([])
      expect(run.violations).toEqual([])
      expect(final.status).toBe('failed')
    })

    it.each([2, 0, '1', null])(
      '27. payload version %s is never met with silence',
      async (version) => {
        const run = rig().open({ override: { payload_version: version } })
        const { status } = await rig().deliver(run)
        if (status !== 200) return expect(status).toBeGreaterThanOrEqual(400)
        const final = await rig().final(run)
        expect(final.status).toBe('failed')
        expect(final.message).toMatch(/version/i)
      },
    )

    it('28. an unknown stage ends in a final callback', async () => {
      for (const stage of ['post_destroy', 'pre-plan']) {
        const { final } = await rig().decide({ override: { stage } })
        expect(final.status).toBe('failed')
        expect(final.message).toContain('stage')
      }
    })

    it('29. two deliveries with the same id are both answered 200, the work is done once', async () => {
      const run = rig().open()
      expect((await rig().deliver(run)).status).toBe(200)
      await rig().final(run)
      expect((await rig().deliver(run)).status).toBe(200)
      await rig().settled()
      expect(run.callbacks.filter(({ final }) => final)).toHaveLength(1)
      expect(run.requests.filter(({ door }) => door === 'store')).toHaveLength(1)
    })

    it('30. the same holds when they arrive together', async () => {
      const run = rig().open()
      const answers = await Promise.all([1, 2, 3, 4, 5].map(() => rig().deliver(run)))
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
      await rig().final(run)
      await rig().settled()
      expect(run.callbacks.filter(({ final }) => final)).toHaveLength(1)
      expect(run.requests.filter(({ door }) => door === 'store')).toHaveLength(1)
    })
  })
}
