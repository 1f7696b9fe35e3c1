// How long a model may be waited for. A review that is late costs the review and nothing else, so its
// time ends well before the time of what waits for it.

/** A run's page says that work is going on; longer than this nobody would believe it. */
export const RUN_REVIEW_MS: number = 5 * 60_000

/**
 * Somebody who waits for an HTTP answer, or a step of a workflow: proxies and load balancers give up
 * on a silent answer after 60 s, the Atlantis step after 120 s.
 */
export const CALLER_REVIEW_MS: number = 50_000

/** Kept for drawing the verdict and writing the report: seconds of CPU for tens of thousands of changes. */
const CONCLUDE_MS = 10_000
/** Of what is left, where little is: the 27 s of a Worker without a queue leave 16 s for the model. */
const CONCLUDE_SHARE = 0.25

/** For the archive of the configuration, while the first pass is under way, and of what is left. */
const CODE_MS = 45_000
const CODE_SHARE = 0.5

/** The moment after which the configuration is not waited for, so that a review is still had. */
export function codeUntil(now: number, until: number): number {
  return now + Math.min(CODE_MS, Math.max(0, until - now) * CODE_SHARE)
}

/** With less than this no model would be through. */
export const LEAST_REVIEW_MS: number = 2_000

/**
 * The moment after which no model is waited for, milliseconds since the epoch.
 *
 * @param workUntil when the work of the run has to be done; its report has a reserve of its own
 */
export function reviewUntil(now: number, workUntil: number, atMostMs: number): number {
  const left = Math.max(0, workUntil - now)
  return Math.min(now + atMostMs, workUntil - Math.min(CONCLUDE_MS, left * CONCLUDE_SHARE))
}
