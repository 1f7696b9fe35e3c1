// The shape of `holdgate.yaml`. Every key says what it is for: editors show these sentences.
import * as z from 'zod'
import type { JsonValue } from '../json.ts'
import { kindOf } from '../knowledge/catalogue.ts'
import { err, ok, type Result } from '../result.ts'
import { RULES } from '../rules/index.ts'
import { FLOOR_STAYS, isDay, Patterns, Text, tierOf } from './fields.ts'
import { Grants, type Nullable } from './grant-schema.ts'
import { wallClock } from './guards/freeze.ts'
import { KindRowSchema } from './kind-row.ts'
import type { Policy, WrittenGrant } from './policy.ts'
import { ReviewSection, type WrittenReview } from './review-schema.ts'

const Match = z
  .strictObject({
    organization: Patterns.optional().describe('Names of organizations; `*` stands for any text.'),
    project: Patterns.optional().describe('Names of projects; `*` stands for any text.'),
    workspace: Patterns.optional().describe('Names of workspaces; `*` stands for any text.'),
    directory: Patterns.optional().describe('Working directories; `**` crosses slashes.'),
    tag: Patterns.optional().describe('KEY or KEY=VALUE of a workspace tag.'),
    account: Patterns.optional().describe('Cloud account, project or subscription in the plan.'),
  })
  .refine(
    (match) => Object.keys(match).length > 0,
    'at least one of organization, project, workspace, directory, tag, account',
  )
  .describe('Every key given has to match; any pattern of a key is enough.')

const Phase = z
  .enum(['observe', 'propose', 'enforce'])
  .describe('observe: never stops a run. propose: never releases a change. enforce: does both.')

const WallClock = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?$/,
    'a time such as 2026-12-28T00:00, without an offset',
  )
  .refine((text) => isDay(text.slice(0, 10)), 'a day that the calendar has')

const Timezone = z
  .string()
  .refine((zone) => wallClock(0, zone) !== undefined, 'a time zone such as Europe/Berlin')
  .describe('A name of the IANA time zone database, such as Europe/Berlin.')

const Freeze = z
  .strictObject({
    name: Text.describe('What the freeze is called in reports.'),
    from: WallClock.describe('First moment inside, by the clock of `timezone`.'),
    until: WallClock.describe('First moment after it, by the clock of `timezone`.'),
    timezone: Timezone,
  })
  .refine(({ from, until }) => from < until, {
    error: 'a freeze that begins before it ends',
    path: ['until'],
  })

const Hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day such as "09:00"')

const Hours = z
  .strictObject({
    environments: Patterns.describe('Names of environments, or production, staging, dev.'),
    days: z
      .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
      .min(1)
      .describe('Days of the week.'),
    from: Hour.describe('First minute inside, by the clock of `timezone`.'),
    until: Hour.describe('First minute after it; 24:00 is the end of the day.'),
    timezone: Timezone,
  })
  .refine(({ from, until }) => from < until, {
    error: 'a window that ends after it begins; over midnight, write two',
    path: ['until'],
  })

const RULE_IDS: readonly string[] = [...RULES.map(({ id }) => id), 'unexplained'].sort()

const RaiseEntry = z
  .strictObject({
    rule: z
      .enum(RULE_IDS as [string, ...string[]], {
        error: 'the id of a rule ("holdgate rules" lists them)',
      })
      .describe('The id of a rule.'),
    severity: z
      .enum(['medium', 'high', 'critical'], {
        error: `medium, high or critical, because severities are only raised; ${FLOOR_STAYS}`,
      })
      .optional()
      .describe('Its findings are at least so severe.'),
    holds: z
      .literal(true, { error: `true, or nothing; ${FLOOR_STAYS}` })
      .optional()
      .describe('Whatever it speaks about waits for a person, and no grant changes that.'),
    addresses: Patterns.optional().describe('Only here; without it, everywhere.'),
  })
  .refine(
    ({ severity, holds }) => severity !== undefined || holds !== undefined,
    'severity, or holds: true',
  )

const PolicyFile = z
  .strictObject({
    version: z.literal(1).describe('The version of this format: 1.'),
    preset: z
      .enum(['strict', 'standard', 'relaxed'])
      .default('standard')
      .describe('The table of what is held and released, before anything below.'),
    phase: Phase.default('enforce'),
    owner: Text.optional().describe('Who answers for runs where no workspace names somebody.'),
    environments: z
      .array(z.strictObject({ name: Text.describe('Its tier comes from the name.'), match: Match }))
      .default([])
      .describe('First match wins; with this list, a run that meets none of it is production.'),
    workspaces: z
      .array(
        z.strictObject({
          match: Match,
          owner: Text.optional().describe('Who may decide on a hold.'),
          regulated: z.boolean().optional().describe('true: no change is released unseen.'),
          phase: Phase.optional(),
        }),
      )
      .default([])
      .describe('First match wins.'),
    grants: Grants.default([]).describe(
      'Pre-approved operations. A grant with a missing field or past its day is inert.',
    ),
    review: ReviewSection.default({ code: false, hide_accounts: false, releases: [] }).describe(
      'The second reader, a model: asked only where the service has a key. It may always object.',
    ),
    freezes: z.array(Freeze).default([]).describe('Nothing is released inside of one.'),
    release_hours: z
      .array(Hours)
      .default([])
      .describe('Changes of these environments are released inside one of the windows only.'),
    limits: z
      .strictObject({
        max_changes: z.int().positive().optional().describe('Changes in one plan.'),
        max_services: z.int().positive().optional().describe('Services one plan touches.'),
        max_share_percent: z
          .int()
          .min(1)
          .max(100)
          .optional()
          .describe('Share of the objects in the state that one plan changes.'),
      })
      .default({})
      .describe('More than this waits for a person.'),
    automation: Patterns.optional().describe(
      'Who counts as a machine, such as "api-org-*"; its runs wait in production.',
    ),
    require_message: z.boolean().default(false).describe('true: runs without a message wait.'),
    critical: Patterns.optional().describe('Addresses where every change waits for a person.'),
    continuously_deployed: Patterns.optional().describe(
      'Addresses where new code and configuration go live without a person, production too.',
    ),
    rules: z
      .strictObject({
        raise: z.array(RaiseEntry).default([]).describe('Rules made more severe, or made to hold.'),
      })
      .default({ raise: [] })
      .describe('Rules can be raised here, never lowered.'),
    catalogue: z
      .array(KindRowSchema)
      .superRefine((rows, context) => {
        rows.forEach(({ type }, at) => {
          if (kindOf(type).kind === 'unknown') return
          const message =
            'a type that the catalogue does not have yet: its own rows cannot be weakened here'
          context.addIssue({ code: 'custom', path: [at, 'type'], message })
        })
      })
      .default([])
      .describe('Resource types of your own.'),
  })
  .superRefine(({ preset, grants, review }, context) => {
    if (preset !== 'strict') return
    const check = (
      entries: readonly { readonly environments?: readonly string[] | null | undefined }[],
      path: readonly string[],
      what: string,
    ): void =>
      entries.forEach(({ environments }, at) => {
        if (environments?.some((name) => tierOf(name) === 'production') !== true) return
        const message = `${what} outside production: the preset strict lets nothing but unchanged plans through there`
        context.addIssue({ code: 'custom', path: [...path, at, 'environments'], message })
      })
    check(grants, ['grants'], 'a grant')
    check(review.releases, ['review', 'releases'], 'a limit')
  })

/** The file as it was written, with defaults; `null` and absence are the same in a grant or limit. */
export interface WrittenPolicy
  extends Pick<
    Policy,
    'preset' | 'phase' | 'owner' | 'environments' | 'workspaces' | 'freezes' | 'catalogue'
  > {
  readonly grants: readonly Nullable<WrittenGrant>[]
  readonly review: WrittenReview
  readonly release_hours: Policy['releaseHours']
  readonly limits: {
    readonly max_changes?: number
    readonly max_services?: number
    readonly max_share_percent?: number
  }
  readonly automation?: readonly string[]
  readonly require_message: boolean
  readonly critical?: readonly string[]
  readonly continuously_deployed?: readonly string[]
  readonly rules: { readonly raise: Policy['raise'] }
}

/** Checks a value read from YAML. */
export function readWritten(
  value: unknown,
): Result<
  { readonly policy: WrittenPolicy; readonly json: JsonValue },
  readonly z.core.$ZodIssue[]
> {
  const parsed = PolicyFile.safeParse(value)
  if (!parsed.success) return err(parsed.error.issues)
  // Through text, so that what is undefined is absent.
  const json = JSON.parse(JSON.stringify(parsed.data)) as JsonValue
  return ok({ policy: json as unknown as WrittenPolicy, json })
}

/** The JSON Schema (draft 2020-12) of the policy file, for editors. */
export function policySchema(): Readonly<Record<string, unknown>> {
  return {
    title: 'Holdgate policy',
    description: 'What may happen to infrastructure without a person. Only `version` is required.',
    ...z.toJSONSchema(PolicyFile, { io: 'input' }),
  }
}
