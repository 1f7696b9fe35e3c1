// `count` over a list that lost an item in the middle: every later instance takes over the values of
// the next one, and the object that is really destroyed is the last one, not the one that left.
import type { Change } from '../../change/model.ts'
import { readSide } from '../../change/side.ts'
import { sameJson } from '../../json.ts'
import type { Subject } from '../../knowledge/subject.ts'
import { identityOf } from './compare.ts'

export interface IndexShift {
  /** Address without the index. */
  readonly of: string
  readonly type: string
  /** Instances rewritten to what another one was, with the index of that one. */
  readonly rewritten: readonly {
    readonly to: number
    readonly was: number
    readonly replaced: boolean
  }[]
  /** Indexes whose real objects are destroyed. */
  readonly destroyed: readonly number[]
  /** Indexes of the items that left the list. */
  readonly left: readonly number[]
}

/** Items that left one list; a longer step is not looked for. */
const MOST_LEFT = 16

/** Shifts among instances with an integer index. `subjects` in any order. */
export function indexShifts(subjects: readonly Subject[]): IndexShift[] {
  const groups = new Map<string, Map<number, Subject>>()
  const shrunk = new Set<string>()
  for (const subject of subjects) {
    const { change } = subject
    if (change.mode !== 'managed' || typeof change.index !== 'number') continue
    if (change.deposed !== undefined || !MOVES.has(change.action.kind)) continue
    const of = change.address.replace(/\[\d+\]$/, '')
    const group = groups.get(of) ?? new Map<number, Subject>()
    group.set(change.index, subject)
    groups.set(of, group)
    if (change.reason === 'delete_because_count_index') shrunk.add(of)
  }
  return [...shrunk].sort().flatMap((of) => shift(of, groups.get(of) ?? new Map()))
}

const MOVES = new Set(['update', 'replace', 'delete'])

function shift(of: string, group: ReadonlyMap<number, Subject>): IndexShift[] {
  const indexes = [...group.keys()].sort((a, b) => a - b)
  const destroyed = indexes.filter((at) => group.get(at)?.change.action.kind === 'delete')
  const rewritten = indexes.flatMap((to) => {
    const subject = group.get(to)
    if (subject === undefined || subject.change.action.kind === 'delete') return []
    const furthest = Math.min(destroyed.length, MOST_LEFT)
    for (let was = to + 1; was <= to + furthest; was += 1) {
      const next = group.get(was)
      if (next !== undefined && takesOver(subject, next.change)) {
        return [{ to, was, replaced: subject.change.action.kind === 'replace' }]
      }
    }
    return []
  })
  if (rewritten.length === 0) return []
  const kept = new Set(rewritten.map(({ was }) => was))
  const moved = new Set(rewritten.map(({ to }) => to))
  const left = [...moved, ...destroyed].filter((at) => !kept.has(at)).sort((a, b) => a - b)
  const type = group.get(destroyed[0] ?? -1)?.change.type ?? ''
  return [{ of, type, rewritten, destroyed, left }]
}

const NAMING = /(^|\.)(name|key|identifier|hostname|cidr|cidr_block|host|private_ip|display_name)$/i

/** What this instance will be is what the next one is: by its identity, or in everything that changes. */
function takesOver(subject: Subject, next: Change): boolean {
  const identity = new Set(identityOf(subject))
  let equal = 0
  let all = 0
  let named = false
  for (const { path, name, after, markOnly } of subject.change.deltas) {
    if (after.kind !== 'known' || markOnly || name.startsWith('tags_all.')) continue
    const was = readSide(next.before, path)
    all += 1
    if (was.kind !== 'known' || !sameJson(was.value, after.value)) continue
    equal += 1
    if (identity.has(name) || NAMING.test(name)) named = true
  }
  return equal > 0 && (equal === all || (named && equal * 2 >= all))
}
