// The Worker as deployed, queue included, in a local workerd. Its clock is the system's: nothing
// can be injected into a Worker, so waits here are real ones.
import { createTestHarness } from 'wrangler'
import type { Runtime } from './rig.ts'

// No telemetry, no version check, no download of request metadata: tests stay on this machine.
process.env.WRANGLER_SEND_METRICS = 'false'
process.env.WRANGLER_HIDE_BANNER = 'true'
process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'

export const workerdRuntime: Runtime = {
  name: 'workerd',
  speed: 1,
  start: async (settings) => {
    const harness = createTestHarness({
      workers: [{ configPath: './wrangler.toml', secrets: settings }],
    })
    const { url } = await harness.listen()
    const logLines = (): readonly string[] => harness.getLogs().map(({ message }) => message)
    return {
      request: (path, init) => fetch(new URL(path, url), init),
      logs: () => logLines().join('\n'),
      logLines,
      kill: () => harness.close(),
    }
  },
}
