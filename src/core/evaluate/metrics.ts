// Counting missed and false holds over labelled plans.
import type { Case, Judged, Verdict } from './case.ts'
import { verdictOf } from './case.ts'
import { COMPARATORS } from './comparators.ts'
import { upperBound } from './confidence.ts'

export interface Tally {
  readonly plans: number
  readonly risky: number
  readonly released: number
  /** Risky plans released. The number that has to be zero. */
  readonly missedHolds: number
  /** Boring plans held. */
  readonly falseHolds: number
  readonly hazardsNotNamed: number
}

export interface Metrics {
  readonly byClass: readonly { readonly class: string; readonly tally: Tally }[]
  readonly overall: Tally
  readonly missedHoldRate: number
  /** Upper 95 % bound of the missed-hold rate. */
  readonly missedHoldBound: number
  readonly comparators: readonly { readonly name: string; readonly tally: Tally }[]
  readonly missed: readonly Case[]
  readonly falselyHeld: readonly Case[]
  readonly unnamed: readonly { readonly case: Case; readonly hazards: readonly string[] }[]
  readonly failed: readonly { readonly case: Case; readonly because: string }[]
  readonly debatable: readonly { readonly case: Case; readonly verdict: Verdict }[]
}

/** Everything the table says. Debatable cases appear only under `debatable` (and `failed`). */
export function metricsOf(all: readonly Judged[]): Metrics {
  const counted = all.filter((judged) => judged.case.label !== 'debatable')
  const overall = tally(counted)
  const classes = [...new Set(counted.map((judged) => judged.case.class))].sort()
  const casesWhere = (test: (judged: Judged) => boolean): readonly Case[] =>
    counted.filter(test).map((judged) => judged.case)
  return {
    byClass: classes.map((name) => ({
      class: name,
      tally: tally(counted.filter((judged) => judged.case.class === name)),
    })),
    overall,
    missedHoldRate: overall.risky === 0 ? 0 : overall.missedHolds / overall.risky,
    missedHoldBound: upperBound(overall.missedHolds, overall.risky),
    comparators: COMPARATORS.map(({ name }, at) => ({
      name,
      tally: tally(counted.map((judged) => answering(judged, judged.compared[at] ?? 'hold'))),
    })),
    missed: casesWhere(isMissed),
    falselyHeld: casesWhere(isFalselyHeld),
    unnamed: counted
      .map((judged) => ({ case: judged.case, hazards: notNamed(judged) }))
      .filter(({ hazards }) => hazards.length > 0),
    failed: all.flatMap(({ case: of, outcome }) =>
      outcome.kind === 'failed' ? [{ case: of, because: outcome.because }] : [],
    ),
    debatable: all
      .filter((judged) => judged.case.label === 'debatable')
      .map((judged) => ({ case: judged.case, verdict: verdictOf(judged.outcome) })),
  }
}

function tally(judged: readonly Judged[]): Tally {
  return {
    plans: judged.length,
    risky: judged.filter((one) => one.case.label === 'hold').length,
    released: judged.filter((one) => verdictOf(one.outcome) === 'release').length,
    missedHolds: judged.filter(isMissed).length,
    falseHolds: judged.filter(isFalselyHeld).length,
    hazardsNotNamed: judged.reduce((sum, one) => sum + notNamed(one).length, 0),
  }
}

function isMissed(judged: Judged): boolean {
  return judged.case.label === 'hold' && verdictOf(judged.outcome) === 'release'
}

function isFalselyHeld(judged: Judged): boolean {
  return judged.case.label === 'release' && verdictOf(judged.outcome) === 'hold'
}

function notNamed({ case: of, outcome }: Judged): readonly string[] {
  const named = outcome.kind === 'decided' ? outcome.named : []
  return [...new Set([...of.hazards, ...of.informational])].filter((id) => !named.includes(id))
}

/** The same case answered by a strategy that names nothing. */
function answering(judged: Judged, verdict: Verdict): Judged {
  return { ...judged, outcome: { kind: 'decided', verdict, named: [] } }
}
