// The edge cases of encodings, text and numbers, each by its number in the list the reader is built to.
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { element, plan, readFailure, readOk } from './support.ts'

const create = element(['create'], { before: null })

describe('edge cases of text', () => {
  it('25: numbers keep every digit', async () => {
    const digits = '9'.repeat(401)
    const text = JSON.stringify(plan({ resource_changes: [element(['update'], { after: '@' })] }))
    const numbers = `[12345678901234567890123456789,9007199254740993,1e400,-0,0.1,${digits},1.0000000000000001]`
    const read = await readOk(text.replace('"@"', numbers))
    expect(read.changes[0]?.after).toEqual([
      '12345678901234567890123456789',
      '9007199254740993',
      '1e400',
      -0,
      0.1,
      digits,
      '1.0000000000000001',
    ])
  })

  it('26: text of every kind is data', async () => {
    const name = '\ud83d\ude00 \u202eabc e\u0301 \u2028 \u0000'
    const text = JSON.stringify(
      plan({ resource_changes: [element(['update'], { after: { name } })] }),
    )
    expect((await readOk(text)).changes[0]?.after).toEqual({ name })
    const lone = text.replace('"after":{', '"after":{"x":"\\ud800",')
    expect((await readOk(lone)).changes[0]?.after).toEqual({ x: '\ud800', name })
  })

  const text = JSON.stringify(plan({ resource_changes: [{ ...create, name: 'schön' }] }))
  const utf16 = (littleEndian: boolean): Uint8Array => {
    const view = new DataView(new ArrayBuffer(text.length * 2 + 2))
    view.setUint16(0, 0xfeff, littleEndian)
    for (let i = 0; i < text.length; i += 1)
      view.setUint16(2 + i * 2, text.charCodeAt(i), littleEndian)
    return new Uint8Array(view.buffer)
  }

  it.each([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 0],
    ['UTF-16LE', utf16(true), 1],
    ['UTF-16BE', utf16(false), 1],
    ['gzip', gzipSync(text), 1],
    ['gzip of UTF-16', gzipSync(utf16(true)), 2],
  ])('27: %s reads as the same document, with the same digest', async (_name, bytes, notes) => {
    const plain = await readOk(text)
    const read = await readOk(new Uint8Array(bytes))
    expect({ ...read, notes: [] }).toEqual({ ...plain, notes: [] })
    expect(read.notes).toHaveLength(notes)
  })

  it('27: CRLF and the lines of a CI wrapper are read over', async () => {
    const pretty = JSON.stringify(plan({ resource_changes: [create] }), null, 2)
    const wrapped = `[command]/opt/terraform-bin show -json {x}\r\n${pretty.replaceAll('\n', '\r\n')}\r\n::set-output name=stdout::{}\r\n::debug::exit\n`
    const read = await readOk(wrapped)
    expect(read.changes).toHaveLength(1)
    expect(read.notes).toHaveLength(1)
  })

  it.each([
    ['text', 'done'],
    ['a second plan', text],
    ['a second plan on its own line', `\n${text}`],
    ['half of a workflow command', ':x'],
    ['a written-out line end', '\\n'],
  ])('27: %s after the document is refused with its place', async (_name, tail) => {
    const failure = await readFailure(`${text}${tail}`)
    const colon = tail.startsWith(':') || tail.startsWith('\n') ? 1 : 0
    const at = new TextEncoder().encode(text).length + colon
    expect(failure).toEqual({ reason: 'trailing-content', at })
  })

  it.each([
    ['at the top', (t: string) => t.replace('{', '{"errored":true,'), 'errored'],
    [
      'in a kept element',
      (t: string) => t.replace('"actions"', '"actions":["no-op"],"actions"'),
      'actions',
    ],
    [
      'spelt with an escape',
      (t: string) => t.replace('"actions"', '"\\u0061ctions":["no-op"],"actions"'),
      'actions',
    ],
    [
      'deep in a value',
      (t: string) => t.replace('"after":{', '"after":{"a":{"b":1,"c":"\\":","b":2},'),
      'b',
    ],
  ])('28: a key written twice %s is refused', async (_name, edit, key) => {
    const source = JSON.stringify(plan({ resource_changes: [element(['delete'])] }))
    expect(await readFailure(edit(source))).toEqual({ reason: 'duplicate-key', key })
  })

  it.each(['resource_changes', 'prior_state', 'configuration'])(
    '29: nesting of 100 000 levels in %s ends in a bounded failure',
    async (key) => {
      const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
      const source = JSON.stringify(plan({ [key]: 0 })).replace(`"${key}":0`, `"${key}":${deep}`)
      const failure = await readFailure(source)
      expect(['limit', 'unexpected-shape']).toContain(failure.reason)
    },
  )

  it('30: a string of 10 MB is read, one over the limit of an element is refused', async () => {
    const long = 'x'.repeat(10_000_000)
    const read = await readOk(plan({ resource_changes: [element(['update'], { after: long })] }))
    expect(read.changes[0]?.after).toBe(long)
    const longer = 'x'.repeat(34_000_000)
    const failure = await readFailure(
      plan({ resource_changes: [element(['create'], { after: longer })] }),
    )
    expect(failure).toMatchObject({ reason: 'limit', unit: 'bytes' })
  })

  it('31: every cut of a document is a failure, never half a plan', async () => {
    const bytes = new TextEncoder().encode(text)
    for (let length = 1; length < bytes.length; length += 1) {
      const failure = await readFailure(bytes.slice(0, length))
      expect(failure).toEqual({ reason: 'truncated', at: length })
    }
  })

  it('31: a broken escape or a lost quote in a kept element names its place', async () => {
    const source = JSON.stringify(plan({ resource_changes: [element(['update'])] }))
    const at = source.indexOf('10.0.0.0')
    const broken = await readFailure(source.replace('10.0.0.0', '\\x'))
    expect(broken).toMatchObject({ reason: 'malformed', at })
    const bytes = new TextEncoder().encode(source)
    bytes[at] = 0xff
    expect(await readFailure(bytes)).toMatchObject({ reason: 'malformed', at: at - 1 })
  })

  it('32: keys of the prototype are plain data', async () => {
    const source = JSON.stringify(plan({ resource_changes: [element(['update'], { after: '@' })] }))
    const hostile = '{"__proto__":{"polluted":true},"constructor":{"prototype":{}},"":1,"length":2}'
    const read = await readOk(source.replace('"@"', hostile))
    const after = read.changes[0]?.after
    expect(Object.keys(after ?? {})).toEqual(['__proto__', 'constructor', '', 'length'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    const top = source.replace('{', '{"__proto__":{"errored":true},"constructor":1,"toString":2,')
    expect((await readOk(top)).flags.errored).toBe(false)
  })
})
