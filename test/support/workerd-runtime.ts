// The Worker as deployed, queue included, in a local workerd. Its clock is the system's: nothing
// can be injected into a Worker, so waits here are real ones. `createTestHarness` is not used: it
// sends outbound requests through Node's fetch, which follows redirects whatever the Worker asks.
import { unstable_startWorker } from 'wrangler'
import type { Runtime } from './rig.ts'

// No telemetry, no version check, no download of request metadata: tests stay on this machine.
process.env.WRANGLER_SEND_METRICS = 'false'
process.env.WRANGLER_HIDE_BANNER = 'true'
process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'

/** A Worker that does not build keeps every request waiting: better to fail once, and early. */
const START_MS = 25_000

export const workerdRuntime: Runtime = {
  name: 'workerd',
  speed: 1,
  start: async (settings) => {
    const lines: string[] = []
    const worker = await unstable_startWorker({
      config: './wrangler.toml',
      bindings: Object.fromEntries(
        Object.entries(settings).map(([name, value]) => [name, { type: 'secret_text', value }]),
      ),
      dev: {
        server: { port: 0 },
        inspector: false,
        persist: false,
        watch: false,
        liveReload: false,
        logLevel: 'error',
        structuredLogsHandler: ({ message }: { message: string }) => lines.push(message),
      },
    })
    const url = await worker.url
    await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(START_MS) })
    return {
      request: (path, init) => fetch(new URL(path, url), init).then(hungUp),
      logs: () => lines.join('\n'),
      logLines: () => lines,
      kill: () => worker.dispose(),
    }
  },
}

/**
 * The development proxy in front of the Worker answers 500 in its own words when the Worker hangs
 * up on a body; its own caller would see a broken connection, and so does a test. Every 500 of the
 * Worker itself is a problem document.
 */
async function hungUp(answer: Response): Promise<Response> {
  if (answer.status !== 500 || answer.headers.get('content-type')?.includes('json')) return answer
  const text = await answer.text()
  if (text.includes('Network connection lost')) throw new TypeError('The Worker hung up.')
  return new Response(text, { status: 500, headers: answer.headers })
}
