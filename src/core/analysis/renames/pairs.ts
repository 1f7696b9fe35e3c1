// Pairs of one delete and one create that are probably one object. Found through an index over
// identity values; likeness is asked only where few are left.
import { canonicalJson } from '../../json.ts'
import type { Subject } from '../../knowledge/subject.ts'
import { compareSides, identityAt, identityOf, type Match } from './compare.ts'

export interface RenamePair {
  readonly from: string
  readonly to: string
  readonly type: string
  readonly certainty: Match['certainty']
  readonly matchedBy: readonly string[]
  /** `action_reason` of the delete. */
  readonly reason?: string
}

export interface Side {
  readonly gone: Subject
  readonly made: Subject
}

/** Creates compared with one delete out of an index bucket. */
const WINDOW = 12
/** Deletes × creates of one type that are compared without an index. */
const MOST_COMPARED = 2_500
/** Different sets of known identity attributes looked up per type. */
const MOST_SHAPES = 8

/**
 * Pairs among the deletes and creates of one type and provider, both sorted by address. Comparisons:
 * at most 12 per delete and shape of identity, and 2 500 more for the rest.
 */
export function pairsOf(deletes: readonly Subject[], creates: readonly Subject[]): Side[] {
  const free = new Set(creates)
  const pairs: Side[] = []
  const left = byIdentity(deletes, creates, free, pairs)
  if (left.length * free.size > MOST_COMPARED) return pairs
  for (const gone of left) {
    const made = best(gone, free)
    if (made === undefined) continue
    free.delete(made)
    pairs.push({ gone, made })
  }
  return pairs
}

export function describe({ gone, made }: Side): RenamePair | undefined {
  const match = compareSides(gone, made)
  if (match === undefined) return undefined
  return {
    from: gone.change.address,
    to: made.change.address,
    type: gone.change.type,
    certainty: match.certainty,
    matchedBy: match.matchedBy,
    ...(gone.change.reason === undefined ? {} : { reason: gone.change.reason }),
  }
}

/** Takes the pairs the index finds and returns the deletes that are left. */
function byIdentity(
  deletes: readonly Subject[],
  creates: readonly Subject[],
  free: Set<Subject>,
  pairs: Side[],
): Subject[] {
  const shapes = new Map<string, readonly string[]>()
  for (const made of creates) {
    const names = identityOf(made).filter((n) => identityAt(made.change, 'after', n) !== undefined)
    if (names.length > 0 && shapes.size < MOST_SHAPES) shapes.set(names.join(), names)
  }
  let left = [...deletes]
  for (const names of [...shapes.values()].sort((a, b) => b.length - a.length)) {
    const index = new Map<string, Subject[]>()
    for (const made of free) {
      const key = keyOf(made, 'after', names)
      if (key === undefined) continue
      const list = index.get(key)
      if (list === undefined) index.set(key, [made])
      else list.push(made)
    }
    left = left.filter((gone) => {
      const key = keyOf(gone, 'before', names)
      const bucket = key === undefined ? undefined : index.get(key)
      if (bucket === undefined) return true
      const made = best(gone, bucket.slice(-WINDOW))
      if (made === undefined) return true
      bucket.splice(bucket.lastIndexOf(made), 1)
      free.delete(made)
      pairs.push({ gone, made })
      return false
    })
  }
  return left
}

function keyOf(
  subject: Subject,
  side: 'before' | 'after',
  names: readonly string[],
): string | undefined {
  const values = names.map((name) => identityAt(subject.change, side, name))
  const parts = values.flatMap((value) => (value === undefined ? [] : [canonicalJson(value)]))
  return parts.length === names.length ? parts.join('\n') : undefined
}

function best(gone: Subject, among: Iterable<Subject>): Subject | undefined {
  let found: Subject | undefined
  let score = 0
  for (const made of among) {
    const match = compareSides(gone, made)
    if (match === undefined) continue
    // Of equals the one with the same key or index, and then the first.
    const likely = match.score + (gone.change.index === made.change.index ? 0.01 : 0)
    if (likely > score) [found, score] = [made, likely]
  }
  return found
}
