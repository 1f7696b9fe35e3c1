// A rename without a `moved` block shows as a destroy and a create of one thing. What is found here
// only ever adds a warning: the destroy keeps its own finding.

import type { Subject } from '../knowledge/subject.ts'
import type { Plan } from '../plan/model.ts'
import { type IndexShift, indexShifts } from './renames/index-shift.ts'
import { moduleMoves } from './renames/modules.ts'
import { describe, pairsOf, type RenamePair, type Side } from './renames/pairs.ts'

export type { IndexShift } from './renames/index-shift.ts'
export type { RenamePair } from './renames/pairs.ts'

export interface Renames {
  /** Pairs that are not told by a module. */
  readonly pairs: readonly RenamePair[]
  readonly modules: readonly RenamedModule[]
  readonly shifts: readonly IndexShift[]
  /** Objects planned as destroy and create although they are probably the same, of all there are. */
  readonly wholesale?: { readonly moved: number; readonly existing: number }
}

export interface RenamedModule {
  readonly from: string
  readonly to: string
  readonly members: number
  /** Members that go without a counterpart. */
  readonly without: number
}

const WHOLESALE = { share: 0.5, least: 5 } as const

/** Renames of a plan, in any form. The order of `subjects` does not matter. */
export function renamesIn(subjects: readonly Subject[], plan: Pick<Plan, 'noOps'>): Renames {
  const gone = managed(subjects, 'delete')
  const made = managed(subjects, 'create')
  const moves = moduleMoves(gone, made)
  const told = new Set(
    moves.flatMap(({ members }) => members.flatMap(({ gone: g, made: m }) => [g, m])),
  )
  const pairs = paired(
    gone.filter((one) => !told.has(one)),
    made.filter((one) => !told.has(one)),
  )
  const moved = pairs.length + told.size / 2
  const existing = plan.noOps + subjects.filter(exists).length
  return {
    pairs,
    modules: moves.map(({ from, to, members, without }) => ({
      from,
      to,
      members: members.length,
      without,
    })),
    shifts: indexShifts(subjects),
    ...(moved >= WHOLESALE.least && moved >= existing * WHOLESALE.share
      ? { wholesale: { moved, existing } }
      : {}),
  }
}

function exists({ change }: Subject): boolean {
  return change.mode === 'managed' && change.deposed === undefined && change.before.value !== null
}

function managed(subjects: readonly Subject[], kind: 'delete' | 'create'): Subject[] {
  return subjects
    .filter(
      ({ change }) =>
        change.mode === 'managed' && change.action.kind === kind && change.deposed === undefined,
    )
    .sort((a, b) => (a.change.address < b.change.address ? -1 : 1))
}

function paired(gone: readonly Subject[], made: readonly Subject[]): RenamePair[] {
  const creates = byType(made)
  const sides: Side[] = [...byType(gone)].flatMap(([type, deletes]) =>
    pairsOf(deletes, creates.get(type) ?? []),
  )
  return sides.flatMap((side) => describe(side) ?? [])
}

function byType(subjects: readonly Subject[]): Map<string, Subject[]> {
  const found = new Map<string, Subject[]>()
  for (const subject of subjects) {
    const key = `${subject.change.type}\n${subject.change.providerName}`
    const list = found.get(key)
    if (list === undefined) found.set(key, [subject])
    else list.push(subject)
  }
  return found
}
