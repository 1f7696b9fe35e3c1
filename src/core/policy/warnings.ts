// What is valid in a policy and probably not meant: grants and limits that release nothing, names
// nobody has.
import type { Result } from '../result.ts'
import type { Concern } from '../rules/finding.ts'
import { tierOf } from './fields.ts'
import { inForce, limitInForce } from './grants/in-force.ts'
import type { Policy, WrittenReviewLimit } from './policy.ts'
import { holdsUnder } from './presets.ts'

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
    ...policy.grants.flatMap((grant, index) =>
      inert(['grants', index], `grant ${nameOf(grant, index)}`, (when) => inForce(grant, when), at),
    ),
    ...policy.review.releases.flatMap((limit, index) => {
      const name = `limit ${nameOf(limit, index)}`
      const path = ['review', 'releases', index]
      return [
        ...inert(path, name, (when) => limitInForce(limit, when), at),
        ...neverAsked(policy, limit, path, name),
      ]
    }),
    ...unknownEnvironments(policy),
    ...(policy.owner === undefined && policy.workspaces.every(({ owner }) => owner === undefined)
      ? [{ path: [], text: 'no owner is named, so nobody answers for what is held' }]
      : []),
  ]
}

function nameOf({ id }: { readonly id?: string }, index: number): string {
  return id ?? `number ${index + 1}`
}

/** Releases nothing, or not for long any more. */
function inert(
  path: PolicyWarning['path'],
  name: string,
  forceAt: (when: number) => Result<{ readonly expires: string }, readonly string[]>,
  at: number,
): PolicyWarning[] {
  const now = forceAt(at)
  if (!now.ok) return [{ path, text: `${name} releases nothing: ${now.error.join(', ')}` }]
  return forceAt(at + SOON_DAYS * DAY_MS).ok
    ? []
    : [{ path, text: `${name} ends soon: its last day is ${now.value.expires}` }]
}

/** A limit on what does not wait for a person there by the preset: no model is ever asked. */
function neverAsked(
  { preset }: Policy,
  { concerns = [], environments = [] }: WrittenReviewLimit,
  path: PolicyWarning['path'],
  name: string,
): PolicyWarning[] {
  return concerns.flatMap((concern, at): PolicyWarning[] => {
    const waits = environments.some((one) => holdsUnder(preset, concern as Concern, tierOf(one)))
    if (waits || environments.length === 0) return []
    const text = `${name}: ${concern} does not wait for a person in ${environments.join(' or ')}, so it lets nothing pass that would hold`
    return [{ path: [...path, 'concerns', at], text }]
  })
}

function unknownEnvironments(policy: Policy): PolicyWarning[] {
  const known = new Set([...TIERS, ...policy.environments.map(({ name }) => name)])
  const check = (
    entries: readonly { readonly environments?: readonly string[] }[],
    ...path: readonly string[]
  ): PolicyWarning[] =>
    entries.flatMap(({ environments: names = [] }, index) =>
      names.flatMap((name, at): PolicyWarning[] =>
        known.has(name)
          ? []
          : [
              {
                path: [...path, index, 'environments', at],
                text: 'no entry of environments has this name, so it never applies',
              },
            ],
      ),
    )
  return [
    ...check(policy.grants, 'grants'),
    ...check(policy.review.releases, 'review', 'releases'),
    ...check(policy.releaseHours, 'release_hours'),
  ]
}
