// Which environment the team's own file, or the caller, says this run belongs to.
import type { Declared } from '../analysis/facts.ts'
import type { Matched } from './match.ts'
import { matches } from './match.ts'
import type { Policy } from './policy.ts'

/**
 * The first environment whose `match` meets the run. With environments in the policy and none that
 * matches, it is production; without any, the analysis infers one and this is undefined.
 */
export function declaredEnvironment(policy: Policy, run: Matched): Declared | undefined {
  if (policy.environments.length === 0) return undefined
  const found = policy.environments.find(({ match }) => matches(match, run))
  return found === undefined
    ? { name: 'production', because: 'no environment of the policy matches this run' }
    : { name: found.name, because: `the policy maps this run to ${found.name}` }
}

/** The entry of `workspaces` that speaks about this run: owner, phase, regulated. */
export function workspaceOf(
  policy: Policy,
  run: Matched,
): Policy['workspaces'][number] | undefined {
  return policy.workspaces.find(({ match }) => matches(match, run))
}
