// The policy as it applies to one workspace, for people: after preset, defaults and first matches.
import { inferEnvironment } from '../analysis/environment.ts'
import type { Tier } from '../context.ts'
import { declaredEnvironment, workspaceOf } from './declared.ts'
import { inForce, limitInForce } from './grants/in-force.ts'
import type { Matched } from './match.ts'
import type { Phase, Policy } from './policy.ts'
import { CONCERNS, holdsUnder } from './presets.ts'

export interface EffectivePolicy {
  readonly preset: Policy['preset']
  readonly digest: string
  readonly phase: Phase
  readonly killSwitch: boolean
  readonly environment: { readonly name: string; readonly tier: Tier; readonly because: string }
  readonly owner: string | null
  readonly regulated: boolean
  /** Those for this environment. */
  readonly grants: readonly {
    readonly id: string
    readonly operation: string
    readonly addresses: readonly string[]
    readonly granted_by: string
    readonly expires: string
    /** Why it releases nothing; empty where it is in force. */
    readonly inert: readonly string[]
  }[]
  readonly review: {
    readonly code: boolean
    readonly hide_accounts: boolean
    /** Those for this environment; the same holds for `inert`. */
    readonly releases: readonly {
      readonly id: string
      readonly concerns: readonly string[]
      readonly addresses: readonly string[]
      readonly granted_by: string
      readonly expires: string
      readonly inert: readonly string[]
    }[]
  }
  readonly freezes: Policy['freezes']
  readonly release_hours: Policy['releaseHours']
  readonly limits: Policy['limits']
  readonly automation: Policy['automation']
  readonly require_message: boolean
  readonly critical: Policy['critical']
  readonly continuously_deployed: Policy['continuouslyDeployed']
  readonly raise: Policy['raise']
  /** What waits for a person here by the preset alone, and what does not. */
  readonly holds: readonly string[]
  readonly releases: readonly string[]
}

/** Without a plan: variables and tags inside one may still make the environment a stricter one. */
export function effectivePolicy(policy: Policy, run: Matched): EffectivePolicy {
  const declared = declaredEnvironment(policy, run)
  const { name, tier, because } = inferEnvironment({ variables: [] }, [], run, declared)
  const workspace = workspaceOf(policy, run)
  const here = (environments: readonly string[] = []): boolean =>
    environments.includes(name) || environments.includes(tier)
  return {
    preset: policy.preset,
    digest: policy.digest,
    phase: policy.killSwitch ? 'enforce' : (workspace?.phase ?? policy.phase),
    killSwitch: policy.killSwitch,
    environment: { name, tier, because },
    owner: workspace?.owner ?? policy.owner ?? null,
    regulated: workspace?.regulated ?? false,
    grants: policy.grants
      .filter(({ environments }) => here(environments))
      .map((written) => {
        const grant = inForce(written, run.at)
        return {
          id: written.id ?? '',
          operation: written.operation ?? '',
          addresses: written.addresses ?? [],
          granted_by: written.granted_by ?? '',
          expires: written.expires ?? '',
          inert: grant.ok ? [] : grant.error,
        }
      }),
    review: {
      code: policy.review.code,
      hide_accounts: policy.review.hideAccounts,
      releases: policy.review.releases
        .filter(({ environments }) => here(environments))
        .map((written) => {
          const limit = limitInForce(written, run.at)
          return {
            id: written.id ?? '',
            concerns: written.concerns ?? [],
            addresses: written.addresses ?? [],
            granted_by: written.granted_by ?? '',
            expires: written.expires ?? '',
            inert: limit.ok ? [] : limit.error,
          }
        }),
    },
    freezes: policy.freezes,
    release_hours: policy.releaseHours.filter(({ environments }) => here(environments)),
    limits: policy.limits,
    automation: policy.automation,
    require_message: policy.requireMessage,
    critical: policy.critical,
    continuously_deployed: policy.continuouslyDeployed,
    raise: policy.raise,
    holds: CONCERNS.filter((concern) => holdsUnder(policy.preset, concern, tier)),
    releases: CONCERNS.filter((concern) => !holdsUnder(policy.preset, concern, tier)),
  }
}
