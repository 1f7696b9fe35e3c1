// The published vectors verify; everything that is nearly right does not.
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { secret } from '../../../../src/adapters/net/secret.ts'
import { isSigned } from '../../../../src/adapters/platform/tfc/auth.ts'

const KEY = secret('run-task-test-key')
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

const VECTORS = [
  [
    '{"payload_version":1,"stage":"test","access_token":"test-token"}',
    '0f3e63c6a3b13f9e54db1afc10d84bdbd00a8479d05ab39a1b2cd28a4e1d6ca4761558b871718048be5455249045a61b669ab605772a929cf774071acc9857f0',
  ],
  [
    '{"run_message":"Grüße – 🚀"}',
    '161b3086df0a24f7199a37102780489f2aee02b3ed6de3dd60a3921944aff56ac4bcfbdf14c4d6653c0992d09c282e27302f3de443316ace41b3224e2b85f209',
  ],
  [
    '',
    'b27aea645d0185c11647c3448178109fe5f0f7b0d2addb6c116787a2d1278cb90e3df496fe9e5abc42836e0d958ec17f227524dccb6ec9e4d87c9e5a19ed17bd',
  ],
] as const

describe('a signature', () => {
  it.each(VECTORS)('verifies %j', async (body, signature) => {
    expect(await isSigned(bytes(body), signature, [KEY])).toBe(true)
  })

  it('is refused with any one hex digit changed', async () => {
    const [body, good] = VECTORS[0]
    for (let at = 0; at < good.length; at++) {
      const wrong = `${good.slice(0, at)}${good[at] === '0' ? '1' : '0'}${good.slice(at + 1)}`
      expect(await isSigned(bytes(body), wrong, [KEY])).toBe(false)
    }
  })

  const [body, good] = VECTORS[0]
  const mac = (algorithm: string) => createHmac(algorithm, 'run-task-test-key').update(body)
  it.each([
    ['missing', null],
    ['empty', ''],
    ['of SHA-256', mac('sha256').digest('hex')],
    ['prefixed', `sha512=${good}`],
    ['in base64', mac('sha512').digest('base64')],
    ['in capitals', good.toUpperCase()],
    ['cut', good.slice(0, 126)],
    ['longer', `${good}00`],
    ['padded', ` ${good}`],
  ])('that is %s is refused', async (_, signature) => {
    expect(await isSigned(bytes(body), signature, [KEY])).toBe(false)
  })

  it('over other white space is refused', async () => {
    expect(await isSigned(bytes(`${body}\n`), good, [KEY])).toBe(false)
  })

  it('by the previous key verifies only while that key is configured', async () => {
    const next = secret('the-key-after-rotation')
    expect(await isSigned(bytes(body), good, [next, KEY])).toBe(true)
    expect(await isSigned(bytes(body), good, [next])).toBe(false)
  })

  it('without any key is refused', async () => {
    expect(await isSigned(bytes(body), good, [])).toBe(false)
  })
})
