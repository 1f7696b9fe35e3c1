// `holdgate serve` as its users start it: a process of its own, with settings in its environment.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface Served {
  readonly url: string
  readonly process: ChildProcess
  logs(): string
  /** Resolves once a log line contains this text. */
  logged(text: string): Promise<void>
  /** Sends the signal and resolves with the exit status. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** @param nodeArguments for `node` itself, before the script */
export async function serve(
  settings: Readonly<Record<string, string>>,
  nodeArguments: readonly string[] = [],
  cwd: string = process.cwd(),
): Promise<Served> {
  const cli = new URL('../../src/entry/cli.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [...nodeArguments, cli, 'serve'], {
    cwd,
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const take = (line: string): void => {
    lines.push(line)
    for (const look of [...waiting]) look()
  }
  const logged = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!lines.some((line) => line.includes(text))) return
        waiting.delete(look)
        resolve()
      }
      child.once('exit', () =>
        reject(new Error(`ended before it logged ${text}: ${lines.join('\n')}`)),
      )
      waiting.add(look)
      look()
    })
  if (child.stdout === null || child.stderr === null) throw new Error('no pipes')
  createInterface({ input: child.stdout }).on('line', take)
  createInterface({ input: child.stderr }).on('line', take)
  await logged('"listening"')
  const line = lines.find((candidate) => candidate.includes('"listening"')) ?? '{}'
  return {
    url: String(JSON.parse(line).url),
    process: child,
    logs: () => lines.join('\n'),
    logged,
    end: async (signal) => {
      const ended = once(child, 'exit')
      child.kill(signal)
      const [status] = await ended
      return status
    },
  }
}
