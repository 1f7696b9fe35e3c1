// One run from acceptance to its final callback. Whatever goes wrong on the way becomes a failed
// report with its reason; no path through this file ends in `passed` without a released decision.
import type { Plan } from '../core/plan/model.ts'
import { workspaceOf } from '../core/policy/declared.ts'
import { stopsBeforePlan } from '../core/policy/guards/index.ts'
import {
  prePlanReport,
  type RunTaskReport,
  type RunTaskRun,
  runTaskFailure,
  runTaskReport,
} from '../core/report/run-task.ts'
import { err, ok, type Result } from '../core/result.ts'
import { assessPlan, type Second } from './assess-plan.ts'
import { type Deadline, openDeadline, unlessAborted } from './deadline.ts'
import { describeRunFailure, nameOf, type RunFailure } from './failure.ts'
import { startHeartbeat } from './heartbeat.ts'
import type { Log, Ports, Run, Stage } from './ports.ts'
import { RUN_REVIEW_MS, reviewUntil } from './review/limits.ts'
import { readRunPlan } from './run-plan.ts'
import { stages } from './stages.ts'

export type GatePorts = Pick<
  Ports,
  | 'policy'
  | 'newHasher'
  | 'maxPlanBytes'
  | 'maxKeptBytes'
  | 'keepUnchanged'
  | 'clock'
  | 'newReference'
  | 'log'
  | 'timings'
  | 'review'
>

export interface GateOptions {
  /** The runtime's own bound for this piece of work, milliseconds since the epoch. */
  readonly endsBy?: number
  /** Fires when the process wants to end. */
  readonly stop?: AbortSignal
  /**
   * Until when this attempt may wait for a plan that is not there yet, milliseconds since the epoch.
   * After it the run is postponed, not failed: somebody will call again.
   */
  readonly waitUntil?: number
}

/**
 * `reported`: the platform has its answer. `given-up`: it refused ours for good (recorded).
 * `unreachable`: it could not be reached in time; another attempt may succeed. `postponed`: the plan
 * is not there yet and nothing was reported (only where `waitUntil` allows it).
 */
export type RunEnd = 'reported' | 'given-up' | 'unreachable' | 'postponed'

export async function gateRun(
  run: Run,
  ports: GatePorts,
  options: GateOptions = {},
): Promise<RunEnd> {
  const { clock, log, newReference, timings } = ports
  const startedAt = clock.now()
  const limit = run.acceptedAt + timings.timeLimitMs
  const endsAt = Math.min(limit, options.endsBy ?? limit)
  const deadline = openDeadline(clock, endsAt, options.stop)
  const heartbeat = startHeartbeat(run, ports, deadline.workUntil)
  log('info', 'run-accepted', { result: run.id, run: run.runId, stage: stageName(run) })

  const judged = await judge(run, ports, deadline, options)
  await heartbeat.stop()
  if (!judged.ok && mayWait(judged.error, run, ports, options)) {
    deadline.close()
    log('info', 'run-postponed', {
      result: run.id,
      reason: describeRunFailure(judged.error).internal,
    })
    return 'postponed'
  }
  const reference = newReference()
  const report = judged.ok ? judged.value : failedReport(run, judged.error, reference)
  const sent = await run
    .report(report, { until: deadline.reportUntil })
    .catch(() => err({ reason: 'unreachable' as const, attempts: 1, last: 'unexpected error' }))
  deadline.close()

  const fields = {
    result: run.id,
    run: run.runId,
    status: report.status,
    ...(judged.ok ? {} : { failure: describeRunFailure(judged.error).internal, reference }),
    durationMs: clock.now() - startedAt,
  }
  if (sent.ok) {
    log('info', 'run-reported', { ...fields, answer: sent.value })
    return 'reported'
  }
  log('error', 'run-not-reported', { ...fields, reason: sent.error.reason })
  return sent.error.reason === 'unreachable' ? 'unreachable' : 'given-up'
}

/** The report of a run that could not be judged: always failed, and it says why. */
export function failedReport(run: Run, failure: RunFailure, reference: string): RunTaskReport {
  const reason = describeRunFailure(failure).public
  // An unknown stage is spoken of like the one after the plan.
  const stage = run.ask.kind === 'judge' ? run.ask.stage : 'post_plan'
  return runTaskFailure({ reason, reference }, wording(run, stage))
}

async function judge(
  run: Run,
  ports: GatePorts,
  deadline: Deadline,
  { stop, waitUntil }: GateOptions,
): Promise<Result<RunTaskReport, RunFailure>> {
  if (run.ask.kind === 'unsupported') {
    return err({ reason: 'unsupported', because: run.ask.because })
  }
  const { stage } = run.ask
  try {
    const reading: Promise<Result<Plan | undefined, RunFailure>> = stages[stage].needsPlan
      ? readRunPlan(run, ports, deadline, waitUntil)
      : Promise.resolve(ok(undefined))
    const plan = await unlessAborted(reading, deadline.signal)
    if (plan?.ok === true) {
      if (plan.value === undefined) return ok(judgeStandingOrders(run, stage, ports))
      return ok(await judgePlan(plan.value, run, stage, ports, deadline))
    }
    if (plan !== undefined && !deadline.signal.aborted) return plan
    return err(
      stop?.aborted === true
        ? { reason: 'stopping' }
        : { reason: 'out-of-time', limitMs: deadline.reportUntil - run.acceptedAt },
    )
  } catch (error) {
    ports.log('error', 'run-unexpected', { result: run.id, error: nameOf(error) })
    return err({ reason: 'unexpected' })
  }
}

/** The end of the run's time cuts the review short, not the verdict: that is a matter of moments. */
async function judgePlan(
  plan: Plan,
  run: Run,
  stage: Stage,
  ports: GatePorts,
  { workUntil, signal }: Deadline,
): Promise<RunTaskReport> {
  const log: Log = (level, event, fields) => ports.log(level, event, { result: run.id, ...fields })
  const second: Second = {
    limits: () => ({ until: reviewUntil(ports.clock.now(), workUntil, RUN_REVIEW_MS), signal }),
    ...(run.openCode === undefined ? {} : { openCode: run.openCode }),
  }
  // By the moment of acceptance: a repeated attempt judges the same plan the same way.
  const context = { ...run.context, at: run.acceptedAt }
  const asked = stages[stage].asksModel ? second : undefined
  const { clock, review } = ports
  const current = {
    get policy() {
      return ports.policy
    },
    clock,
    log,
    review,
  }
  const decision = await assessPlan(plan, context, current, asked)
  return runTaskReport(decision, wording(run, stage))
}

/** The platform's token outlives this much waiting for a plan, counted from acceptance. */
const MAX_WAIT_MS = 8 * 60_000

function mayWait(failure: RunFailure, run: Run, ports: GatePorts, options: GateOptions): boolean {
  if (options.waitUntil === undefined || failure.reason !== 'plan-unavailable') return false
  const { reason } = failure.failure
  const most = Math.min(MAX_WAIT_MS, ports.timings.timeLimitMs / 2)
  return (
    (reason === 'not-ready' || reason === 'unavailable') &&
    ports.clock.now() - run.acceptedAt < most
  )
}

/** Before there is a plan only the kill switch and freezes can speak. */
function judgeStandingOrders(run: Run, stage: Stage, { policy }: GatePorts): RunTaskReport {
  const matched = { ...run.context, at: run.acceptedAt, accounts: [] }
  const report = prePlanReport({ stops: stopsBeforePlan(policy, matched) }, wording(run, stage))
  const phase = workspaceOf(policy, matched)?.phase ?? policy.phase
  if (policy.killSwitch || phase !== 'observe' || report.status === 'passed') return report
  return {
    ...report,
    status: 'passed',
    message: `Observing only, nothing was stopped. Else: ${report.message}`,
  }
}

function wording({ enforcement, speculative }: Run, stage: Stage): RunTaskRun {
  return { stage, enforcement, speculative }
}

function stageName(run: Run): string {
  return run.ask.kind === 'judge' ? run.ask.stage : 'unsupported'
}
