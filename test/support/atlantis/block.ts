// What has to hold for every block, whatever it says.
import { expect } from 'vitest'
import { FAILED_SUMMARY } from '../../../src/core/report/atlantis.ts'
import { LIFTED, PLAN_SUMMARIES, verdictOf } from './recogniser.ts'

const MAX_BYTES = 24_000

/** Asserts the form of one block and that every version reads the verdict; cheap enough for loops. */
export function expectBlock(text: string, verdict: 'pass' | 'fail'): void {
  const broken = faultOf(text, verdict)
  if (broken !== undefined) expect.fail(`${broken}\n${text}`)
}

/** The first rule of a block that the text breaks, or undefined. */
export function faultOf(text: string, verdict: 'pass' | 'fail'): string | undefined {
  const lines = text.split('\n')
  const first = lines[0] ?? ''
  const last = lines.at(-2) ?? ''
  const word = verdict === 'pass' ? 'PASS' : 'FAIL'
  const lifted = text.match(LIFTED) ?? []
  const rules: readonly (readonly [string, boolean])[] = [
    ['every version reads the verdict', verdictOf(text) === verdict],
    ['it begins with its word', first.startsWith(`${word} - holdgate`)],
    ['it ends with one line break', text.endsWith('\n') && last !== ''],
    [
      'its last line carries the verdict',
      verdict === 'pass'
        ? /^PASS - holdgate(?: gate)?: plan file (?:sha256:[0-9a-f]{64}|not named)$/.test(last)
        : last === FAILED_SUMMARY,
    ],
    ['only one line can be lifted as a summary', lifted.length === (verdict === 'pass' ? 0 : 1)],
    [
      'no line between says a verdict',
      lines.slice(1, -2).every((line) => !/^\s*(?:PASS|FAIL)/.test(line)),
    ],
    ['it is small enough', Buffer.byteLength(text) <= MAX_BYTES],
    ['no line is long', lines.every((line) => line.length <= 6_000)],
    ['no backtick', !text.includes('`')],
    ['no element', !text.includes('<')],
    ['no hidden character', !/[^\P{Cc}\n]|\p{Default_Ignorable_Code_Point}/u.test(text)],
    ['no summary of a plan', PLAN_SUMMARIES.every((one) => !one.test(text))],
  ]
  return rules.find(([, holds]) => !holds)?.[0]
}
