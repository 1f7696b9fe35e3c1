// The second reader as settings describe it.
import { anthropicReviewer } from '../adapters/model/anthropic.ts'
import type { Net } from '../adapters/net/send.ts'
import type { Reviewer } from '../gate/ports.ts'
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
