// Work after the answer in a process that stays: tracked, so that a shutdown can wait for it.
import type { Background, Clock } from '../gate/ports.ts'
import { type GatePorts, gateRun } from '../gate/run.ts'

export interface TrackedBackground extends Background {
  /**
   * Waits for open runs. After `graceMs` the rest are told to stop: each then reports that it was
   * not finished, for which `lastMs` more are given.
   */
  drain(limits: { readonly graceMs: number; readonly lastMs: number }): Promise<void>
}

export function trackedBackground(gate: GatePorts): TrackedBackground {
  const open = new Set<Promise<unknown>>()
  const stop = new AbortController()
  return {
    accept: async (run) => {
      // A turn of the event loop first: the answer leaves before the work begins.
      const job = new Promise((resolve) => setTimeout(resolve, 0))
        .then(() => gateRun(run, gate, { stop: stop.signal }))
        .catch(() => gate.log('error', 'run-lost', { result: run.id }))
        .finally(() => open.delete(job))
      open.add(job)
    },
    drain: async ({ graceMs, lastMs }) => {
      await settled(open, graceMs, gate.clock)
      stop.abort()
      await settled(open, lastMs, gate.clock)
    },
  }
}

async function settled(
  jobs: ReadonlySet<Promise<unknown>>,
  ms: number,
  clock: Clock,
): Promise<void> {
  const done = new AbortController()
  await Promise.race([Promise.allSettled([...jobs]), clock.sleep(ms, done.signal)])
  done.abort()
}
