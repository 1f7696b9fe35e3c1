import { visible } from '../../text/safe.ts'
import type { Guard } from './guard.ts'

/** They change how Terraform works, not what the plan holds. */
const HARMLESS = new Set([
  'compact-warnings',
  'detailed-exitcode',
  'input',
  'lock-timeout',
  'no-color',
  'parallelism',
])

/** A plan made with arguments of its own is not the plan of the code: `-target`, `-destroy`, `-var`. */
export const planArguments: Guard = {
  id: 'plan-arguments',
  stop: (_policy, run) => {
    const names = new Set((run.planArguments ?? []).map(nameOf))
    const held = [...names].filter((name) => !HARMLESS.has(name)).slice(0, 5)
    return held.length === 0
      ? undefined
      : `the plan was asked for with ${held.map(told).join(', ')}, so it is not simply what the code says`
  },
}

/** The value may be a secret and the rest is a caller's text: only the name is ever told. */
function nameOf(argument: string): string {
  return /^--?([A-Za-z][\w-]{0,40})(?:=|$)/.exec(argument)?.[1]?.toLowerCase() ?? ''
}

function told(name: string): string {
  return name === '' ? 'an argument that is not an option' : `-${visible(name, 40)}`
}
