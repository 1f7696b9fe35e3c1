// The step script under dash: one block whatever happens, and a pass for nothing but a pass.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { secret } from '../../src/adapters/net/secret.ts'
import { startServer } from '../../src/entry/node.ts'
import type { Settings } from '../../src/entry/settings.ts'
import {
  FAULTS,
  type Fault,
  type Listening,
  listen,
  listenRaw,
  listenWithBadTls,
} from '../support/atlantis/misbehaving.ts'
import { checkout, freshPlan, missingTool, type Stepped, step } from '../support/atlantis/step.ts'
import { hasOpenssl } from '../support/certificate.ts'

const missing = missingTool()
if (missing !== undefined) {
  console.warn(`SKIPPED: the step script of Atlantis; there is no ${missing} on the path`)
}

const canEncrypt = hasOpenssl('the step script of Atlantis against a bad certificate')

const ROOT = join(import.meta.dirname, '../..')
const RISKY = join(ROOT, 'fixtures/demo/database-replacement/plan.json')
const tally = { faults: 0, passes: 0 }
const open: Listening[] = []

afterAll(() => {
  for (const one of open) one.close()
  console.info(`atlantis step: ${tally.passes} passes in ${tally.faults} faults`)
})

async function server(fault?: Fault): Promise<string> {
  const one = await listen(fault)
  open.push(one)
  return one.url
}

/** A fault ends a review as a blocked block with status 0, and a gate with another status. */
function expectBlocked(name: string, ran: Stepped): void {
  tally.faults += 1
  if (ran.verdict !== 'fail' || (name === 'gate' && ran.status === 0)) tally.passes += 1
  expect(ran.verdict, ran.output).toBe('fail')
  expect(ran.output).toMatch(/^FAIL - holdgate/)
  expect(ran.output.trimEnd()).toMatch(/\n1 test, 0 passed, 0 warnings, 1 failure, 0 exceptions$/)
  expect(ran.output).not.toMatch(/[`<\u001b]|PASS/)
  if (name === 'review') expect(ran.status).toBe(0)
  else expect(ran.status).not.toBe(0)
}

describe.skipIf(missing !== undefined).each(['review', 'gate'])('the step %s', (name) => {
  it('passes a well-made answer on, and nothing else', async () => {
    const place = checkout({ reviewed: true })
    const ran = await step(name, place, { HOLDGATE_URL: await server() })
    expect([ran.status, ran.verdict]).toEqual([0, 'pass'])
    expect(ran.output).toContain(place.hash)
    expect(ran.output.match(/^PASS/gm)).toHaveLength(2)
  })

  it.each(Object.entries(FAULTS))('blocks %s', async (_fault, fault) => {
    const HOLDGATE_URL = await server(fault)
    const env = { HOLDGATE_URL, HOLDGATE_MAX_TIME: '2' }
    expectBlocked(name, await step(name, checkout({ reviewed: true }), env))
  })

  it('blocks a port that nobody listens on', async () => {
    const env = { HOLDGATE_URL: 'http://127.0.0.1:9' }
    expectBlocked(name, await step(name, checkout({ reviewed: true }), env))
  })

  it('blocks a name that does not resolve, and an address of another kind', async () => {
    for (const HOLDGATE_URL of ['http://holdgate.invalid', 'file:///etc/hostname?', 'nonsense']) {
      const env = { HOLDGATE_URL, HOLDGATE_MAX_TIME: '5' }
      expectBlocked(name, await step(name, checkout({ reviewed: true }), env))
    }
  })

  it.runIf(canEncrypt)('blocks a certificate nobody trusts, and TLS that is none', async () => {
    const tls = await listenWithBadTls()
    open.push(tls)
    const plain = await server()
    for (const url of [tls.url, plain]) {
      const env = { HOLDGATE_URL: url.replace('http:', 'https:') }
      expectBlocked(name, await step(name, checkout({ reviewed: true }), env))
    }
  })

  it('blocks bytes that are not HTTP', async () => {
    const place = checkout({ reviewed: true })
    const label = name === 'gate' ? 'holdgate gate' : 'holdgate'
    const pass = `PASS - ${label}: ok\nPASS - ${label}: plan file sha256:${place.hash}\n`
    for (const bytes of [pass, `HTTP/1.1 2OO OK\r\n\r\n${pass}`, '\u0000\u0001']) {
      const raw = await listenRaw(bytes)
      open.push(raw)
      expectBlocked(name, await step(name, place, { HOLDGATE_URL: raw.url }))
    }
  })

  it('blocks a plan file that changes while it is judged', async () => {
    const place = checkout({ reviewed: true })
    const HOLDGATE_URL = await server(({ response, pass }) => {
      writeFileSync(place.planFile, 'another plan')
      response.writeHead(200, { 'content-type': 'text/plain' }).end(pass)
    })
    expectBlocked(name, await step(name, place, { HOLDGATE_URL }))
  })

  it('blocks whatever is missing before anybody is asked', async () => {
    let asked = 0
    const HOLDGATE_URL = await server(({ response, pass }) => {
      asked += 1
      response.writeHead(200, { 'content-type': 'text/plain' }).end(pass)
    })
    const cases: readonly Record<string, string | undefined>[] = [
      { SHOWFILE: '/nowhere/x.json' },
      { SHOWFILE: '/dev/null' },
      { SHOWFILE: '' },
      { SHOWFILE: undefined },
      { PLANFILE: '/nowhere/x.tfplan' },
      { PLANFILE: '/dev/null' },
      { PLANFILE: undefined },
      { HOLDGATE_MAX_TIME: 'soon' },
      { HOLDGATE_MAX_TIME: '0' },
      { HOLDGATE_MAX_TIME: '999999' },
    ]
    for (const env of cases) {
      const place = checkout({ reviewed: true })
      expectBlocked(name, await step(name, place, { HOLDGATE_URL, ...env }))
    }
    expect(asked).toBe(0)
  })

  it('blocks where a tool of its own is missing or lies', async () => {
    for (const tool of ['curl', 'sha256sum', 'mktemp']) {
      for (const body of ['exit 127', 'exit 0', 'echo PASS - holdgate: ok']) {
        const place = checkout({ reviewed: true })
        const bin = join(place.folder, 'bin')
        mkdirSync(bin)
        writeFileSync(join(bin, tool), `#!/bin/sh\n${body}\n`)
        chmodSync(join(bin, tool), 0o755)
        const PATH = `${bin}${delimiter}${process.env.PATH}`
        if (tool === 'mktemp' && body.startsWith('echo')) continue
        expectBlocked(name, await step(name, place, { HOLDGATE_URL: await server(), PATH }))
      }
    }
  })

  it('expands nothing of what a pull request can name', async () => {
    let headers: Record<string, unknown> = {}
    const HOLDGATE_URL = await server(({ request, response, pass }) => {
      headers = request.headers
      response.writeHead(200, { 'content-type': 'text/plain' }).end(pass)
    })
    const place = checkout({ reviewed: true })
    const evil =
      '"; touch pwned; $(touch pwned) `touch pwned` \' * \\\r\nX-Holdgate-Environment: dev'
    const env = Object.fromEntries(
      [
        ...['HEAD_BRANCH_NAME', 'BASE_BRANCH_NAME', 'PROJECT_NAME', 'WORKSPACE', 'REPO_REL_DIR'],
        ...['PULL_AUTHOR', 'COMMENT_ARGS', 'HEAD_COMMIT', 'USER_NAME', 'BASE_REPO_OWNER'],
      ].map((key) => [key, evil]),
    )
    const ran = await step(name, place, { HOLDGATE_URL, ...env })
    expect([ran.status, ran.verdict]).toEqual([0, 'pass'])
    expect(readdirSync(place.folder)).not.toContain('pwned')
    expect(headers['x-holdgate-environment']).toBeUndefined()
    for (const word of ['project', 'branch', 'arguments']) {
      expect(String(headers[`x-holdgate-${word}`])).toContain('$(touch pwned)')
    }
  })

  it('takes nothing from the checkout it stands in, nor from its home', async () => {
    const place = checkout({ reviewed: true })
    writeFileSync(join(place.folder, '.curlrc'), 'url = http://127.0.0.1:9\nfail\ninsecure\n')
    writeFileSync(join(place.folder, '.npmrc'), 'node-options=--require ./evil.js\n')
    writeFileSync(join(place.folder, 'package.json'), '{"name":"holdgate","bin":"evil.js"}')
    writeFileSync(join(place.folder, 'holdgate.yaml'), 'version: 1\nphase: observe\n')
    for (const tool of ['holdgate', 'curl', 'sha256sum', 'cat']) {
      mkdirSync(join(place.folder, 'node_modules/.bin'), { recursive: true })
      for (const at of [place.folder, join(place.folder, 'node_modules/.bin')]) {
        writeFileSync(join(at, tool), '#!/bin/sh\ntouch pwned\n')
        chmodSync(join(at, tool), 0o755)
      }
    }
    const ran = await step(name, place, { HOLDGATE_URL: await server() })
    expect([ran.status, ran.verdict]).toEqual([0, 'pass'])
    expect(existsSync(join(place.folder, 'pwned'))).toBe(false)
  })

  it('keeps the token out of the arguments of every process', () => {
    const script = readFileSync(join(ROOT, 'infra/atlantis/holdgate-step.sh'), 'utf8')
    const call = script.slice(script.indexOf('| curl'), script.indexOf('>"$dir/status"'))
    expect(call).toContain('-H @-')
    expect(call).not.toContain('TOKEN')
  })

  it.each<[string, string]>([
    ['that is not there', 'no-such-command-here'],
    ['that crashes', 'false'],
    ['that says nothing', 'true'],
    ['that echoes its arguments', 'echo PASS - holdgate: ok'],
    ['that hangs', 'sleep 60 ; true'],
  ])('blocks a command %s', async (_name, HOLDGATE_COMMAND) => {
    const env = { HOLDGATE_COMMAND, HOLDGATE_MAX_TIME: '2' }
    expectBlocked(name, await step(name, checkout({ reviewed: true }), env))
  })

  it.each<[string, string]>([
    ['a pass and a bad status', 'cat answer; exit 1'],
    ['a pass for another plan file', 'sed "s/[0-9a-f]\\{64\\}/$zeros/" answer'],
    ['half a pass', 'head -n 1 answer'],
    ['a pass after noise', 'echo warn; cat answer'],
    ['both words', 'head -n 1 answer; echo FAIL; tail -n 1 answer'],
  ])('blocks a command that prints %s', async (_name, body) => {
    const place = checkout({ reviewed: true })
    const label = name === 'gate' ? 'holdgate gate' : 'holdgate'
    const answer = `PASS - ${label}: ok\n+ fine\nPASS - ${label}: plan file sha256:${place.hash}\n`
    writeFileSync(join(place.folder, 'answer'), answer)
    const command = join(place.folder, 'fake-holdgate')
    const zeros = '0'.repeat(64)
    writeFileSync(command, `#!/bin/sh\ncd ${place.folder}\nzeros=${zeros}\n${body}\n`)
    chmodSync(command, 0o755)
    expectBlocked(name, await step(name, place, { HOLDGATE_COMMAND: command }))
    writeFileSync(command, `#!/bin/sh\ncat ${place.folder}/answer; echo noise >&2\n`)
    const good = await step(name, place, { HOLDGATE_COMMAND: command })
    expect([good.status, good.verdict]).toEqual([0, 'pass'])
  })
})

describe.skipIf(missing !== undefined)('with the real service', () => {
  const settings: Settings = {
    hmacKeys: [secret('a-key-that-nobody-uses')],
    platformOrigins: ['https://app.terraform.io'],
    assessToken: secret('an-assess-token-0123'),
    killSwitch: false,
    timeLimitMs: 60_000,
    host: '127.0.0.1',
    port: 0,
  }

  it('reviews, notes the review, and opens the gate by risk or approval', async () => {
    const service = await startServer(settings, { writeLog: () => undefined })
    const env = { HOLDGATE_URL: service.url }
    try {
      const boring = checkout()
      expectBlocked('gate', await step('gate', boring, env))
      expect((await step('review', boring, env)).verdict).toBe('pass')
      expect((await step('gate', boring, env)).status).toBe(0)

      const risky = checkout({ plan: freshPlan(RISKY) })
      const review = await step('review', risky, env)
      expect([review.status, review.verdict]).toEqual([0, 'fail'])
      expect(review.output).toContain('aws_db_instance.main')
      const closed = await step('gate', risky, { ...env, ATLANTIS_PR_APPROVED: 'false' })
      expect([closed.status, closed.verdict]).toEqual([1, 'fail'])
      expect(closed.output).toContain('Have the pull request approved by another person')
      const opened = await step('gate', risky, { ...env, ATLANTIS_PR_APPROVED: 'true' })
      expect([opened.status, opened.verdict]).toEqual([0, 'pass'])

      writeFileSync(risky.planFile, 'replaced after the review')
      expectBlocked('gate', await step('gate', risky, { ...env, ATLANTIS_PR_APPROVED: 'true' }))
      expectBlocked('review', await step('review', risky, { ...env, HOLDGATE_TOKEN: 'wrong' }))
    } finally {
      await service.close()
    }
  })
})

describe.skipIf(missing !== undefined)('with the real command', () => {
  const env = { HOLDGATE_COMMAND: `${process.execPath} ${join(ROOT, 'src/entry/cli.ts')}` }

  it('reviews, notes the review, and opens the gate by risk or approval', async () => {
    const boring = checkout()
    expectBlocked('gate', await step('gate', boring, env))
    expect((await step('review', boring, env)).verdict).toBe('pass')
    expect((await step('gate', boring, env)).status).toBe(0)

    const risky = checkout({ plan: freshPlan(RISKY) })
    const review = await step('review', risky, env)
    expect([review.status, review.verdict]).toEqual([0, 'fail'])
    expect(review.output).toContain('aws_db_instance.main')
    expect((await step('gate', risky, { ...env, ATLANTIS_PR_APPROVED: 'false' })).status).toBe(1)
    expect((await step('gate', risky, { ...env, ATLANTIS_PR_APPROVED: 'true' })).status).toBe(0)
  })
})

describe.skipIf(missing !== undefined)('called wrongly', () => {
  it.each(['', 'revue', 'review-and-gate'])('with "%s" it never passes', async (name) => {
    const ran = await step(name, checkout(), { HOLDGATE_URL: await server() })
    expect(ran.verdict).toBe('fail')
    expect(ran.status).not.toBe(0)
  })
})
