// The practice forge on its own, so that a failure against a real Atlantis is not the forge's.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Forge, startForge } from '../support/atlantis/forge.ts'

let forge: Forge

beforeAll(async () => {
  forge = await startForge()
  forge.push({ 'main.tf': 'resource "terraform_data" "a" {}\n' })
})

afterAll(() => forge.close())

async function get(path: string): Promise<unknown> {
  return (await fetch(`${forge.url}/api/v1${path}`)).json()
}

interface Pull {
  readonly head: { readonly sha: string; readonly ref: string }
}

it('answers the calls that Atlantis makes before a plan', async () => {
  expect(await get('/version')).toEqual({ version: '1.25.4' })
  expect(await get('/repos/acme/infra/pulls/1/files?page=1&limit=30')).toEqual([
    { filename: 'main.tf' },
  ])
  expect(await get('/repos/acme/infra/pulls/1/reviews?page=1&limit=30')).toEqual([])
  expect(await get('/repos/acme/infra/pulls/1')).toMatchObject({ state: 'open', mergeable: true })
})

it('is cloned through the rewritten address, at the commit it names', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'holdgate-clone-')), 'clone')
  const env = {
    PATH: process.env.PATH,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `url.file://${forge.clone.folder}.insteadOf`,
    GIT_CONFIG_VALUE_0: forge.clone.address,
  }
  const args = ['clone', '--quiet', '--depth=1', '--branch', 'feature', '--single-branch']
  execFileSync('git', [...args, forge.clone.address, folder], { env })
  expect(readFileSync(join(folder, 'main.tf'), 'utf8')).toContain('terraform_data')
  const head = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: folder, encoding: 'utf8' }).trim()
  const pull = (await get('/repos/acme/infra/pulls/1')) as Pull
  expect(pull.head).toMatchObject({ sha: head, ref: 'feature' })
})

it('keeps comments and statuses, and notices what it does not know', async () => {
  const post = (path: string, body: object): Promise<Response> =>
    fetch(`${forge.url}/api/v1${path}`, { method: 'POST', body: JSON.stringify(body) })
  await post('/repos/acme/infra/issues/1/comments', { body: 'hello' })
  await post('/repos/acme/infra/statuses/abc', { context: 'atlantis/plan', state: 'success' })
  expect((await post('/repos/acme/infra/labels', {})).status).toBe(404)
  expect(forge.comments).toEqual(['hello'])
  expect(forge.statuses).toEqual([{ context: 'atlantis/plan', state: 'success' }])
  expect(forge.unknown).toEqual(['POST /repos/acme/infra/labels'])
  forge.approve()
  expect(await get('/repos/acme/infra/pulls/1/reviews')).toMatchObject([{ state: 'APPROVED' }])
})

it('delivers events the way Gitea does', async () => {
  const seen: { readonly type: unknown; readonly body: unknown }[] = []
  const atlantis = createServer((request, response) => {
    let text = ''
    request.on('data', (piece) => {
      text += String(piece)
    })
    request.on('end', () => {
      seen.push({ type: request.headers['x-gitea-event-type'], body: JSON.parse(text) })
      response.end('Processing...')
    })
  })
  await new Promise<void>((done) => atlantis.listen(0, '127.0.0.1', () => done()))
  const url = `http://127.0.0.1:${(atlantis.address() as AddressInfo).port}`
  await forge.announce(url, 'opened')
  await forge.comment(url, 'atlantis apply -d .', 'author')
  atlantis.close()
  expect(seen).toMatchObject([
    { type: 'pull_request', body: { action: 'opened', number: 1, pull_request: { number: 1 } } },
    {
      type: 'pull_request_comment',
      body: { comment: { body: 'atlantis apply -d .', user: { login: 'author' } } },
    },
  ])
})
