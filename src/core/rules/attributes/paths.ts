// Matching a delta's dotted name against catalogue paths, most specific first.
import type { Delta } from '../../change/model.ts'
import type { Cover } from '../finding.ts'

/** The name is the path or lies below it: `tags` covers `tags.Owner`, never `tags_all`. */
export function isUnder(name: string, path: string): boolean {
  return name === path || name.startsWith(`${path}.`) || path === '*'
}

/** Of the rows whose path covers the name, those with the longest path; a whole block that changed
 * at once also meets the rows below it. */
export function mostSpecific<T extends { readonly path: string }>(
  rows: readonly T[],
  delta: Delta,
): readonly T[] {
  const meeting = rows.filter(
    (row) => isUnder(delta.name, row.path) || isUnder(row.path, delta.name),
  )
  const above = meeting.filter((row) => isUnder(delta.name, row.path))
  const below = meeting.filter((row) => row.path !== delta.name && isUnder(row.path, delta.name))
  const longest = Math.max(...above.map((row) => row.path.length), 0)
  return [...above.filter((row) => row.path.length === longest), ...below]
}

/** A finding or clearance accounts for this delta. */
export function accountsFor(covers: Cover, name: string): boolean {
  return covers === 'all' || covers.some((path) => isUnder(name, path))
}
