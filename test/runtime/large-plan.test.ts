// A plan of tens of megabytes through the Worker, queue and all: read as a stream, judged, reported.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { databaseReplaced, planJson, tagChanged } from '../support/plans.ts'
import { type Rig, startRig } from '../support/rig.ts'
import { workerdRuntime } from '../support/workerd-runtime.ts'

const PAD_BYTES = 24 * 1024 * 1024
let rig: Rig

beforeAll(async () => {
  rig = await startRig(workerdRuntime)
})

afterAll(async () => {
  await rig.service.kill()
  await rig.platform.close()
})

it.each([
  ['the risk comes last', 'failed', [databaseReplaced()]],
  ['nothing but tags', 'passed', [tagChanged()]],
] as const)('a plan above 20 MB in workerd: %s', async (_, status, elements) => {
  const { final } = await rig.decide({
    plan: { kind: 'stream', open: () => padded(planJson(elements)) },
  })
  expect(final.status).toBe(status)
  expect(final.message).toMatch(status === 'failed' ? /aws_db_instance\.main/ : /no person/)
})

/** The plan with a prior state of many megabytes in front of its changes. */
async function* padded(plan: string): AsyncGenerator<Uint8Array> {
  const [head = '', tail = ''] = plan.split('"resource_changes":')
  yield Buffer.from(`${head}"proposed_unknown":{"values":["`)
  const piece = Buffer.from(`${'x'.repeat(1000)}","`.repeat(64))
  for (let sent = 0; sent < PAD_BYTES; sent += piece.byteLength) yield piece
  yield Buffer.from(`"]},"resource_changes":${tail}`)
}
