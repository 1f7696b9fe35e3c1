import { canonicalJson, type JsonValue } from './json.ts'

/** `sha256:…` of the canonical text of a value: equal for equal content, whatever the key order. */
export async function digestOf(value: JsonValue): Promise<string> {
  return digestOfText(canonicalJson(value))
}

/** `sha256:…` of a text's UTF-8 bytes. */
export async function digestOfText(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text)
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return `sha256:${Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
