// 78. A Terraform Enterprise behind a certificate authority of its own: works with the CA bundle
// given to Node (NODE_EXTRA_CA_CERTS), and fails closed without it. Workers have no such setting.
import { once } from 'node:events'
import { request as forward } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { finals, type PracticeRun } from '../../src/entry/practice/recording.ts'
import { type PracticePlatform, startPlatform } from '../../src/entry/practice/server.ts'
import { type Certificate, hasOpenssl, selfSigned } from '../support/certificate.ts'
import { HELD_PLAN } from '../support/plans.ts'
import { HMAC_KEY } from '../support/rig.ts'
import { serve } from '../support/served.ts'

describe.runIf(hasOpenssl('78, private CA'))('78. private CA', () => {
  let certificate: Certificate
  let platform: PracticePlatform
  let enterprise: Server
  let origin: string

  beforeAll(async () => {
    certificate = selfSigned('IP:127.0.0.1')
    platform = await startPlatform()
    enterprise = createServer(certificate, (incoming, response) => {
      const { url, method, headers } = incoming
      const onward = forward(
        `${platform.origin}${url}`,
        { method: method ?? 'GET', headers },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers)
          answer.pipe(response)
        },
      )
      incoming.pipe(onward)
    })
    enterprise.listen(0, '127.0.0.1')
    await once(enterprise, 'listening')
    origin = `https://127.0.0.1:${(enterprise.address() as AddressInfo).port}`
  })

  afterAll(async () => {
    enterprise.closeAllConnections()
    enterprise.close()
    await platform.close()
    certificate.remove()
  })

  const settings = (): Record<string, string> => ({
    HOLDGATE_HMAC_KEY: HMAC_KEY,
    HOLDGATE_PLATFORM_ORIGINS: `${origin},${platform.storeOrigin}`,
    HOLDGATE_TIME_LIMIT: '5s',
  })

  function openRun(): PracticeRun {
    const run = platform.openRun({ plan: { kind: 'text', text: HELD_PLAN } })
    const onTls = (address: string): string => address.replace(platform.origin, origin)
    Object.assign(run.payload, {
      plan_json_api_url: onTls(run.identity.planUrl),
      task_result_callback_url: onTls(run.identity.callbackUrl),
    })
    return run
  }

  it('with the CA bundle the run is decided', async () => {
    const served = await serve({ ...settings(), NODE_EXTRA_CA_CERTS: certificate.path })
    const run = openRun()
    await platform.deliver(run, { url: `${served.url}/run-task`, hmacKey: HMAC_KEY })
    const final = await platform.until('a final callback', () => finals(run)[0], 20_000)
    expect(await served.end('SIGTERM')).toBe(0)
    expect(final.outcomes.length).toBeGreaterThan(0)
    expect(run.violations).toEqual([])
  })

  it('without it nothing reaches the platform, and the log says that it was not reported', async () => {
    const served = await serve(settings())
    const run = openRun()
    await platform.deliver(run, { url: `${served.url}/run-task`, hmacKey: HMAC_KEY })
    await served.logged('"run-not-reported"')
    expect(served.logs()).toMatch(/"run-not-reported".*"failed".*"unreachable"/)
    await served.end('SIGTERM')
    expect(run.requests).toEqual([])
    expect(served.logs()).not.toContain(run.identity.token)
  })
})
