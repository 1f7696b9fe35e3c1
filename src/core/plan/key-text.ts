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
