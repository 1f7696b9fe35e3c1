// Claim: what a person reads shows what is there, on one line, and acts on nothing.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  escapeHtml,
  escapeMarkdown,
  escapeTerminal,
  markdownCode,
  visible,
} from '../../../src/core/text/safe.ts'

const SEED = { seed: 20261120, numRuns: 300 }
const text = fc.string({ unit: 'binary', maxLength: 400 })

describe('visible', () => {
  it.each([
    ['a\u202eb', 'a\\u202eb'],
    ['\u001b[31mred', '\\u001b[31mred'],
    ['zero\u200bwidth', 'zero\\u200bwidth'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['lone\ud800', 'lone\\ud800'],
    ['a\r\n\t  b\u2028c ', 'a b c'],
    ['👩‍👩‍👧 ❤️', '👩‍👩‍👧 ❤️'],
    ['pro\u200dd', 'pro\\u200dd'],
    ['Größe 本番', 'Größe 本番'],
  ])('%j shows as %j', (given, shown) => {
    expect(visible(given, 100)).toBe(shown)
  })

  it('says how much was cut, and never cuts a pair', () => {
    const shown = visible('😀'.repeat(100), 60)
    expect(shown).toMatch(/^(?:😀)+… \(\+\d+ characters\)$/u)
    const kept = Array.from(shown.split('…')[0] ?? '').length
    expect(shown).toContain(`(+${100 - kept} characters)`)
  })

  it('is idempotent, within its length, and free of hidden characters', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 24, max: 200 }), (given, limit) => {
        const shown = visible(given, limit)
        expect(shown.length).toBeLessThanOrEqual(limit)
        expect(shown).not.toMatch(/\p{Cs}/u)
        expect(shown).not.toMatch(/[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/u)
        expect(visible(shown, limit)).toBe(shown)
      }),
      SEED,
    )
  })
})

describe('escapers', () => {
  it.each([
    [
      'plain words stay, even (bracketed) ones: 50% of 3/4.',
      'plain words stay, even (bracketed) ones: 50% of 3/4.',
    ],
    ['aws_db_instance.main, replaced', '`aws_db_instance.main`, replaced'],
    ['ask @everyone about #12', 'ask `@everyone` about `#12`'],
    ['# heading', '`#` heading'],
    ['- item', '`-` item'],
    ['1. item', '`1.` item'],
    ['<img src=x>', '`<img` `src=x>`'],
    ['[a](https://evil.example)', '`[a](https://evil.example`)'],
    ['a ``` b', 'a ```` ``` ```` b'],
    ['x | y', 'x `|` y'],
  ])('Markdown: %j becomes %j', (given, escaped) => {
    expect(escapeMarkdown(given)).toBe(escaped)
  })

  it('chooses a fence longer than any run of backticks', () => {
    expect(markdownCode('a``b`')).toBe('``` a``b` ```')
    expect(markdownCode('plain')).toBe('`plain`')
    expect(markdownCode('')).toBe('`(empty)`')
  })

  it('leaves nothing outside code spans that Markdown acts on', () => {
    const markup = fc.stringMatching(/^[ a-z`*_[\]()<>#@!|~\\&:/.-]{0,60}$/)
    fc.assert(
      fc.property(markup, (given) => {
        const outside = escapeMarkdown(given).replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '')
        expect(outside).not.toMatch(/[`*_[\]<>#@|~\\&]|:\/\//)
      }),
      SEED,
    )
  })

  it('HTML has no live sign left', () => {
    expect(escapeHtml(`<a href="x" b='y'>&\`</a>`)).toBe(
      '&#60;a href=&#34;x&#34; b=&#39;y&#39;&#62;&#38;&#96;&#60;/a&#62;',
    )
  })

  it('terminals get no escape sequence', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(escapeTerminal(given)).not.toMatch(/\p{Cc}/u)
      }),
      SEED,
    )
  })
})
