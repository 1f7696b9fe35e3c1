// Changes and subjects by hand, for the network analysis: only what it reads.
import { classifyActions } from '../../../../src/core/change/action.ts'
import { diffSides } from '../../../../src/core/change/diff.ts'
import type { Change, Side } from '../../../../src/core/change/model.ts'
import type { JsonObject, JsonValue } from '../../../../src/core/json.ts'
import type { KindRow } from '../../../../src/core/knowledge/kind.ts'
import type { Subject } from '../../../../src/core/knowledge/subject.ts'
import type { Configuration } from '../../../../src/core/plan/model.ts'

export interface Built {
  readonly type: string
  readonly address?: string
  readonly actions: readonly string[]
  readonly before?: JsonObject
  readonly after?: JsonObject
  readonly unknown?: JsonValue
  readonly sensitive?: JsonValue
  readonly beforeSensitive?: JsonValue
  readonly index?: string | number
  readonly deposed?: string
}

/** A subject with a catalogue row of the model, or none for types that are no rule types. */
export function subject(built: Built, model?: string, row: Partial<KindRow> = {}): Subject {
  const change = changeOf(built)
  if (model === undefined) {
    return { change, kind: { kind: 'unknown', type: built.type, guess: 'glue' } }
  }
  const full: KindRow = {
    type: built.type,
    class: 'network_rule',
    destroy: { severity: 3, reversibility: 'recreate', loses: '', recovery: '' },
    net_rule_model: model,
    confidence: 'high',
    sources: [],
    ...row,
  }
  return { change, kind: { kind: 'known', type: built.type, class: full.class, row: full } }
}

function changeOf(built: Built): Change {
  const address = built.address ?? `${built.type}.x`
  const before: Side = {
    value: built.before ?? null,
    unknown: false,
    sensitive: built.beforeSensitive ?? false,
  }
  const after: Side = {
    value: built.after ?? null,
    unknown: built.unknown ?? false,
    sensitive: built.sensitive ?? false,
  }
  const parts = address.split('.')
  return {
    address,
    moduleAddress: parts.slice(0, -2).join('.'),
    mode: 'managed',
    type: built.type,
    name: (parts.at(-1) ?? 'x').replace(/\[.*$/, ''),
    ...(built.index === undefined ? {} : { index: built.index }),
    ...(built.deposed === undefined ? {} : { deposed: built.deposed }),
    providerName: '',
    action: classifyActions(built.actions),
    importing: false,
    before,
    after,
    deltas: diffSides(before, after, []),
    replacePaths: [],
  }
}

/** A configuration of resources in the root module: address → attribute → references. */
export function configuration(
  resources: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
  rest: Partial<Configuration> = {},
): Configuration {
  return {
    resources: Object.entries(resources).map(([address, references]) => {
      const parts = address.split('.')
      return {
        address,
        moduleCalls: [],
        mode: 'managed',
        type: parts.at(-2) ?? '',
        name: parts.at(-1) ?? '',
        references,
        constants: [],
        dependsOn: [],
        provisioners: [],
        hasCount: false,
        hasForEach: false,
      }
    }),
    moduleCalls: [],
    providers: [],
    sensitiveVariables: [],
    outputs: {},
    ...rest,
  }
}

type Sides = Pick<Built, 'before' | 'after'>

function sides(actions: readonly string[], value: JsonObject): Sides {
  const isGone = actions.length === 1 && actions[0] === 'delete'
  const isMade = actions.length === 1 && actions[0] === 'create'
  return { ...(isMade ? {} : { before: value }), ...(isGone ? {} : { after: value }) }
}

type More = Omit<Built, 'type' | 'actions'>

/** A second-generation ingress rule on `sg-app`; `value` on every side that the action has. */
export function rule2(actions: readonly string[], value: JsonObject, more: More = {}): Subject {
  const full = { security_group_id: 'sg-app', ip_protocol: 'tcp', ...value }
  const type = 'aws_vpc_security_group_ingress_rule'
  return subject({ type, actions, ...sides(actions, full), ...more }, 'aws-sg-rule2')
}

/** A first-generation ingress rule on `sg-app`. */
export function rule1(actions: readonly string[], value: JsonObject, more: More = {}): Subject {
  const full = { security_group_id: 'sg-app', type: 'ingress', protocol: 'tcp', ...value }
  const built = { type: 'aws_security_group_rule', actions, ...sides(actions, full), ...more }
  return subject(built, 'aws-sg-rule')
}

/** An update of a group from one inbound list to another. */
export function groupUpdate(
  before: readonly JsonObject[],
  after: readonly JsonObject[],
  address = 'aws_security_group.app',
): Subject {
  const common = { id: 'sg-app', name: 'app', egress: [] }
  return subject(
    {
      type: 'aws_security_group',
      address,
      actions: ['update'],
      before: { ...common, ingress: before },
      after: { ...common, ingress: after },
    },
    'aws-sg-inline',
  )
}

/** One inline block: `tcp` from a port to itself, the given peers. */
export function block(port: number, cidrs: readonly string[], more: JsonObject = {}): JsonObject {
  return { protocol: 'tcp', from_port: port, to_port: port, cidr_blocks: cidrs, ...more }
}
