// The same text read in every way a machine would: escaped, encoded, spelt with separators. A secret
// that is copied is rarely copied plainly.

/** UTF-16 units read over all decoded forms of one text; decoding stops beyond. */
const MOST_READ = 262_144
const DEPTH = 3

import { lowered } from './needles.ts'

export interface Readings {
  /** What decoding gave, without the text itself, where it reads as text. */
  readonly decoded: readonly string[]
  /** Everything in lower case, also without separators and backwards: for looking, not for showing. */
  readonly folded: readonly string[]
}

/** Every reading of a text: decoded forms of decoded forms, to a depth of three. */
export function readingsOf(text: string): Readings {
  const raw = new Set<string>()
  let left = MOST_READ
  const add = (one: string, depth: number): void => {
    if (raw.has(one) || left <= 0) return
    left -= one.length
    raw.add(one)
    if (depth > 0) for (const other of decoded(one)) add(other, depth - 1)
  }
  add(text, DEPTH)
  const folded = new Set<string>()
  for (const one of raw) {
    const lower = lowered(one)
    for (const form of [lower, squeezed(lower)]) folded.add(form).add(backwards(form))
  }
  return { decoded: [...raw].slice(1).filter(isReadable), folded: [...folded] }
}

function backwards(text: string): string {
  return [...text].reverse().join('')
}

/** Decoded bytes that somebody wrote as text. A sign nobody sees among many that are seen hides nothing. */
function isReadable(text: string): boolean {
  const signs = text.match(/[^\t\n\r -~\u00a0-\uffff]|\ufffd/g)?.length ?? 0
  const latin = text.match(/[\u0080-\u00ff]/g)?.length ?? 0
  return text.length >= 6 && signs * 16 <= text.length && latin * 10 <= text.length
}

/** Letters and digits only: without what people put between groups of characters. */
export function squeezed(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '')
}

const BASE64 = /[A-Za-z0-9+/_-]{8,}={0,2}/g
const BASE32 = /[A-Z2-7]{16,}=*/gi
const HEX = /(?:[0-9a-fA-F]{2}[\s:-]?){4,}/g

function decoded(text: string): readonly string[] {
  const found: string[] = []
  if (/%[0-9a-fA-F]{2}|\+/.test(text)) found.push(percent(text))
  if (text.includes('\\')) found.push(unescaped(text))
  if (/&(?:#|[a-z])/i.test(text)) found.push(entities(text))
  const narrow = text.normalize('NFKC')
  if (narrow !== text) found.push(narrow)
  if (/\d{2,3}(?:\s{0,2}[,;]?\s{0,2}\d{2,3}){7}/.test(text)) found.push(codes(text))
  if (/(?:=[0-9A-F]{2}){3}/.test(text)) found.push(percent(text.replace(/=(?=[0-9A-F]{2})/g, '%')))
  // Encoders break lines; the run goes on behind the break, or ends there and a word follows.
  const joined = text.replace(
    /([A-Za-z0-9+/_=-])[ \t]{0,4}\r?\n[ \t]{0,16}(?=[A-Za-z0-9+/_=-])/g,
    '$1',
  )
  const runs = new Set([joined, text].flatMap((one) => one.match(BASE64) ?? []))
  for (const run of runs) {
    for (let skip = 0; skip < 4; skip += 1) found.push(fromBase64(run.slice(skip)))
  }
  for (const [run] of joined.matchAll(BASE32)) found.push(fromBase32(run))
  for (const [run] of joined.matchAll(HEX)) {
    const digits = run.replace(/[^0-9a-fA-F]/g, '')
    for (const skip of [0, 1]) found.push(fromHex(digits.slice(skip)))
  }
  return found.filter((one) => one.length >= 4)
}

function percent(text: string): string {
  return utf8(
    text
      .replace(/\+/g, ' ')
      .replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
  )
}

function unescaped(text: string): string {
  return text
    .replace(/\\+u\{?([0-9a-fA-F]{4,6})\}?/g, (_, hex: string) => point(parseInt(hex, 16)))
    .replace(/\\+([0-3][0-7]{2})/g, (_, octal: string) => point(parseInt(octal, 8)))
    .replace(/\\+x([0-9a-fA-F]{2})/g, (_, hex: string) => point(parseInt(hex, 16)))
    .replace(/\\+([nrtbf"'/\\])/g, (_, sign: string) => ESCAPES[sign] ?? sign)
    .replace(/\\+/g, '')
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '', f: '' }

function entities(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, hex: string) => point(parseInt(hex, 16)))
    .replace(/&#(\d{1,7});?/g, (_, digits: string) => point(Number(digits)))
    .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => NAMED[name] ?? '')
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

function point(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

/** Bytes as UTF-8 where they are, without zero bytes (UTF-16); empty for no base64. */
export function fromBase64(run: string): string {
  const digits = run.replace(/=+$/, '').replace(/-/g, '+').replace(/_/g, '/')
  const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits
  if (whole.length < 4 || !/^[A-Za-z0-9+/]+$/.test(whole)) return ''
  return utf8(atob(whole).replaceAll('\0', ''))
}

/** `104, 117, 110`: characters by their numbers. */
function codes(text: string): string {
  return (text.match(/\d{2,3}/g) ?? []).map((digits) => point(Number(digits))).join('')
}

function fromBase32(run: string): string {
  let bits = 0
  let held = 0
  let out = ''
  for (const char of run.toUpperCase().replace(/=+$/, '')) {
    held = (held << 5) | 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char)
    bits += 5
    if (bits < 8) continue
    bits -= 8
    out += String.fromCharCode((held >> bits) & 0xff)
    held &= (1 << bits) - 1
  }
  return utf8(out)
}

function fromHex(digits: string): string {
  let out = ''
  for (let at = 0; at + 1 < digits.length; at += 2) {
    out += String.fromCharCode(parseInt(digits.slice(at, at + 2), 16))
  }
  return utf8(out.replaceAll('\0', ''))
}

/** A string of bytes, read as UTF-8 where it can be. */
function utf8(bytes: string): string {
  if (!/[\u0080-\u00ff]/.test(bytes) || /[^\u0000-\u00ff]/.test(bytes)) return bytes
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(bytes, (char) => char.charCodeAt(0)),
    )
  } catch {
    return bytes
  }
}

/** A text that is nothing but base64 of a text, or of something compressed. */
export function decodedWhole(text: string): string | undefined {
  if (!/^[\sA-Za-z0-9+/_-]+={0,2}\s*$/.test(text)) return undefined
  const run = text.replace(/\s+/g, '')
  if (run.length < 12) return undefined
  const decoded = fromBase64(run)
  if (isCompressed(decoded)) return decoded
  return /[A-Za-z]{3}/.test(decoded) && isReadable(decoded) ? decoded : undefined
}

/** Begins as gzip and zlib do. */
export function isCompressed(bytes: string): boolean {
  return /^(?:\u001f\u008b|\u0078[\u0001\u009c\u00da])/.test(bytes)
}
