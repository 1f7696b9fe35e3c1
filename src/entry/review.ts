// The second reader as settings describe it.
import { anthropicReviewer } from '../adapters/model/anthropic.ts'
import type { Net } from '../adapters/net/send.ts'
import { err, ok, type Result } from '../core/result.ts'
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

const MAX_NOTES_BYTES = 16 * 1024

/** The text of the team's notes, or a sentence that stops the start: at most 16 KiB. */
export function checkNotes(text: string): Result<string, string> {
  return new TextEncoder().encode(text).byteLength <= MAX_NOTES_BYTES
    ? ok(text)
    : err('HOLDGATE_REVIEW_NOTES is longer than 16 KiB.')
}
