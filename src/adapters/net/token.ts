// Checks a presented bearer token in constant time: both sides are hashed under a key nobody
// keeps, and the runtime compares the hashes.
import type { TokenCheck } from '../../gate/ports.ts'
import type { Secret } from './secret.ts'

export async function tokenCheck(expected: Secret): Promise<TokenCheck> {
  const params = { name: 'HMAC', hash: 'SHA-256', length: 256 }
  const key = await crypto.subtle.generateKey(params, false, ['sign', 'verify'])
  const mac = await crypto.subtle.sign('HMAC', key, bytes(expected.reveal()))
  return (presented) => crypto.subtle.verify('HMAC', key, mac, bytes(presented))
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}
