// The body of a run-task delivery, after its signature was checked. Only the three members without
// which nothing can be answered are demanded; every other oddity ends in a callback that explains it.
import * as z from 'zod'
import { err, ok, type Result } from '../../../core/result.ts'
import type { Ask } from '../../../gate/ports.ts'

/** Far above any address or name the platform sends, far below what fits no queue message. */
const MAX_CHARS = 4096

const text = z.string().max(MAX_CHARS)
/** Present, null, empty or absent: the platform uses all four for "there is none". */
const optional = text
  .nullish()
  .transform((value) => (value === '' ? undefined : (value ?? undefined)))

const MAX_KEPT_CHARS = 200
/** Only asked about, never needed: what is no text counts as absent, and no length refuses a run. */
const said = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' ? value.slice(0, MAX_KEPT_CHARS) : undefined))

/** Never needed either, and of no use in part: what is no address counts as absent. */
const offered = z
  .unknown()
  .optional()
  .transform((value) =>
    typeof value === 'string' && value !== '' && value.length <= MAX_CHARS ? value : undefined,
  )

const TaskPayload = z.object({
  payload_version: z.unknown().optional(),
  stage: z.unknown().optional(),
  task_result_id: text.regex(/^[\w-]{1,128}$/),
  task_result_callback_url: text.min(1),
  access_token: text.regex(/^[\x21-\x7e]+$/),
  capabilities: z.unknown().optional(),
  is_speculative: z.unknown().optional(),
  task_result_enforcement_level: z.unknown().optional(),
  plan_json_api_url: optional,
  configuration_version_download_url: offered,
  organization_name: optional,
  project_name: optional,
  workspace_name: optional,
  workspace_working_directory: optional,
  run_id: optional,
  run_created_by: said,
  run_message: said,
  vcs_branch: said,
})

/** What is kept of a delivery, and all of it: this is also what a queue message holds, sealed. */
export interface Task {
  readonly resultId: string
  readonly callbackUrl: string
  readonly accessToken: string
  readonly ask: Ask
  readonly acceptsOutcomes: boolean
  readonly speculative: boolean
  readonly enforcement: 'advisory' | 'mandatory' | 'unknown'
  readonly planUrl?: string
  /** The archive of the configuration. Nothing but a review that reads code calls it. */
  readonly codeUrl?: string
  readonly organization?: string
  readonly project?: string
  readonly workspace?: string
  readonly directory?: string
  readonly runId?: string
  /** The beginnings of what the platform says of the run; written by people, believed by nobody. */
  readonly createdBy?: string
  readonly message?: string
  readonly branch?: string
}

export type Parsed = { readonly kind: 'probe' } | { readonly kind: 'task'; readonly task: Task }

/** @returns a refusal that names members, never their values */
export function parsePayload(body: Uint8Array): Result<Parsed, string> {
  // The platform's own sample suggests a verification request without a body.
  if (body.byteLength === 0) return ok({ kind: 'probe' })
  const json = parseJson(body)
  if (json === undefined) return err('The body is not JSON in UTF-8.')
  if (isProbe(json)) return ok({ kind: 'probe' })
  const parsed = TaskPayload.safeParse(json)
  if (!parsed.success) {
    const members = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'body'))]
    return err(`The payload cannot be answered; missing or malformed: ${members.join(', ')}.`)
  }
  return ok({ kind: 'task', task: taskOf(parsed.data) })
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}

/** The verification request carries a token that is never valid; older ones also say so elsewhere. */
function isProbe(json: unknown): boolean {
  const probe = z
    .object({
      access_token: z.unknown().optional(),
      task_result_enforcement_level: z.unknown().optional(),
      stage: z.unknown().optional(),
    })
    .safeParse(json)
  if (!probe.success) return false
  const { access_token, task_result_enforcement_level: level, stage } = probe.data
  return (
    access_token === 'test-token' || (level === 'test' && (stage === 'test' || stage === undefined))
  )
}

function taskOf(payload: z.infer<typeof TaskPayload>): Task {
  const capabilities = z.object({ outcomes: z.literal(true) }).safeParse(payload.capabilities)
  const level = payload.task_result_enforcement_level
  return {
    resultId: payload.task_result_id,
    callbackUrl: payload.task_result_callback_url,
    accessToken: payload.access_token,
    ask: askOf(payload.payload_version, payload.stage),
    acceptsOutcomes: capabilities.success,
    speculative: payload.is_speculative === true,
    enforcement: level === 'advisory' || level === 'mandatory' ? level : 'unknown',
    ...present('planUrl', payload.plan_json_api_url),
    ...present('codeUrl', payload.configuration_version_download_url),
    ...present('organization', payload.organization_name),
    ...present('project', payload.project_name),
    ...present('workspace', payload.workspace_name),
    ...present('directory', payload.workspace_working_directory),
    ...present('runId', payload.run_id),
    ...present('createdBy', payload.run_created_by),
    ...present('message', payload.run_message),
    ...present('branch', payload.vcs_branch),
  }
}

const STAGES = ['pre_plan', 'post_plan', 'pre_apply', 'post_apply'] as const

/** An unknown version or stage is answered, not ignored: silence would hang the run. */
function askOf(version: unknown, stage: unknown): Ask {
  if (version !== 1) {
    return {
      kind: 'unsupported',
      because: 'This service knows run-task payload version 1 only; the delivery has another one',
    }
  }
  const known = STAGES.find((candidate) => candidate === stage)
  if (known !== undefined) return { kind: 'judge', stage: known }
  return {
    kind: 'unsupported',
    because: `This service knows the stages ${STAGES.join(', ')}; the delivery has another one`,
  }
}

function present<K extends keyof Task>(key: K, value: Task[K] | undefined): Partial<Pick<Task, K>> {
  return value === undefined ? {} : ({ [key]: value } as Pick<Task, K>)
}
