// One secret, marked in one place and written in another in every way that somebody could think of.
import { describe, expect, it } from 'vitest'
import type { Packet } from '../../../src/core/review/model.ts'
import { packetOf } from '../../../src/core/review/packet.ts'
import { type Element, type Json, planJson } from '../../support/plans.ts'
import { allQuestions, examined } from './examined.ts'

const SECRET = 'Gx7-quartz.Lim_8841!'
const FRAGMENT = 9

function updated(after: Json, more: Partial<Element> = {}): Element {
  return {
    type: 'aws_instance',
    name: 'x',
    actions: ['update'],
    before: { size: 1 },
    after,
    ...more,
  }
}

async function packet(...elements: readonly Element[]): Promise<Packet> {
  const examination = await examined(planJson(elements))
  if (examination === undefined) throw new Error('the plan of the test cannot be read')
  return packetOf(examination, allQuestions(examination))
}

function sent({ text, writings, hostile, leftOut, citable }: Packet): string {
  const shown = [...citable].flatMap(([address, { paths }]) => [address, ...paths])
  return JSON.stringify([text, writings, hostile, leftOut, shown])
}

function leaked(text: string, secret: string): boolean {
  const lower = text.toLowerCase()
  return Array.from({ length: secret.length - FRAGMENT + 1 }, (_, at) =>
    secret.slice(at, at + FRAGMENT).toLowerCase(),
  ).some((fragment) => lower.includes(fragment))
}

const each = (put: (char: string) => string): string => Array.from(SECRET, put).join('')
const code = (char: string): number => char.charCodeAt(0)
const base64 = (text: string): string => Buffer.from(text).toString('base64')

const WRITTEN: Readonly<Record<string, string>> = {
  plainly: SECRET,
  'in a sentence': `the word is ${SECRET} today`,
  'in small letters': SECRET.toLowerCase(),
  backwards: [...SECRET].reverse().join(''),
  'its first part': SECRET.slice(0, 14),
  'its last part': SECRET.slice(5),
  'letter by letter': each((char) => `${char} `),
  'with dashes': each((char) => `${char}-`),
  'with stars': each((char) => `${char}*`),
  'with invisible characters': each((char) => `${char}\u200b`),
  'in wide letters': each((char) => String.fromCharCode(code(char) + 0xfee0)),
  'after letters that change their length': `${'İ'.repeat(20)} ${SECRET} end`,
  'as base64': base64(SECRET),
  'as base64 of more': base64(`user:${SECRET}@host`),
  'as base64 of base64': base64(base64(SECRET)),
  'as base64 in lines': base64(`one\n${SECRET}\ntwo`).replace(/(.{8})/g, '$1\n'),
  'as base64url': Buffer.from(`??>${SECRET}`).toString('base64url'),
  'as base64 of UTF-16': Buffer.from(SECRET, 'utf16le').toString('base64'),
  'as hexadecimal': Buffer.from(SECRET).toString('hex'),
  'as hexadecimal pairs': each((char) => `${code(char).toString(16)}:`),
  'as percent escapes': each((char) => `%${code(char).toString(16)}`),
  'as percent escapes of percent escapes': each((char) => `%25${code(char).toString(16)}`),
  'as octal escapes': each((char) => `\\${code(char).toString(8).padStart(3, '0')}`),
  'as Unicode escapes': each((char) => `\\u00${code(char).toString(16)}`),
  'as entities': each((char) => `&#${code(char)};`),
  'as quoted-printable': each((char) => `=${code(char).toString(16).toUpperCase()}`),
  'as numbers': each((char) => `${code(char)}, `),
  'as JSON in JSON': JSON.stringify({ a: JSON.stringify({ b: `z${SECRET}` }) }),
  'in an address': `https://x.example/?q=${encodeURIComponent(SECRET)}`,
}

describe('a marked value written', () => {
  const marked = updated(
    { size: 1, word: SECRET },
    { name: 'marked', afterSensitive: { word: true } },
  )

  it.each(Object.entries(WRITTEN))('%s: stays', async (_, text) => {
    for (const place of [
      updated({ size: 1, setting: text }),
      updated({ size: 1, description: text }),
      updated({ size: 1, tags: { note: text } }),
      updated({ size: 1, settings: { [text]: 'x' } }),
      updated({ size: 1, user_data: `#!/bin/sh\nuse ${text}\n` }),
      updated({ size: 1, user_data: base64(`#!/bin/sh\nuse ${text}\n`) }),
      updated({ size: 1, policy: JSON.stringify({ Statement: [{ Sid: text, Resource: text }] }) }),
      updated({ size: 2 }, { index: text }),
    ]) {
      const out = sent(await packet(marked, place))
      expect(leaked(out, SECRET)).toBe(false)
      expect(out.includes(JSON.stringify(text).slice(1, -1))).toBe(false)
    }
  })
})

describe('a value that nobody marked', () => {
  it.each<[string, string, string]>([
    ['in a YAML block', 'a:\n  password: |\n    hunter2hunter2\n', 'hunter2hunter2'],
    ['given to curl', 'curl -u bob:s3cr3tpass9 https://x', 's3cr3tpass9'],
    ['given to mysql', 'mysql -u root -ps3cr3tpass9 db', 's3cr3tpass9'],
    ['given to chpasswd', 'echo "bob:s3cr3tpass9" | chpasswd', 's3cr3tpass9'],
    ['in SQL', "CREATE USER x IDENTIFIED BY 's3cr3tpass9'", 's3cr3tpass9'],
    ['told in words', 'the password is s3cr3tpass9', 's3cr3tpass9'],
    [
      'in a variable with a glued name',
      'export PGPASSWORD=correcthorsebattery',
      'correcthorsebattery',
    ],
    [
      'random, letters only',
      'use alNEFzhzvVZaWsXTakzqkXEnizgkwEgnyuzqDDMh',
      'alNEFzhzvVZaWsXTakzqkXEn',
    ],
    [
      'random, small letters and digits',
      'use k3j9x2m7q8w4z6v1b5n0c3d8',
      'k3j9x2m7q8w4z6v1b5n0c3d8',
    ],
  ])('%s: stays', async (_, text, secret) => {
    for (const place of [
      updated({ size: 1, user_data: text }),
      updated({ size: 1, user_data: base64(text) }),
      updated({ size: 1, description: text }),
      updated({ size: 1, user_data: text, other: secret }),
    ]) {
      expect(leaked(sent(await packet(place)), secret)).toBe(false)
    }
  })

  it('is a secret on both sides where one side is marked', async () => {
    const element = updated(
      { word: 'the-later-one' },
      { before: { word: 'the-former-one' }, afterSensitive: { word: true } },
    )
    const out = sent(await packet(element, updated({ copy: 'the-former-one' }, { name: 'y' })))
    expect(leaked(out, 'the-former-one')).toBe(false)
    expect(leaked(out, 'the-later-one')).toBe(false)
  })
})

describe('numbers and settings under a mark', () => {
  it('are shown by a number of their own', async () => {
    const { text } = await packet(
      updated(
        { pin: 4711, on: true, list: [1111, 2222], deep: { a: { b: 3333 } } },
        {
          before: { pin: 4712, on: false },
          beforeSensitive: { pin: true, on: true },
          afterSensitive: { pin: true, on: true, list: true, deep: { a: true } },
        },
      ),
    )
    expect(text).not.toMatch(/4711|4712|1111|2222|3333/)
    expect(text).not.toMatch(/"path":"on","before":(?:true|false)/)
  })
})

describe('more secrets than can be looked for', () => {
  it('leave no text at all', async () => {
    const secrets = Array.from({ length: 9_000 }, (_, at) =>
      Array.from({ length: 40 }, (_, step) =>
        (((at + 1) * (step + 7) * 2_654_435_761) % 1_679_616).toString(36),
      ).join(''),
    )
    const { text, writings, leftOut } = await packet(
      updated(
        { secrets_of_many: secrets, mode: 'visible-otherwise' },
        { afterSensitive: { secrets_of_many: true } },
      ),
    )
    expect(text).not.toContain('visible-otherwise')
    expect(writings).toEqual([])
    expect(leftOut.join()).toContain('more secrets than can be looked for')
  }, 60_000)
})
