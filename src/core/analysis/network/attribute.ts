// Attributes of a side, read so that nothing unknown, marked or misshapen passes for "not set".
import type { Side } from '../../change/model.ts'
import { hasSensitiveBelow, hasUnknownBelow, plainAt } from '../../change/side.ts'
import { isList, type JsonValue, type Path } from '../../json.ts'

/** Why an attribute could not be read as a whole. */
export type Flaw = 'unknown' | 'sensitive' | 'malformed'

export interface Read<T> {
  readonly value: T
  readonly flaws: readonly Flaw[]
}

const FLAW_WORDS: Readonly<Record<Flaw, string>> = {
  unknown: 'is known only after apply',
  sensitive: 'is marked sensitive',
  malformed: 'has a form that is not understood',
}

/** "`cidr_blocks` is known only after apply": names the attribute, never its value. */
export function flawText(attribute: string, flaw: Flaw): string {
  return `\`${attribute}\` ${FLAW_WORDS[flaw]}`
}

/** One text; a list of one counts, blocks and longer lists are malformed. Absent: undefined. */
export function readText(side: Side, path: Path): Read<string | undefined> {
  const { value, flaws } = readTexts(side, path)
  if (value.length > 1) return { value: undefined, flaws: [...flaws, 'malformed'] }
  return { value: value[0], flaws }
}

/** A list of texts, or one text as a list of one; empty texts and nulls are left out. */
export function readTexts(side: Side, path: Path): Read<readonly string[]> {
  if (hasSensitiveBelow(side, path)) return { value: [], flaws: ['sensitive'] }
  const flaws: Flaw[] = hasUnknownBelow(side, path) ? ['unknown'] : []
  const raw = plainAt(side, path)
  if (raw === undefined) return { value: [], flaws }
  const items = isList(raw) ? raw : [raw]
  const texts = items.flatMap((item) => (typeof item === 'string' && item !== '' ? [item] : []))
  const isOdd = items.some((item) => item !== null && typeof item !== 'string')
  return { value: texts, flaws: isOdd ? [...flaws, 'malformed'] : flaws }
}

/** A number or text as it stands; what it means is the reader's business. Absent: undefined. */
export function readScalar(side: Side, path: Path): Read<string | number | undefined> {
  if (hasSensitiveBelow(side, path)) return { value: undefined, flaws: ['sensitive'] }
  if (hasUnknownBelow(side, path)) return { value: undefined, flaws: ['unknown'] }
  const raw = plainAt(side, path)
  if (raw === undefined) return { value: undefined, flaws: [] }
  if (typeof raw === 'string' || typeof raw === 'number') return { value: raw, flaws: [] }
  return { value: undefined, flaws: ['malformed'] }
}

/** A boolean, also one written as text; absent is false. */
export function readFlag(side: Side, path: Path): Read<boolean> {
  if (hasSensitiveBelow(side, path)) return { value: false, flaws: ['sensitive'] }
  if (hasUnknownBelow(side, path)) return { value: false, flaws: ['unknown'] }
  const raw = plainAt(side, path)
  if (raw === undefined || raw === false || raw === 'false') return { value: false, flaws: [] }
  if (raw === true || raw === 'true') return { value: true, flaws: [] }
  return { value: false, flaws: ['malformed'] }
}

/** Paths of the blocks under a name; a single block as an object counts as a list of one. */
export function readBlocks(side: Side, path: Path): Read<readonly Path[]> {
  if (hasSensitiveBelow(side, path) && isMarkedWhole(side.sensitive, path)) {
    return { value: [], flaws: ['sensitive'] }
  }
  if (isMarkedWhole(side.unknown, path)) return { value: [], flaws: ['unknown'] }
  const raw = plainAt(side, path)
  if (raw === undefined) return { value: [], flaws: [] }
  if (!isList(raw)) {
    return typeof raw === 'object'
      ? { value: [path], flaws: [] }
      : { value: [], flaws: ['malformed'] }
  }
  const isOdd = raw.some((block) => block === null || typeof block !== 'object' || isList(block))
  return {
    value: raw.flatMap((block, at) => (isBlock(block) ? [[...path, at]] : [])),
    flaws: isOdd ? [hasUnknownBelow(side, path) ? 'unknown' : 'malformed'] : [],
  }
}

function isBlock(value: JsonValue): boolean {
  return value !== null && typeof value === 'object' && !isList(value)
}

function isMarkedWhole(tree: JsonValue, path: Path): boolean {
  let here: JsonValue | undefined = tree
  for (const step of path) {
    if (here === true) return true
    here =
      typeof step === 'number'
        ? isList(here)
          ? here[step]
          : undefined
        : typeof here === 'object' && here !== null && !isList(here) && Object.hasOwn(here, step)
          ? (here as Readonly<Record<string, JsonValue>>)[step]
          : undefined
  }
  return here === true
}
