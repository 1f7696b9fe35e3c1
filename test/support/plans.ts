// Small plans in Terraform's JSON form, each the least that makes its point.

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [k: string]: Json }

export interface Element {
  readonly type: string
  readonly name: string
  readonly index?: string | number
  readonly actions: readonly string[]
  readonly before?: Json
  readonly after?: Json
  readonly afterUnknown?: Json
  readonly beforeSensitive?: Json
  readonly afterSensitive?: Json
  readonly replacePaths?: Json
  readonly extra?: { readonly [k: string]: Json }
  readonly changeExtra?: { readonly [k: string]: Json }
}

/**
 * A complete, applyable plan with these resource changes. It does not say when it was made: services
 * on the clock of this machine hold a plan that is older than a day.
 */
export function planJson(
  elements: readonly Element[],
  top: { readonly [k: string]: Json } = {},
): string {
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: {} },
    resource_changes: elements.map(resourceChange),
    output_changes: {},
    prior_state: {
      format_version: '1.0',
      terraform_version: '1.11.4',
      values: { root_module: {} },
    },
    configuration: { provider_config: PROVIDERS, root_module: {} },
    applyable: elements.some(({ actions }) => actions[0] !== 'no-op'),
    complete: true,
    errored: false,
    ...top,
  })
}

export function resourceChange(element: Element): Json {
  const { type, name, index } = element
  const key = index === undefined ? '' : `[${JSON.stringify(index)}]`
  return {
    address: `${type}.${name}${key}`,
    mode: 'managed',
    type,
    name,
    ...(index === undefined ? {} : { index }),
    provider_name: 'registry.terraform.io/hashicorp/aws',
    change: {
      actions: element.actions,
      before: element.before ?? null,
      after: element.after ?? null,
      after_unknown: element.afterUnknown ?? {},
      before_sensitive: element.beforeSensitive ?? {},
      after_sensitive: element.afterSensitive ?? {},
      ...(element.replacePaths === undefined ? {} : { replace_paths: element.replacePaths }),
      ...element.changeExtra,
    },
    ...element.extra,
  }
}

const PROVIDERS: Json = {
  aws: {
    name: 'aws',
    full_name: 'registry.terraform.io/hashicorp/aws',
    version_constraint: '6.2.0',
  },
}

const DATABASE = {
  allocated_storage: 100,
  engine: 'postgres',
  engine_version: '16.4',
  id: 'db-main',
  identifier: 'main',
  instance_class: 'db.r6g.large',
  multi_az: true,
  password: 'not-for-anyone',
  skip_final_snapshot: false,
  storage_encrypted: false,
  tags: { team: 'payments' },
} as const

/** Held in every preset: the database is replaced because encryption is switched on. */
export function databaseReplaced(name = 'main'): Element {
  return {
    type: 'aws_db_instance',
    name,
    actions: ['delete', 'create'],
    before: DATABASE,
    after: { ...DATABASE, id: null, storage_encrypted: true },
    afterUnknown: { id: true },
    beforeSensitive: { password: true },
    afterSensitive: { password: true },
    replacePaths: [['storage_encrypted']],
    extra: { action_reason: 'replace_because_cannot_update' },
  }
}

/** Held: the database goes away. */
export function databaseDeleted(name: string, index?: string | number): Element {
  return {
    type: 'aws_db_instance',
    name,
    ...(index === undefined ? {} : { index }),
    actions: ['delete'],
    before: DATABASE,
    beforeSensitive: { password: true },
    extra: { action_reason: 'delete_because_no_resource_config' },
  }
}

/** Released by the standard preset: only a tag changes. */
export function tagChanged(name = 'main'): Element {
  return {
    type: 'aws_db_instance',
    name,
    actions: ['update'],
    before: DATABASE,
    after: { ...DATABASE, tags: { team: 'payments', cost_centre: '4711' } },
    beforeSensitive: { password: true },
    afterSensitive: { password: true },
  }
}

export function nothingChanged(name = 'main'): Element {
  return {
    type: 'aws_db_instance',
    name,
    actions: ['no-op'],
    before: DATABASE,
    after: DATABASE,
    beforeSensitive: { password: true },
    afterSensitive: { password: true },
  }
}

export const HELD_PLAN: string = planJson([databaseReplaced()])
export const RELEASED_PLAN: string = planJson([tagChanged()])
export const EMPTY_PLAN: string = planJson([nothingChanged()])
