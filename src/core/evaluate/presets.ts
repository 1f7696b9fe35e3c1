// What each preset releases of each class of situation, as a Markdown table.
import type { Metrics } from './metrics.ts'

export interface Evaluated {
  /** The column's heading, in Markdown. */
  readonly name: string
  readonly metrics: Metrics
}

/** One row for each class, "released of plans"; ends with a newline. All have the same cases. */
export function presetsTable(evaluated: readonly Evaluated[]): string {
  const [first] = evaluated
  const classes = (first?.metrics.byClass ?? []).map(({ class: name }) => name)
  const cell = (tally: Metrics['overall'] | undefined): string =>
    tally === undefined ? '0 of 0' : `${tally.released} of ${tally.plans}`
  const rows = [
    ...classes.map((name) => [
      name,
      ...evaluated.map(({ metrics }) =>
        cell(metrics.byClass.find((one) => one.class === name)?.tally),
      ),
    ]),
    ['**all**', ...evaluated.map(({ metrics }) => cell(metrics.overall))],
  ]
  const head = ['released of plans', ...evaluated.map(({ name }) => name)]
  return `${[head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')}\n`
}
