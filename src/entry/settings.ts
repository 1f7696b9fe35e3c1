// Settings from the environment (Node) or from vars and secrets (Workers), same names. A missing or
// malformed one is a sentence that names it and never quotes it: values may be secrets.
import * as z from 'zod'
import { type Prices, parsePrices } from '../adapters/model/prices.ts'
import { parseOrigin } from '../adapters/net/origin.ts'
import { type Secret, secret } from '../adapters/net/secret.ts'
import { err, ok, type Result } from '../core/result.ts'

export interface Settings {
  /** The current key, then the previous one while rotating. */
  readonly hmacKeys: readonly [Secret, ...Secret[]]
  readonly platformOrigins: readonly string[]
  /** Absent: `/assess` does not exist. */
  readonly assessToken?: Secret
  /** Node: path of the policy file. Workers: its text. Absent: the built-in preset. */
  readonly config?: string
  readonly killSwitch: boolean
  /** Absent: the reader's own cap. */
  readonly maxPlanBytes?: number
  readonly timeLimitMs: number
  /** Absent: no model is asked. */
  readonly review?: ReviewSettings
  readonly host: string
  readonly port: number
}

export interface ReviewSettings {
  readonly apiKey: Secret
  readonly baseUrl?: string
  readonly model: string
  /** Absent: the published ones, where the model is known. */
  readonly prices?: Prices
  /** Tokens of one UTC day, in one process. */
  readonly dailyTokens: number
  /** Node: path of a text file. Workers: its text. */
  readonly notes?: string
}

export type Environment = Readonly<Record<string, unknown>>

const MIN_SECRET_CHARS = 16
const DEFAULT_PORT = 8787
const DEFAULT_MODEL = 'claude-sonnet-5-5'
const DEFAULT_DAILY_TOKENS = 2_000_000
const MINUTE_MS = 60_000
/** The platform waits 60 minutes; above this the final callback would race its own time-out. */
const MAX_TIME_LIMIT_MS = 59 * MINUTE_MS
const MIN_TIME_LIMIT_MS = 5_000

/** @returns one sentence for the first setting that stops the start */
export function readSettings(environment: Environment): Result<Settings, string> {
  const parsed = schema.safeParse(given(environment))
  if (!parsed.success) return err(sentence(parsed.error))
  const env = parsed.data
  const previous = env.HOLDGATE_HMAC_KEY_PREVIOUS
  return ok({
    hmacKeys: [env.HOLDGATE_HMAC_KEY, ...(previous === undefined ? [] : [previous])],
    platformOrigins: env.HOLDGATE_PLATFORM_ORIGINS,
    killSwitch: env.HOLDGATE_KILL_SWITCH,
    timeLimitMs: env.HOLDGATE_TIME_LIMIT,
    host: env.HOST,
    port: env.PORT,
    ...set('assessToken', env.HOLDGATE_ASSESS_TOKEN),
    ...set('config', env.HOLDGATE_CONFIG),
    ...set('maxPlanBytes', env.HOLDGATE_MAX_PLAN_BYTES),
    ...set('review', reviewOf(env)),
  })
}

/** @returns undefined without a key; else one sentence for the first setting that is malformed */
export function readReviewSettings(
  environment: Environment,
): Result<ReviewSettings | undefined, string> {
  const parsed = reviewSchema.safeParse(given(environment))
  return parsed.success ? ok(reviewOf(parsed.data)) : err(sentence(parsed.error))
}

function sentence({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.') ?? 'The environment'} ${issue?.message ?? 'is malformed'}.`
}

const longSecret = z
  .string()
  .min(MIN_SECRET_CHARS, `is shorter than ${MIN_SECRET_CHARS} characters`)
  .refine((text) => !/[\r\n]/.test(text), 'contains a line break')
  .transform(secret)

const reviewSchema = z.object({
  ANTHROPIC_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'is not printable ASCII without spaces and line breaks')
    .transform(secret)
    .optional(),
  ANTHROPIC_BASE_URL: z.string().transform(baseUrl).optional(),
  HOLDGATE_REVIEW_MODEL: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, 'is not a model id')
    .default(DEFAULT_MODEL),
  HOLDGATE_REVIEW_PRICES: z.string().transform(prices).optional(),
  HOLDGATE_REVIEW_DAILY_TOKENS: whole('tokens', 0, Number.MAX_SAFE_INTEGER).default(
    DEFAULT_DAILY_TOKENS,
  ),
  HOLDGATE_REVIEW_NOTES: z.string().optional(),
})

const schema = reviewSchema.extend({
  HOLDGATE_HMAC_KEY: z
    .string('is not set; there is no unsigned mode, make a key with "openssl rand -hex 32"')
    .pipe(longSecret),
  HOLDGATE_HMAC_KEY_PREVIOUS: longSecret.optional(),
  HOLDGATE_PLATFORM_ORIGINS: z.string().default('https://app.terraform.io').transform(origins),
  HOLDGATE_ASSESS_TOKEN: longSecret
    .refine(
      (token) => /^[\x21-\x7e]+$/.test(token.reveal()),
      'is not printable ASCII without spaces',
    )
    .optional(),
  HOLDGATE_CONFIG: z.string().optional(),
  HOLDGATE_KILL_SWITCH: z
    .enum(['on', 'off'], 'is neither "on" nor "off"')
    .default('off')
    .transform((word) => word === 'on'),
  HOLDGATE_MAX_PLAN_BYTES: whole('bytes', 1024, Number.MAX_SAFE_INTEGER).optional(),
  HOLDGATE_TIME_LIMIT: z.string().default('55m').transform(timeLimit),
  HOST: z.string().default('0.0.0.0'),
  PORT: whole(undefined, 0, 65_535).default(DEFAULT_PORT),
})

/** Only the names we know, and an empty value counts as none: deployment tools write those. */
function given(environment: Environment): Record<string, string> {
  const known: Record<string, string> = {}
  for (const name of Object.keys(schema.shape)) {
    const value = environment[name]
    if (typeof value === 'string' && value.trim() !== '') known[name] = value
  }
  return known
}

function origins(text: string, context: z.RefinementCtx): readonly string[] {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  const parsed = entries.map((entry) => parseOrigin(entry))
  const bad = parsed.findIndex((entry) => !entry.ok)
  const problem = parsed[bad]
  if (problem?.ok === false) {
    context.addIssue({ code: 'custom', message: `entry ${bad + 1} ${problem.error}` })
    return z.NEVER
  }
  if (entries.length === 0) context.addIssue({ code: 'custom', message: 'lists no origin' })
  return parsed.flatMap((entry) => (entry.ok ? [entry.value] : []))
}

/** Scheme, host and port as for every other address; a gateway may add a path. */
function baseUrl(text: string, context: z.RefinementCtx): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const problem = url === undefined ? 'is not a URL' : baseUrlProblem(url)
  if (url !== undefined && problem === undefined) return url.href.replace(/\/+$/, '')
  context.addIssue({ code: 'custom', message: problem ?? 'is malformed' })
  return z.NEVER
}

function baseUrlProblem(url: URL): string | undefined {
  if (url.username !== '' || url.password !== '') return 'carries user information'
  if (url.search !== '' || url.hash !== '') return 'has a query or a fragment'
  const origin = parseOrigin(url.origin)
  return origin.ok ? undefined : origin.error
}

function prices(text: string, context: z.RefinementCtx): Prices {
  const parsed = parsePrices(text)
  if (parsed.ok) return parsed.value
  context.addIssue({ code: 'custom', message: parsed.error })
  return z.NEVER
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: MINUTE_MS }

function timeLimit(text: string, context: z.RefinementCtx): number {
  const [, amount = '', unit = ''] = /^(\d{1,6})([sm])$/.exec(text) ?? []
  const ms = Number(amount) * (UNIT_MS[unit] ?? Number.NaN)
  if (amount !== '' && ms >= MIN_TIME_LIMIT_MS && ms <= MAX_TIME_LIMIT_MS) return ms
  context.addIssue({
    code: 'custom',
    message: 'is not a time such as "55m" or "90s" between 5s and 59m',
  })
  return z.NEVER
}

function whole(unit: string | undefined, min: number, max: number): z.ZodType<number, string> {
  const number = unit === undefined ? 'a whole number' : `a whole number of ${unit}`
  const bounds = max === Number.MAX_SAFE_INTEGER ? `, ${min} or more` : ` between ${min} and ${max}`
  const message = `is not ${number}${bounds}`
  return z
    .string()
    .regex(/^\d{1,16}$/, message)
    .transform(Number)
    .refine((n) => n >= min && n <= max, message)
}

function reviewOf(env: z.infer<typeof reviewSchema>): Settings['review'] {
  if (env.ANTHROPIC_API_KEY === undefined) return undefined
  return {
    apiKey: env.ANTHROPIC_API_KEY,
    model: env.HOLDGATE_REVIEW_MODEL,
    dailyTokens: env.HOLDGATE_REVIEW_DAILY_TOKENS,
    ...set('baseUrl', env.ANTHROPIC_BASE_URL),
    ...set('prices', env.HOLDGATE_REVIEW_PRICES),
    ...set('notes', env.HOLDGATE_REVIEW_NOTES),
  }
}

function set<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: V })
}
