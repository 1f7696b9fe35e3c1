// A task as an encrypted text (compact JWE, direct key, AES-256-GCM) for a queue that must not be
// able to read tokens. The key is derived from the HMAC key, so there is no second secret to keep.
import { CompactEncrypt, compactDecrypt } from 'jose'
import * as z from 'zod'
import type { Secret } from '../../net/secret.ts'
import type { Task } from './payload.ts'

const INFO = 'holdgate run-task message v1'

export interface SealedTask {
  readonly task: Task
  /** Milliseconds since the epoch. */
  readonly acceptedAt: number
}

export async function sealTask(sealed: SealedTask, key: Secret): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(sealed))
  return new CompactEncrypt(text)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(await sealingKey(key))
}

/** Undefined for anything that none of the keys sealed. */
export async function unsealTask(
  text: string,
  keys: readonly Secret[],
): Promise<SealedTask | undefined> {
  for (const key of keys) {
    const plain = await decrypted(text, await sealingKey(key))
    if (plain !== undefined) return decoded(plain)
  }
  return undefined
}

async function decrypted(text: string, key: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    const { plaintext } = await compactDecrypt(text, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    })
    return plaintext
  } catch {
    return undefined
  }
}

const Envelope = z.object({
  acceptedAt: z.number(),
  task: z.object({
    resultId: z.string(),
    callbackUrl: z.string(),
    accessToken: z.string(),
    ask: z.union([
      z.object({
        kind: z.literal('judge'),
        stage: z.enum(['pre_plan', 'post_plan', 'pre_apply', 'post_apply']),
      }),
      z.object({ kind: z.literal('unsupported'), because: z.string() }),
    ]),
    acceptsOutcomes: z.boolean(),
    speculative: z.boolean(),
    enforcement: z.enum(['advisory', 'mandatory', 'unknown']),
    planUrl: z.string().exactOptional(),
    codeUrl: z.string().exactOptional(),
    organization: z.string().exactOptional(),
    project: z.string().exactOptional(),
    workspace: z.string().exactOptional(),
    directory: z.string().exactOptional(),
    runId: z.string().exactOptional(),
    createdBy: z.string().exactOptional(),
    message: z.string().exactOptional(),
    branch: z.string().exactOptional(),
  }),
})

function decoded(plain: Uint8Array): SealedTask | undefined {
  try {
    return Envelope.parse(JSON.parse(new TextDecoder().decode(plain)))
  } catch {
    return undefined
  }
}

async function sealingKey(key: Secret): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(key.reveal())
  const base = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits'])
  const info = new TextEncoder().encode(INFO)
  const params = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info }
  return new Uint8Array(await crypto.subtle.deriveBits(params, base, 256))
}
