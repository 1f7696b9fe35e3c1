// One drifted object against its planned change: which hand-made parts the apply would undo. Three
// values meet at a path: what the state had, what is real, and what is planned.
import type { Change, Side, Value } from '../../change/model.ts'
import { showAt } from '../../change/show.ts'
import { hasSensitiveBelow, hasUnknownBelow, readSide } from '../../change/side.ts'
import { isEmptyJson, isList, isObject, type JsonValue, type Path, valueAt } from '../../json.ts'
import { isOtherSpelling, isRule, meaning } from './values.ts'

export interface Undone {
  readonly what: 'reverted' | 'conflict'
  readonly path: Path
  readonly real: Value
  readonly planned: Value
  /** As a person may see them: redacted. */
  readonly shown: { readonly real: JsonValue; readonly planned: JsonValue }
  /** For sets: members made by hand that go, and members removed by hand that come back. */
  readonly members?: {
    readonly going: readonly JsonValue[]
    readonly returning: readonly JsonValue[]
  }
  /** One thing written in two ways. */
  readonly spelling: boolean
}

const DEEPEST = 8
/** Paths told of one object. */
const MOST_PATHS = 40
/** Arguments shown of one member. */
const MOST_KEYS = 8

/** What of the drift the change undoes, by path; `isConfigured` says whether code sets an attribute. */
export function undoneBy(
  drifted: Change,
  change: Change,
  isConfigured: (attribute: string) => boolean,
): Undone[] {
  const touched = new Set(change.deltas.map(({ path }) => String(path[0] ?? '')))
  const names = new Set(drifted.deltas.map(({ path }) => String(path[0] ?? '')))
  const found: Undone[] = []
  for (const name of names) {
    // No change planned on it: ignored or computed, so nothing is undone.
    if (name === '' || !touched.has(name) || (isCopy(name) && names.has('tags'))) continue
    if (readSide(change.after, [name]).kind === 'unknown' && !isConfigured(name)) continue
    walk([name], drifted, change, found)
  }
  return found.slice(0, MOST_PATHS)
}

/** The provider's own copy of the tags. */
function isCopy(name: string): boolean {
  return name === 'tags_all'
}

function walk(path: Path, drifted: Change, change: Change, found: Undone[]): void {
  const [s, r, p] = [
    valueAt(drifted.before.value, path),
    valueAt(drifted.after.value, path),
    valueAt(change.after.value, path),
  ]
  const isHidden = hasUnknownBelow(change.after, path)
  if (meaning(s) === meaning(r)) return
  if (!isHidden && meaning(p) === meaning(r)) return
  const isSecret =
    readSide(drifted.after, path).kind === 'sensitive' ||
    readSide(change.after, path).kind === 'sensitive'
  if (!isSecret && path.length < DEEPEST) {
    const keys = stepsInto(s, r, p)
    if (keys !== undefined) {
      for (const key of keys) {
        if (found.length > MOST_PATHS) return
        walk([...path, key], drifted, change, found)
      }
      return
    }
  }
  const members = isHidden || isSecret ? undefined : membersAt(path, drifted, change)
  const isBack =
    (!isHidden && meaning(p) === meaning(s)) ||
    (members !== undefined && members.going.length + members.returning.length > 0)
  found.push({
    what: isBack ? 'reverted' : 'conflict',
    path,
    real: newValue(drifted, path),
    planned: newValue(change, path),
    shown: { real: showAt(drifted.after, path), planned: showAt(change.after, path) },
    ...(members === undefined ? {} : { members }),
    spelling: isOtherSpelling(r, p),
  })
}

/** Keys of maps and single blocks; undefined where the value is told as a whole. */
function stepsInto(...sides: readonly (JsonValue | undefined)[]): (string | number)[] | undefined {
  const set = sides.filter((side) => side !== undefined && side !== null)
  if (set.length === 0) return undefined
  if (set.some((side) => isEntry(side) || (isList(side) && isEntry(side[0])))) return undefined
  if (set.every(isObject)) return [...new Set(set.flatMap((side) => Object.keys(side)))]
  const isSingle = set.every((side) => isList(side) && side.length === 1 && isObject(side[0]))
  // A set of one rule is still a set: only blocks that cannot be repeated are stepped into, and those
  // have no port or peer.
  return isSingle && !set.some((side) => isList(side) && isRule(side[0])) ? [0] : undefined
}

/** Marks on anything at or below the path win over the value. */
function newValue(change: Change, path: Path): Value {
  if (hasSensitiveBelow(change.after, path)) return { kind: 'sensitive' }
  return readSide(change.after, path)
}

function membersAt(path: Path, drifted: Change, change: Change): Undone['members'] {
  const [s, r, p] = [
    listAt(drifted.before.value, path),
    listAt(drifted.after.value, path),
    listAt(change.after.value, path),
  ]
  if (s === undefined || r === undefined || p === undefined) return undefined
  const [inState, inReal, inPlan] = [keysOf(s), keysOf(r), keysOf(p)]
  const going = r.flatMap((item, at) => {
    const key = meaning(item)
    return key === '' || inState.has(key) || inPlan.has(key)
      ? []
      : [shownMember(drifted.after, [...path, at])]
  })
  const returning = p.flatMap((item, at) => {
    const key = meaning(item)
    return key === '' || inReal.has(key) || !inState.has(key)
      ? []
      : [shownMember(change.after, [...path, at])]
  })
  return { going, returning }
}

/** A block by what is set in it; every inner value is shown under its own marks. */
function shownMember(side: Side, path: Path): JsonValue {
  const value = valueAt(side.value, path)
  if (!isObject(value) || isEntry(value) || readSide(side, path).kind !== 'known') {
    return showAt(side, path)
  }
  const keys = Object.keys(value).filter(
    (key) => /^[A-Za-z_][\w-]*$/.test(key) && !isEmptyJson(value[key]) && value[key] !== false,
  )
  return Object.fromEntries(
    keys.slice(0, MOST_KEYS).map((key) => [key, showAt(side, [...path, key])]),
  )
}

/** `{ name = "DB_PASSWORD", value = … }`: only as a whole is it seen what the value is. */
function isEntry(value: JsonValue | undefined): boolean {
  const has = (...names: readonly string[]): boolean =>
    isObject(value) && Object.keys(value).some((key) => names.includes(key.toLowerCase()))
  return has('name', 'key') && has('value')
}

function listAt(value: JsonValue, path: Path): readonly JsonValue[] | undefined {
  const found = valueAt(value, path)
  if (found === undefined || found === null) return []
  return isList(found) ? found : undefined
}

function keysOf(list: readonly JsonValue[]): Set<string> {
  return new Set(list.map((item) => meaning(item)))
}
