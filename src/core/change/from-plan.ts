// One element of the plan becomes one change in our terms.
import { isObject } from '../json.ts'
import type { ResourceChange } from '../plan/model.ts'
import { classifyActions } from './action.ts'
import { diffSides } from './diff.ts'
import type { Change, Side } from './model.ts'

/**
 * The change of one `resource_changes` or `resource_drift` element. Never fails: what is not
 * understood becomes `unrecognised` in its place (action, mode) and is judged as such.
 */
export function changeFrom(raw: ResourceChange): Change {
  const before: Side = { value: raw.before, unknown: false, sensitive: raw.beforeSensitive }
  const after: Side = { value: raw.after, unknown: raw.afterUnknown, sensitive: raw.afterSensitive }
  return {
    address: raw.address,
    ...(raw.previousAddress === undefined ? {} : { previousAddress: raw.previousAddress }),
    moduleAddress: raw.moduleAddress ?? '',
    mode: modeOf(raw.mode),
    type: raw.type,
    name: raw.name,
    ...(raw.index === undefined ? {} : { index: raw.index }),
    providerName: raw.providerName ?? '',
    ...(raw.deposed === undefined ? {} : { deposed: raw.deposed }),
    ...(raw.actionReason === undefined ? {} : { reason: raw.actionReason }),
    action: classifyActions(raw.actions),
    importing: raw.importing,
    before,
    after,
    deltas: diffSides(side(before), side(after), raw.replacePaths),
    replacePaths: raw.replacePaths,
  }
}

/** The name a person uses for a change: the address, and which object where there are several. */
export function nameOf(change: Change): string {
  return change.deposed === undefined
    ? change.address
    : `${change.address} (deposed ${change.deposed})`
}

// A mask of `true` on a side that does not exist says nothing about it.
function side(one: Side): Side {
  return one.value === null && !isObject(one.unknown) && one.unknown !== true
    ? { value: null, unknown: false, sensitive: false }
    : one
}

function modeOf(mode: string): Change['mode'] {
  return mode === 'managed' || mode === 'data' || mode === 'ephemeral' ? mode : 'unrecognised'
}
