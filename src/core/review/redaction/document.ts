import { isList, isObject, type JsonValue } from '../../json.ts'
import { parseJson } from '../../text/parse-json.ts'

/** A document in a string is taken apart up to here, in UTF-16 units and nodes. */
const MOST_CHARACTERS = 65_536
const MOST_NODES = 4_000
const DEEPEST = 60

/** The object or list that a string holds as JSON: policies, container definitions, dashboards. */
export function documentIn(text: string): JsonValue | undefined {
  if (text.length > MOST_CHARACTERS || !/^\s*[[{]/.test(text) || isTooDeep(text)) return undefined
  try {
    const value = parseJson(text)
    return typeof value === 'object' && value !== null && countNodes(value) <= MOST_NODES
      ? value
      : undefined
  } catch {
    return undefined
  }
}

/** Told before parsing, so that no walk over the value can run out of stack. */
function isTooDeep(text: string): boolean {
  let depth = 0
  for (const [sign] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (sign === '[' || sign === '{') depth += 1
    else if (sign === ']' || sign === '}') depth -= 1
    if (depth > DEEPEST) return true
  }
  return false
}

function countNodes(value: JsonValue): number {
  if (isList(value)) return value.reduce<number>((sum, item) => sum + countNodes(item), 1)
  if (!isObject(value)) return 1
  return Object.values(value).reduce<number>((sum, item) => sum + countNodes(item), 1)
}
