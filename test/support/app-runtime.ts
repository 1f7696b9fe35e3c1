// The service as a fetch handler in this process: no server, no port, a fast clock.
import type { Net } from '../../src/adapters/net/send.ts'
import type { Hasher } from '../../src/core/plan/read.ts'
import { type TrackedBackground, trackedBackground } from '../../src/entry/background.ts'
import { compose } from '../../src/entry/compose.ts'
import { nodeHasher } from '../../src/entry/hasher.ts'
import { jsonLines } from '../../src/entry/log.ts'
import { loadPolicy } from '../../src/entry/policy.ts'
import { reviewPorts } from '../../src/entry/review.ts'
import { readSettings } from '../../src/entry/settings.ts'
import { rememberOnce } from '../../src/gate/once.ts'
import type { Timings } from '../../src/gate/ports.ts'
import { dailyTokens } from '../../src/gate/review/budget.ts'
import { fastClock } from './fast-clock.ts'
import type { Runtime } from './rig.ts'
import { QUICK_TIMINGS, SPEED } from './timings.ts'

export const appRuntime: Runtime = appRuntimeWith(SPEED, QUICK_TIMINGS)

/** The same with a clock and heartbeats of its own; `{}` for the heartbeats of the product. */
export function appRuntimeWith(
  speed: number,
  timings: Partial<Timings>,
  newHasher: () => Hasher = nodeHasher,
): Runtime {
  return {
    name: 'the bare app',
    speed,
    start: async (settings) => {
      const read = readSettings(settings)
      if (!read.ok) throw new Error(read.error)
      const policy = await loadPolicy(read.value.config)
      if (!policy.ok) throw new Error(policy.error)
      const lines: string[] = []
      const clock = fastClock(speed)
      let background: TrackedBackground | undefined
      const net: Net = { fetch: (url, init) => fetch(url, init), clock, random: () => 0.5 }
      const { review } = read.value
      const { app } = await compose(read.value, {
        policy: policy.value,
        ...net,
        ...(review && {
          review: reviewPorts(review, net, {
            budget: dailyTokens(review.dailyTokens),
            notes: review.notes,
          }),
        }),
        newReference: () => 'reference',
        log: jsonLines((line) => lines.push(line), clock),
        newHasher,
        once: rememberOnce(clock),
        background: (gate) => {
          background = trackedBackground(gate)
          return background
        },
        timings,
      })
      return {
        request: async (path, init) => app.fetch(new Request(`http://holdgate.test${path}`, init)),
        logs: () => lines.join('\n'),
        logLines: () => lines,
        kill: async () => background?.drain({ graceMs: 0, lastMs: 0 }),
      }
    },
  }
}
