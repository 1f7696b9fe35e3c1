import { describe, expect, it } from 'vitest'
import type { Bench, Rig } from '../../support/rig.ts'

export function outbound({ rig }: Bench): void {
  describe('outbound safety', () => {
    it('32. a callback address on an unconfigured host causes no call at all', async () => {
      const { strangerOrigin } = rig().platform
      await expectRefused(rig(), { task_result_callback_url: `${strangerOrigin}/callback` })
    })

    it('33. a plan address on an unconfigured host is not called, and the callback says so', async () => {
      const override = { plan_json_api_url: `${rig().platform.strangerOrigin}/plan` }
      const { run, final } = await rig().decide({ override })
      expect(final.status).toBe('failed')
      expect(run.requests.filter(({ method }) => method === 'GET')).toEqual([])
      expectNothingAtStranger(rig())
    })

    it('33. a configuration address is never called, wherever it is', async () => {
      const override = { configuration_version_download_url: `${rig().platform.strangerOrigin}/cv` }
      await rig().decide({ override })
      expectNothingAtStranger(rig())
    })

    it('34. http, user-info, other ports and unconfigured addresses are refused', async () => {
      const { host } = new URL(rig().platform.origin)
      const path = '/api/v2/task-results/0/callback'
      const refused = [
        `http://app.terraform.io${path}`,
        `http://user:secret@${host}${path}`,
        `http://127.0.0.1:1${path}`,
        `https://${host}${path}`,
        `https://10.0.0.1${path}`,
        `https://[::1]${path}`,
        `https://169.254.169.254${path}`,
        `https://app.terraform.io.evil.example${path}`,
        `//${host}${path}`,
        'ftp://app.terraform.io/callback',
        'file:///etc/passwd',
        'callback',
        '',
      ]
      for (const address of refused) {
        await expectRefused(rig(), { task_result_callback_url: address })
      }
    })

    it('35. a redirect to another origin is followed without the token', async () => {
      const { run } = await rig().decide()
      const [download] = run.requests.filter(({ door }) => door === 'store')
      expect(download?.headers.authorization).toBeUndefined()
      expect(run.violations).toEqual([])
    })

    it.each([
      'http://localhost:STRANGER/plan',
      'http://127.0.0.1:STRANGER/plan',
      'http://example.com/plan',
      'ftp://127.0.0.1/plan',
      'file:///etc/passwd',
      'data:application/json,{}',
      'not an address',
    ])('36. a redirect to %s fails cleanly', async (template) => {
      const { port } = new URL(rig().platform.strangerOrigin)
      const fault = { kind: 'redirect', to: template.replace('STRANGER', port) } as const
      const { final } = await rig().decide({ faults: { plan: [{ fault, times: 'always' }] } })
      expect(final.status).toBe('failed')
      expectNothingAtStranger(rig())
    })

    it('36. a redirect that leads back to itself ends after a few hops', async () => {
      const fault = { kind: 'redirect', to: 'self' } as const
      const { run, final } = await rig().decide({ faults: { plan: [{ fault, times: 'always' }] } })
      expect(final.status).toBe('failed')
      expect(run.requests.filter(({ method }) => method === 'GET').length).toBeLessThan(30)
    })

    it.each([
      'https://10.1.2.3/plan',
      'https://192.168.0.1/plan',
      'https://172.16.9.9/plan',
      'https://169.254.169.254/latest/meta-data/',
      'https://127.0.0.1:9/plan',
      'https://[::1]/plan',
      'https://[fe80::1]/plan',
      'https://[::ffff:10.0.0.1]/plan',
      'https://0x7f000001/plan',
      'https://localhost/plan',
    ])('37. a redirect to the private address %s is refused', async (to) => {
      const fault = { kind: 'redirect', to } as const
      const { run, final } = await rig().decide({ faults: { plan: [{ fault, times: 'always' }] } })
      expect(final.status).toBe('failed')
      // Refused, not tried: asking the platform again would not make the address any better.
      expect(run.requests.filter(({ method }) => method === 'GET')).toHaveLength(1)
    })

    it('38. a callback does not follow redirects', async () => {
      const run = rig().open({
        faults: {
          callback: [
            {
              fault: { kind: 'redirect', to: `${rig().platform.strangerOrigin}/callback` },
              times: 'always',
            },
          ],
        },
      })
      expect((await rig().deliver(run)).status).toBe(200)
      await rig().platform.until('a callback', () => run.callbacks[0], 20_000)
      await rig().settled()
      expectNothingAtStranger(rig())
    })
  })
}

async function expectRefused(rig: Rig, override: Record<string, unknown>): Promise<void> {
  const run = rig.open({ override })
  const { status } = await rig.deliver(run)
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThan(500)
  await rig.settled()
  expect(run.requests).toEqual([])
  expectNothingAtStranger(rig)
}

function expectNothingAtStranger(rig: Rig): void {
  expect(rig.platform.requests.filter(({ door }) => door === 'stranger')).toEqual([])
}
