// Does a policy entry speak about this run? Every key given has to match; any of its patterns may.
import picomatch from 'picomatch'
import type { Context } from '../context.ts'
import type { Match } from './policy.ts'

/** What a run is matched by: the caller's context, and the cloud accounts found in the plan. */
export interface Matched extends Context {
  readonly accounts: readonly string[]
}

/** True where the entry has at least one key and all of its keys match. */
export function matches(match: Match, run: Matched): boolean {
  const asked: readonly (readonly [readonly string[] | undefined, readonly string[]])[] = [
    [match.organization, present(run.organization)],
    [match.project, present(run.project)],
    [match.workspace, present(run.workspace)],
    [match.directory, present(run.directory)],
    [match.tag, Object.entries(run.tags).flatMap(([key, value]) => [`${key}=${value}`, key])],
    [match.account, run.accounts],
  ]
  const given = asked.filter(([patterns]) => patterns !== undefined)
  return (
    given.length > 0 &&
    given.every(([patterns, values]) => values.some((value) => meets(patterns ?? [], value)))
  )
}

function meets(patterns: readonly string[], value: string): boolean {
  return patterns.some((pattern) =>
    picomatch.isMatch(value, pattern, { dot: true, nonegate: true }),
  )
}

/**
 * Does a resource address meet one of the patterns? Only `*` has a meaning (any text); everything
 * else stands for itself, because brackets and quotes are part of addresses.
 */
export function meetsAddress(patterns: readonly string[], address: string): boolean {
  return patterns.some((pattern) => wholly(pattern.split('*'), address))
}

/** Pieces in order, the first at the start and the last at the end. Linear, whatever the pattern. */
function wholly(pieces: readonly string[], text: string): boolean {
  const [first = '', ...others] = pieces
  const last = others.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first) || !text.endsWith(last)) return false
  let at = first.length
  for (const piece of others) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return at <= text.length - last.length
}

/** Does a name, such as who created a run, meet one of the patterns? Case does not matter. */
export function meetsName(patterns: readonly string[], name: string): boolean {
  return meetsAddress(
    patterns.map((pattern) => pattern.toLowerCase()),
    name.toLowerCase(),
  )
}

function present(value: string | undefined): string[] {
  return value === undefined || value === '' ? [] : [value]
}
