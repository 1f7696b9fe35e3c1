// Packets, opinions and examinations built by hand for the tests of the review.
import { examine } from '../../../src/core/assess.ts'
import type { Context } from '../../../src/core/context.ts'
import type { ResourceChange } from '../../../src/core/plan/model.ts'
import type { Examination } from '../../../src/core/policy/examination.ts'
import type { Policy, WrittenReviewLimit } from '../../../src/core/policy/policy.ts'
import type {
  Answer,
  Asked,
  Claim,
  Heard,
  Opinion,
  Packet,
  Question,
} from '../../../src/core/review/model.ts'
import { CONTEXT, planOf, policyWith, update } from '../policy/situations.ts'

export const LIMIT: WrittenReviewLimit = {
  id: 'rollouts',
  concerns: ['workload-rollout', 'capacity-out-of-bounds', 'cost-jump'],
  environments: ['production'],
  addresses: ['*'],
  granted_by: 'jane@acme.example',
  justification: 'rolled out ten times a day',
  rollback: 'revert the commit',
  expires: '2027-06-30',
}

export const ASKED: Asked = {
  model: 'practice-1',
  promptDigest: 'sha256:1',
  packetDigest: 'sha256:2',
  notesDigest: null,
  codeBlocks: 0,
  leftOut: [],
  hostile: [],
  usage: { inputTokens: 10, outputTokens: 5, cacheReadTokens: 0, cacheWriteTokens: 0 },
  cost: 0.01,
}

/** New code of one service: holds in production, and is what a limit can speak about. */
export function rollout(name = 'web'): ResourceChange {
  const before = { name, task_definition: `${name}:7`, desired_count: 4 }
  return update(`aws_ecs_service.${name}`, before, { ...before, task_definition: `${name}:8` })
}

export async function examined(
  changes: readonly ResourceChange[],
  policy: Partial<Policy> = {},
  context: Partial<Context> = {},
): Promise<Examination> {
  return examine(planOf(changes), { ...CONTEXT, ...context }, await policyWith(policy))
}

export function limits(...over: readonly Partial<WrittenReviewLimit>[]): Pick<Policy, 'review'> {
  const releases = over.map((one) => ({ ...LIMIT, ...one }))
  return { review: { code: false, hideAccounts: false, releases } }
}

export function packetWith(
  questions: readonly Question[],
  over: Partial<Packet> & { readonly shown?: Readonly<Record<string, readonly string[]>> } = {},
): Packet {
  const { shown = {}, ...rest } = over
  const addresses = {
    ...Object.fromEntries(
      questions.map(({ finding }) => [finding.address, ['', 'task_definition']]),
    ),
    ...shown,
  }
  return {
    text: '{"item":"environment","name":"production"}',
    bytes: 42,
    citable: new Map(
      Object.entries(addresses).map(([address, paths]) => [
        address,
        { address, paths: new Set(paths) },
      ]),
    ),
    questions,
    leftOut: [],
    writings: [],
    hostile: [],
    ...rest,
  }
}

export const WORRY: Claim = {
  kind: 'worry',
  address: 'aws_ecs_service.web',
  path: '',
  hazard: 'outage',
  says: 'nothing serves users meanwhile',
}

export function opinion(over: Partial<Opinion> = {}): Opinion {
  return { position: 'release', claims: [], answers: new Map(), discarded: 0, ...over }
}

export function allHarmless(questions: readonly Question[]): ReadonlyMap<string, Answer> {
  return new Map(questions.map(({ id }) => [id, 'harmless']))
}

export function heardOf(blind: Opinion, informed: Opinion, asked: Partial<Asked> = {}): Heard {
  return { kind: 'opinions', asked: { ...ASKED, ...asked }, blind, informed }
}

/** Both passes say what lets everything pass that can be let pass. */
export function alwaysRelease(questions: readonly Question[]): Heard {
  const one = opinion({ answers: allHarmless(questions) })
  return heardOf(one, one)
}
