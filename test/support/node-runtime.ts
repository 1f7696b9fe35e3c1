// The Node server on a port of 127.0.0.1, in this process, with a fast clock.
import { startServer } from '../../src/entry/node.ts'
import { readSettings } from '../../src/entry/settings.ts'
import type { Timings } from '../../src/gate/ports.ts'
import { fastClock } from './fast-clock.ts'
import type { Runtime } from './rig.ts'
import { QUICK_TIMINGS, SPEED } from './timings.ts'

export const nodeRuntime: Runtime = nodeRuntimeWith(SPEED, QUICK_TIMINGS)

/** The same with a clock and heartbeats of its own; `{}` for the heartbeats of the product. */
export function nodeRuntimeWith(speed: number, timings: Partial<Timings>): Runtime {
  return {
    name: 'a Node server',
    speed,
    readsFiles: true,
    start: async (settings) => {
      const read = readSettings({ HOST: '127.0.0.1', PORT: '0', ...settings })
      if (!read.ok) throw new Error(read.error)
      const lines: string[] = []
      const server = await startServer(read.value, {
        clock: fastClock(speed),
        timings,
        graceMs: 0,
        writeLog: (line) => lines.push(line),
      })
      return {
        request: (path, init) => fetch(`${server.url}${path}`, init),
        logs: () => lines.join('\n'),
        logLines: () => lines,
        kill: () => server.close(),
      }
    },
  }
}
