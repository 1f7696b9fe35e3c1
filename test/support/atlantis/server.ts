// A real `atlantis server` with the shipped workflow, pointed at the practice forge.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect } from 'vitest'
import type { Forge } from './forge.ts'

const ROOT: string = resolve(import.meta.dirname, '../../..')

/** Undefined where everything a real run needs is on the path; else what is not. */
export function missingForReal(): string | undefined {
  return ['atlantis', 'terraform', 'git', 'curl', 'sha256sum', 'timeout'].find((tool) => {
    try {
      execFileSync('sh', ['-c', `command -v ${tool}`], { stdio: 'ignore' })
      return false
    } catch {
      return true
    }
  })
}

export interface Atlantis {
  readonly url: string
  readonly log: () => string
  readonly stop: () => void
}

/** Starts it with `repos-command.yaml`, or with the HTTP shape where `holdgateUrl` is given. */
export async function startAtlantis(
  forge: Forge,
  owner: string,
  holdgate: { readonly url: string; readonly token: string } | undefined,
): Promise<Atlantis> {
  const folder = mkdtempSync(join(tmpdir(), 'holdgate-atlantis-server-'))
  const script = join(folder, 'holdgate-step.sh')
  copyFileSync(join(ROOT, 'infra/atlantis/holdgate-step.sh'), script)
  chmodSync(script, 0o755)
  const shape = holdgate === undefined ? 'command' : 'http'
  const config = join(folder, 'repos.yaml')
  const text = readFileSync(join(ROOT, `infra/atlantis/repos-${shape}.yaml`), 'utf8')
    .replaceAll('/opt/holdgate/holdgate-step.sh', script)
    .replaceAll('change-me', owner)
  writeFileSync(config, text)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const lines: string[] = []
  const child: ChildProcess = spawn(
    'atlantis',
    [
      ...['server', '--port', String(port), '--atlantis-url', url, '--data-dir', folder],
      ...['--gitea-base-url', forge.url, '--gitea-user', 'bot', '--gitea-token', 'x'],
      ...['--repo-allowlist', '127.0.0.1/acme/infra', '--repo-config', config],
      ...['--enable-policy-checks', '--tf-download=false'],
    ],
    {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        CHECKPOINT_DISABLE: '1',
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: `url.file://${forge.clone.folder}.insteadOf`,
        GIT_CONFIG_VALUE_0: forge.clone.address,
        ...(holdgate === undefined
          ? { HOLDGATE_COMMAND: `${process.execPath} ${join(ROOT, 'src/entry/cli.ts')}` }
          : { HOLDGATE_URL: holdgate.url, HOLDGATE_TOKEN: holdgate.token }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  child.stdout?.on('data', (piece) => lines.push(String(piece)))
  child.stderr?.on('data', (piece) => lines.push(String(piece)))
  const log = (): string => lines.join('')
  await untilHealthy(url, child, log)
  return { url, log, stop: () => child.kill('SIGKILL') }
}

async function untilHealthy(url: string, child: ChildProcess, log: () => string): Promise<void> {
  const healthy = (): Promise<boolean> =>
    fetch(`${url}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    )
  try {
    await expect.poll(healthy, { timeout: 30_000, interval: 100 }).toBe(true)
  } catch {
    child.kill('SIGKILL')
    throw new Error(`starting atlantis: not healthy within 30 s\n${log()}`)
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => done(port))
    })
  })
}
