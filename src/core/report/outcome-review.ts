// The row of a run task's outcomes that carries the second reader's part.
import type { Review } from '../decision.ts'
import { reviewMarkdown } from './markdown-review.ts'
import { type ReviewView, silentText } from './review-view.ts'
import type { Outcome, OutcomeTag } from './run-task.ts'
import { sentence } from './words.ts'

const MAX_BODY = 10_000
const MAX_DESCRIPTION = 600

const LEVELS: Readonly<Record<Review['outcome'], OutcomeTag['level']>> = {
  escalated: 'warning',
  released: 'warning',
  'no-change': 'none',
  'no-opinion': 'none',
}

/** One row, whatever was said; its tags say at a glance that a model speaks, and what came of it. */
export function reviewOutcome(review: ReviewView): Outcome {
  const told =
    review.outcome === 'no-opinion'
      ? silentText(review)
      : `Second reader, ${review.outcomeText}: ${review.because}`
  const label = `${review.outcomeText.charAt(0).toUpperCase()}${review.outcomeText.slice(1)}`
  return {
    id: 'second-reader',
    description: sentence(told, MAX_DESCRIPTION),
    body: reviewMarkdown(review, MAX_BODY).join('\n'),
    tags: {
      Status: [{ label, level: LEVELS[review.outcome] }],
      Source: [{ label: 'A model', level: 'none' }],
    },
  }
}
