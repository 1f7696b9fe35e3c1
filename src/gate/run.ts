// One run from acceptance to its final callback. Whatever goes wrong on the way becomes a failed
// report with its reason; no path through this file ends in `passed` without a released decision.
import { assess } from '../core/assess.ts'
import { readPlan } from '../core/plan/read.ts'
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
import { type Deadline, openDeadline, unlessAborted } from './deadline.ts'
import { describeRunFailure, type RunFailure } from './failure.ts'
import { startHeartbeat } from './heartbeat.ts'
import type { Ports, Run, Stage } from './ports.ts'
import { watchProgress } from './progress.ts'
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

/** A body that brings less than the reader's unit of progress for so long will not bring the rest. */
const STALLED_MS = 60_000

/** With less of the run's time left than this, no further attempt to fetch the plan makes sense. */
const LEAST_ATTEMPT_MS = 1_000

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
    const work = stages[stage].needsPlan
      ? judgePlan(run, stage, ports, deadline, waitUntil)
      : Promise.resolve(ok(judgeStandingOrders(run, stage, ports)))
    const judged = await unlessAborted(work, deadline.signal)
    if (judged !== undefined && (judged.ok || !deadline.signal.aborted)) return judged
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

async function judgePlan(
  run: Run,
  stage: Stage,
  ports: GatePorts,
  deadline: Deadline,
  waitUntil: number = deadline.workUntil,
): Promise<Result<RunTaskReport, RunFailure>> {
  const watch = watchProgress(ports.clock, STALLED_MS)
  const signal = AbortSignal.any([deadline.signal, watch.signal])
  const opened = await run.openPlan({ until: Math.min(waitUntil, deadline.workUntil), signal })
  if (!opened.ok) {
    // Whether the last attempt or the deadline's timer speaks first is chance; the cause is one.
    const { reason } = opened.error
    if (reason === 'unavailable' && deadline.workUntil - ports.clock.now() < LEAST_ATTEMPT_MS) {
      return err({ reason: 'out-of-time', limitMs: deadline.reportUntil - run.acceptedAt })
    }
    return err({ reason: 'plan-unavailable', failure: opened.error })
  }
  watch.start()
  const reading = readPlan(opened.value, {
    hasher: ports.newHasher(),
    keepUnchanged: ports.keepUnchanged,
    onProgress: watch.progress,
    ...(ports.maxPlanBytes === undefined ? {} : { maxBytes: ports.maxPlanBytes }),
    ...(ports.maxKeptBytes === undefined ? {} : { maxKeptBytes: ports.maxKeptBytes }),
  })
  const plan = await unlessAborted(reading, watch.signal)
  watch.stop()
  if (plan === undefined) return err({ reason: 'stalled', afterMs: STALLED_MS })
  if (!plan.ok) return err({ reason: 'plan-unreadable', failure: plan.error })
  // By the moment of acceptance: a repeated attempt judges the same plan the same way.
  const decision = await assess(plan.value, { ...run.context, at: run.acceptedAt }, ports.policy)
  return ok(runTaskReport(decision, wording(run, stage)))
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

/** What may be logged of an unexpected error. Not its message: that may quote what it choked on. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
