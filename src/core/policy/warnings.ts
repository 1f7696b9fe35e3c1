// What is valid in a policy and probably not meant: grants that release nothing, names nobody has.
import { inForce } from './grants/in-force.ts'
import type { Policy } from './policy.ts'

export interface PolicyWarning {
  readonly path: readonly (string | number)[]
  readonly text: string
}

const TIERS = ['production', 'staging', 'dev']
const SOON_DAYS = 14
const DAY_MS = 86_400_000

/** @param at the moment to judge expiry by, milliseconds since the epoch */
export function policyWarnings(policy: Policy, at: number): readonly PolicyWarning[] {
  return [
    ...inertGrants(policy, at),
    ...unknownEnvironments(policy),
    ...(policy.owner === undefined && policy.workspaces.every(({ owner }) => owner === undefined)
      ? [{ path: [], text: 'no owner is named, so nobody answers for what is held' }]
      : []),
  ]
}

function inertGrants({ grants }: Policy, at: number): PolicyWarning[] {
  return grants.flatMap((written, index): PolicyWarning[] => {
    const name = written.id === undefined ? `number ${index + 1}` : written.id
    const path = ['grants', index]
    const grant = inForce(written, at)
    if (!grant.ok) {
      return [{ path, text: `grant ${name} releases nothing: ${grant.error.join(', ')}` }]
    }
    const soon = inForce(written, at + SOON_DAYS * DAY_MS)
    return soon.ok
      ? []
      : [{ path, text: `grant ${name} ends soon: its last day is ${grant.value.expires}` }]
  })
}

function unknownEnvironments({ grants, releaseHours, environments }: Policy): PolicyWarning[] {
  const known = new Set([...TIERS, ...environments.map(({ name }) => name)])
  const check =
    (key: 'grants' | 'release_hours') =>
    ({ environments: names = [] }: { environments?: readonly string[] }, index: number) =>
      names.flatMap((name, at): PolicyWarning[] =>
        known.has(name)
          ? []
          : [
              {
                path: [key, index, 'environments', at],
                text: 'no entry of environments has this name, so it never applies',
              },
            ],
      )
  return [...grants.flatMap(check('grants')), ...releaseHours.flatMap(check('release_hours'))]
}
