// One run from acceptance to its final callback. Whatever goes wrong on the way becomes a failed
// report with its reason; no path through this file ends in `passed` without a released decision.
import { assess } from '../core/assess.ts'
import { readPlan } from '../core/plan/read.ts'
import { type RunTaskReport, runTaskReport } from '../core/report/run-task.ts'
import { err, ok, type Result } from '../core/result.ts'
import { type Deadline, openDeadline, unlessAborted } from './deadline.ts'
import { describeRunFailure, type RunFailure } from './failure.ts'
import { startHeartbeat } from './heartbeat.ts'
import type { Ports, Run, Stage } from './ports.ts'
import { stages } from './stages.ts'
import { standingOrders } from './standing.ts'

export type GatePorts = Pick<
  Ports,
  | 'policy'
  | 'newHasher'
  | 'maxPlanBytes'
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
}

/**
 * `reported`: the platform has its answer. `given-up`: it refused ours for good (recorded).
 * `unreachable`: it could not be reached in time; another attempt may succeed.
 */
export type RunEnd = 'reported' | 'given-up' | 'unreachable'

export async function gateRun(
  run: Run,
  ports: GatePorts,
  options: GateOptions = {},
): Promise<RunEnd> {
  const { clock, log, timings } = ports
  const startedAt = clock.now()
  const limit = run.acceptedAt + timings.timeLimitMs
  const endsAt = Math.min(limit, options.endsBy ?? limit)
  const deadline = openDeadline(clock, endsAt, options.stop)
  const heartbeat = startHeartbeat(run, ports, deadline.workUntil)
  log('info', 'run-accepted', { result: run.id, run: run.runId, stage: stageName(run) })

  const judged = await judge(run, ports, deadline, options.stop)
  await heartbeat.stop()
  const report = judged.ok ? judged.value : failedReport(run, judged.error)
  const sent = await run
    .report(report, { until: deadline.reportUntil })
    .catch(() => err({ reason: 'unreachable' as const, attempts: 1, last: 'unexpected error' }))
  deadline.close()

  const fields = {
    result: run.id,
    run: run.runId,
    status: report.status,
    failure: judged.ok ? null : describeRunFailure(judged.error).internal,
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
export function failedReport(run: Run, failure: RunFailure): RunTaskReport {
  const row = run.ask.kind === 'judge' ? stages[run.ask.stage] : undefined
  const because = describeRunFailure(failure).public
  const advice = row?.advice ?? 'A person should look at it.'
  const sentence = /[.!?]$/.test(because) ? because : `${because}.`
  return {
    status: 'failed',
    message: `Hold: ${(row?.subject ?? 'This run').toLowerCase()} was not assessed. ${sentence} ${advice}`,
    outcomes: [],
  }
}

async function judge(
  run: Run,
  ports: GatePorts,
  deadline: Deadline,
  stop: AbortSignal | undefined,
): Promise<Result<RunTaskReport, RunFailure>> {
  if (run.ask.kind === 'unsupported') {
    return err({ reason: 'unsupported', because: run.ask.because })
  }
  const { stage } = run.ask
  try {
    const work = stages[stage].needsPlan
      ? judgePlan(run, stage, ports, deadline)
      : Promise.resolve(ok(standingOrders(ports.policy, run.acceptedAt)))
    const judged = await unlessAborted(work, deadline.signal)
    if (judged !== undefined && (judged.ok || !deadline.signal.aborted)) return judged
    return err(
      stop?.aborted === true
        ? { reason: 'stopping' }
        : { reason: 'out-of-time', limitMs: deadline.reportUntil - run.acceptedAt },
    )
  } catch (error) {
    const reference = ports.newReference()
    // The name only: a message may quote what it choked on.
    ports.log('error', 'run-unexpected', { result: run.id, reference, error: nameOf(error) })
    return err({ reason: 'unexpected', reference })
  }
}

async function judgePlan(
  run: Run,
  stage: Stage,
  ports: GatePorts,
  deadline: Deadline,
): Promise<Result<RunTaskReport, RunFailure>> {
  const opened = await run.openPlan({ until: deadline.workUntil, signal: deadline.signal })
  if (!opened.ok) return err({ reason: 'plan-unavailable', failure: opened.error })
  const plan = await readPlan(opened.value, {
    hasher: ports.newHasher(),
    keepUnchanged: ports.keepUnchanged,
    ...(ports.maxPlanBytes === undefined ? {} : { maxBytes: ports.maxPlanBytes }),
  })
  if (!plan.ok) return err({ reason: 'plan-unreadable', failure: plan.error })
  // By the moment of acceptance: a repeated attempt judges the same plan the same way.
  const decision = await assess(plan.value, { ...run.context, at: run.acceptedAt }, ports.policy)
  const { enforcement, speculative } = run
  return ok(runTaskReport(decision, { stage, enforcement, speculative }))
}

function stageName(run: Run): string {
  return run.ask.kind === 'judge' ? run.ask.stage : 'unsupported'
}

/** What may be logged of an unexpected error: the kind of error and the top frame's function. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
