// Values that decided and are no longer there to be read.
import { isObject, type JsonObject, sameJson } from '../../../src/core/json.ts'
import { kindOf } from '../../../src/core/knowledge/catalogue.ts'
import { managedOf, type Placed, withinChange } from '../edit.ts'
import type { Operator } from '../mutant.ts'

// What a verdict rests on. Left out: names, descriptions and tags (unknown ones change nothing that
// matters), and attributes that are unknown in any update (`tags_all`, `etag`).
const LOAD_BEARING = new Set([
  'assume_role_policy',
  'block_public_policy',
  'cidr_blocks',
  'cidr_ipv4',
  'deletion_protection',
  'desired_capacity',
  'desired_count',
  'from_port',
  'ingress',
  'instance_class',
  'instances',
  'ip_protocol',
  'max_capacity',
  'max_count',
  'max_size',
  'members',
  'min_capacity',
  'min_size',
  'policy',
  'policy_document',
  'publicly_accessible',
  'records',
  'restrict_public_buckets',
  'source_address_prefix',
  'source_ranges',
  'to_port',
])

/** A load-bearing attribute of an existing object becomes known only after the apply. */
export const unknownValue: Operator = {
  name: 'load-bearing value unknown',
  mutate: (seed) =>
    managedOf(seed.plan)
      .filter(isKept)
      .flatMap((placed) =>
        Object.keys(placed.after ?? {})
          .filter((name) => LOAD_BEARING.has(name) && placed.after?.[name] !== null)
          .map((name) => ({
            why: `${name} cannot be read before the apply, so nobody knows what it will be`,
            address: placed.address,
            plan: withinChange(seed.plan, placed.at, hidden(placed, name)),
          })),
      ),
}

/** A policy that changes behind a sensitive mark: the change is there, the document is not. */
export const maskedPolicy: Operator = {
  name: 'changed policy behind a sensitive mark',
  mutate: (seed) =>
    managedOf(seed.plan)
      .filter(isKept)
      .flatMap((placed) => {
        const kind = kindOf(placed.type)
        const paths = kind.kind === 'known' ? (kind.row.policy_attrs ?? []) : []
        return paths
          .map(({ path }) => path)
          .filter((path) => typeof placed.after?.[path] === 'string')
          .map((path) => ({
            why: `${path} is hidden on both sides, and not the same`,
            address: placed.address,
            plan: withinChange(seed.plan, placed.at, masked(placed, path)),
          }))
      }),
}

function isKept({ before, after, type }: Placed): boolean {
  return before !== null && after !== null && kindOf(type).kind === 'known'
}

function hidden(placed: Placed, name: string): JsonObject {
  const { [name]: _gone, ...after } = placed.after ?? {}
  const tree = object(placed, 'after_unknown')
  return {
    'change.actions': ['update'],
    'change.after': after,
    'change.after_unknown': { ...tree, [name]: true },
  }
}

function masked(placed: Placed, path: string): JsonObject {
  const after = String(placed.after?.[path])
  const other = sameJson(placed.before?.[path], after) ? after.replace('Allow', 'Deny') : after
  return {
    'change.actions': ['update'],
    'change.after': { ...placed.after, [path]: other === placed.before?.[path] ? '{}' : other },
    'change.before_sensitive': { ...object(placed, 'before_sensitive'), [path]: true },
    'change.after_sensitive': { ...object(placed, 'after_sensitive'), [path]: true },
  }
}

function object(placed: Placed, name: string): JsonObject {
  const { change } = placed.element
  const tree = isObject(change) ? change[name] : undefined
  return isObject(tree) ? tree : {}
}
