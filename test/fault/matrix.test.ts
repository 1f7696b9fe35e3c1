// Every misbehaviour of the platform in every stage ends in exactly one accepted final callback, or
// in an explicit end that is logged; and nothing that could not be read whole is ever passed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { STAGES, type Stage } from '../../src/entry/practice/payload.ts'
import { finals, type PracticeRun } from '../../src/entry/practice/recording.ts'
import { appRuntime } from '../support/app-runtime.ts'
import { RELEASED_PLAN } from '../support/plans.ts'
import { type Rig, startRig } from '../support/rig.ts'
import { MAX_PLAN_BYTES, MISBEHAVIOURS, type Misbehaviour } from './matrix.ts'

const ENDS = ['run-reported', 'run-not-reported']
const WAIT_MS = 25_000

interface Case {
  readonly stage: Stage
  readonly misbehaviour: Misbehaviour
  readonly run: PracticeRun
  readonly answer: number
}

let rig: Rig
const cases = new Map<string, Case>()

beforeAll(async () => {
  rig = await startRig(appRuntime, {
    HOLDGATE_TIME_LIMIT: '3m',
    HOLDGATE_MAX_PLAN_BYTES: String(MAX_PLAN_BYTES),
  })
  // All under way at once: each waits mostly for the platform.
  for (const stage of STAGES) {
    await Promise.all(
      MISBEHAVIOURS.map(async (misbehaviour) => {
        const run = rig.open({
          stage,
          plan: { kind: 'text', text: RELEASED_PLAN },
          faults: misbehaviour.faults(rig.platform.strangerOrigin),
        })
        const { status } = await rig.deliver(run)
        cases.set(`${stage} ${misbehaviour.name}`, { stage, misbehaviour, run, answer: status })
      }),
    )
  }
})

afterAll(async () => {
  await rig.service.kill()
  await rig.platform.close()
})

describe.each(STAGES)('%s', (stage) => {
  it.each(MISBEHAVIOURS.map(({ name }) => name))('%s', async (name) => {
    const found = cases.get(`${stage} ${name}`)
    if (found === undefined) throw new Error('this case was never delivered')
    const { run, misbehaviour, answer } = found
    expect(answer).toBe(200)
    const end = await loggedEnd(run)
    const accepted = finals(run)

    expect(accepted).toHaveLength(misbehaviour.callbackAccepted ? 1 : 0)
    if (misbehaviour.callbackAccepted) expect(end).toMatchObject({ event: 'run-reported' })
    expect(run.violations).toEqual([])
    const said = run.callbacks.filter(({ final }) => final).map(({ status }) => status)
    const judged = stage === 'pre_plan' || misbehaviour.planReadable ? 'passed' : 'failed'
    expect(new Set(said)).toEqual(new Set(said.length === 0 ? [] : [judged]))
  })
})

it('nothing was sent where nobody has any business', () => {
  expect(rig.platform.requests.filter(({ door }) => door === 'stranger')).toEqual([])
})

/** The line in which the service says that it is through with this run; exactly one. */
async function loggedEnd(run: PracticeRun): Promise<Record<string, unknown>> {
  const mine = (): Record<string, unknown>[] =>
    rig.service
      .logs()
      .split('\n')
      .filter((line) => line.includes(run.identity.taskResultId))
      .map((line) => JSON.parse(line))
      .filter(({ event }) => ENDS.includes(event))
  await expect.poll(() => mine().length, { timeout: WAIT_MS, interval: 50 }).toBe(1)
  const [end] = mine()
  if (end === undefined) throw new Error('unreachable')
  return end
}
