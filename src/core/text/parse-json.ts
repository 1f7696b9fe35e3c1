// What a JSON text says, where `JSON.parse` gets it wrong: V8 from 12.8 on (Node 24 and 26)
// takes a member name that is spelt with an escape for one that it met earlier in the same place and
// that begins like the spelling: `"\""` for the name `\` (nodejs/node#63785). Then a change of such
// names looks like none, and a name that grants something in a policy is overlooked.
import type { JsonValue } from '../json.ts'

interface Cursor {
  readonly text: string
  i: number
}

/**
 * The value of a JSON text. Of members with the same name the last counts, as with `JSON.parse`.
 * Throws what `JSON.parse` throws, and `RangeError` for a text with a backslash and thousands of levels.
 */
export function parseJson(text: string): JsonValue {
  const value: JsonValue = JSON.parse(text)
  // Where no name can have an escape nothing goes wrong; elsewhere the text is known to be valid.
  return text.includes('\\') ? valueAt({ text, i: 0 }) : value
}

function valueAt(cursor: Cursor): JsonValue {
  skipSpace(cursor)
  const c = cursor.text[cursor.i]
  if (c !== '{' && c !== '[') return JSON.parse(token(cursor))
  cursor.i += 1
  if (c === '{') return object(cursor)
  const list: JsonValue[] = []
  while (hasNext(cursor, ']')) list.push(valueAt(cursor))
  return list
}

function object(cursor: Cursor): JsonValue {
  const members: [string, JsonValue][] = []
  while (hasNext(cursor, '}')) {
    const name: string = JSON.parse(token(cursor))
    skipSpace(cursor)
    cursor.i += 1
    members.push([name, valueAt(cursor)])
  }
  return Object.fromEntries(members)
}

/** Steps over a comma, or over the bracket that closes: then nothing follows. */
function hasNext(cursor: Cursor, close: string): boolean {
  skipSpace(cursor)
  const c = cursor.text[cursor.i]
  if (c === close || c === ',') cursor.i += 1
  skipSpace(cursor)
  return c !== close
}

/** A string, a number or a literal. */
function token(cursor: Cursor): string {
  const { text, i: from } = cursor
  let i = from
  if (text[i] === '"') {
    for (i += 1; text[i] !== '"'; i += 1) if (text[i] === '\\') i += 1
    i += 1
  } else while (i < text.length && !' \n\r\t,:]}'.includes(text[i] ?? '')) i += 1
  cursor.i = i
  return text.slice(from, i)
}

function skipSpace(cursor: Cursor): void {
  while (cursor.i < cursor.text.length && ' \n\r\t'.includes(cursor.text[cursor.i] ?? '')) {
    cursor.i += 1
  }
}
