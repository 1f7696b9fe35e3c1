// The shape of a model's answer: as the JSON Schema it is asked with, and as what is checked
// afterwards, because whoever sits behind the address may answer anything.
import * as z from 'zod'
import type { JsonValue } from '../json.ts'
import type { Hazard } from '../knowledge/kind.ts'
import type { Answer, Claim, Opinion } from './model.ts'

const HAZARD_TABLE: Readonly<Record<Hazard, true>> = {
  'data-loss': true,
  irreversible: true,
  outage: true,
  'capacity-loss': true,
  'internet-exposure': true,
  'network-widening': true,
  'privilege-escalation': true,
  'lock-out': true,
  'key-loss': true,
  'secret-exposure': true,
  'protection-loss': true,
  'audit-loss': true,
  'guardrail-loss': true,
  'traffic-cutover': true,
  'identity-churn': true,
  cost: true,
  'blast-radius': true,
  'drift-revert': true,
  opaque: true,
  'supply-chain': true,
  'workload-rollout': true,
  'state-surgery': true,
  'one-way-door': true,
  'prompt-injection': true,
  misdeployment: true,
}

const HAZARDS = Object.keys(HAZARD_TABLE) as Hazard[]
const KINDS = ['worry', 'mismatch', 'harmless'] as const
const POSITIONS = ['release', 'hold', 'unsure'] as const
const ANSWERS = ['harmless', 'hold', 'unsure'] as const

interface Cited {
  readonly address: string
  readonly path: string
}

/** An answer of the right shape, held against nothing yet. */
export interface Written {
  readonly claims: readonly (Cited & {
    readonly kind: Claim['kind']
    readonly hazard: Hazard | 'none'
    readonly says: string
  })[]
  readonly answers: readonly (Cited & { readonly question: string; readonly answer: Answer })[]
  readonly position: Opinion['position']
}

/** Two levels, no key more and none less. Lengths and numbers are bounded by the text's own cap. */
export const WrittenOpinion: z.ZodType<Written> = z.strictObject({
  claims: z.array(
    z.strictObject({
      kind: z.enum(KINDS),
      address: z.string(),
      path: z.string(),
      hazard: z.enum([...HAZARDS, 'none']),
      says: z.string(),
    }),
  ),
  answers: z.array(
    z.strictObject({
      question: z.string(),
      address: z.string(),
      path: z.string(),
      answer: z.enum(ANSWERS),
    }),
  ),
  position: z.enum(POSITIONS),
})

const text = (description: string): JsonValue => ({ type: 'string', description })
const oneOf = (values: readonly string[], description: string): JsonValue => ({
  type: 'string',
  enum: values,
  description,
})
const object = (properties: { readonly [key: string]: JsonValue }): JsonValue => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
})

const ADDRESS = 'An address of the packet, letter by letter.'
const PATH =
  'A path that the packet shows for this address, letter by letter; empty for the resource as a whole.'

/** Claims before answers before the position: what is concluded comes after what it rests on. */
export const ANSWER_SCHEMA: Readonly<Record<string, JsonValue>> = {
  type: 'object',
  additionalProperties: false,
  required: ['claims', 'answers', 'position'],
  properties: {
    claims: {
      type: 'array',
      description: 'At most 20, most important first. Empty where there is nothing to say.',
      items: object({
        kind: oneOf(
          KINDS,
          'worry: this is dangerous. mismatch: what is said is not what is done. harmless: this is fine.',
        ),
        address: text(ADDRESS),
        path: text(PATH),
        hazard: oneOf([...HAZARDS, 'none'], 'The class of harm; none where it is harmless.'),
        says: text('One sentence for an engineer, at most 200 characters.'),
      }),
    },
    answers: {
      type: 'array',
      description: 'One for each open question of the packet; empty where it has none.',
      items: object({
        question: text('The id of the question, such as q1.'),
        address: text(ADDRESS),
        path: text(PATH),
        answer: oneOf(
          ANSWERS,
          'harmless: a careful engineer would let it pass. hold: a person has to look. unsure: anything else.',
        ),
      }),
    },
    position: oneOf(
      POSITIONS,
      'release: nothing in the plan needs a person. hold: at least one worry needs one. unsure: anything else.',
    ),
  },
}
