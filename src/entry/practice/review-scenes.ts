// The runs of `demo --review`: what a second reader can bring about, and what it cannot. The readers are
// scripts; nothing leaves this computer.
import type { AskedModel } from './model/api-rules.ts'
import type { BehaviourName } from './model/behaviours.ts'
import { MODEL_FAULTS, type RepeatedModelFault } from './model/faults.ts'
import { viewOf } from './model/packet-view.ts'
import type { Behaviour } from './model/server.ts'
import type { Situation } from './situations.ts'

export interface ReviewScene {
  readonly situation: Situation
  /** What is played to the service. */
  readonly plays: string
  readonly behaviour: BehaviourName | Behaviour
  readonly faults: readonly RepeatedModelFault[]
}

const rollout: Situation = {
  name: 'service-rollout',
  workspace: 'orders-prod',
  project: 'storefront',
  message: 'Orders 1.8.3: fix rounding of discounts',
  createdBy: 'maria',
}

/** One worry about the first thing that changes, in words that fit the plan it is shown beside. */
const worried: Behaviour = (asked) => {
  const [address = ''] = viewOf(asked).addresses
  const says = 'More web servers open more connections than the database behind them may take.'
  return JSON.stringify({
    claims: [{ kind: 'worry', address, path: '', hazard: 'outage', says }],
    answers: [],
    position: 'hold',
  })
}

/** Agrees by structure, and then reads a message that speaks of something else. */
const compares: Behaviour = (asked) => {
  const { questions, writings } = viewOf(asked)
  const speaksOfTags = writings.some((text) => /\btags?\b/i.test(text))
  const [about] = questions
  const claims =
    about !== undefined && speaksOfTags
      ? [
          {
            kind: 'mismatch',
            address: about.address,
            path: '',
            hazard: 'workload-rollout',
            says: 'The message speaks of tags; what would happen is a new version going live.',
          },
        ]
      : []
  return JSON.stringify({
    claims,
    answers: questions.map(({ id, address, path }) => ({
      question: id,
      address,
      path,
      answer: claims.length > 0 ? 'hold' : 'harmless',
    })),
    position: claims.length > 0 ? 'hold' : 'release',
  })
}

export const REVIEW_SCENES: readonly ReviewScene[] = [
  {
    situation: {
      name: 'scale-up',
      workspace: 'web-prod',
      project: 'storefront',
      message: 'More web servers for the autumn sale',
      createdBy: 'jdoe',
    },
    plays: 'a reader that worries about a plan the rules would release',
    behaviour: worried,
    faults: [],
  },
  {
    situation: rollout,
    plays: 'a reader that finds the open question harmless, inside a limit of the policy',
    behaviour: 'careful',
    faults: [],
  },
  {
    situation: { ...rollout, message: 'Tags for the cost report' },
    plays: 'a reader that agrees at first, and then reads a message that says something else',
    behaviour: compares,
    faults: [],
  },
  {
    situation: { ...rollout, createdBy: 'sven' },
    plays: 'a provider that is overloaded: no opinion, the rules stand',
    behaviour: 'careful',
    faults: [{ fault: MODEL_FAULTS.overloaded, times: 'always' }],
  },
  {
    situation: {
      name: 'database-replacement',
      workspace: 'payments-prod',
      project: 'payments',
      message: 'Encrypt the payments database',
      createdBy: 'jdoe',
    },
    plays: 'an adversary that says release to everything',
    behaviour: 'always-release',
    faults: [],
  },
]

/** A policy with one limit for models, in force for another month. */
export function reviewPolicy(now: number): string {
  const expires = new Date(now + 30 * 24 * 60 * 60_000).toISOString().slice(0, 10)
  return `version: 1
preset: standard
review:
  releases:
    - id: orders-rollouts
      concerns: [workload-rollout]
      environments: [production]
      addresses: ["aws_ecs_service.orders"]
      granted_by: jane@acme.example
      justification: several rollouts a day, each behind a circuit breaker
      rollback: revert the commit
      expires: ${expires}
`
}

const KB = 1024

/** What the practice model was shown, request by request. */
export function askedText(asked: readonly AskedModel[]): string {
  if (asked.length === 0) return 'The model was not asked.'
  const passes = asked.map(({ system, blocks }) => {
    const size = Buffer.byteLength([...system, ...blocks].join(''))
    return `${blocks.length > 2 ? 'with what people wrote' : 'structure only'} (${(size / KB).toFixed(1)} KB)`
  })
  const kinds = [...new Set(passes)]
  const told = kinds.map((pass) => {
    const count = passes.filter((one) => one === pass).length
    return count === 1 || kinds.length === 1 ? pass : `${pass} ${count} times`
  })
  return `Asked ${asked.length === 1 ? 'once' : `${asked.length} times`}: ${told.join(', ')}.`
}
