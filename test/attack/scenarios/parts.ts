// Providers, and short names for the steps of the plan builder: scenarios read as one line each.
import {
  buildPlan,
  type PlanParts,
  type Provider,
  type Step,
  type Target,
} from '../../../fixtures/tools/plan-builder.ts'
import { edited } from '../../../fixtures/tools/plan-tree.ts'
import type { Context } from '../../../src/core/context.ts'
import type { JsonObject } from '../../../src/core/json.ts'
import type { Hazard } from '../../../src/core/knowledge/kind.ts'

export {
  create,
  remove,
  replace,
  resourceChange,
  unchanged,
  update,
} from '../../../fixtures/tools/plan-builder.ts'

export interface Attack {
  readonly id: string
  readonly env: Partial<Context>
  readonly expect: 'hold' | 'release'
  /** Every one of these has to be named. */
  readonly hazards?: readonly Hazard[]
  readonly why: string
  readonly plan: JsonObject
}

export const PROD = { workspace: 'orders-prod' } as const
export const STAGING = { workspace: 'orders-stg' } as const
export const DEV = { workspace: 'orders-dev' } as const

const REGISTRY = 'registry.terraform.io/'

export const aws: Provider = {
  name: 'aws',
  source: `${REGISTRY}hashicorp/aws`,
  version: '~> 6.0',
  settings: { region: 'eu-west-1' },
}
export const google: Provider = {
  name: 'google',
  source: `${REGISTRY}hashicorp/google`,
  version: '~> 7.0',
}
export const azurerm: Provider = {
  name: 'azurerm',
  source: `${REGISTRY}hashicorp/azurerm`,
  version: '~> 4.40',
}
export const kubernetes: Provider = {
  name: 'kubernetes',
  source: `${REGISTRY}hashicorp/kubernetes`,
  version: '~> 2.38',
}
export const helm: Provider = {
  name: 'helm',
  source: `${REGISTRY}hashicorp/helm`,
  version: '~> 3.0',
}
export const github: Provider = {
  name: 'github',
  source: `${REGISTRY}integrations/github`,
  version: '~> 6.6',
}
export const cloudflare: Provider = {
  name: 'cloudflare',
  source: `${REGISTRY}cloudflare/cloudflare`,
  version: '~> 5.9',
}
export const datadog: Provider = {
  name: 'datadog',
  source: `${REGISTRY}datadog/datadog`,
  version: '~> 3.70',
}
export const vault: Provider = {
  name: 'vault',
  source: `${REGISTRY}hashicorp/vault`,
  version: '~> 5.0',
}
export const okta: Provider = { name: 'okta', source: `${REGISTRY}okta/okta`, version: '~> 5.0' }
export const random: Provider = {
  name: 'random',
  source: `${REGISTRY}hashicorp/random`,
  version: '~> 3.7',
}
export const nulls: Provider = {
  name: 'null',
  source: `${REGISTRY}hashicorp/null`,
  version: '~> 3.2',
}
export const acme: Provider = { name: 'acme', source: `${REGISTRY}acme/acme`, version: '~> 1.0' }
export const tfe: Provider = {
  name: 'tfe',
  source: `${REGISTRY}hashicorp/tfe`,
  version: '~> 0.70',
}

type More = Partial<Omit<Target, 'provider' | 'type' | 'name' | 'values'>>

/** Identifiers every provider computes; the ones a target has are kept out of its configuration. */
const COMPUTED = [
  'id',
  'arn',
  'self_link',
  'tags_all',
  'effective_labels',
  'terraform_labels',
  'creation_timestamp',
  'unique_id',
  'owner_id',
  'dns_name',
  'zone_id',
  'endpoint',
  'address',
  'hosted_zone_id',
]

export function on(
  provider: Provider,
  type: string,
  name: string,
  values: JsonObject,
  more: More = {},
): Target {
  const own = COMPUTED.filter((key) => Object.hasOwn(values, key))
  return {
    provider,
    type,
    name,
    values,
    ...more,
    computed: more.computed ?? own,
  }
}

export function tagged(tags: Readonly<Record<string, string>>): JsonObject {
  return { tags, tags_all: tags }
}

/** An entry of `resource_drift`: what the state said, and what refresh found. */
export function drifted(state: Target, real: JsonObject): Step {
  return {
    target: state,
    actions: ['update'],
    before: state.values,
    after: edited(state.values, real),
    unknown: [],
  }
}

/** The same object with other values: what refresh found, before the plan. */
export function withValues(target: Target, edits: JsonObject): Target {
  return { ...target, values: edited(target.values, edits) }
}

export function createFirst(step: Step): Step {
  return { ...step, actions: ['create', 'delete'] }
}

export function because(step: Step, reason: string): Step {
  return { ...step, reason }
}

export function plan(parts: PlanParts | readonly Step[]): JsonObject {
  return buildPlan('steps' in parts ? parts : { steps: parts })
}

export const json = (value: unknown): string => JSON.stringify(value)
