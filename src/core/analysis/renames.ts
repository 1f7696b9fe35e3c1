// A rename without a `moved` block shows as a destroy and a create of one thing. Pairs are found by
// identity attributes, so that the advice can name the exact block to write.
import type { Change } from '../change/model.ts'
import { plainAt } from '../change/side.ts'
import { sameJson } from '../json.ts'
import type { Subject } from '../knowledge/subject.ts'

export interface RenamePair {
  readonly from: string
  readonly to: string
  readonly type: string
  /** `same`: identity attributes are equal; `alike`: nearly all attributes are. */
  readonly certainty: 'same' | 'alike'
  readonly matchedBy: readonly string[]
}

const ALIKE = 0.9
/** Comparing every delete with every create of a type stops being worth it beyond this. */
const MOST_PER_TYPE = 200

/** Pairs of one delete and one create of the same type that are probably one object. */
export function renamePairs(subjects: readonly Subject[]): RenamePair[] {
  const gone = byType(subjects, 'delete')
  const made = byType(subjects, 'create')
  return [...gone].flatMap(([type, deletes]) => {
    const creates = made.get(type) ?? []
    if (creates.length === 0 || deletes.length * creates.length > MOST_PER_TYPE * MOST_PER_TYPE)
      return []
    return pair(type, deletes, creates)
  })
}

function byType(subjects: readonly Subject[], kind: 'delete' | 'create'): Map<string, Subject[]> {
  const found = new Map<string, Subject[]>()
  for (const subject of subjects) {
    const { change } = subject
    if (change.mode !== 'managed' || change.action.kind !== kind || change.deposed !== undefined)
      continue
    const list = found.get(change.type)
    if (list === undefined) found.set(change.type, [subject])
    else list.push(subject)
  }
  return found
}

function pair(
  type: string,
  deletes: readonly Subject[],
  creates: readonly Subject[],
): RenamePair[] {
  const free = new Set(creates)
  const pairs: RenamePair[] = []
  for (const gone of deletes) {
    let best:
      | { made: Subject; certainty: RenamePair['certainty']; matchedBy: string[]; score: number }
      | undefined
    for (const made of free) {
      const match = compare(gone, made)
      if (match !== undefined && (best === undefined || match.score > best.score))
        best = { made, ...match }
    }
    if (best === undefined) continue
    free.delete(best.made)
    pairs.push({
      from: gone.change.address,
      to: best.made.change.address,
      type,
      certainty: best.certainty,
      matchedBy: best.matchedBy,
    })
  }
  return pairs
}

function compare(
  gone: Subject,
  made: Subject,
): { certainty: RenamePair['certainty']; matchedBy: string[]; score: number } | undefined {
  const names = gone.kind.kind === 'known' ? (gone.kind.row.identity ?? []) : ['name']
  const known = names.flatMap((name) => {
    const path = name.split('.')
    const before = plainAt(gone.change.before, path)
    const after = plainAt(made.change.after, path)
    return before === undefined || after === undefined || before === ''
      ? []
      : [{ name, same: sameJson(before, after) }]
  })
  const matchedBy = known.filter(({ same }) => same).map(({ name }) => name)
  const alike = similarity(gone.change, made.change)
  if (matchedBy.length > 0 && matchedBy.length === known.length && alike >= 0.5) {
    return { certainty: 'same', matchedBy, score: 1 + alike }
  }
  if (alike >= ALIKE && known.length - matchedBy.length <= 1) {
    return { certainty: 'alike', matchedBy, score: alike }
  }
  return undefined
}

/** Share of equal attributes among those set by the new object (the rest is computed). */
function similarity(gone: Change, made: Change): number {
  const after = made.after.value
  if (typeof after !== 'object' || after === null || Array.isArray(after)) return 0
  let same = 0
  let all = 0
  for (const name of Object.keys(after)) {
    const b = plainAt(gone.before, [name])
    const a = plainAt(made.after, [name])
    if (a === undefined) continue
    all += 1
    if (sameJson(a, b)) same += 1
  }
  return all === 0 ? 0 : same / all
}
