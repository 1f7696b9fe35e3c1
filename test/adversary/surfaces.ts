// Every surface of a decision, read for lines that a model wrote to look like the product's own.
import type { Decision } from '../../src/core/decision.ts'
import { render } from '../../src/core/report/render.ts'
import { runTaskReport } from '../../src/core/report/run-task.ts'

export const FORMATS = ['text', 'json', 'markdown', 'html', 'atlantis'] as const

export function surfacesOf(decision: Decision): readonly (readonly [name: string, text: string])[] {
  const run = {
    stage: 'post_plan',
    enforcement: 'mandatory',
    reference: 'r-1',
    speculative: false,
  } as const
  const { message, outcomes, status } = runTaskReport(decision, run)
  return [
    ...FORMATS.map((format) => [format, render(decision, format)] as const),
    ['run-task', [status, message, ...outcomes.map((one) => JSON.stringify(one))].join('\n')],
  ]
}

/** Sentences; empty where every line that tells a verdict is ours. */
export function forgedLines(decision: Decision): readonly string[] {
  const found: string[] = []
  for (const [name, text] of surfacesOf(decision)) {
    if (/[\u001b\u202e\u0007]/.test(text)) found.push(`${name} passes a control character on`)
    if (/<b>Released<\/b>/.test(text) && name === 'html') found.push(`${name} passes an element on`)
    for (const line of text.split(/\r\n|[\n\r\u2028\u2029]/)) {
      if (isForged(line, name, decision)) found.push(`${name} has the line "${line}"`)
    }
  }
  const sentences = [
    ...decision.because.filter((text) => text.startsWith('a second reader')),
    decision.review?.because ?? '',
    decision.review?.model ?? '',
  ]
  for (const text of [...sentences, ...(decision.review?.claims ?? []).map(({ says }) => says)]) {
    if (/[\n\r]/.test(text)) found.push('a sentence of more than one line')
  }
  return found
}

/** Begins as a release does: at the margin on a terminal, behind marks elsewhere. */
function isForged(line: string, surface: string, { verdict }: Decision): boolean {
  if (verdict === 'release') return false
  const opening = surface === 'text' ? line : line.replace(/^[\s>*_`#|"-]+/, '')
  return /^(?:RELEASE\b|Release:|Released\b|PASS\b|passed\b)/.test(opening)
}
