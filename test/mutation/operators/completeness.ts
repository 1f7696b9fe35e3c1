// The plan as a whole is not what it seems: partial, failed, or with effects beside the changes.
import type { JsonObject } from '../../../src/core/json.ts'
import { managedOf } from '../edit.ts'
import type { Danger, Operator } from '../mutant.ts'

const later = {
  reason: 'instance_count_unknown',
  resource_change: {
    address: 'aws_db_instance.replica["*"]',
    mode: 'managed',
    type: 'aws_db_instance',
    name: 'replica',
    index_unknown: true,
    provider_name: 'registry.terraform.io/hashicorp/aws',
    change: { actions: ['create'], before: null, after: {}, after_unknown: {} },
  },
}

const invocation = {
  address: 'action.aws_lambda_invoke.migrate',
  type: 'aws_lambda_invoke',
  name: 'migrate',
  config_values: { function_name: 'migrate' },
  config_sensitive: {},
  config_unknown: {},
  provider_name: 'registry.terraform.io/hashicorp/aws',
  invoke_action_trigger: {},
}

function check(status: string): JsonObject {
  return {
    address: { to_display: 'check.health', kind: 'check', name: 'health' },
    status,
    instances: [{ address: { to_display: 'check.health' }, status }],
  }
}

interface Twist {
  readonly why: string
  readonly with: JsonObject
}

// Left out: `applyable: false` and `complete: false` alone on a plan that changes nothing, moves and
// imports included (a plan with nothing to do says so), and checks with status `unknown` (normal
// before a first apply).
const ANY_PLAN: readonly Twist[] = [
  { why: 'planning stopped with an error: what is listed is not all', with: { errored: true } },
  {
    why: 'a later plan will make changes that this one does not show',
    with: { complete: false, deferred_changes: [later] },
  },
  {
    why: 'the provider runs something that no change shows',
    with: { action_invocations: [invocation] },
  },
  { why: 'a check of the configuration fails', with: { checks: [check('fail')] } },
  {
    why: 'a check of the configuration could not be evaluated',
    with: { checks: [check('error')] },
  },
]

const WITH_CHANGES: readonly Twist[] = [
  { why: 'Terraform itself says that it cannot be applied', with: { applyable: false } },
  { why: 'only a part was planned, the rest is unseen', with: { complete: false } },
]

/** Flags and members of the document that say: this is not the whole effect. */
export const completeness: Operator = {
  name: 'errored, incomplete, deferred, failing',
  mutate: (seed) => {
    const twists = hasChanges(seed.plan) ? [...ANY_PLAN, ...WITH_CHANGES] : ANY_PLAN
    return twists.map(
      (twist): Danger => ({ why: twist.why, address: '', plan: { ...seed.plan, ...twist.with } }),
    )
  },
}

function hasChanges(plan: JsonObject): boolean {
  return managedOf(plan).some(({ actions }) => actions[0] !== 'no-op')
}
