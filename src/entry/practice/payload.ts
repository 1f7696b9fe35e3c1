// The body of a run-task delivery, as HCP Terraform documents and sends it.
// https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run-tasks/run-tasks-integration
import { createHmac, randomBytes, randomUUID } from 'node:crypto'

export type Stage = 'pre_plan' | 'post_plan' | 'pre_apply' | 'post_apply'

export const STAGES: readonly Stage[] = ['pre_plan', 'post_plan', 'pre_apply', 'post_apply']

/** What a person would see of a run before any task has looked at it. */
export interface RunDescription {
  readonly stage: Stage
  readonly enforcement: 'advisory' | 'mandatory'
  readonly speculative: boolean
  readonly organization: string
  readonly project: string
  readonly workspace: string
  readonly message: string
  readonly createdBy: string
  readonly outcomes: boolean
}

/** Names and addresses of one task result. From `guid` on they are secrets. */
export interface RunIdentity {
  readonly runId: string
  readonly taskResultId: string
  readonly planId: string
  /** Path segment of the callback; by design not the same as `taskResultId`. */
  readonly guid: string
  readonly token: string
  readonly callbackUrl: string
  readonly planUrl: string
  readonly codeUrl: string
}

/** Fresh identifiers in the platform's shapes, with addresses below `origin`. */
export function newIdentity(origin: string): RunIdentity {
  const guid = randomUUID()
  const planId = `plan-${shortId()}`
  return {
    runId: `run-${shortId()}`,
    taskResultId: `taskrs-${shortId()}`,
    planId,
    guid,
    token: `${shortId()}.atlasv1.${randomBytes(32).toString('hex')}`,
    callbackUrl: `${origin}/api/v2/task-results/${guid}/callback?url_code=${randomBytes(8).toString('hex')}%2Fa+b`,
    planUrl: `${origin}/api/v2/plans/${planId}/json-output`,
    codeUrl: `${origin}/api/v2/configuration-versions/cv-${shortId()}/download`,
  }
}

/** The delivery of one stage. A pre-plan delivery has no `plan_json_api_url` at all. */
export function deliveryPayload(
  run: RunDescription,
  identity: RunIdentity,
  origin: string,
  createdAt: Date,
): Readonly<Record<string, unknown>> {
  const app = `${origin}/app/${run.organization}/${run.workspace}`
  return {
    payload_version: 1,
    stage: run.stage,
    access_token: identity.token,
    capabilities: { outcomes: run.outcomes },
    configuration_version_download_url: null,
    configuration_version_id: `cv-${shortId()}`,
    is_speculative: run.speculative,
    organization_name: run.organization,
    ...(run.stage === 'pre_plan' ? {} : { plan_json_api_url: identity.planUrl }),
    project_id: `prj-${shortId()}`,
    project_name: run.project,
    project_app_url: `${origin}/app/${run.organization}/projects/prj-${shortId()}`,
    run_app_url: `${app}/runs/${identity.runId}`,
    run_created_at: createdAt.toISOString(),
    run_created_by: run.createdBy,
    run_id: identity.runId,
    run_message: run.message,
    task_result_callback_url: identity.callbackUrl,
    task_result_enforcement_level: run.enforcement,
    task_result_id: identity.taskResultId,
    vcs_branch: null,
    vcs_commit_url: null,
    vcs_commit_hash: null,
    vcs_pull_request_url: null,
    vcs_repo_url: null,
    workspace_app_url: app,
    workspace_id: `ws-${shortId()}`,
    workspace_name: run.workspace,
    workspace_working_directory: null,
  }
}

/** The request a platform sends when a run task is created: dummies throughout. */
export function verificationPayload(origin: string): Readonly<Record<string, unknown>> {
  const app = `${origin}/app/test-org/test-workspace`
  return {
    payload_version: 1,
    access_token: 'test-token',
    task_result_id: 'taskrs-xxxxxxxxxxxxxxxx',
    task_result_enforcement_level: 'test',
    task_result_callback_url: `${origin}/api/v2/task-results/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx/callback`,
    run_app_url: `${app}/runs/run-xxxxxxxxxxxxxxxx`,
    run_id: 'run-xxxxxxxxxxxxxxxx',
    run_message: 'Test run message',
    run_created_at: '2021-01-01T00:00:00.000Z',
    run_created_by: 'test-user',
    workspace_id: 'ws-xxxxxxxxxxxxxxxx',
    workspace_name: 'test-workspace',
    workspace_app_url: app,
    organization_name: 'test-org',
    plan_json_api_url: `${origin}/api/v2/plans/plan-xxxxxxxxxxxxxxxx/json-output`,
    vcs_repo_url: 'https://github.com/test-org/test-repo',
    vcs_branch: 'main',
    vcs_pull_request_url: 'https://github.com/test-org/test-repo/pull/1',
    vcs_commit_url: 'https://github.com/test-org/test-repo/commit/1234567sha',
  }
}

/** Lower-case hex HMAC-SHA-512 over the bytes of the body, without prefix. */
export function sign(body: string | Uint8Array, key: string): string {
  return createHmac('sha512', key).update(body).digest('hex')
}

function shortId(): string {
  return randomBytes(12).toString('base64url').replace(/[-_]/g, 'x')
}
