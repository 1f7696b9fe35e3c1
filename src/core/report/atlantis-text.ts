// Words that Atlantis would read as a verdict, a plan summary or markup, broken up visibly. It judges
// a custom policy check by its text: https://www.runatlantis.io/docs/custom-policy-checks

/** Stands where a word was broken up; named in the block whenever it was needed. */
export const BREAK = '·'

/** Go lower-cases `İ` to a plain `i`, so that it counts as one. */
const VERDICT_WORD = /(fa)([iİ]l)/gi
/** A line of a text never begins as the verdict's own lines do. */
const VERDICT_LINE = /^(\s*(?:PA|FA))(SS|IL)/
/** The recogniser of v0.39.0 and later, and the summary line that its comment lifts out of the fold. */
const COUNTED = /(\d)(\s+)(tests?|passed|warnings?|failures?|exceptions?)\b/gi
const CONFTEST_KEY = /(failures)(")/gi
/** Sentences that Atlantis counts in the output of a plan. */
const PLAN_SUMMARY = /(Plan)(:)/gi
const NO_CHANGES = /(No changes)(\.)/gi

/**
 * One line of text for a block: nothing in it closes the code fence, opens an element, counts as a
 * summary, or adds up to a failure. `verdict: 'pass'` breaks up the word "fail" wherever it occurs,
 * which versions up to v0.38 take for a failure. The text is already visible and redacted.
 */
export function neutral(text: string, verdict: 'pass' | 'fail'): string {
  const plain = text
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('`', "'")
    .replaceAll('<', '‹')
    .replace(VERDICT_LINE, `$1${BREAK}$2`)
    .replace(PLAN_SUMMARY, `$1${BREAK}$2`)
    .replace(NO_CHANGES, `$1${BREAK}$2`)
    .replace(COUNTED, `$1${BREAK}$3`)
    .replace(CONFTEST_KEY, `$1${BREAK}$2`)
  return verdict === 'pass' ? plain.replace(VERDICT_WORD, `$1${BREAK}$2`) : plain
}
