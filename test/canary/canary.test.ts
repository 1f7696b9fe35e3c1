// No secret leaves: a plan that carries one in every known place goes through every way in, and
// nothing that comes out (callbacks, decisions, logs, error texts) contains a fragment of any.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCheck } from '../../src/entry/commands/check.ts'
import { STAGES } from '../../src/entry/practice/payload.ts'
import { appRuntime } from '../support/app-runtime.ts'
import { canaryPlan } from '../support/canaries.ts'
import { type Canary, leaks } from '../support/leaks.ts'
import { HMAC_KEY, type Rig, shown, startRig } from '../support/rig.ts'

const TOKEN = 'assess-token-9a7f5e31c0d8'
const { text: PLAN, canaries } = canaryPlan()
let rig: Rig

beforeAll(async () => {
  rig = await startRig(appRuntime, { HOLDGATE_ASSESS_TOKEN: TOKEN })
})

afterAll(async () => {
  await rig.service.kill()
  await rig.platform.close()
})

describe('the scan itself', () => {
  it('finds every canary in the plan, and each by a fragment of it', () => {
    expect(canaries.length).toBeGreaterThan(45)
    expect(leaks(PLAN, canaries)).toEqual(canaries.map(({ place }) => place))
    for (const canary of canaries) {
      const long = canary.value.match(/[0-9A-Za-z+/_-]{16,}/g)?.at(-1) ?? ''
      expect(leaks(`… ${long.slice(3, 15)} …`, [canary]), canary.place).toEqual([canary.place])
    }
    expect(leaks('aws_db_instance.main would be replaced; its data is lost', canaries)).toEqual([])
  })
})

describe('run task', () => {
  it.each(STAGES)('%s: message, outcomes and logs are clean', async (stage) => {
    const { run, final } = await rig.decide({ stage, plan: { kind: 'text', text: PLAN } })
    if (stage !== 'pre_plan') {
      expect(final.status).toBe('failed')
      // The report does speak of the resources that carry the secrets.
      for (const name of ['marked', 'unmarked', 'environment', 'unknown']) {
        expect(shown(run.callbacks)).toContain(`.${name}`)
      }
    }
    expect(leaks(shown(run.callbacks), withIdentity(run.identity))).toEqual([])
    expect(leaks(rig.service.logs(), withIdentity(run.identity))).toEqual([])
    expect(shown(run.callbacks)).not.toContain('/v1/object/')
    expect(rig.service.logs()).not.toContain('/v1/object/')
  })
})

describe('POST /assess', () => {
  it.each(['json', 'markdown', 'text', 'atlantis', 'atlantis-gate'])(
    '%s is clean',
    async (format) => {
      const answer = await assess(PLAN, format)
      expect(answer.status).toBe(200)
      const text = await answer.text()
      expect(text).toContain('aws_db_instance.marked')
      expect(leaks(text, canaries)).toEqual([])
      expect(leaks(rig.service.logs(), canaries)).toEqual([])
    },
  )
})

describe('holdgate check', () => {
  it.each(['json', 'markdown', 'text', 'html'])('%s is clean', async (format) => {
    const { status, out, errors } = await check(PLAN, ['--format', format])
    expect(status).toBe(2)
    expect(out).toContain('aws_db_instance.marked')
    expect(leaks(out + errors, canaries)).toEqual([])
  })

  it('the score explained is clean', async () => {
    const { out, errors } = await check(PLAN, ['--explain-score'])
    expect(leaks(out + errors, canaries)).toEqual([])
  })
})

describe('error texts', () => {
  it.each(broken(PLAN))('%s: every way in refuses or holds, and stays silent', async (_, text) => {
    const { status, out, errors } = await check(text, ['--format', 'json'])
    expect(status).toBeGreaterThan(0)
    expect(leaks(out + errors, canaries)).toEqual([])

    const answer = await assess(text, 'json')
    expect(leaks(await answer.text(), canaries)).toEqual([])

    const { run, final } = await rig.decide({ plan: { kind: 'text', text } })
    expect(final.status).toBe('failed')
    expect(leaks(shown(run.callbacks), canaries)).toEqual([])
    expect(leaks(rig.service.logs(), canaries)).toEqual([])
  })
})

/** The same plan, spoiled in ways that tempt an error message to quote it. */
function broken(plan: string): readonly [string, string][] {
  const spots = canaries.map(({ value }) => plan.indexOf(JSON.stringify(value).slice(1, -1)))
  const cuts = spots
    .filter((_, at) => at % 6 === 0)
    .map((at): [string, string] => [`cut within a secret at ${at}`, plan.slice(0, at + 14)])
  const garbled = spots
    .filter((_, at) => at % 6 === 3)
    .map((at): [string, string] => [
      `not JSON right after a secret at ${at}`,
      `${plan.slice(0, at)}${plan.slice(at).replace('"', '" ? ')}`,
    ])
  const [first] = canaries
  const secret = first?.value ?? ''
  const token = canaries.find(({ place }) => place === 'user_data after')?.value ?? ''
  const replace = (what: string, by: string): string => plan.replace(what, by)
  return [
    ...cuts,
    ...garbled,
    ['a secret as format version', replace('"1.2"', JSON.stringify(secret))],
    ['a secret as an action', replace('["delete","create"]', JSON.stringify([secret]))],
    [
      'a secret in place of a change',
      replace('"change":{', `"change":${JSON.stringify(secret)},"x":{`),
    ],
    [
      'a secret as a duplicate key',
      replace('{"format_version"', `{"${token}":1,"${token}":2,"format_version"`),
    ],
    ['a secret as a mode', replace('"mode":"managed"', `"mode":${JSON.stringify(secret)}`)],
    ['a secret after the end', `${plan} ${JSON.stringify(secret)}`],
    ['a secret in place of the document', JSON.stringify(secret)],
    ['a secret without quotes', secret],
    [
      'a state with a secret',
      `{"version":4,"terraform_version":"1.11.4","resources":[{"secret":"${secret}"}]}`,
    ],
  ]
}

function withIdentity(identity: { token: string; guid: string; callbackUrl: string }): Canary[] {
  return [
    ...canaries,
    { place: 'access token', value: identity.token },
    { place: 'callback address', value: identity.guid },
    { place: 'HMAC key', value: HMAC_KEY },
  ]
}

function assess(plan: string, format: string): Promise<Response> {
  return rig.service.request(`/assess?format=${format}`, {
    method: 'POST',
    body: plan,
    headers: { authorization: `Bearer ${TOKEN}`, 'x-holdgate-workspace': 'payments-prod' },
  })
}

async function check(
  plan: string,
  options: readonly string[],
): Promise<{ status: number; out: string; errors: string }> {
  let out = ''
  let errors = ''
  const status = await runCheck(['-', '--workspace', 'payments-prod', ...options], {
    stdin: (async function* () {
      yield Buffer.from(plan)
    })(),
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (errors += text) },
    env: {},
    cwd: () => '/',
  })
  return { status, out, errors }
}
