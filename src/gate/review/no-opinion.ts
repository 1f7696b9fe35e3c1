// Every way in which a review ends without an opinion, and what is said of it. None of them touches
// the verdict of rules and policy. A new reason does not compile until its sentence is written.
import { unreachable } from '../../core/result.ts'
import type { PassName } from '../../core/review/model.ts'
import type { NoAnswer } from '../ports.ts'

export type NoOpinion =
  | { readonly reason: NoAnswer['reason']; readonly pass: PassName }
  /** Its answer says nothing that could be used. */
  | { readonly reason: 'unusable'; readonly pass: PassName; readonly because: string }
  | { readonly reason: 'budget'; readonly pass: PassName }
  | { readonly reason: 'no-time' }
  | { readonly reason: 'out-of-time' }
  | { readonly reason: 'stopping' }
  | { readonly reason: 'unexpected' }

/** One sentence without its stop, and without a word of the model or the plan. */
export function describeNoOpinion(ended: NoOpinion): string {
  switch (ended.reason) {
    case 'rate-limited':
      return `the model's provider limits how often it may be asked${at(ended.pass)}`
    case 'overloaded':
      return `the model's provider is overloaded${at(ended.pass)}`
    case 'unreachable':
      return `the model could not be reached${at(ended.pass)}`
    case 'timed-out':
    case 'out-of-time':
      return 'the model did not answer in the time that was left for it'
    case 'refused':
      return `the model refused to answer${at(ended.pass)}`
    case 'truncated':
      return `the model's answer broke off${at(ended.pass)}`
    case 'malformed':
      return `the model's answer is not of the form that was asked for${at(ended.pass)}`
    case 'rejected':
      return `the model's provider rejected the request${at(ended.pass)}; its key, address or model id may be wrong`
    case 'unusable':
      return ended.because.replace(/\.$/, '')
    case 'budget':
      return 'the tokens of the day are used up (HOLDGATE_REVIEW_DAILY_TOKENS)'
    case 'no-time':
      return 'too little time was left to ask a model'
    case 'stopping':
      return 'the review was cut short, because the service was told to stop'
    case 'unexpected':
      return 'an internal error ended the review; the log of the service knows more'
    default:
      return unreachable(ended)
  }
}

function at(pass: PassName): string {
  return ` in the ${pass} pass`
}
