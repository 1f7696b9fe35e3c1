// The same resources, another fate.
import type { JsonObject } from '../../../src/core/json.ts'
import { kindOf } from '../../../src/core/knowledge/catalogue.ts'
import type { ResourceClass } from '../../../src/core/knowledge/kind.ts'
import { managedOf, type Placed, withinChange } from '../edit.ts'
import type { Danger, Operator } from '../mutant.ts'

const PER_SEED = 8

const WORDS: readonly (readonly string[])[] = [
  ['migrate'],
  ['Open'],
  ['update', 'migrate'],
  ['no-op', 'delete'],
  ['create', 'update'],
  ['UPDATE'],
]

/** Words that no Terraform writes today: a later version may, and then nobody knows what happens. */
export const unknownWord: Operator = {
  name: 'action word unknown',
  mutate: (seed, random) =>
    random.some(managedOf(seed.plan), 2).flatMap(({ at, address }) =>
      WORDS.map((words) => ({
        why: 'what happens under this word is not known, so it may be anything',
        address,
        plan: withinChange(seed.plan, at, { 'change.actions': words }),
      })),
    ),
}

// Left out: network rules (a destroyed rule may be covered by another: the net difference decides),
// monitoring and metadata (deleting a dashboard is a team's choice), glue and messaging helpers,
// types whose replacement is the routine way to publish, and everything the catalogue calls small.
const MATTERS: ReadonlySet<ResourceClass> = new Set([
  'datastore',
  'volume',
  'backup',
  'key_secret',
  'identity',
  'network_fabric',
  'dns_traffic',
  'edge_protection',
  'compute_fleet',
  'compute_singleton',
  'governance',
])

const FATES: readonly { readonly why: string; readonly edit: (of: JsonObject) => JsonObject }[] = [
  { why: 'it is destroyed', edit: () => gone(['delete']) },
  { why: 'it is destroyed and made anew', edit: (value) => anew(value, ['delete', 'create']) },
  {
    why: 'it is made anew, what refers to it breaks',
    edit: (value) => anew(value, ['create', 'delete']),
  },
  { why: 'it lives on with nobody managing it', edit: () => gone(['forget']) },
  {
    why: 'the old one lives on unmanaged beside the new',
    edit: (value) => anew(value, ['create', 'forget']),
  },
]

/** A resource that matters is destroyed, replaced or forgotten in place of what was planned. */
export const otherFate: Operator = {
  name: 'flipped to destroy, replace or forget',
  mutate: (seed, random) =>
    random.some(managedOf(seed.plan).filter(matters), PER_SEED).flatMap((placed) =>
      FATES.map(
        ({ why, edit }): Danger => ({
          why: `${placed.type} in production: ${why}`,
          address: placed.address,
          plan: withinChange(seed.plan, placed.at, edit(placed.before ?? {})),
        }),
      ),
    ),
}

function matters({ type, actions, before }: Placed): boolean {
  const kind = kindOf(type)
  if (kind.kind === 'unknown' || before === null || actions.includes('delete')) return false
  return MATTERS.has(kind.class) && kind.row.destroy.severity >= 3 && !kind.row.replace_is_routine
}

function gone(actions: readonly string[]): JsonObject {
  return {
    'change.actions': actions,
    'change.after': null,
    'change.after_unknown': {},
    'change.after_sensitive': false,
  }
}

function anew(before: JsonObject, actions: readonly string[]): JsonObject {
  const { id: _id, ...after } = before
  return {
    'change.actions': actions,
    'change.after': after,
    'change.after_unknown': { id: true },
    'change.replace_paths': [['name']],
    action_reason: 'replace_because_cannot_update',
  }
}
