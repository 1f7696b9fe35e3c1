// What a signed delivery asks for. Only what cannot be answered at all is refused.
import { describe, expect, it } from 'vitest'
import { parsePayload } from '../../../../src/adapters/platform/tfc/payload.ts'

const WHOLE = {
  payload_version: 1,
  stage: 'post_plan',
  access_token: 'AbC.atlasv1.example',
  capabilities: { outcomes: true },
  is_speculative: true,
  organization_name: 'acme',
  plan_json_api_url: 'https://app.terraform.io/api/v2/plans/plan-1/json-output',
  project_name: 'payments',
  run_id: 'run-1',
  task_result_callback_url: 'https://app.terraform.io/api/v2/task-results/0/callback',
  task_result_enforcement_level: 'mandatory',
  task_result_id: 'taskrs-1',
  workspace_name: 'payments-prod',
  workspace_working_directory: 'terraform/prod',
}

const parse = (payload: unknown) => parsePayload(new TextEncoder().encode(JSON.stringify(payload)))

const taskOf = (changes: Record<string, unknown>) => {
  const parsed = parse({ ...WHOLE, ...changes })
  if (!parsed.ok || parsed.value.kind !== 'task') throw new Error('not a task')
  return parsed.value.task
}

describe('a delivery', () => {
  it('keeps what judging needs and nothing else', () => {
    expect(taskOf({ vcs_commit_hash: 'ae12', brand_new: { a: [1] } })).toEqual({
      resultId: 'taskrs-1',
      callbackUrl: WHOLE.task_result_callback_url,
      accessToken: WHOLE.access_token,
      ask: { kind: 'judge', stage: 'post_plan' },
      acceptsOutcomes: true,
      speculative: true,
      enforcement: 'mandatory',
      planUrl: WHOLE.plan_json_api_url,
      organization: 'acme',
      project: 'payments',
      workspace: 'payments-prod',
      directory: 'terraform/prod',
      runId: 'run-1',
    })
  })

  it('keeps the beginning of what people wrote about the run, and refuses none of it', () => {
    const task = taskOf({
      run_message: 'x'.repeat(100_000),
      run_created_by: 'jane',
      vcs_branch: 'resize-db',
    })
    expect(task.message).toHaveLength(200)
    expect(task.createdBy).toBe('jane')
    expect(task.branch).toBe('resize-db')
    expect(taskOf({ vcs_branch: null })).not.toHaveProperty('branch')
    expect(taskOf({ run_message: { not: 'text' }, run_created_by: 7 })).not.toHaveProperty(
      'message',
    )
  })

  it('keeps the address of the configuration whole or not at all, and never refuses for it', () => {
    const codeUrl = 'https://app.terraform.io/api/v2/configuration-versions/cv-1/download'
    expect(taskOf({ configuration_version_download_url: codeUrl }).codeUrl).toBe(codeUrl)
    for (const none of [null, '', 7, {}, `${codeUrl}${'x'.repeat(5_000)}`]) {
      const task = taskOf({ configuration_version_download_url: none })
      expect(task).not.toHaveProperty('codeUrl')
    }
  })

  it.each([undefined, null, ''])('takes %j for an optional member as "there is none"', (none) => {
    const task = taskOf({
      plan_json_api_url: none,
      project_name: none,
      workspace_working_directory: none,
    })
    expect(task).not.toHaveProperty('planUrl')
    expect(task).not.toHaveProperty('project')
    expect(task).not.toHaveProperty('directory')
  })

  it.each([undefined, null, {}, { outcomes: false }, { outcomes: 'true' }, 'outcomes'])(
    'with capabilities %j gets no outcomes',
    (capabilities) => {
      expect(taskOf({ capabilities }).acceptsOutcomes).toBe(false)
    },
  )

  it.each(['pre_plan', 'post_plan', 'pre_apply', 'post_apply'])(
    'of stage %s is judged',
    (stage) => {
      expect(taskOf({ stage }).ask).toEqual({ kind: 'judge', stage })
    },
  )

  it.each(['pre-plan', 'POST_PLAN', 'post_destroy', '', null, undefined, 1, 'constructor'])(
    'of stage %j is answered, not judged',
    (stage) => {
      expect(taskOf({ stage }).ask.kind).toBe('unsupported')
    },
  )

  it.each([0, 2, '1', null, undefined])('of version %j is answered, not judged', (version) => {
    expect(taskOf({ payload_version: version }).ask.kind).toBe('unsupported')
  })

  it.each(['mandatory', 'advisory'])('of level %s keeps it', (level) => {
    expect(taskOf({ task_result_enforcement_level: level }).enforcement).toBe(level)
  })

  it.each(['soft', null, undefined])('of level %j has an unknown one', (level) => {
    expect(taskOf({ task_result_enforcement_level: level }).enforcement).toBe('unknown')
  })
})

describe('a body that cannot be answered', () => {
  it.each([
    ['task_result_id', { task_result_id: undefined }],
    ['task_result_id', { task_result_id: 'a b' }],
    ['task_result_callback_url', { task_result_callback_url: '' }],
    ['access_token', { access_token: null }],
    ['access_token', { access_token: 'two\r\nlines' }],
    ['workspace_name', { workspace_name: 7 }],
  ])('is refused and names %s, never a value', (member, changes) => {
    const parsed = parse({ ...WHOLE, ...changes })
    expect(!parsed.ok && parsed.error).toContain(member)
    expect(!parsed.ok && parsed.error).not.toMatch(/two|a b|7/)
  })

  it.each([[], 'text', null, 17])('such as %j is refused', (payload) => {
    expect(parse(payload).ok).toBe(false)
  })

  it('such as JSON in broken UTF-8 is refused', () => {
    expect(parsePayload(new Uint8Array([0x22, 0xff, 0x22])).ok).toBe(false)
  })
})

describe('a verification request', () => {
  it.each([
    ['the test token alone', { access_token: 'test-token' }],
    ['the test token in a whole payload', { ...WHOLE, access_token: 'test-token' }],
    ['stage and level "test"', { stage: 'test', task_result_enforcement_level: 'test' }],
    ['level "test" without a stage', { task_result_enforcement_level: 'test' }],
  ])('is known by %s', (_, payload) => {
    expect(parse(payload)).toEqual({ ok: true, value: { kind: 'probe' } })
  })

  it('may have no body', () => {
    expect(parsePayload(new Uint8Array(0))).toEqual({ ok: true, value: { kind: 'probe' } })
  })

  it('is not taken for one because a real run says "test" somewhere else', () => {
    expect(taskOf({ workspace_name: 'test', run_message: 'test-token' }).ask.kind).toBe('judge')
  })
})
