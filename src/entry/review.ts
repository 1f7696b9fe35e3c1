// The second reader as settings describe it.
import { anthropicReviewer } from '../adapters/model/anthropic.ts'
import type { Net } from '../adapters/net/send.ts'
import type { Reviewer, ReviewPorts, TokenBudget } from '../gate/ports.ts'
import type { ReviewSettings } from './settings.ts'

export function reviewerFrom(review: ReviewSettings, net: Net): Reviewer {
  const { apiKey, baseUrl, model, prices } = review
  return anthropicReviewer({
    apiKey,
    model,
    prices,
    net,
    ...(baseUrl === undefined ? {} : { baseUrl }),
  })
}

/** @param kept what outlives one request: the day's tokens, and the notes as they were at the start */
export function reviewPorts(
  settings: ReviewSettings,
  net: Net,
  kept: { readonly budget: TokenBudget; readonly notes: string | undefined },
): ReviewPorts {
  const { budget, notes } = kept
  return {
    reviewer: reviewerFrom(settings, net),
    budget,
    ...(notes === undefined ? {} : { notes }),
  }
}
