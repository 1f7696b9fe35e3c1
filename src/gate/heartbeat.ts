// Progress while work is under way. The platform gives up on a result that is silent for ten
// minutes; a heartbeat that fails never touches the work it speaks of.
import type { Ports, Run } from './ports.ts'

export interface Heartbeat {
  /** Ends the beats and waits for the one under way, so that none can follow the final callback. */
  stop(): Promise<void>
}

export function startHeartbeat(
  run: Run,
  ports: Pick<Ports, 'clock' | 'timings' | 'log'>,
  until: number,
): Heartbeat {
  const ended = new AbortController()
  const beating = beat(run, ports, until, ended.signal)
  return {
    stop: () => {
      ended.abort()
      return beating
    },
  }
}

async function beat(
  run: Run,
  { clock, timings, log }: Pick<Ports, 'clock' | 'timings' | 'log'>,
  until: number,
  signal: AbortSignal,
): Promise<void> {
  let wait = Math.max(0, run.acceptedAt + timings.firstBeatMs - clock.now())
  while (true) {
    await clock.sleep(wait, signal)
    if (signal.aborted || clock.now() >= until) return
    const elapsed = Math.round((clock.now() - run.acceptedAt) / 1000)
    const message = `Reading and assessing the plan (${elapsed} s so far)`
    const sent = await run
      .report({ status: 'running', message, outcomes: [] }, { until, once: true, signal })
      .catch(() => undefined)
    if (signal.aborted) return
    if (sent?.ok !== true) {
      log('warn', 'heartbeat-failed', {
        result: run.id,
        reason: sent?.error.reason ?? 'unexpected',
      })
      if (sent?.error.reason === 'unauthorised' || sent?.error.reason === 'not-found') return
    } else if (sent.value === 'already-decided') return
    wait = sent?.ok === true ? timings.beatMs : timings.beatAgainMs
  }
}
