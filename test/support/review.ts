// A plan that a second reader may let pass, the policy that lets it, and readers without a network.
import { readFileSync } from 'node:fs'
import { packTar } from 'modern-tar'
import { needsNeighbours } from '../../src/core/analysis/facts.ts'
import { examine } from '../../src/core/assess.ts'
import type { Plan } from '../../src/core/plan/model.ts'
import { readPlan } from '../../src/core/plan/read.ts'
import type { Examination } from '../../src/core/policy/examination.ts'
import { parsePolicy } from '../../src/core/policy/file.ts'
import type { Policy } from '../../src/core/policy/policy.ts'
import { err, ok } from '../../src/core/result.ts'
import type { Prompt, Usage } from '../../src/core/review/model.ts'
import { nodeHasher } from '../../src/entry/hasher.ts'
import { BEHAVIOURS, type BehaviourName } from '../../src/entry/practice/model/behaviours.ts'
import type { Behaviour } from '../../src/entry/practice/model/server.ts'
import type { NoAnswer, Reviewer } from '../../src/gate/ports.ts'

/** A new version of a service goes live: held in production by that question alone. Of no certain age. */
export const ROLLOUT_PLAN: string = JSON.stringify({
  ...(JSON.parse(
    readFileSync(new URL('../../fixtures/demo/service-rollout/plan.json', import.meta.url), 'utf8'),
  ) as object),
  timestamp: undefined,
})

/** Lets a second reader answer for exactly that rollout. */
export const ROLLOUT_POLICY = `version: 1
preset: standard
review:
  releases:
    - id: orders-rollouts
      concerns: [workload-rollout]
      environments: [production]
      addresses: ["aws_ecs_service.orders"]
      granted_by: jane@acme.example
      justification: behind a circuit breaker
      rollback: revert the commit
      expires: 2099-12-31
`

export async function planFrom(text: string): Promise<Plan> {
  const plan = await readPlan(new Blob([text]).stream(), {
    hasher: nodeHasher(),
    keepUnchanged: needsNeighbours,
  })
  if (!plan.ok) throw new Error(`no plan: ${plan.error.reason}`)
  return plan.value
}

export async function policyFrom(text: string): Promise<Policy> {
  const policy = await parsePolicy(text)
  if (!policy.ok) throw new Error(JSON.stringify(policy.error))
  return policy.value
}

export async function examinationOf(
  planText: string = ROLLOUT_PLAN,
  policyText: string = ROLLOUT_POLICY,
): Promise<Examination> {
  const context = { at: Date.parse('2026-11-20T12:00:00Z'), tags: {}, workspace: 'orders-prod' }
  return examine(await planFrom(planText), context, await policyFrom(policyText))
}

export const USAGE: Usage = {
  inputTokens: 1_000,
  outputTokens: 100,
  cacheReadTokens: 10,
  cacheWriteTokens: 1,
}

/** What one request is met with: an answer of a practice reader, no answer, silence, or a bug. */
export type Met =
  | BehaviourName
  | Behaviour
  | NoAnswer
  | 'silence'
  | 'a bug'
  | { readonly text: string }

export interface FakeReviewer extends Reviewer {
  readonly prompts: readonly Prompt[]
  /** Resolves once a request is met with silence: from then on only time can pass. */
  readonly silent: Promise<void>
}

/** The last of these meets every later request, too. */
export function fakeReviewer(...met: readonly [Met, ...Met[]]): FakeReviewer {
  const prompts: Prompt[] = []
  let fallSilent: () => void = () => undefined
  const silent = new Promise<void>((resolve) => {
    fallSilent = resolve
  })
  return {
    model: 'claude-test-1',
    prompts,
    silent,
    ask: (prompt) => {
      prompts.push(prompt)
      const now = met[Math.min(prompts.length, met.length) - 1] ?? met[0]
      if (now === 'silence') fallSilent()
      return answered(prompt, now)
    },
  }
}

function answered(prompt: Prompt, met: Met): ReturnType<Reviewer['ask']> {
  if (met === 'silence') return new Promise(() => undefined)
  if (met === 'a bug') return Promise.reject(new TypeError('hunter2 at https://example.com'))
  if (typeof met === 'object' && 'reason' in met) return Promise.resolve(err(met))
  const text = typeof met === 'object' ? met.text : behaviourOf(met)(askedOf(prompt))
  return Promise.resolve(ok({ text, model: 'claude-test-1', usage: USAGE, cost: 0.25 }))
}

function behaviourOf(met: BehaviourName | Behaviour): Behaviour {
  return typeof met === 'string' ? BEHAVIOURS[met] : met
}

function askedOf({ system, blocks, schema }: Prompt): Parameters<Behaviour>[0] {
  return { model: 'm', maxTokens: 1, system: [system], blocks, schema, cachedBlocks: 0 }
}

/** The configuration of the rollout as a platform packs it, with this instead of its own `main.tf`. */
export async function rolloutCode(main: string = ROLLOUT_MAIN): Promise<Uint8Array<ArrayBuffer>> {
  const body = new TextEncoder().encode(main)
  const tar = await packTar([{ header: { name: 'main.tf', size: body.length }, body }])
  const packed = new Blob([tar]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}

export const ROLLOUT_MAIN: string = readFileSync(
  new URL('../../fixtures/demo/service-rollout/main.tf', import.meta.url),
  'utf8',
)

/** The same limit, and the code has to be shown, too. */
export const CODE_POLICY: string = ROLLOUT_POLICY.replace('review:\n', 'review:\n  code: true\n')
