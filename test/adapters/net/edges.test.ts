// Bodies are read to a bound, secrets do not print, tokens are compared whole.
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readBody } from '../../../src/adapters/net/body.ts'
import { secret } from '../../../src/adapters/net/secret.ts'
import { tokenCheck } from '../../../src/adapters/net/token.ts'

const post = (body: BodyInit, headers: Record<string, string> = {}): Request =>
  new Request('http://127.0.0.1/', {
    method: 'POST',
    body,
    headers,
    duplex: 'half',
  } as RequestInit)

describe('a body', () => {
  it('is read whole up to the bound, over any cuts', async () => {
    const cuts = new ReadableStream({
      start: (controller) => {
        for (const part of ['ab', '', 'cd', 'e']) {
          controller.enqueue(new TextEncoder().encode(part))
        }
        controller.close()
      },
    })
    const read = await readBody(post(cuts), 5)
    expect(read.ok && new TextDecoder().decode(read.value)).toBe('abcde')
  })

  it('is refused by its declared length without being read', async () => {
    const request = post('12345', { 'content-length': '999' })
    expect(await readBody(request, 100)).toEqual({ ok: false, error: { reason: 'too-large' } })
    expect(request.bodyUsed).toBe(false)
  })

  it('is refused by counting when no length is declared, soon after the bound', async () => {
    let pulled = 0
    const endless = new ReadableStream({
      pull: (controller) => {
        pulled += 1000
        controller.enqueue(new Uint8Array(1000))
      },
    })
    expect(await readBody(post(endless), 10_000)).toEqual({
      ok: false,
      error: { reason: 'too-large' },
    })
    expect(pulled).toBeLessThan(20_000)
  })

  it('that breaks off is unreadable', async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error('x')) })
    expect(await readBody(post(broken), 10)).toEqual({
      ok: false,
      error: { reason: 'unreadable' },
    })
  })
})

describe('a secret', () => {
  it('prints as a mark in every way text is made by accident', () => {
    const key = secret('hunter2-hunter2')
    const printed = [`${key}`, String(key), JSON.stringify({ key }), inspect(key, { depth: 9 })]
    for (const text of printed) expect(text).not.toContain('hunter2')
    expect(key.reveal()).toBe('hunter2-hunter2')
  })
})

describe('a bearer token', () => {
  it('matches itself and nothing else', async () => {
    const matches = await tokenCheck(secret('a-long-token-0123'))
    expect(await matches('a-long-token-0123')).toBe(true)
    for (const other of ['', 'a-long-token-012', 'a-long-token-0124', 'a-long-token-0123x']) {
      expect(await matches(other)).toBe(false)
    }
  })
})
