// The ladder of ways back, best first: what it takes to undo a change once it is applied.

export const REVERSALS = [
  'instant',
  'minutes-with-outage',
  'hours-with-restore',
  'other-team',
  'never',
] as const

/**
 * `instant`: apply the old value. `minutes-with-outage`: apply it, and something fails until then.
 * `hours-with-restore`: a copy or the state is restored. `other-team`: somebody else has to act, or
 * nobody here can say what it takes. `never`: something of it does not come back.
 */
export type Reversal = (typeof REVERSALS)[number]

/** The last rung that any of them needs; the best one where there are none. */
export function worstReversal(all: readonly Reversal[]): Reversal {
  return REVERSALS.findLast((one) => all.includes(one)) ?? 'instant'
}

/** At most 32 characters, so that a tag of a run task can hold them. */
export const REVERSAL_WORDS: Readonly<Record<Reversal, string>> = {
  instant: 'At once',
  'minutes-with-outage': 'In minutes, with an outage',
  'hours-with-restore': 'In hours, with a restore',
  'other-team': 'By another team or the provider',
  never: 'Never in full',
}
