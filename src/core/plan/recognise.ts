// Says what a document is when it is not a plan, by its first bytes or by its top-level keys.
import type { PlanFailure } from './failure.ts'

const SHOW = 'run "terraform show -json PLANFILE" and pass its output'

/** For a document that does not open with `{`; `head` is its first bytes. Never echoes them. */
export function recogniseStart(head: Uint8Array): PlanFailure {
  const text = String.fromCharCode(...head.subarray(0, 256)).trimStart()
  if (text === '') return { reason: 'empty' }
  if (text.startsWith('PK\u0003\u0004')) return not('a binary plan file', SHOW)
  if (text.startsWith('[')) {
    return not(
      'a list',
      'take the plan out of it, for example with "jq \'.[0]\'", and pass it alone',
    )
  }
  if (text.startsWith('<')) {
    return not(
      'an HTML or XML page',
      'check the address it was fetched from and the permission to read it',
    )
  }
  if (
    /^(\u001b\[[0-9;]*m)*\s*(Terraform|OpenTofu|An execution plan|No changes|Error|\S*: Refreshing)/.test(
      text,
    )
  ) {
    return not(
      'the output of plan for people',
      `keep the plan file with -out=PLANFILE, then ${SHOW}`,
    )
  }
  return not('something other than a JSON object', SHOW)
}

/**
 * What a top-level key gives away at once, before the rest is read: a log stream is many documents,
 * and "something else follows" would be the wrong thing to say about it.
 */
export function recogniseKey(key: string): PlanFailure | undefined {
  if (key !== '@level' && key !== '@message') return undefined
  return not(
    'the log of "terraform plan -json"',
    `keep the plan file with -out=PLANFILE, then ${SHOW}`,
  )
}

const PLAN_KEYS = [
  'planned_values',
  'resource_changes',
  'resource_drift',
  'output_changes',
  'configuration',
  'deferred_changes',
  'action_invocations',
] as const

/** Undefined where the keys are those of a plan; else what the document is. */
export function recogniseKeys(keys: ReadonlySet<string>): PlanFailure | undefined {
  const has = (key: string): boolean => keys.has(key)
  if (has('remote_plan_format')) {
    return not('the bookmark of a plan saved in HCP Terraform', 'run "terraform show -json" on it')
  }
  if (has('version') && (has('lineage') || has('serial'))) return not('a raw state file', SHOW)
  if (has('plan_format_version')) return undefined
  if (has('provider_schemas') && !has('resource_changes')) {
    return not('the output of "terraform providers schema -json"', SHOW)
  }
  if (PLAN_KEYS.some(has)) {
    if (has('format_version')) return undefined
    // Development builds of 0.12 wrote plans without a version.
    if (has('resource_changes') && (has('planned_values') || has('configuration'))) return undefined
    return not('a part of a plan, without its format_version', SHOW)
  }
  if (has('values') || (has('format_version') && !has('root_module'))) {
    return not('a state, or "terraform show -json" without a plan file', SHOW)
  }
  if (has('root_module')) return not('a configuration document', SHOW)
  if (has('tfplan') || has('plan') || has('input')) {
    return not(
      'a plan wrapped for a policy tool',
      'take the plan out of its wrapper and pass it alone',
    )
  }
  return not('some other JSON document', SHOW)
}

function not(looksLike: string, advice: string): PlanFailure {
  return { reason: 'not-a-plan', looksLike, advice }
}
