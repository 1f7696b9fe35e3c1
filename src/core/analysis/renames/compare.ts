// Is the object that goes the object that comes? Only what both sides know counts as evidence.
import type { Change } from '../../change/model.ts'
import { plainAt, readSide } from '../../change/side.ts'
import { isEmptyJson, isObject, type JsonValue, type Path, sameJson } from '../../json.ts'
import type { Subject } from '../../knowledge/subject.ts'

export interface Match {
  /** `same`: identity attributes are equal; `alike`: nearly all attributes are. */
  readonly certainty: 'same' | 'alike'
  readonly matchedBy: readonly string[]
  readonly score: number
}

const ALIKE = 0.9
/** Equal attributes below which likeness says nothing: two empty objects are not one. */
const LEAST_EQUAL = 3

/** Identity attributes that many objects share. */
const PLACE =
  /(_id|region|location|project|engine|type|namespace|zone|scope|db_name|cluster_name|resource_group_name)$/

/** Dotted identity attributes of a kind; `name` for types outside the catalogue. */
export function identityOf({ kind }: Subject): readonly string[] {
  return kind.kind === 'known' ? (kind.row.identity ?? []) : ['name']
}

/** The value an identity attribute is known to have, else undefined. */
export function identityAt(
  change: Change,
  side: 'before' | 'after',
  name: string,
): JsonValue | undefined {
  const value = plainAt(change[side], stepsOf(name))
  return value === undefined || isEmptyJson(value) ? undefined : value
}

/**
 * Whether a deleted and a created object of one type are probably one. Undefined where the identity
 * of the new object is unknown, where any known identity attribute differs and the rest is not nearly
 * equal, and across modules where a single equal attribute is all there is.
 */
export function compareSides(gone: Subject, made: Subject): Match | undefined {
  const names = identityOf(gone)
  const known: { name: string; same: boolean }[] = []
  let hidden = false
  for (const name of names) {
    const before = identityAt(gone.change, 'before', name)
    const after = identityAt(made.change, 'after', name)
    if (before !== undefined && after !== undefined) {
      known.push({ name, same: sameJson(before, after) })
    } else if (readSide(made.change.after, stepsOf(name)).kind !== 'absent') hidden = true
  }
  const matchedBy = known.filter(({ same }) => same).map(({ name }) => name)
  if (known.length === 0 && hidden) return undefined
  if (known.length > 0 && matchedBy.length === 0) return undefined
  const { share, equal } = likeness(gone.change, made.change)
  const isAll = matchedBy.length > 0 && matchedBy.length === known.length
  // Where it lives says little of what it is, as long as the name itself is not known yet.
  const isPlaceOnly = hidden && matchedBy.every((name) => PLACE.test(name))
  const isWeak = matchedBy.length === 1 && gone.change.moduleAddress !== made.change.moduleAddress
  if (isAll && !isPlaceOnly && share >= (isWeak ? 0.75 : 0.5)) {
    return { certainty: 'same', matchedBy, score: 1 + share }
  }
  if (share >= ALIKE && equal >= LEAST_EQUAL && known.length - matchedBy.length <= 1) {
    return { certainty: 'alike', matchedBy, score: share }
  }
  return undefined
}

function stepsOf(name: string): Path {
  const steps = name.split('.')
  // Kubernetes blocks are lists of one.
  return steps[0] === 'metadata' ? ['metadata', 0, ...steps.slice(1)] : steps
}

/** Share of equal attributes among those known and set on either side; what is computed is left out. */
function likeness(gone: Change, made: Change): { share: number; equal: number } {
  const before = gone.before.value
  const after = made.after.value
  if (!isObject(before) || !isObject(after)) return { share: 0, equal: 0 }
  let equal = 0
  let all = 0
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const a = readSide(made.after, [name])
    const b = readSide(gone.before, [name])
    if (a.kind === 'unknown' || a.kind === 'sensitive' || b.kind === 'sensitive') continue
    const [x, y] = [plainAt(gone.before, [name]), plainAt(made.after, [name])]
    if (isEmptyJson(x) && isEmptyJson(y)) continue
    // `id`, `arn` and the like are not written by the configuration and come back as unknown.
    if (y === undefined && !Object.hasOwn(after, name)) continue
    all += 1
    if (sameJson(x, y)) equal += 1
  }
  return { share: all === 0 ? 0 : equal / all, equal }
}
