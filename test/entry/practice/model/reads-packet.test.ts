// The readers to practise with read real packets: what they cite is there, or wrong on purpose.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { anthropicReviewer } from '../../../../src/adapters/model/anthropic.ts'
import { secret } from '../../../../src/adapters/net/secret.ts'
import { needsNeighbours } from '../../../../src/core/analysis/facts.ts'
import { examine } from '../../../../src/core/assess.ts'
import { readPlan } from '../../../../src/core/plan/read.ts'
import { WEIGHABLE_CONCERNS } from '../../../../src/core/policy/grants/weighable.ts'
import type { Policy, WrittenReviewLimit } from '../../../../src/core/policy/policy.ts'
import { builtInPolicy } from '../../../../src/core/policy/presets.ts'
import type { Result } from '../../../../src/core/result.ts'
import type { Opinion, Packet, PassName, Prompt } from '../../../../src/core/review/model.ts'
import { readOpinion } from '../../../../src/core/review/opinion.ts'
import { packetOf } from '../../../../src/core/review/packet.ts'
import { blindPrompt, informedPrompt } from '../../../../src/core/review/prompt.ts'
import { questionsOf } from '../../../../src/core/review/questions.ts'
import { systemClock } from '../../../../src/entry/clock.ts'
import { nodeHasher } from '../../../../src/entry/hasher.ts'
import { BEHAVIOURS, type BehaviourName } from '../../../../src/entry/practice/model/behaviours.ts'
import { startPracticeModel } from '../../../../src/entry/practice/model/server.ts'
import { DEMO_PLANS, type FixturePlan, SCENARIO_PLANS } from '../../../support/fixture-plans.ts'

const AT = Date.parse('2026-11-20T10:00:00Z')
const LIMIT: WrittenReviewLimit = {
  id: 'everything',
  concerns: WEIGHABLE_CONCERNS,
  environments: ['production', 'staging', 'dev'],
  addresses: ['*'],
  granted_by: 'jane@acme.example',
  justification: 'to see what a reader makes of it',
  rollback: 'revert the commit',
  expires: '2027-06-30',
}
const POLICY: Policy = {
  ...(await builtInPolicy('standard')),
  review: { code: false, hideAccounts: true, releases: [LIMIT] },
}

interface Shown {
  readonly name: string
  readonly packet: Packet
  readonly prompts: Readonly<Record<PassName, Prompt>>
}

const shown: readonly Shown[] = (
  await Promise.all([...DEMO_PLANS, ...SCENARIO_PLANS].map(packetFor))
).flatMap((one) => one ?? [])

async function packetFor(plan: FixturePlan): Promise<Shown | undefined> {
  const read = await readPlan(new Blob([new Uint8Array(readFileSync(plan.file))]).stream(), {
    hasher: nodeHasher(),
    keepUnchanged: needsNeighbours,
  })
  if (!read.ok) return undefined
  const examination = examine(read.value, { at: AT, ...plan.context }, POLICY)
  const packet = packetOf(examination, questionsOf(examination))
  const prompts = { blind: blindPrompt(packet), informed: await informedPrompt(packet, {}) }
  return { name: plan.name, packet, prompts }
}

function readAs(name: BehaviourName, { packet, prompts }: Shown, pass: PassName) {
  const { blocks, system } = prompts[pass]
  const asked = { model: 'm', maxTokens: 1, system: [system], blocks, schema: {}, cachedBlocks: 0 }
  return readOpinion(BEHAVIOURS[name](asked), packet, pass)
}

/** Both passes on every plan with something to cite. */
function opinions(name: BehaviourName): readonly Result<Opinion, string>[] {
  return shown
    .filter(({ packet }) => packet.citable.size > 0)
    .flatMap((one) => [readAs(name, one, 'blind'), readAs(name, one, 'informed')])
}

it('finds plans to read, and questions in some of them', () => {
  expect(shown.length).toBeGreaterThan(100)
  expect(shown.filter(({ packet }) => packet.questions.length > 0).length).toBeGreaterThan(5)
})

describe('of every fixture', () => {
  it.each<BehaviourName>(['careful', 'always-release', 'always-hold'])(
    '%s gives an opinion of which nothing is discarded',
    (name) => {
      for (const heard of opinions(name))
        expect(heard).toMatchObject({ ok: true, value: { discarded: 0 } })
    },
  )

  it('careful answers every question, and releases some plans and holds others', () => {
    const positions = new Set<string>()
    for (const one of shown) {
      const heard = readAs('careful', one, 'blind')
      if (!heard.ok) throw new Error(heard.error)
      positions.add(heard.value.position)
      const ids = one.packet.questions.map(({ id }) => id)
      expect([...heard.value.answers.keys()].sort()).toEqual(ids.sort())
    }
    expect([...positions]).toEqual(expect.arrayContaining(['hold', 'release']))
  })

  it.each<BehaviourName>(['cites-nothing', 'cites-wrong', 'forges-fields'])(
    '%s gives none',
    (name) => {
      expect(opinions(name).filter(({ ok }) => ok)).toEqual([])
    },
  )
})

it('admits every prompt by the rules of the API, as the adapter sends it', async () => {
  const model = await startPracticeModel()
  try {
    const reviewer = anthropicReviewer({
      apiKey: secret(model.apiKey),
      baseUrl: model.origin,
      model: 'claude-sonnet-5-5',
      net: { fetch: (url, init) => fetch(url, init), clock: systemClock, random: Math.random },
    })
    const limits = { until: systemClock.now() + 60_000, signal: new AbortController().signal }
    for (const { prompts } of shown.slice(0, 12)) {
      for (const prompt of Object.values(prompts)) {
        expect((await reviewer.ask(prompt, limits)).ok).toBe(true)
      }
    }
    expect(model.violations).toEqual([])
  } finally {
    await model.close()
  }
})
