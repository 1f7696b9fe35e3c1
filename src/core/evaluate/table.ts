// The report of an evaluation as plain text, every miss by name.
import type { Case } from './case.ts'
import type { Metrics, Tally } from './metrics.ts'

type Row = readonly (string | number)[]

/** Lines of the report; ends with a newline. Names come from file names, nothing from plans. */
export function evaluationText(metrics: Metrics): string {
  const { overall } = metrics
  return `${[
    ...table(
      ['class', 'plans', 'risky', 'missed holds', 'false holds', 'hazards not named'],
      [
        ...metrics.byClass.map(({ class: name, tally }) => [name, ...counts(tally)]),
        ['overall', ...counts(overall)],
      ],
    ),
    '',
    `missed holds: ${overall.missedHolds} of ${overall.risky} risky plans, ${percent(metrics.missedHoldRate)}; ` +
      `upper 95 % bound ${percent(metrics.missedHoldBound)}`,
    `released: ${overall.released} of ${overall.plans} plans, ${share(overall)}`,
    '',
    ...table(
      ['strategy', 'released', 'false holds', 'missed holds'],
      [
        ['holdgate', share(overall), overall.falseHolds, overall.missedHolds],
        ...metrics.comparators.map(({ name, tally }) => [
          name,
          share(tally),
          tally.falseHolds,
          tally.missedHolds,
        ]),
      ],
    ),
    ...section('missed holds', metrics.missed.map(caseText)),
    ...section('false holds', metrics.falselyHeld.map(caseText)),
    ...section(
      'hazards not named',
      metrics.unnamed.map(({ case: of, hazards }) => {
        const words = hazards.map((id) =>
          of.informational.includes(id) ? `${id} (informational)` : id,
        )
        return `${of.name}: ${words.join(', ')}`
      }),
    ),
    ...section(
      'could not be assessed, counted as held',
      metrics.failed.map(({ case: of, because }) => `${of.name}: ${because}`),
    ),
    ...section(
      'debatable, not counted',
      metrics.debatable.map(({ case: of, verdict }) => `${of.name}: ${verdict}`),
    ),
  ].join('\n')}\n`
}

function counts(tally: Tally): Row {
  return [tally.plans, tally.risky, tally.missedHolds, tally.falseHolds, tally.hazardsNotNamed]
}

function caseText(of: Case): string {
  return of.policy ? `${of.name} (${of.class}; a team's choice)` : `${of.name} (${of.class})`
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)]
}

/** First column to the left, the rest to the right. */
function table(head: Row, rows: readonly Row[]): readonly string[] {
  const cells = [head, ...rows].map((row) => row.map(String))
  const widths = head.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd()
  const [first, ...others] = cells.map(line)
  return [first ?? '', widths.map((width) => '-'.repeat(width)).join('  '), ...others]
}

function percent(rate: number): string {
  return `${(rate * 100).toFixed(1)} %`
}

function share(tally: Tally): string {
  return percent(tally.plans === 0 ? 0 : tally.released / tally.plans)
}
