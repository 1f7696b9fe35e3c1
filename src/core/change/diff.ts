// Two sides and their masks become deltas by path. The order of questions at every node: sensitive
// first, then unknown, then the value; so nothing both secret and new is ever shown by a later branch.
import {
  dotted,
  isEmptyJson,
  isList,
  isObject,
  type JsonValue,
  type Path,
  sameJson,
  valueAt,
} from '../json.ts'
import type { Delta, Side, Value } from './model.ts'
import { hasMark } from './side.ts'

interface Node {
  readonly value: JsonValue | undefined
  readonly unknown: JsonValue | undefined
  readonly sensitive: JsonValue | undefined
}

/**
 * Every leaf that differs, sorted by path. A block that exists on one side only is taken apart to
 * its leaves, so that a rule on `ttl.enabled` sees it come and go. "Not set" in its several forms
 * (`null`, `""`, `[]`, `{}`, absence) is one value: going from one to another is no delta.
 */
export function diffSides(before: Side, after: Side, replacePaths: readonly Path[]): Delta[] {
  const deltas: Delta[] = []
  walk([], before, after, (path, b, a, markOnly) => {
    const label = labelOf(path, before, after)
    deltas.push({
      path,
      name: dotted(path),
      ...(label === undefined ? {} : { label }),
      before: b,
      after: a,
      markOnly,
      forcesReplacement: replacePaths.some((forced) => touches(forced, path)),
    })
  })
  return deltas.sort((a, b) => comparePaths(a.path, b.path))
}

/** Entries such as `env { name = "DB_PASSWORD" value = … }` say beside the value what it is. */
function labelOf(path: Path, before: Side, after: Side): string | undefined {
  if (path.at(-1) !== 'value') return undefined
  const entry = path.slice(0, -1)
  for (const side of [after, before]) {
    for (const key of ['name', 'key']) {
      const label = valueAt(side.value, [...entry, key])
      if (typeof label === 'string' && label !== '') return label
    }
  }
  return undefined
}

type Report = (path: Path, before: Value, after: Value, markOnly: boolean) => void

function walk(path: Path, before: Node, after: Node, report: Report): void {
  const b = before.sensitive === true
  const a = after.sensitive === true
  if (b || a) {
    const same =
      after.unknown !== true && !hasMark(after.unknown) && sameJson(norm(before), norm(after))
    if (same && b === a) return
    if (same && isEmptyJson(before.value)) return
    report(path, shown(before), shown(after), same)
    return
  }
  if (after.unknown === true) {
    report(path, shown(before), { kind: 'unknown' }, false)
    return
  }
  if (differInShape(before.value, after.value)) {
    report(path, shown(before), shown(after), false)
    return
  }
  if (isObject(before.value) || isObject(after.value)) {
    let told = false
    for (const key of keysOf(before, after)) {
      walk([...path, key], step(before, key), step(after, key), (...delta) => {
        told = true
        report(...delta)
      })
    }
    // A block without content still says something by being there: `ingress {}` allows everything.
    if (!told && path.length > 1 && isObject(before.value) !== isObject(after.value)) {
      report(path, shown(before), shown(after), false)
    }
    return
  }
  if (isList(before.value) || isList(after.value) || isList(after.unknown)) {
    if (areWholeLists(before, after)) {
      if (!sameJson(norm(before), norm(after))) report(path, shown(before), shown(after), false)
      return
    }
    const count = Math.max(lengthOf(before.value), lengthOf(after.value), lengthOf(after.unknown))
    for (let at = 0; at < count; at += 1) {
      walk([...path, at], step(before, at), step(after, at), report)
    }
    return
  }
  if (isObject(after.unknown)) {
    for (const key of Object.keys(after.unknown)) {
      walk([...path, key], step(before, key), step(after, key), report)
    }
    return
  }
  if (isEmptyJson(before.value) && isEmptyJson(after.value)) return
  if (sameJson(before.value, after.value)) return
  report(path, shown(before), shown(after), false)
}

function norm(node: Node): JsonValue {
  return isEmptyJson(node.value) ? null : (node.value ?? null)
}

/** One side holds a block or list and the other something else that is set. */
function differInShape(before: JsonValue | undefined, after: JsonValue | undefined): boolean {
  if (isEmptyJson(before) || isEmptyJson(after)) return false
  return isObject(before) !== isObject(after) || isList(before) !== isList(after)
}

/** Lists of plain values without marks are told as a whole: what they gained and lost is the point. */
function areWholeLists(before: Node, after: Node): boolean {
  return (
    isListOfScalars(before.value) &&
    isListOfScalars(after.value) &&
    !hasMark(after.unknown) &&
    !hasMark(before.sensitive) &&
    !hasMark(after.sensitive)
  )
}

function isContainer(value: JsonValue | undefined): boolean {
  return isObject(value) || isList(value)
}

function isListOfScalars(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null) return true
  return isList(value) && value.every((item) => !isContainer(item))
}

function lengthOf(value: JsonValue | undefined): number {
  return isList(value) ? value.length : 0
}

function keysOf(before: Node, after: Node): string[] {
  const keys = new Set<string>()
  for (const tree of [before.value, after.value, after.unknown]) {
    if (isObject(tree)) for (const key of Object.keys(tree)) keys.add(key)
  }
  return [...keys]
}

/** One step down value and masks together; a bare `true` mask covers everything below it. */
function step(node: Node, to: string | number): Node {
  const down = (tree: JsonValue | undefined): JsonValue | undefined => {
    if (tree === true) return true
    if (typeof to === 'number') return isList(tree) ? tree[to] : undefined
    return isObject(tree) && Object.hasOwn(tree, to) ? tree[to] : undefined
  }
  const value =
    typeof to === 'number'
      ? isList(node.value)
        ? node.value[to]
        : undefined
      : isObject(node.value) && Object.hasOwn(node.value, to)
        ? node.value[to]
        : undefined
  return { value, unknown: down(node.unknown), sensitive: down(node.sensitive) }
}

function shown(node: Node): Value {
  if (node.sensitive === true || hasMark(node.sensitive)) return { kind: 'sensitive' }
  if (node.unknown === true) return { kind: 'unknown' }
  if (node.value === undefined || node.value === null) return { kind: 'absent' }
  return { kind: 'known', value: node.value }
}

/** A forced path covers what is below it, and a whole block is forced by a path inside it. */
function touches(forced: Path, path: Path): boolean {
  const shared = Math.min(forced.length, path.length)
  for (let at = 0; at < shared; at += 1) if (forced[at] !== path[at]) return false
  return true
}

function comparePaths(a: Path, b: Path): number {
  const shared = Math.min(a.length, b.length)
  for (let at = 0; at < shared; at += 1) {
    const x = a[at]
    const y = b[at]
    if (x === y || x === undefined || y === undefined) continue
    if (typeof x === 'number' && typeof y === 'number') return x - y
    return String(x) < String(y) ? -1 : 1
  }
  return a.length - b.length
}
