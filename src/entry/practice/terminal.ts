// What the practice platform received, for a terminal of 80 columns. Text from outside loses its
// control characters, so that no plan can move the cursor.
import type { OutcomeLabel } from './callback-rules.ts'
import { STAGE_NAMES } from './page.ts'
import type { PracticeRun, TakenCallback } from './recording.ts'

export type Paint = (
  style: 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan',
  text: string,
) => string

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const
const WIDTH = 80

/** Colours, or nothing where they are not wanted. */
export function painter(colour: boolean): Paint {
  return (style, text) => (colour ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text)
}

/** A block of lines about one run, ending in an empty line. */
export function runText(
  number: number,
  title: string,
  run: PracticeRun,
  final: TakenCallback | undefined,
  paint: Paint,
): string {
  const { workspace, stage, enforcement } = run.description
  const lines = [
    paint('bold', `${String(number).padStart(2)}  ${printable(title)}`),
    paint('dim', `    ${printable(workspace)} · ${STAGE_NAMES[stage]} · ${enforcement}`),
  ]
  if (final === undefined) {
    return `${[...lines, `    ${paint('yellow', 'NO ANSWER')}`, ''].join('\n')}\n`
  }
  const passed = final.status === 'passed'
  const status = passed ? paint('green', 'PASSED') : paint('red', 'FAILED')
  const meaning = passed ? 'goes on without a person' : 'waits for a person'
  lines.push(`    ${status}  ${paint('dim', meaning)}`, ...wrapped(final.message, 4))
  for (const outcome of final.outcomes) {
    const [first = '', ...rest] = wrapped(outcome.description, 6)
    lines.push(`    ${paint('cyan', '•')} ${first.trimStart()}`, ...rest)
    const tags = Object.entries(outcome.tags).map(([key, labels]) => tagText(key, labels))
    const alarming = Object.values(outcome.tags)
      .flat()
      .some(({ level }) => level === 'error')
    lines.push(
      ...wrapped(tags.join(' '), 6).map((line) => paint(alarming ? 'yellow' : 'dim', line)),
    )
  }
  return `${[...lines, ''].join('\n')}\n`
}

/** Sentences beside a run, ending in an empty line. */
export function noteText(notes: readonly string[], paint: Paint): string {
  const lines = notes.flatMap((note) => wrapped(note, 4)).map((line) => paint('dim', line))
  return `${[...lines, ''].join('\n')}\n`
}

function tagText(key: string, labels: readonly OutcomeLabel[]): string {
  return printable(`[${key.replaceAll('_', ' ')}: ${labels.map(({ label }) => label).join(', ')}]`)
}

/** Lines of at most 80 columns, indented; long words stay whole, line breaks are kept. */
function wrapped(text: string, indent: number): string[] {
  const margin = ' '.repeat(indent)
  return text.split(/\r?\n/).flatMap((paragraph) => {
    const lines: string[] = []
    let line = ''
    for (const word of printable(paragraph).split(/\s+/).filter(Boolean)) {
      if (line !== '' && line.length + 1 + word.length > WIDTH - indent) {
        lines.push(margin + line)
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    return line === '' ? lines : [...lines, margin + line]
  })
}

function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
}
