import type { Guard } from './guard.ts'

/** The preset `strict` releases nothing in production but plans that change nothing. */
export const strictProduction: Guard = {
  id: 'strict-production',
  stop: (policy, _run, facts) =>
    policy.preset === 'strict' &&
    facts?.environment.tier === 'production' &&
    changesSomething(facts)
      ? 'the preset strict lets nothing but unchanged plans through in production'
      : undefined,
}

function changesSomething(facts: NonNullable<Parameters<Guard['stop']>[2]>): boolean {
  return (
    facts.subjects.length > 0 ||
    facts.plan.outputs.some(({ actions }) => actions.join() !== 'no-op')
  )
}
