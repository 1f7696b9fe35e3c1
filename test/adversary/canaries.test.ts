// Hundreds of secrets in everything a review reads, sent through the front door: none of them in the
// bytes that reach the model, in a log, in a decision or in what the platform is told.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Decision } from '../../src/core/decision.ts'
import { render } from '../../src/core/report/render.ts'
import { planted } from '../core/review/planting.ts'
import { appRuntime, appRuntimeWith } from '../support/app-runtime.ts'
import { canaryPlan } from '../support/canaries.ts'
import { DEMO_PLANS, SCENARIO_PLANS } from '../support/fixture-plans.ts'
import { type Canary, leaks } from '../support/leaks.ts'
import { ROLLOUT_MAIN, ROLLOUT_PLAN } from '../support/review.ts'
import { ASSESS_TOKEN, type ReviewRig, reviewRigFor } from '../support/review-rig.ts'
import { QUICK_TIMINGS } from '../support/timings.ts'
import { widestPolicy } from './settings.ts'
import { FORMATS, surfacesOf } from './surfaces.ts'

/** Everything that left: to the model, into the log, to the platform. */
function sent({ model, service, platform }: ReviewRig): string {
  return [
    ...model.requests.map(
      ({ target, headers, body }) => `${target}\n${JSON.stringify(headers)}\n${body}`,
    ),
    service.logs(),
    ...platform.requests.map(({ target, body }) => `${target}\n${body}`),
  ].join('\n')
}

function found(text: string, secrets: readonly Canary[]): readonly string[] {
  const whole = secrets.filter(({ value }) => text.includes(value)).map(({ place }) => place)
  return [...new Set([...leaks(text, secrets), ...whole])]
}

const PLANS = [...DEMO_PLANS, ...SCENARIO_PLANS.filter((_, at) => at % 40 === 0)]
const policy = widestPolicy('standard')
const seen = new Set<string>()

describe('secrets of a plan', () => {
  const rig = reviewRigFor(appRuntimeWith(1, QUICK_TIMINGS), { policy })

  it.each(PLANS.map(({ name, file }) => [name, file] as const))(
    'of %s stay here',
    async (name, file) => {
      const trial = planted(name, readFileSync(file, 'utf8'))
      if (trial === undefined) return
      for (const behaviour of ['always-hold', 'always-release'] as const) {
        rig().model.behave(behaviour)
        const answer = await rig().service.request('/assess?format=json', {
          method: 'POST',
          body: trial.text,
          headers: {
            authorization: `Bearer ${ASSESS_TOKEN}`,
            'x-holdgate-workspace': trial.context.workspace ?? '',
          },
        })
        const text = await answer.text()
        if (answer.status !== 200) continue
        const before = rig().model.asked.length
        const decision = JSON.parse(text) as Decision
        expect(before).toBeGreaterThan(0)
        expect(decision.review).not.toBeNull()
        // The name of a workspace is the platform's and stands in a report; what a model sees is another matter.
        const secrets = trial.secrets.filter(({ place }) => place !== 'workspace')
        for (const { value } of trial.secrets) seen.add(value)
        for (const [surface, shown] of [...surfacesOf(decision), ['answer', text] as const]) {
          expect(found(shown, secrets), surface).toEqual([])
        }
      }
      expect(found(sent(rig()), trial.secrets)).toEqual([])
    },
  )

  it('of the plan with one in every known place stay here', async () => {
    const { text, canaries } = canaryPlan()
    const answer = await rig().service.request('/assess?format=json', {
      method: 'POST',
      body: text,
      headers: { authorization: `Bearer ${ASSESS_TOKEN}`, 'x-holdgate-workspace': 'orders-prod' },
    })
    const decision = (await answer.json()) as Decision
    for (const { value } of canaries) seen.add(value)
    for (const format of FORMATS) expect(found(render(decision, format), canaries)).toEqual([])
    expect(found(sent(rig()), canaries)).toEqual([])
  })
})

interface Shaped extends Canary {
  readonly text: string
}

/** In the shapes that credentials have; the value is the random part alone. */
function shaped(place: string): readonly Shaped[] {
  const random = (kind: string): string =>
    createHash('sha256').update(`${place} ${kind}`).digest('hex').slice(0, 36)
  const base32 = random('key')
    .toUpperCase()
    .replace(/[^A-Z2-7]/g, '7')
    .slice(0, 16)
  const one = (kind: string, value: string, text: string): Shaped => ({
    place: `${place}: ${kind}`,
    value,
    text,
  })
  return [
    one('token', random('token'), `ghp_${random('token')}`),
    one('key', base32, `AKIA${base32}`),
    one('address', random('address'), `postgres://app:${random('address')}@db.internal:5432/app`),
    one('payment key', random('payment').slice(0, 24), `sk_live_${random('payment').slice(0, 24)}`),
  ]
}

const told = (secrets: readonly (Canary & { readonly text?: string })[]): string =>
  secrets.map(({ value, text = value }) => `see ${text} there`).join('\n')

describe('secrets around a plan', () => {
  const notes = shaped('notes')
  const rig = reviewRigFor(appRuntime, {
    policy: widestPolicy('standard', ['code: true', 'hide_accounts: true']),
    notes: `Mind the ledger.\n${told(notes)}`,
  })

  it('stay here', async () => {
    const code = shaped('code')
    const comment = shaped('comment')
    const message = shaped('message')
    const creator = shaped('creator')
    const plan = planted('around', ROLLOUT_PLAN)
    if (plan === undefined) throw new Error('no plan')
    const marked = plan.secrets.filter(({ place }) => /^marked/.test(place))
    const main = ROLLOUT_MAIN.replace(
      'resource "aws_ecs_service"',
      `${told([...comment, ...marked]).replace(/^/gm, '# ')}\nresource "aws_ecs_service"`,
    ).replace(
      'desired_count',
      `description = "${told(code).replaceAll('\n', ' ')}"\n  password = "${marked[0]?.value ?? ''}"\n  desired_count`,
    )
    const secrets = [...notes, ...code, ...comment, ...message, ...creator, ...plan.secrets]
    for (const { value } of secrets) seen.add(value)
    for (const behaviour of ['careful', 'always-release', 'always-hold', 'obeys-text'] as const) {
      rig().model.behave(behaviour)
      for (const text of [ROLLOUT_PLAN, plan.text]) {
        const { final } = await rig().decide({
          workspace: 'orders-prod',
          message: `deploy ${told([...message, ...marked])}`,
          createdBy: told(creator),
          plan: { kind: 'text', text },
          code: { kind: 'files', files: { 'main.tf': main } },
        })
        expect(found(JSON.stringify(final), secrets)).toEqual([])
      }
    }
    const asked = rig().model.asked.map(({ blocks }) => blocks.join('\n'))
    expect(asked.some((text) => text.includes('Mind the ledger.'))).toBe(true)
    expect(asked.some((text) => text.includes('"kind":"code"'))).toBe(true)
    expect(
      found(
        sent(rig()),
        secrets.filter(({ place }) => !/^(?:marked)/.test(place)),
      ),
    ).toEqual([])
    // What only the planted plan marks is nobody's secret beside the other plan.
    const ofPlanted = rig().model.requests.filter(({ body }) =>
      body.includes('aws_instance.planted'),
    )
    expect(ofPlanted.length).toBeGreaterThan(0)
    expect(found(ofPlanted.map(({ body }) => body).join('\n'), marked)).toEqual([])
  })
})

describe('the count', () => {
  it('is of at least 300 secrets', () => {
    expect(seen.size).toBeGreaterThan(600)
  })
})
