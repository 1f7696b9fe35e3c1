// Plans and policies built by hand for the tests of the policy.
import { assess } from '../../../src/core/assess.ts'
import type { Context } from '../../../src/core/context.ts'
import type { Decision } from '../../../src/core/decision.ts'
import type { JsonObject } from '../../../src/core/json.ts'
import type { Plan, ResourceChange } from '../../../src/core/plan/model.ts'
import type { Policy, WrittenGrant } from '../../../src/core/policy/policy.ts'
import { builtInPolicy } from '../../../src/core/policy/presets.ts'

export const AT: number = Date.parse('2026-11-18T10:00:00Z')

export const CONTEXT: Context = { tags: {}, workspace: 'web-prod', at: AT }

export const GRANT: WrittenGrant = {
  id: 'web-scaling',
  operation: 'scale',
  environments: ['production'],
  addresses: ['aws_autoscaling_group.*'],
  bounds: { min: 10, max: 50 },
  granted_by: 'jane@acme.example',
  justification: 'steady seasonal load',
  rollback: 'revert the commit',
  expires: '2027-06-30',
}

/** An update of one object from one set of attributes to another. */
export function update(
  address: string,
  before: JsonObject,
  after: JsonObject,
  over: Partial<ResourceChange> = {},
): ResourceChange {
  const [type = '', name = ''] = address.split('.')
  return {
    address,
    mode: 'managed',
    type,
    name,
    providerName: 'registry.terraform.io/hashicorp/aws',
    actions: ['update'],
    before,
    after,
    afterUnknown: {},
    beforeSensitive: {},
    afterSensitive: {},
    replacePaths: [],
    importing: false,
    generatedConfig: false,
    ...over,
  }
}

/** A group that goes from one size to another: beyond twice, so a person is asked without a grant. */
export function scaled(from: number, to: number, more: JsonObject = {}): ResourceChange {
  const rest = { name: 'web', min_size: 10, max_size: 100, tag: [] }
  return update(
    'aws_autoscaling_group.web',
    { ...rest, desired_capacity: from },
    { ...rest, desired_capacity: to, ...more },
  )
}

export function planOf(changes: readonly ResourceChange[], over: Partial<Plan> = {}): Plan {
  return {
    formatVersion: '1.2',
    terraformVersion: '1.11.4',
    product: 'terraform',
    bytes: 1,
    digest: 'sha256:0',
    changes,
    unchanged: [],
    noOps: 30,
    drift: [],
    outputs: [],
    relevantAttributes: [],
    variables: [],
    checks: [],
    invocations: [],
    deferred: [],
    flags: { errored: false, complete: true, applyable: true },
    timestamp: '2026-11-18T09:58:00Z',
    redacted: false,
    notes: [],
    ...over,
  }
}

export async function policyWith(over: Partial<Policy> = {}): Promise<Policy> {
  return { ...(await builtInPolicy('standard')), ...over }
}

export async function decisionOn(
  changes: readonly ResourceChange[],
  policy: Partial<Policy> = {},
  context: Partial<Context> = {},
): Promise<Decision> {
  return assess(planOf(changes), { ...CONTEXT, ...context }, await policyWith(policy))
}
