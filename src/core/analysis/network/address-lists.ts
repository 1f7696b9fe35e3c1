// Address lists of the plan by identifier, so that a rule that names one is read as its addresses.
import type { Side } from '../../change/model.ts'
import { plainAt } from '../../change/side.ts'
import type { Subject } from '../../knowledge/subject.ts'
import type { Range } from './address.ts'
import { readAddresses } from './models/address-set.ts'

export interface Lists {
  /** A list with an identifier changes in this plan: unchanged rules may mean something else. */
  readonly isChanging: boolean
  /** Undefined for a list that is not in the plan, or could not be read: it stays an opaque name. */
  addressesOf(id: string, which: 'before' | 'after'): readonly Range[] | undefined
}

const MODEL = 'address-set'

export function indexLists(subjects: readonly Subject[]): Lists {
  const before = new Map<string, readonly Range[]>()
  const after = new Map<string, readonly Range[]>()
  let isChanging = false
  for (const { change, kind } of subjects) {
    if (kind.kind !== 'known' || kind.row.net_rule_model !== MODEL) continue
    if (change.mode !== 'managed' || change.deposed !== undefined) continue
    const [was, is] = [addressesOf(change.before), addressesOf(change.after)]
    if (was !== undefined) before.set(was.id, was.ranges)
    if (is !== undefined) after.set(is.id, is.ranges)
    if (change.action.kind !== 'no-op') isChanging = true
  }
  return {
    isChanging,
    addressesOf: (id, which) => (which === 'before' ? before : after).get(id),
  }
}

function addressesOf(side: Side): { id: string; ranges: readonly Range[] } | undefined {
  const id = plainAt(side, ['id'])
  if (typeof id !== 'string') return undefined
  const { ranges, notes } = readAddresses(side)
  return notes.doubts.length > 0 ? undefined : { id, ranges }
}
