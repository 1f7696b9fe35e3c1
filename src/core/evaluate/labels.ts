// LABELS.tsv: judgements of a careful reader on plans that carry none themselves.
import { err, ok, type Result } from '../result.ts'
import type { Case } from './case.ts'

const MEANING: ReadonlyMap<string, Case['label']> = new Map([
  ['boring', 'release'],
  ['needs-human', 'hold'],
  ['debatable', 'debatable'],
])

/**
 * Rows of `file<TAB>label<TAB>reason` under one header line; blank lines are skipped. The name of a
 * case is its file, relative to the folder of the table. A label of another word is a failure.
 */
export function parseLabels(text: string, group: string): Result<readonly Case[], string> {
  const cases: Case[] = []
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (at === 0 || line.trim() === '') continue
    const [name = '', word = ''] = line.split('\t')
    const label = MEANING.get(word)
    if (label === undefined) return err(`reading labels: line ${at + 1} has no known label`)
    cases.push({ name, class: group, label, hazards: [], informational: [], policy: false })
  }
  return ok(cases)
}
