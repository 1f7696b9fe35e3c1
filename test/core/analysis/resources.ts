// Changes of whole plans by hand, through the reader's own interpretation of sides and masks.
import { changeFrom } from '../../../src/core/change/from-plan.ts'
import type { Change } from '../../../src/core/change/model.ts'
import type { JsonValue, Path } from '../../../src/core/json.ts'
import { kindOf } from '../../../src/core/knowledge/catalogue.ts'
import type { Subject } from '../../../src/core/knowledge/subject.ts'
import type {
  Configuration,
  ConfiguredResource,
  ModuleCall,
  Plan,
} from '../../../src/core/plan/model.ts'

type Members = { readonly [name: string]: JsonValue }

export interface More {
  readonly reason?: string
  readonly unknown?: JsonValue
  readonly sensitive?: JsonValue
  readonly replacePaths?: readonly Path[]
}

/** One change; module, type, name and index are read off the address. */
export function change(
  address: string,
  actions: readonly string[],
  before: Members | null,
  after: Members | null,
  more: More = {},
): Change {
  const parts = /^((?:module\.[\w-]+(?:\[[^\]]*\])?\.?)*?)\.?([\w-]+)\.([\w-]+)(?:\[(.*)\])?$/.exec(
    address,
  )
  const [, moduleAddress = '', type = '', name = '', key] = parts ?? []
  return changeFrom({
    address,
    ...(moduleAddress === '' ? {} : { moduleAddress: moduleAddress.replace(/\.$/, '') }),
    mode: 'managed',
    type,
    name,
    ...(key === undefined
      ? {}
      : { index: /^\d+$/.test(key) ? Number(key) : key.replaceAll('"', '') }),
    providerName: 'registry.terraform.io/hashicorp/aws',
    ...(more.reason === undefined ? {} : { actionReason: more.reason }),
    actions,
    before,
    after,
    afterUnknown: more.unknown ?? false,
    beforeSensitive: more.sensitive ?? false,
    afterSensitive: more.sensitive ?? false,
    replacePaths: more.replacePaths ?? [],
    importing: false,
    generatedConfig: false,
  })
}

export function subject(...args: Parameters<typeof change>): Subject {
  const one = change(...args)
  return { change: one, kind: kindOf(one.type) }
}

export function gone(address: string, before: Members, reason?: string): Subject {
  return subject(address, ['delete'], before, null, reason === undefined ? {} : { reason })
}

export function made(address: string, after: Members, unknown?: JsonValue): Subject {
  return subject(address, ['create'], null, after, unknown === undefined ? {} : { unknown })
}

/** A configured block: attribute → references. */
export function block(
  address: string,
  references: Readonly<Record<string, readonly string[]>>,
  more: Partial<ConfiguredResource> = {},
): ConfiguredResource {
  const steps = address.split('.')
  const moduleCalls = steps.slice(0, -2).filter((step) => step !== 'module')
  return {
    address,
    moduleCalls,
    mode: 'managed',
    type: steps.at(-2) ?? '',
    name: steps.at(-1) ?? '',
    references,
    constants: [],
    dependsOn: [],
    provisioners: [],
    hasCount: false,
    hasForEach: false,
    ...more,
  }
}

export function call(address: string, parts: Partial<ModuleCall>): ModuleCall {
  return { address, source: './m', inputs: {}, outputs: {}, dependsOn: [], ...parts }
}

export function configuration(
  resources: readonly ConfiguredResource[],
  moduleCalls: readonly ModuleCall[] = [],
): Configuration {
  return { resources, moduleCalls, providers: [], sensitiveVariables: [], outputs: {} }
}

export function plan(parts: Partial<Plan> = {}): Plan {
  return {
    formatVersion: '1.2',
    product: 'terraform',
    bytes: 0,
    digest: 'sha256:0',
    changes: [],
    unchanged: [],
    noOps: 0,
    drift: [],
    outputs: [],
    relevantAttributes: [],
    variables: [],
    checks: [],
    invocations: [],
    deferred: [],
    flags: { errored: false },
    redacted: false,
    notes: [],
    ...parts,
  }
}
