// The shape of `review` in the policy file: what a second reader sees, and what it may let pass.
import * as z from 'zod'
import { Day, FLOOR_STAYS, idsOnce, Patterns, Text } from './fields.ts'
import type { Nullable } from './grant-schema.ts'
import { HARD_FLOOR } from './grants/operations.ts'
import { WEIGHABLE_CONCERNS } from './grants/weighable.ts'
import type { WrittenReviewLimit } from './policy.ts'

const WEIGHED = `one of ${WEIGHABLE_CONCERNS.join(', ')}, because a model answers for nothing else`

const Weighable = z.enum(WEIGHABLE_CONCERNS as [string, ...string[]], {
  error: ({ input }) =>
    typeof input === 'string' && HARD_FLOOR.has(input) ? `${WEIGHED}; ${FLOOR_STAYS}` : WEIGHED,
})

/** Absent and empty both make a limit inert, not the file invalid. */
const Limit = z.strictObject({
  id: Text.nullish().describe('Its name in decisions and reports; unique.'),
  concerns: z
    .array(Weighable)
    .min(1)
    .nullish()
    .describe('What a model may answer for: questions whose harm shows itself and can be undone.'),
  environments: Patterns.nullish().describe('Names of environments, or production, staging, dev.'),
  addresses: Patterns.nullish().describe('Resource addresses; `*` stands for any text.'),
  granted_by: Text.nullish().describe('The person who answers for what it lets pass.'),
  justification: Text.nullish().describe('Why a wrong answer would be bearable here.'),
  rollback: Text.nullish().describe('How a release by it is undone.'),
  expires: Day.nullish().describe('The last day in force, in UTC.'),
})

export interface WrittenReview {
  readonly code: boolean
  readonly hide_accounts: boolean
  readonly releases: readonly Nullable<WrittenReviewLimit>[]
}

export const ReviewSection: z.ZodType<WrittenReview> = z.strictObject({
  code: z
    .boolean()
    .default(false)
    .describe('true: show the blocks of configuration that define changed resources.'),
  hide_accounts: z
    .boolean()
    .default(false)
    .describe('true: cloud account, project and subscription ids become placeholders.'),
  releases: z
    .array(Limit)
    .superRefine(idsOnce)
    .default([])
    .describe(
      'What the answers of a model may let pass. A limit with a missing field or past its day is inert.',
    ),
})
