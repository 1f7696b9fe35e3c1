// The answer to an Atlantis step is the same on every runtime, whichever way the plan arrives.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onlyHealth } from '../../src/entry/worker-service.ts'
import { appRuntime } from '../support/app-runtime.ts'
import { expectBlock } from '../support/atlantis/block.ts'
import { nodeRuntime } from '../support/node-runtime.ts'
import { HELD_PLAN, RELEASED_PLAN } from '../support/plans.ts'
import { type Rig, startRig } from '../support/rig.ts'
import { workerdRuntime } from '../support/workerd-runtime.ts'

const TOKEN = 'assess-token-9a7f5e31c0d8'

describe.each([appRuntime, nodeRuntime, workerdRuntime])('$name', (runtime) => {
  let rig: Rig
  beforeAll(async () => {
    rig = await startRig(runtime, { HOLDGATE_ASSESS_TOKEN: TOKEN })
  })
  afterAll(async () => {
    await rig.service.kill()
    await rig.platform.close()
  })

  const ask = async (plan: string, token: string): Promise<string> =>
    (
      await rig.service.request('/assess?format=atlantis', {
        method: 'POST',
        body: plan,
        headers: { authorization: `Bearer ${token}` },
      })
    ).text()

  it('one block for a held plan, for warnings around a plan, and for none', async () => {
    expectBlock(await ask(HELD_PLAN, TOKEN), 'fail')
    const fresh = { timestamp: new Date().toISOString() }
    const plan = JSON.stringify({ ...(JSON.parse(RELEASED_PLAN) as object), ...fresh })
    expectBlock(await ask(plan, TOKEN), 'pass')
    expectBlock(await ask(`Warning: x\n${plan}\nWarning: y\n`, TOKEN), 'pass')
    expectBlock(await ask('Warning: x\n', TOKEN), 'fail')
    expectBlock(await ask('', TOKEN), 'fail')
    expectBlock(await ask(plan, 'wrong'), 'fail')
  })
})

it('a Worker that is misconfigured answers a step with a failure block too', async () => {
  const request = new Request('http://holdgate.test/assess?format=atlantis', { method: 'POST' })
  const answer = onlyHealth(request, 'HOLDGATE_HMAC_KEY is not set.')
  expect(answer.status).toBe(503)
  expectBlock(await answer.text(), 'fail')
})
