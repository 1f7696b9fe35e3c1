// `holdgate serve`: the webhook on Node, until SIGTERM or SIGINT; then open runs are finished first.
import type { Io } from '../io.ts'
import { startServer } from '../node.ts'
import { readSettings } from '../settings.ts'
import { keepYoungHeapSmall } from '../small-heap.ts'

const USAGE = `holdgate serve

  The run-task webhook. Settings come from the environment: HOLDGATE_HMAC_KEY is
  required, the README lists the others. Stops on SIGTERM or Ctrl-C after
  finishing open runs.
`

export async function runServe(argv: readonly string[], io: Io): Promise<number> {
  if (argv.includes('--help') || argv.includes('-h')) {
    io.stdout.write(USAGE)
    return 0
  }
  if (argv.length > 0)
    return refuse(io, 'serve takes no arguments; its settings come from the environment')
  const settings = readSettings(io.env)
  if (!settings.ok) return refuse(io, settings.error)
  keepYoungHeapSmall()
  let server: Awaited<ReturnType<typeof startServer>>
  try {
    server = await startServer(settings.value)
  } catch (error) {
    return refuse(io, error instanceof Error ? error.message : 'the server could not start')
  }
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
  await server.close()
  return 0
}

function refuse(io: Io, sentence: string): number {
  io.stderr.write(`holdgate serve: ${sentence.replace(/\.$/, '')}.\n`)
  return 1
}
