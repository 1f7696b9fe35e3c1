// Guards and limits of resources that are in the plan already, taken away.
import { edited, steps } from '../../../fixtures/tools/plan-tree.ts'
import type { JsonObject, JsonValue } from '../../../src/core/json.ts'
import { sameJson, valueAt } from '../../../src/core/json.ts'
import { asUpdate, managedOf, withinChange } from '../edit.ts'
import type { Operator } from '../mutant.ts'

interface Guard {
  readonly path: string
  readonly from: JsonValue
  readonly to: JsonValue
  readonly why: string
}

function guard(path: string, from: JsonValue, to: JsonValue, why: string): Guard {
  return { path, from, to, why }
}

const NO_GUARD = 'nothing refuses a destroy any more'
const STRANGERS = 'strangers can reach it'
const NO_COPY = 'there is no copy to go back to'

const GUARDS: readonly Guard[] = [
  guard('deletion_protection', true, false, NO_GUARD),
  guard('deletion_protection_enabled', true, false, NO_GUARD),
  guard('enable_deletion_protection', true, false, NO_GUARD),
  guard('settings.0.deletion_protection_enabled', true, false, NO_GUARD),
  guard('disable_api_termination', true, false, NO_GUARD),
  guard('force_destroy', false, true, 'a destroy no longer refuses a full bucket'),
  guard('archive_on_destroy', true, false, 'a destroy would delete where it archived'),
  guard('skip_final_snapshot', false, true, 'a destroy leaves no snapshot'),
  guard('delete_automated_backups', false, true, 'backups go with the instance'),
  guard('settings.0.backup_configuration.0.enabled', true, false, NO_COPY),
  guard(
    'settings.0.backup_configuration.0.point_in_time_recovery_enabled',
    true,
    false,
    'the way back to a point in time is gone',
  ),
  guard('settings.0.availability_type', 'REGIONAL', 'ZONAL', 'the standby is gone'),
  guard('settings.0.ip_configuration.0.ipv4_enabled', false, true, STRANGERS),
  guard('blob_properties.0.versioning_enabled', true, false, 'overwriting becomes final'),
  guard('public_network_access_enabled', false, true, STRANGERS),
  guard('allow_nested_items_to_be_public', false, true, STRANGERS),
  guard('network_rules.0.default_action', 'Deny', 'Allow', STRANGERS),
  guard('https_traffic_only_enabled', true, false, 'traffic may go in clear'),
  guard('publicly_accessible', false, true, STRANGERS),
  guard('multi_az', true, false, 'one zone is one point of failure'),
  guard('storage_encrypted', true, false, 'data would lie in clear'),
  guard('enforce_admins', true, false, 'administrators pass the gate'),
  guard('allows_force_pushes', false, true, 'history can be rewritten'),
  guard('visibility', 'private', 'public', 'the whole history becomes public'),
  guard('proxied', true, false, 'the origin is exposed'),
  guard('is_enabled', true, false, 'nothing under the key can be read'),
  guard('block_public_acls', true, false, 'public grants would count'),
  guard('ignore_public_acls', true, false, 'public grants would count'),
  guard('block_public_policy', true, false, 'public policies would count'),
  guard('restrict_public_buckets', true, false, 'public policies would count'),
]

/** A boolean or a word that protects is turned round, in a plan that touches other things. */
export const guardsOff: Operator = {
  name: 'protection or privacy turned off',
  mutate: (seed) =>
    managedOf(seed.plan).flatMap((placed) => {
      const { before, after } = placed
      if (before === null || after === null) return []
      return GUARDS.filter(
        ({ path, from }) => holds(before, path, from) && holds(after, path, from),
      ).map(({ path, to, why }) => ({
        why: `${path}: ${why}`,
        address: placed.address,
        plan: withinChange(seed.plan, placed.at, asUpdate(placed, edited(after, { [path]: to }))),
      }))
    }),
}

const DAYS = [
  'backup_retention_period',
  'snapshot_retention_limit',
  'settings.0.backup_configuration.0.backup_retention_settings.0.retained_backups',
  'blob_properties.0.delete_retention_policy.0.days',
  'blob_properties.0.container_delete_retention_policy.0.days',
  'retention_in_days',
]

// Left out: message retention of queues (messages are meant to be short-lived).
/** Days of keeping go down to nothing, or to one. */
export const shorterRetention: Operator = {
  name: 'retention cut',
  mutate: (seed) =>
    managedOf(seed.plan).flatMap((placed) => {
      const { before, after } = placed
      if (before === null || after === null) return []
      return DAYS.flatMap((path) => {
        const kept = valueAt(before, steps(path))
        if (typeof kept !== 'number' || kept < 3) return []
        // For log groups 0 means for ever; the cut there is to one day.
        return (path === 'retention_in_days' ? [1] : [0, 1]).map((days) => ({
          why: `${path} goes from ${kept} to ${days}: what is older is deleted`,
          address: placed.address,
          plan: withinChange(
            seed.plan,
            placed.at,
            asUpdate(placed, edited(after, { [path]: days })),
          ),
        }))
      })
    }),
}

function holds(values: JsonObject, path: string, value: JsonValue): boolean {
  return sameJson(valueAt(values, steps(path)), value)
}
