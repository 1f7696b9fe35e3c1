// Whether the bytes of an element name one of a few addresses, answered without decoding them. Exact
// in one direction: what cannot be told, or only looks the same, counts as named.
const QUOTE = 0x22
const BACKSLASH = 0x5c
const ENCODER: TextEncoder = new TextEncoder()
const SEED = 0x811c9dc5

/** Hashes of addresses, of at least those that were added. */
export type Wanted = ReadonlySet<number>

/** FNV-1a of the text as UTF-8, going on from the hash of what stands before it. */
export function hashText(text: string, before: number = SEED): number {
  let hash = before
  for (const byte of ENCODER.encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash
}

/**
 * False where the bytes are an object whose first member is `key` and whose value, with `before` the
 * hash of what goes in front of it, is not among the wanted. True in every other case.
 */
export function mayName(
  bytes: Uint8Array,
  key: Uint8Array,
  wanted: Wanted,
  before: number = SEED,
): boolean {
  let i = skipSpace(bytes, 0)
  if (bytes[i] !== 0x7b) return true
  i = skipSpace(bytes, i + 1)
  if (bytes[i] !== QUOTE || bytes[i + key.length + 1] !== QUOTE) return true
  for (let k = 0; k < key.length; k += 1) if (bytes[i + 1 + k] !== key[k]) return true
  i = skipSpace(bytes, i + key.length + 2)
  if (bytes[i] !== 0x3a) return true
  i = skipSpace(bytes, i + 1)
  if (bytes[i] !== QUOTE) return true
  let hash = before
  for (i += 1; i < bytes.length; i += 1) {
    let c = bytes[i] as number
    if (c === QUOTE) return wanted.has(hash)
    if (c === BACKSLASH) {
      // Instance keys are quoted inside the address; any other escape could spell anything.
      i += 1
      c = bytes[i] ?? 0
      if (c !== QUOTE) return true
    }
    hash = Math.imul(hash ^ c, 0x01000193)
  }
  return true
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let i = from
  while (bytes[i] === 0x20 || bytes[i] === 0x0a || bytes[i] === 0x0d || bytes[i] === 0x09) i += 1
  return i
}
