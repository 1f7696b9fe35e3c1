// A labelled plan and what became of it: the input of every metric.

export type Verdict = 'release' | 'hold'

export interface Case {
  readonly name: string
  /** What kind of situation this is, for the table; `unclassified` where nobody said. */
  readonly class: string
  /** `debatable` cases are shown and never counted: careful readers disagree on them. */
  readonly label: Verdict | 'debatable'
  /** Hazards the decision has to name. A word that is no hazard can never be named, and shows. */
  readonly hazards: readonly string[]
  /** To be named too, though no reason to hold. */
  readonly informational: readonly string[]
  /** The label is a team's default, others may choose differently. */
  readonly policy: boolean
}

export type Outcome =
  | { readonly kind: 'decided'; readonly verdict: Verdict; readonly named: readonly string[] }
  /** Could not be read or assessed: a hold, with the reason. */
  | { readonly kind: 'failed'; readonly because: string }

export interface Judged {
  readonly case: Case
  readonly outcome: Outcome
  /** Verdicts of the simple strategies on the same plan, in the order of `COMPARATORS`. */
  readonly compared: readonly Verdict[]
}

/** What was answered: a case that failed was held. */
export function verdictOf(outcome: Outcome): Verdict {
  return outcome.kind === 'failed' ? 'hold' : outcome.verdict
}
