// Reading one side of a change through its masks: sensitive first, then unknown, then the value.
import { isList, isObject, type JsonValue, member, type Path, valueAt } from '../json.ts'
import type { Side, Value } from './model.ts'

/**
 * What a side holds at a path. A mark on the path itself or on anything above it counts; marks
 * below it do not (ask `hasSensitiveBelow`, `hasUnknownBelow` before trusting a whole block).
 * `null` reads as absent: Terraform writes both for "not set".
 */
export function readSide(side: Side, path: Path): Value {
  if (isMarked(side.sensitive, path)) return { kind: 'sensitive' }
  if (isMarked(side.unknown, path)) return { kind: 'unknown' }
  const value = valueAt(side.value, path)
  return value === undefined || value === null ? { kind: 'absent' } : { kind: 'known', value }
}

/** The value at a path where it is known and not sensitive, else undefined. */
export function plainAt(side: Side, path: Path): JsonValue | undefined {
  const value = readSide(side, path)
  return value.kind === 'known' ? value.value : undefined
}

/** Anything at or below the path is known only after apply. */
export function hasUnknownBelow(side: Side, path: Path): boolean {
  return isMarked(side.unknown, path) || hasMark(valueAt(side.unknown, path))
}

/** Anything at or below the path is marked sensitive. */
export function hasSensitiveBelow(side: Side, path: Path): boolean {
  return isMarked(side.sensitive, path) || hasMark(valueAt(side.sensitive, path))
}

/** The path, or something above it, carries the mark. Marks on whole collections are bare `true`. */
function isMarked(tree: JsonValue, path: Path): boolean {
  let here: JsonValue | undefined = tree
  if (here === true) return true
  for (const step of path) {
    if (typeof step === 'number') here = isList(here) ? here[step] : undefined
    else here = member(here, step)
    if (here === true) return true
    if (here === undefined) return false
  }
  return false
}

/** A mark at or anywhere below this node of a mask. */
export function hasMark(tree: JsonValue | undefined): boolean {
  if (tree === true) return true
  if (isList(tree)) return tree.some(hasMark)
  return isObject(tree) && Object.values(tree).some(hasMark)
}
