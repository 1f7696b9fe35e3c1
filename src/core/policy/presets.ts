// The built-in policies as tables: which concern holds in which tier. Everything not listed as
// released holds, so that a new concern waits for a person until someone decided otherwise.
import type { Tier } from '../context.ts'
import { digestOf } from '../digest.ts'
import type { JsonValue } from '../json.ts'
import type { Concern } from '../rules/finding.ts'
import type { Policy, PresetName } from './policy.ts'

type Row = Readonly<Record<Tier, 'hold' | 'release'>>

const ALWAYS: Row = { production: 'hold', staging: 'hold', dev: 'hold' }
const NEVER: Row = { production: 'release', staging: 'release', dev: 'release' }
const NOT_IN_DEV: Row = { production: 'hold', staging: 'hold', dev: 'release' }
const PRODUCTION: Row = { production: 'hold', staging: 'release', dev: 'release' }

/** The default policy, row by row (risk table 0.4). */
const STANDARD: Readonly<Record<Concern, Row>> = {
  'destroy-stateful': NOT_IN_DEV,
  'destroy-backup': ALWAYS,
  'destroy-key': ALWAYS,
  'destroy-identity': NOT_IN_DEV,
  'destroy-network': NOT_IN_DEV,
  'destroy-governance': ALWAYS,
  'destroy-audit': ALWAYS,
  'destroy-compute': PRODUCTION,
  'destroy-trivial': NEVER,
  'mass-destroy': ALWAYS,
  'protection-lowered': NOT_IN_DEV,
  'audit-lowered': ALWAYS,
  'monitoring-lowered': PRODUCTION,
  'alarm-slightly-looser': NEVER,
  'guardrail-lowered': ALWAYS,
  interruption: PRODUCTION,
  'capacity-out-of-bounds': PRODUCTION,
  'capacity-to-zero': NOT_IN_DEV,
  'cost-jump': ALWAYS,
  'exposure-internet': ALWAYS,
  'exposure-web': NOT_IN_DEV,
  'network-widened': PRODUCTION,
  'network-narrowed': PRODUCTION,
  'network-changed': ALWAYS,
  'identity-granted': PRODUCTION,
  'identity-wide': NOT_IN_DEV,
  'identity-removed': PRODUCTION,
  'identity-dangerous': ALWAYS,
  'traffic-moved': PRODUCTION,
  'workload-rollout': PRODUCTION,
  'key-weakened': NOT_IN_DEV,
  'secret-shown': ALWAYS,
  'data-deleted-by-setting': NOT_IN_DEV,
  'one-way': NOT_IN_DEV,
  'code-execution': ALWAYS,
  opaque: ALWAYS,
  'unknown-type': ALWAYS,
  unrecognised: ALWAYS,
  unexplained: PRODUCTION,
  'unexplained-create': PRODUCTION,
  'drift-reverted': PRODUCTION,
  'drift-reverted-security': NOT_IN_DEV,
  'state-surgery': ALWAYS,
  incomplete: ALWAYS,
  'hostile-text': ALWAYS,
  misdeployment: ALWAYS,
  'blast-radius': NOT_IN_DEV,
  stale: NOT_IN_DEV,
  'failing-check': PRODUCTION,
  interaction: NOT_IN_DEV,
  'output-changed': PRODUCTION,
  note: NEVER,
}

/** Every question a finding can put, in the order of the table. */
export const CONCERNS: readonly Concern[] = Object.keys(STANDARD) as Concern[]

/** What `relaxed` still holds outside production: keys, audit, governance, exposure, and doubt. */
const RELAXED_HOLDS: ReadonlySet<Concern> = new Set<Concern>([
  'destroy-key',
  'destroy-audit',
  'destroy-governance',
  'destroy-backup',
  'audit-lowered',
  'guardrail-lowered',
  'exposure-internet',
  'identity-dangerous',
  'mass-destroy',
  'secret-shown',
  'unrecognised',
  'incomplete',
  'hostile-text',
  'misdeployment',
])

/** Does this concern wait for a person under a preset, in a tier? */
export function holdsUnder(preset: PresetName, concern: Concern, tier: Tier): boolean {
  switch (preset) {
    case 'strict':
      return tier === 'production' ? true : STANDARD[concern][tier] === 'hold'
    case 'standard':
      return STANDARD[concern][tier] === 'hold'
    case 'relaxed':
      return tier === 'production'
        ? STANDARD[concern].production === 'hold'
        : RELAXED_HOLDS.has(concern)
    default:
      return true
  }
}

/** What a file that does not speak of these leaves in force. */
export const NOTHING_SAID: Pick<
  Policy,
  | 'grants'
  | 'releaseHours'
  | 'automation'
  | 'requireMessage'
  | 'critical'
  | 'continuouslyDeployed'
  | 'raise'
  | 'review'
> = {
  grants: [],
  releaseHours: [],
  automation: [],
  requireMessage: false,
  critical: [],
  continuouslyDeployed: [],
  raise: [],
  review: { code: false, hideAccounts: false, releases: [] },
}

/** A policy with no file behind it: the preset and its defaults, everything unknown is production. */
export async function builtInPolicy(
  preset: PresetName,
  options: { readonly killSwitch?: boolean } = {},
): Promise<Policy> {
  const body = {
    preset,
    phase: 'enforce',
    environments: [],
    workspaces: [],
    freezes: [],
    catalogue: [],
    limits: {},
    ...NOTHING_SAID,
  } as const
  return {
    ...body,
    killSwitch: options.killSwitch ?? false,
    digest: await digestOf(JSON.parse(JSON.stringify(body)) as JsonValue),
  }
}
