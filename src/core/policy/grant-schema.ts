// The shape of `grants` in the policy file.
import * as z from 'zod'
import { Day, idsOnce, Patterns, Text } from './fields.ts'
import { timesOf } from './grants/bounds.ts'
import type { WrittenGrant } from './policy.ts'

const Bounds = z
  .strictObject({
    min: z.number().min(0).optional().describe('Smallest value after the change, inclusive.'),
    max: z.number().min(0).optional().describe('Largest value after the change, inclusive.'),
    step: z
      .union([z.number().positive(), z.string()], { error: 'a step such as 2x, or a number' })
      .refine(
        (step) => typeof step === 'number' || (timesOf(step) ?? 0) > 1,
        'a step such as 2x (at most twice or half as much), or a number',
      )
      .optional()
      .describe('2x: at most twice or half as much in one run. A number: at most so much.'),
    direction: z.enum(['up', 'down', 'both']).optional().describe('Default both.'),
  })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
    error: 'a max that is not below min',
    path: ['max'],
  })

/** Absent and empty (`granted_by:` and nothing) both make a grant inert, not the file invalid. */
const Grant = z
  .strictObject({
    id: Text.nullish().describe('Its name in decisions and reports; unique.'),
    operation: z
      .enum(['metadata', 'scale', 'monitoring', 'dns-ttl', 'replicas', 'rollout'])
      .nullish()
      .describe(
        'What it allows. No other attribute of the object may change in the same plan, and the plan may touch no identity, network, key, schema or data.',
      ),
    environments: Patterns.nullish().describe(
      'Names of environments, or production, staging, dev.',
    ),
    addresses: Patterns.nullish().describe('Resource addresses; `*` stands for any text.'),
    bounds: Bounds.nullish().describe('Range, step and direction of the numbers that change.'),
    granted_by: Text.nullish().describe('The person who answers for what it releases.'),
    justification: Text.nullish().describe('Why this is well understood and of low risk.'),
    rollback: Text.nullish().describe('How a release by it is undone.'),
    expires: Day.nullish().describe('The last day in force, in UTC.'),
  })
  .refine(
    ({ operation, bounds }) =>
      (operation !== 'scale' && operation !== 'replicas') || bounds?.min == null || bounds.min >= 1,
    { error: 'a min of at least 1: no grant scales to nothing', path: ['bounds', 'min'] },
  )

/** As it may stand in the file: a key with nothing behind it says as much as no key. */
export type Nullable<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Nullable<T[K]> | null | undefined }
    : T

export const Grants: z.ZodType<readonly Nullable<WrittenGrant>[]> = z
  .array(Grant)
  .superRefine(idsOnce)
