// Every misbehaviour of the platform in every stage ends in exactly one accepted final callback, or
// in an explicit end that is logged; and nothing that could not be read whole is ever passed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { STAGES, type Stage } from '../../src/entry/practice/payload.ts'
import { finals, type PracticeRun } from '../../src/entry/practice/recording.ts'
import { appRuntimeWith } from '../support/app-runtime.ts'
import { RELEASED_PLAN } from '../support/plans.ts'
import { type Rig, startRig } from '../support/rig.ts'
import { MAX_PLAN_BYTES, MISBEHAVIOURS, type Misbehaviour } from './matrix.ts'

const ENDS = ['run-reported', 'run-not-reported']
/** Slow enough that a busy machine is not taken for a platform that does not answer. */
const SPEED = 5
/** Runs under way at once: most of their time they wait, and the platform must not drown. */
const AT_ONCE = 48
const GIVE_UP_MS = 30_000

interface Case {
  readonly stage: Stage
  readonly misbehaviour: Misbehaviour
  readonly run: PracticeRun
  readonly answer: number
  readonly ends: readonly string[]
}

let rig: Rig
const cases = new Map<string, Case>()

beforeAll(async () => {
  rig = await startRig(appRuntimeWith(SPEED, {}), {
    HOLDGATE_TIME_LIMIT: '1m',
    HOLDGATE_MAX_PLAN_BYTES: String(MAX_PLAN_BYTES),
  })
  const waiting = STAGES.flatMap((stage) => MISBEHAVIOURS.map((of) => ({ stage, of })))
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      cases.set(`${next.stage} ${next.of.name}`, await play(next.stage, next.of))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}, 180_000)

afterAll(async () => {
  await rig.service.kill()
  await rig.platform.close()
})

describe.each(STAGES)('%s', (stage) => {
  it.each(MISBEHAVIOURS.map(({ name }) => name))('%s', (name) => {
    const found = cases.get(`${stage} ${name}`)
    if (found === undefined) throw new Error('this case was never delivered')
    const { run, misbehaviour, answer, ends } = found
    expect(answer).toBe(200)
    expect(ends).toHaveLength(1)
    expect(finals(run)).toHaveLength(misbehaviour.callbackAccepted ? 1 : 0)
    if (misbehaviour.callbackAccepted) expect(ends).toEqual(['run-reported'])
    expect(run.violations).toEqual([])
    const said = run.callbacks.filter(({ final }) => final).map(({ status }) => status)
    const judged = stage === 'pre_plan' || misbehaviour.planReadable ? 'passed' : 'failed'
    expect(said.length).toBeGreaterThan(0)
    expect(new Set(said)).toEqual(new Set([judged]))
  })
})

it('nothing was sent where nobody has any business', () => {
  expect(rig.platform.requests.filter(({ door }) => door === 'stranger')).toEqual([])
})

async function play(stage: Stage, misbehaviour: Misbehaviour): Promise<Case> {
  const run = rig.open({
    stage,
    plan: { kind: 'text', text: RELEASED_PLAN },
    faults: misbehaviour.faults(rig.platform.strangerOrigin),
  })
  const { status: answer } = await rig.deliver(run)
  const until = Date.now() + GIVE_UP_MS
  while (endsOf(run).length === 0 && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return { stage, misbehaviour, run, answer, ends: endsOf(run) }
}

/** The lines in which the service says that it is through with this run. */
function endsOf(run: PracticeRun): readonly string[] {
  const id = run.identity.taskResultId
  return rig.service
    .logLines()
    .filter((line) => line.includes(id))
    .map((line): string => JSON.parse(line).event)
    .filter((event) => ENDS.includes(event))
}
