// The plan of one run, fetched and read within the run's time.
import type { Plan } from '../core/plan/model.ts'
import { readPlan } from '../core/plan/read.ts'
import { err, ok, type Result } from '../core/result.ts'
import { type Deadline, unlessAborted } from './deadline.ts'
import type { RunFailure } from './failure.ts'
import type { Ports, Run } from './ports.ts'
import { watchProgress } from './progress.ts'

export type ReadPorts = Pick<
  Ports,
  'newHasher' | 'maxPlanBytes' | 'maxKeptBytes' | 'keepUnchanged' | 'clock'
>

/** A body that brings less than the reader's unit of progress for so long will not bring the rest. */
const STALLED_MS = 60_000

/** With less of the run's time left than this, no further attempt to fetch the plan makes sense. */
const LEAST_ATTEMPT_MS = 1_000

/** @param waitUntil until when a plan that is not there yet is waited for, milliseconds since the epoch */
export async function readRunPlan(
  run: Run,
  ports: ReadPorts,
  deadline: Deadline,
  waitUntil: number = deadline.workUntil,
): Promise<Result<Plan, RunFailure>> {
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
  return plan.ok ? ok(plan.value) : err({ reason: 'plan-unreadable', failure: plan.error })
}
