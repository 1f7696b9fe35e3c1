// Small hand-built changes, through the reader's own interpretation of sides and masks.

import {
  analyseIdentity,
  type IdentityFact,
} from '../../../../src/core/analysis/identity/identity.ts'
import { changeFrom } from '../../../../src/core/change/from-plan.ts'
import type { JsonValue } from '../../../../src/core/json.ts'
import { kindOf } from '../../../../src/core/knowledge/catalogue.ts'
import type { Subject } from '../../../../src/core/knowledge/subject.ts'
import type { ResourceChange } from '../../../../src/core/plan/model.ts'

type Members = { readonly [name: string]: JsonValue }

interface Masks {
  readonly unknown?: JsonValue
  readonly sensitive?: JsonValue
  readonly beforeSensitive?: JsonValue
  readonly name?: string
}

export function subject(
  actions: readonly string[],
  type: string,
  before: Members | null,
  after: Members | null,
  masks: Masks = {},
): Subject {
  const name = masks.name ?? 'this'
  const raw: ResourceChange = {
    address: `${type}.${name}`,
    mode: 'managed',
    type,
    name,
    providerName: 'registry.terraform.io/hashicorp/aws',
    actions,
    before,
    after,
    afterUnknown: masks.unknown ?? false,
    beforeSensitive: masks.beforeSensitive ?? false,
    afterSensitive: masks.sensitive ?? false,
    replacePaths: [],
    importing: false,
    generatedConfig: false,
  }
  return { change: changeFrom(raw), kind: kindOf(type) }
}

export function create(type: string, after: Members, masks: Masks = {}): Subject {
  return subject(['create'], type, null, after, masks)
}

export function remove(type: string, before: Members, masks: Masks = {}): Subject {
  return subject(['delete'], type, before, null, masks)
}

export function update(type: string, before: Members, after: Members, masks: Masks = {}): Subject {
  return subject(['update'], type, before, after, masks)
}

/** The one fact of one change. */
export function factOf(one: Subject): IdentityFact {
  const [fact, ...others] = analyseIdentity([one], [])
  if (fact === undefined || others.length > 0) throw new Error('not exactly one fact')
  return fact
}

export function policy(...statements: readonly JsonValue[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
}

export function kinds(items: readonly { readonly kind: string }[]): readonly string[] {
  return [...new Set(items.map((item) => item.kind))].sort()
}
