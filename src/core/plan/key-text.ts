const QUOTE = 0x22
const BACKSLASH = 0x5c
const DECODER: TextDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of a JSON string, `null` for the literal null, undefined for anything else. */
export function keyText(bytes: Uint8Array): string | null | undefined {
  try {
    if (bytes[0] !== QUOTE) {
      return bytes.length === 4 && DECODER.decode(bytes) === 'null' ? null : undefined
    }
    const inner = bytes.subarray(1, bytes.length - 1)
    if (isPlainText(inner)) return DECODER.decode(inner)
    const parsed: unknown = JSON.parse(DECODER.decode(bytes))
    return typeof parsed === 'string' ? parsed : undefined
  } catch {
    return undefined
  }
}

function isPlainText(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte === BACKSLASH || byte < 0x20) return false
  return true
}

const SLOTS = 128
const MOST_BYTES = 64

/** `keyText` that remembers: a plan has few keys, and comparing bytes costs less than making text. */
export function createKeyReader(): typeof keyText {
  const seen: ({ readonly bytes: Uint8Array; readonly text: string } | undefined)[] = []
  return (bytes) => {
    const n = bytes.length
    if (n > MOST_BYTES) return keyText(bytes)
    const slot = (n * 31 + (bytes[1] ?? 0) * 7 + (bytes[n >> 1] ?? 0) + (bytes[n - 2] ?? 0)) % SLOTS
    const known = seen[slot]
    if (known !== undefined && isSame(known.bytes, bytes)) return known.text
    const text = keyText(bytes)
    if (typeof text === 'string') seen[slot] = { bytes: bytes.slice(), text }
    return text
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false
  return true
}
