// A practice forge with the few calls of Gitea's API that Atlantis makes, and one repository with one
// pull request. Atlantis clones from the folder through a rewritten address.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface Status {
  readonly context: string
  readonly state: string
}

export interface Forge {
  readonly url: string
  /** `http://bot:x@127.0.0.1:PORT/acme/infra.git`, as Atlantis writes it, and where it really is. */
  readonly clone: { readonly address: string; readonly folder: string }
  readonly comments: readonly string[]
  readonly statuses: readonly Status[]
  /** Calls that this forge does not know. */
  readonly unknown: readonly string[]
  /** Files of the pull request's branch; each call is a new commit on it. */
  push(files: Readonly<Record<string, string>>): void
  /** From now on the pull request counts as approved by somebody else. */
  approve(): void
  /** Tells the Atlantis at the address that the pull request was opened or got a new commit. */
  announce(atlantis: string, action: 'opened' | 'synchronized'): Promise<void>
  comment(atlantis: string, body: string, user: string): Promise<void>
  close(): void
}

const REPOSITORY = 'acme/infra'

export async function startForge(): Promise<Forge> {
  const root = mkdtempSync(join(tmpdir(), 'holdgate-forge-'))
  const bare = join(root, 'infra.git')
  const work = join(root, 'work')
  const comments: string[] = []
  const statuses: Status[] = []
  const unknown: string[] = []
  const changed = new Set<string>()
  let approved = false

  const git = (cwd: string, ...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=author', '-c', 'user.email=a@acme.example', ...args], {
      cwd,
      encoding: 'utf8',
    }).trim()
  mkdirSync(work)
  git(root, 'init', '--quiet', '--bare', '--initial-branch=main', bare)
  git(work, 'init', '--quiet', '--initial-branch=main')
  writeFileSync(join(work, 'README.md'), 'practice\n')
  git(work, 'add', '.')
  git(work, 'commit', '--quiet', '-m', 'start')
  git(work, 'push', '--quiet', bare, 'main')
  git(work, 'checkout', '--quiet', '-b', 'feature')

  const server = createServer((request, response) => {
    void answer(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const repository = { full_name: REPOSITORY, clone_url: `${url}/${REPOSITORY}.git` }

  const pull = (): object => ({
    number: 1,
    state: 'open',
    title: 'a change',
    body: '',
    html_url: `${url}/${REPOSITORY}/pulls/1`,
    mergeable: true,
    merged: false,
    user: { login: 'author' },
    head: { ref: 'feature', sha: git(work, 'rev-parse', 'feature'), repo: repository },
    base: { ref: 'main', sha: git(work, 'rev-parse', 'main'), repo: repository },
  })
  const reviews = (): readonly object[] =>
    approved
      ? [
          {
            id: 1,
            state: 'APPROVED',
            user: { login: 'reviewer' },
            submitted_at: '2026-01-01T00:00:00Z',
          },
        ]
      : []

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk as Uint8Array)
    const body = Buffer.concat(chunks).toString('utf8')
    const path = new URL(request.url ?? '/', url).pathname.replace(/^\/api\/v1/, '')
    const said = respond(`${request.method} ${path}`, body)
    response
      .writeHead(said === undefined ? 404 : request.method === 'POST' ? 201 : 200, {
        'content-type': 'application/json',
      })
      .end(JSON.stringify(said ?? { message: 'not found' }))
  }

  function respond(call: string, body: string): unknown {
    const base = `/repos/${REPOSITORY}`
    if (call === 'GET /version') return { version: '1.25.4' }
    if (call === `GET ${base}`) return repository
    if (call === `GET ${base}/pulls/1`) return pull()
    if (call === `GET ${base}/pulls/1/files`) return [...changed].map((filename) => ({ filename }))
    if (call === `GET ${base}/pulls/1/reviews`) return reviews()
    if (call.startsWith(`POST ${base}/statuses/`)) {
      const { context, state } = JSON.parse(body) as Status
      statuses.push({ context, state })
      return {}
    }
    if (call === `POST ${base}/issues/1/comments`) {
      comments.push((JSON.parse(body) as { readonly body: string }).body)
      return { id: comments.length }
    }
    unknown.push(call)
    return undefined
  }

  async function event(atlantis: string, type: string, body: object): Promise<void> {
    const answered = await fetch(`${atlantis}/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-gitea-event': type,
        'x-gitea-event-type': type,
        'x-gitea-delivery': String(Math.random()),
      },
      body: JSON.stringify(body),
    })
    if (!answered.ok) throw new Error(`delivering ${type}: ${answered.status}`)
  }

  return {
    url,
    clone: { address: `http://bot:x@127.0.0.1:${port}/${REPOSITORY}.git`, folder: bare },
    comments,
    statuses,
    unknown,
    push: (files) => {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(work, name)), { recursive: true })
        writeFileSync(join(work, name), text)
        changed.add(name)
      }
      git(work, 'add', '.')
      git(work, 'commit', '--quiet', '--allow-empty', '-m', 'a change')
      git(work, 'push', '--quiet', '--force', bare, 'feature')
    },
    approve: () => {
      approved = true
    },
    announce: (atlantis, action) =>
      event(atlantis, action === 'opened' ? 'pull_request' : 'pull_request_sync', {
        action,
        number: 1,
        pull_request: pull(),
      }),
    comment: (atlantis, body, user) =>
      event(atlantis, 'pull_request_comment', {
        action: 'created',
        comment: { id: 7, body, user: { login: user } },
        issue: { number: 1 },
        repository,
      }),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
