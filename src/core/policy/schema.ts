// The shape of `holdgate.yaml`. Every key says what it is for: editors show these sentences.
import * as z from 'zod'
import { environmentOf } from '../analysis/environment-words.ts'
import type { JsonValue } from '../json.ts'
import { kindOf } from '../knowledge/catalogue.ts'
import { err, ok, type Result } from '../result.ts'
import { RULES } from '../rules/index.ts'
import { timesOf } from './grants/bounds.ts'
import { wallClock } from './guards/freeze.ts'
import { KindRowSchema } from './kind-row.ts'
import type { Policy, WrittenGrant } from './policy.ts'

/** Said wherever somebody tries to switch off what cannot be switched off. */
export const FLOOR_STAYS =
  'nothing in this file lowers the hard floor (loss of data or keys, internet exposure, privilege escalation): it always waits for a person'

const Text = z.string().min(1)
const Patterns = z.array(Text).min(1)

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

const Day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2027-06-30')
  .refine(isDay, 'a day that the calendar has')

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

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

/** As the analysis reads names: what is not known to be something else is production. */
function isProduction(name: string): boolean {
  return (environmentOf(name, { shared: false })?.tier ?? 'production') === 'production'
}

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
    grants: z
      .array(Grant)
      .superRefine((grants, context) => {
        grants.forEach(({ id }, at) => {
          if (id == null || grants.findIndex((other) => other.id === id) === at) return
          context.addIssue({ code: 'custom', path: [at, 'id'], message: 'an id used only once' })
        })
      })
      .default([])
      .describe('Pre-approved operations. A grant with a missing field or past its day is inert.'),
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
  .superRefine(({ preset, grants }, context) => {
    if (preset !== 'strict') return
    grants.forEach(({ environments }, at) => {
      if (environments?.some(isProduction) !== true) return
      const message =
        'a grant outside production: the preset strict lets nothing but unchanged plans through there'
      context.addIssue({ code: 'custom', path: ['grants', at, 'environments'], message })
    })
  })

/** The file as it was written, with defaults; `null` and absence are the same in a grant. */
export interface WrittenPolicy
  extends Pick<
    Policy,
    'preset' | 'phase' | 'owner' | 'environments' | 'workspaces' | 'freezes' | 'catalogue'
  > {
  readonly grants: readonly { readonly [K in keyof WrittenGrant]: WrittenGrant[K] | null }[]
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
