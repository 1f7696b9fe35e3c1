// The Worker with its policy behind an address: an isolate that has none yet answers that it is alive.
import { afterEach, expect, it, vi } from 'vitest'
import { type WorkerEnvironment, workerService } from '../../src/entry/worker-service.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const nothing = () => ({ accept: () => Promise.resolve() })
const environment = (): WorkerEnvironment => ({
  HOLDGATE_HMAC_KEY: 'a-key-of-more-than-16-characters',
  HOLDGATE_CONFIG: 'https://config.acme.example/holdgate.yaml',
})

it('fails closed until the address answers, and then keeps what it said', async () => {
  const answers = [
    () => new Response(null, { status: 503 }),
    () => new Response('version: 1\npreset: strict\n'),
  ]
  const asked = vi.fn(async () => (answers.shift() ?? (() => new Response(null)))())
  vi.stubGlobal('fetch', asked)
  const env = environment()
  expect(await workerService(env, nothing)).toMatchObject({ ok: false })
  const second = await workerService(env, nothing)
  expect(second.ok && second.value.gate.policy.preset).toBe('strict')
  const third = await workerService(env, nothing)
  expect(third.ok && third.value.gate.policy.preset).toBe('strict')
  expect(asked).toHaveBeenCalledTimes(2)
})

it('takes a text for a text and asks nobody', async () => {
  const asked = vi.fn()
  vi.stubGlobal('fetch', asked)
  const env = { ...environment(), HOLDGATE_CONFIG: 'version: 1\npreset: relaxed\n' }
  const service = await workerService(env, nothing)
  expect(service.ok && service.value.gate.policy.preset).toBe('relaxed')
  expect(asked).not.toHaveBeenCalled()
})
