// The suite on the bare app, and the one statement that needs a broken part to show itself.
import { expect, it } from 'vitest'
import { appRuntime, appRuntimeWith } from '../support/app-runtime.ts'
import { startRig } from '../support/rig.ts'
import { runTaskProtocol } from './run-task/suite.ts'

runTaskProtocol(appRuntime)

it('67. an unexpected error ends in a failed callback with a reference, and no more', async () => {
  const broken = appRuntimeWith(1, {}, () => {
    throw new TypeError('the hasher is broken: do-not-show-this')
  })
  const rig = await startRig(broken)
  try {
    const { run, final } = await rig.decide()
    expect(final.status).toBe('failed')
    expect(final.request.body).not.toMatch(/do-not-show-this|TypeError|\.ts\b|\bat \w+ \(/)
    await expect.poll(() => rig.service.logs()).toContain('"failure":"unexpected"')
    const lines = rig.service.logLines().map((line) => JSON.parse(line))
    const told = lines.find(({ failure }) => failure === 'unexpected')
    expect(told.reference.length).toBeGreaterThan(3)
    expect(final.message).toContain(told.reference)
    expect(rig.service.logs()).not.toContain('do-not-show-this')
    expect(run.violations).toEqual([])
  } finally {
    await rig.service.kill()
    await rig.platform.close()
  }
})
