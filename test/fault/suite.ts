// The matrix on a service that is spoken to over HTTP only: every misbehaviour of the platform in
// every stage ends in exactly one accepted final callback, or in an explicit end that is logged; and
// nothing that could not be read whole is ever passed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { STAGES, type Stage } from '../../src/entry/practice/payload.ts'
import { finals, type PracticeRun } from '../../src/entry/practice/recording.ts'
import { RELEASED_PLAN } from '../support/plans.ts'
import { type Rig, type Runtime, startRig } from '../support/rig.ts'
import { MAX_PLAN_BYTES, MISBEHAVIOURS, type Misbehaviour } from './matrix.ts'

const ENDS = ['run-reported', 'run-not-reported']

export interface Extent {
  /** Total time for one result, in the service's seconds; see `HOLDGATE_TIME_LIMIT`. */
  readonly timeLimit: string
  /** Runs under way at once: most of their time they wait, and the platform must not drown. */
  readonly atOnce: number
  /** The next runs are delivered when all of these have ended; else as each of them ends. */
  readonly inWaves?: true
  /** Which cases are played; absent: all. */
  readonly includes?: (stage: Stage, misbehaviour: Misbehaviour) => boolean
}

interface Case {
  readonly stage: Stage
  readonly misbehaviour: Misbehaviour
}
interface Played extends Case {
  readonly run: PracticeRun
  readonly answer: number
}

/** Plays every case, then tells what came of each. */
export function faultMatrix(runtime: Runtime, extent: Extent): void {
  const { includes = () => true } = extent
  const cases = STAGES.flatMap((stage) =>
    MISBEHAVIOURS.filter((one) => includes(stage, one)).map((misbehaviour) => ({
      name: `${stage}, ${misbehaviour.name}`,
      stage,
      misbehaviour,
    })),
  )
  const played = new Map<string, Played>()
  let rig: Rig

  beforeAll(async () => {
    rig = await startRig(runtime, {
      HOLDGATE_TIME_LIMIT: extent.timeLimit,
      HOLDGATE_MAX_PLAN_BYTES: String(MAX_PLAN_BYTES),
    })
    const waiting = [...cases]
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        played.set(next.name, await play(rig, next))
        if (extent.inWaves) return
      }
    }
    while (waiting.length > 0) await Promise.all(Array.from({ length: extent.atOnce }, work))
  }, 240_000)

  afterAll(async () => {
    await rig?.service.kill()
    await rig?.platform.close()
  })

  describe(`fault matrix on ${runtime.name}`, () => {
    it.each(cases)('$name', ({ name }) => {
      const found = played.get(name)
      if (found === undefined) throw new Error('this case was never delivered')
      const { stage, misbehaviour, run, answer } = found
      const ends = endsOf(rig, run)
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

    it('nothing was sent where nobody has any business', () => {
      expect(rig.platform.requests.filter(({ door }) => door === 'stranger')).toEqual([])
    })
  })
}

async function play(rig: Rig, { stage, misbehaviour }: Case): Promise<Played> {
  const run = rig.open({
    stage,
    plan: { kind: 'text', text: RELEASED_PLAN },
    faults: misbehaviour.faults(rig.platform.strangerOrigin),
  })
  const { status: answer } = await rig.deliver(run)
  const until = Date.now() + GIVE_UP_MS
  while (endsOf(rig, run).length === 0 && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return { stage, misbehaviour, run, answer }
}

/** Longer than any time limit in real time. */
const GIVE_UP_MS = 120_000

/** The lines in which the service says that it is through with this run. */
function endsOf(rig: Rig, run: PracticeRun): readonly string[] {
  const id = run.identity.taskResultId
  return rig.service
    .logLines()
    .filter((line) => line.includes(id))
    .map((line): string => JSON.parse(line).event)
    .filter((event) => ENDS.includes(event))
}
