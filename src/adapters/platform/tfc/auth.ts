// The signature of a delivery: lower-case hex HMAC-SHA-512 over the body's bytes as received.
// During rotation two keys are valid; the comparison is the runtime's own, in constant time.
import type { Secret } from '../../net/secret.ts'

export const SIGNATURE_HEADER = 'x-tfc-task-signature'

/** True when one of the keys signed exactly these bytes. No prefix, no other case, no other hash. */
export async function isSigned(
  body: Uint8Array<ArrayBuffer>,
  signature: string | null,
  keys: readonly Secret[],
): Promise<boolean> {
  const bytes = fromHex(signature ?? '')
  if (bytes === undefined) return false
  for (const key of keys) {
    if (await crypto.subtle.verify('HMAC', await hmacKey(key), bytes, body)) return true
  }
  return false
}

function hmacKey(key: Secret): Promise<CryptoKey> {
  const raw = new TextEncoder().encode(key.reveal())
  return crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-512' }, false, ['verify'])
}

function fromHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[0-9a-f]{128}$/.test(text)) return undefined
  const bytes = new Uint8Array(64)
  for (let at = 0; at < 64; at++) bytes[at] = Number.parseInt(text.slice(2 * at, 2 * at + 2), 16)
  return bytes
}
