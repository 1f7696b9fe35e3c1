import { canonicalJson, type JsonValue } from './json.ts'

/** `sha256:…` of the canonical text of a value: equal for equal content, whatever the key order. */
export async function digestOf(value: JsonValue): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalJson(value))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return `sha256:${Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
