// Changing one thing in a plan document and nothing else.
import { edited } from '../../fixtures/tools/plan-tree.ts'
import { isList, isObject, type JsonObject, type JsonValue, valueAt } from '../../src/core/json.ts'

/** A managed resource change of a document, with its place. */
export interface Placed {
  readonly at: number
  readonly type: string
  readonly address: string
  readonly actions: readonly string[]
  readonly before: JsonObject | null
  readonly after: JsonObject | null
  readonly element: JsonObject
}

export function changesOf(plan: JsonObject): readonly JsonObject[] {
  const { resource_changes: changes } = plan
  return isList(changes) ? changes.filter(isObject) : []
}

/** Managed changes; data sources and whatever has no sides are left out. */
export function managedOf(plan: JsonObject): readonly Placed[] {
  return changesOf(plan).flatMap((element, at) => {
    const { mode, type, address } = element
    if (mode !== 'managed' || typeof type !== 'string' || typeof address !== 'string') return []
    const words = valueAt(element, ['change', 'actions'])
    const actions = isList(words) ? words.filter((word) => typeof word === 'string') : []
    const [before, after] = [side(element, 'before'), side(element, 'after')]
    return [{ at, type, address, actions, before, after, element }]
  })
}

/** The plan with dotted paths set inside one change (`change.after.size`). */
export function withinChange(plan: JsonObject, at: number, edits: JsonObject): JsonObject {
  const changes = changesOf(plan).map((element, index) =>
    index === at ? edited(element, edits) : element,
  )
  return { ...plan, resource_changes: changes, ...applyable }
}

/** The plan with more changes, the first of them at `at`. */
export function withChanges(
  plan: JsonObject,
  at: number,
  added: readonly JsonObject[],
): JsonObject {
  const changes = changesOf(plan)
  return {
    ...plan,
    resource_changes: [...changes.slice(0, at), ...added, ...changes.slice(at)],
    ...applyable,
  }
}

/** Both sides of an update spelled out: the way to turn a no-op into one. */
export function asUpdate(placed: Placed, after: JsonObject): JsonObject {
  return {
    'change.actions': placed.actions[0] === 'no-op' ? ['update'] : placed.actions,
    'change.after': after,
  }
}

// Something changes in every mutant, so Terraform would say that it can be applied.
const applyable = { applyable: true }

function side(element: JsonObject, name: string): JsonObject | null {
  const found: JsonValue | undefined = valueAt(element, ['change', name])
  return isObject(found) ? found : null
}
