// A secret is often a part of what is marked: the password in a connection string, a member of a
// document. Each part is a secret of its own.
import { isList, isObject, type JsonValue } from '../../json.ts'
import { documentIn } from './document.ts'

/** UTF-16 units of one value taken apart. */
const MOST_READ = 65_536
const MOST_PARTS = 1_000
const PIECE = 240
const OVERLAP = 16
/** Shorter parts are words of everyday life. */
const LEAST = 8

/** The value first, then what it is made of: at most 1 000 parts. */
export function parts(value: string): readonly string[] {
  const found = new Set<string>([value.slice(0, MOST_READ)])
  const text = value.slice(0, MOST_READ)
  const add = (part: string): void => {
    if (part.length >= LEAST && found.size < MOST_PARTS) found.add(part)
  }
  for (const line of text.split(/[\r\n]+/)) if (line.trim().length >= 16) add(line.trim())
  for (const [, user = '', password = ''] of text.matchAll(/:\/\/([^\s:@/]*):([^\s@/]+)@/g)) {
    if (password.length >= 6) found.add(password)
    add(user)
  }
  for (const [, part = ''] of text.matchAll(/[=:]\s*["']?([^\s"';,&=]{8,256})/g)) {
    if (!/^[a-z]+$/.test(part)) add(part)
  }
  for (const [part] of text.matchAll(/[A-Za-z0-9+/_=-]{10,}/g)) {
    if (!/\d/.test(part) || !/[A-Za-z]/.test(part)) continue
    // One long line of base64 in pieces that overlap: a fragment lies in one of them.
    for (let at = 0; at < part.length; at += PIECE - OVERLAP) add(part.slice(at, at + PIECE))
  }
  for (const leaf of stringsIn(documentIn(text) ?? null)) add(leaf)
  return [...found]
}

function stringsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [value]
  if (isList(value)) return value.flatMap(stringsIn)
  return isObject(value) ? Object.values(value).flatMap(stringsIn) : []
}
