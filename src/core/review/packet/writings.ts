// The texts that were withheld, made fit to be shown fenced to the second reader: without secrets, on
// one line each, and short.

import type { Writing } from '../model.ts'
import type { Curtain, Withheld } from '../redaction/curtain.ts'
import { neutral } from '../redaction/neutral.ts'
import { decodedWhole, isCompressed } from '../redaction/readings.ts'
import type { SecretBook } from '../redaction/secret-book.ts'
import { replaceShapes } from '../redaction/shapes.ts'

/** UTF-16 units of one text. A paragraph; what is longer is a document and nobody's remark. */
const LONGEST = 600
/** UTF-8 bytes of all texts with their places: a quarter of what the first reader is given. */
const MOST_BYTES = 24_576
/** UTF-16 units of one text that are read. */
const MOST_READ = 16_384
const PLACEHOLDER = /\((?:secret|account) \d+(?: with secret \d+)?\)/g

/** Sorted as given. `leftOut` says what is missing, in sentences. */
export function writingsOf(
  withheld: readonly Withheld[],
  curtain: Curtain,
  secrets: SecretBook,
): { readonly writings: readonly Writing[]; readonly leftOut: readonly string[] } {
  const places = new Map<number, { readonly text: string; readonly where: string; count: number }>()
  for (const { number, text, where } of withheld) {
    const known = places.get(number)
    const at = where === '' ? 'the plan' : where
    if (known === undefined) places.set(number, { text, where: at, count: 1 })
    else if (known.where !== at) known.count += 1
  }
  const writings: Writing[] = []
  let bytes = 0
  let cut = 0
  let left = 0
  for (const [number, { text, where, count }] of places) {
    if (secrets.overflow || bytes >= MOST_BYTES) {
      left += 1
      continue
    }
    const { shown, isWhole } = shownText(text, curtain, secrets)
    const more = count > 1 ? ` and ${counted(count - 1, 'more place')}` : ''
    const writing = { where: `${where}${more} (text ${number})`, text: shown }
    const size = byteLength(writing.where) + byteLength(writing.text)
    if (bytes + size > MOST_BYTES) {
      left += 1
      continue
    }
    bytes += size
    if (!isWhole) cut += 1
    writings.push(writing)
  }
  return {
    writings,
    leftOut: [
      ...(cut > 0 ? [`the rest of ${counted(cut, 'text')} that people wrote`] : []),
      ...(left > 0 ? [`${counted(left, 'text')} that people wrote`] : []),
    ],
  }
}

function shownText(
  text: string,
  curtain: Curtain,
  secrets: SecretBook,
): { readonly shown: string; readonly isWhole: boolean } {
  const compact = text.trim()
  const inner = decodedWhole(compact)
  const source = inner ?? text
  if (isCompressed(source)) return { shown: '(compressed, not shown)', isWhole: false }
  const read = source.slice(0, MOST_READ)
  const clean = withoutSecrets(read, curtain, secrets)
  const shown = neutral(inner === undefined ? clean : `(decoded) ${clean}`, LONGEST)
  return { shown, isWhole: read.length === source.length && !/… \(\+\d+ characters\)$/.test(shown) }
}

/** Known secrets and shapes by their numbers; a word or a text that still carries one goes as a whole. */
export function withoutSecrets(text: string, curtain: Curtain, secrets: SecretBook): string {
  const shaped = replaceShapes(text, curtain.secret)
  let known = ''
  let at = 0
  for (const { from, until } of secrets.plain(shaped)) {
    known += shaped.slice(at, from) + curtain.secret(shaped.slice(from, until))
    at = until
  }
  known += shaped.slice(at)
  const words = known.replace(/[^\s()]+(?:\((?:secret|account) \d+\)[^\s()]*)*/g, (word) => {
    const bare = word.replace(PLACEHOLDER, ' ')
    return bare.trim().length > 5 && secrets.carried(bare) !== undefined
      ? curtain.secret(word)
      : word
  })
  const rest = words.replace(PLACEHOLDER, '(redacted)')
  return curtain.accounts(secrets.carried(rest) === undefined ? words : curtain.secret(text))
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
