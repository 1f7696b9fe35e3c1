// Every fault of a model's provider, at every stage: exactly one end a run, the verdict of the rules,
// and not one release that the rules would not have given.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Decision } from '../../src/core/decision.ts'
import {
  MODEL_FAULTS,
  type ModelFault,
  type ModelFaultName,
  type RepeatedModelFault,
} from '../../src/entry/practice/model/faults.ts'
import { STAGES, type Stage } from '../../src/entry/practice/payload.ts'
import { finals, type PracticeRun } from '../../src/entry/practice/recording.ts'
import { appRuntimeWith } from '../support/app-runtime.ts'
import { HELD_PLAN, RELEASED_PLAN } from '../support/plans.ts'
import { ROLLOUT_PLAN } from '../support/review.ts'
import { assessing, type ReviewRig, startReviewRig, stopReviewRig } from '../support/review-rig.ts'

const NAMES = Object.keys(MODEL_FAULTS) as ModelFaultName[]
const PLANS = { rollout: ROLLOUT_PLAN, floor: HELD_PLAN, tag: RELEASED_PLAN } as const
type PlanName = keyof typeof PLANS
const PLAN_NAMES = Object.keys(PLANS) as PlanName[]
/** Waits of minutes in seconds, and still far slower than a busy machine. */
const SPEED = 60
/** Services under way at once. */
const AT_ONCE = 6
const GIVE_UP_MS = 60_000

interface Case {
  readonly run: PracticeRun
  readonly ends: readonly string[]
}

interface Played {
  /** By stage and plan. */
  readonly cases: ReadonlyMap<string, Case>
  /** Through `/assess`, by plan. */
  readonly decisions: ReadonlyMap<PlanName, Decision>
  readonly violations: readonly string[]
}

const played = new Map<string, Played>()
let alone: Played

/** In the first pass for good, and in the second pass only. */
const SCRIPTS = NAMES.flatMap((name) => [
  { title: `${name}, always`, name, informedOnly: false },
  { title: `${name}, in the informed pass`, name, informedOnly: true },
])

beforeAll(async () => {
  alone = await play(undefined, false)
  const waiting = [...SCRIPTS]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      played.set(next.title, await play(MODEL_FAULTS[next.name], next.informedOnly))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}, 400_000)

afterAll(() => played.clear())

describe.each(SCRIPTS.map(({ title }) => title))('%s', (title) => {
  const found = (): Played => {
    const one = played.get(title)
    if (one === undefined) throw new Error('this fault was never played')
    return one
  }

  it('ends each run once, with the verdict of the rules', () => {
    for (const [name, { run, ends }] of found().cases) {
      expect(ends, name).toEqual(['run-reported'])
      expect(finals(run), name).toHaveLength(1)
      expect(run.violations, name).toEqual([])
      const before = alone.cases.get(name)
      expect(finals(run)[0]?.status, name).toBe(before && finals(before.run)[0]?.status)
    }
  })

  it('leaves the decision as it is without a model, apart from what it says of the review', () => {
    for (const [plan, { review, ...decision }] of found().decisions) {
      const { review: none, ...rules } = alone.decisions.get(plan) ?? {}
      expect(none, plan).toBeNull()
      expect(decision, plan).toEqual(rules)
      expect(review?.outcome, plan).toBe('no-opinion')
    }
  })

  it('is met with requests that keep the rules of the API, and with none elsewhere', () => {
    expect(found().violations).toEqual([])
  })
})

it('releases the plan that the rules release, and no other', () => {
  for (const [title, { cases, decisions }] of played) {
    const passed = [...cases].filter(([, { run }]) => finals(run)[0]?.status === 'passed')
    const names = passed.map(([name]) => name).filter((name) => !name.startsWith('pre_plan'))
    expect(names, title).toEqual(['post_plan tag'])
    expect(decisions.get('floor')?.verdict, title).toBe('hold')
  }
})

/** @param fault undefined: no model is set up at all */
async function play(fault: ModelFault | undefined, informedOnly: boolean): Promise<Played> {
  const none = { ANTHROPIC_API_KEY: '' }
  const rig = await startReviewRig(appRuntimeWith(SPEED, {}), {
    ...(fault === undefined ? { settings: none } : {}),
  })
  const first: readonly RepeatedModelFault[] = informedOnly
    ? [{ fault: { kind: 'delay', ms: 0 }, times: 1 }]
    : []
  const script = (): void => {
    if (fault !== undefined) rig.model.fail([...first, { fault, times: 'always' }])
  }
  try {
    const cases = new Map<string, Case>()
    const runs: readonly (readonly [Stage, PlanName])[] = [
      ...STAGES.map((stage) => [stage, 'rollout'] as const),
      ['post_plan', 'floor'],
      ['post_plan', 'tag'],
    ]
    for (const [stage, plan] of runs) {
      script()
      cases.set(`${stage} ${plan}`, await deliver(rig, stage, plan))
    }
    const decisions = new Map<PlanName, Decision>()
    for (const plan of PLAN_NAMES) {
      script()
      const answer = await assessing(rig, PLANS[plan])
      if (answer.status !== 200) throw new Error(`/assess answered ${answer.status}`)
      decisions.set(plan, (await answer.json()) as Decision)
    }
    return { cases, decisions, violations: [...rig.model.violations] }
  } finally {
    await stopReviewRig(rig)
  }
}

async function deliver(rig: ReviewRig, stage: Stage, plan: PlanName): Promise<Case> {
  const run = rig.open({
    stage,
    workspace: 'orders-prod',
    plan: { kind: 'text', text: PLANS[plan] },
  })
  await rig.deliver(run)
  const until = Date.now() + GIVE_UP_MS
  while (endsOf(rig, run).length === 0 && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { run, ends: endsOf(rig, run) }
}

/** The lines in which the service says that it is through with this run. */
function endsOf(rig: ReviewRig, run: PracticeRun): readonly string[] {
  return rig.service
    .logLines()
    .filter((line) => line.includes(run.identity.taskResultId))
    .map((line): string => JSON.parse(line).event)
    .filter((event) => event === 'run-reported' || event === 'run-not-reported')
}
