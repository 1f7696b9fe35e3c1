// Every expected failure of the gate, and what is said of it: to people outside one sentence
// without values, inside a reason that can be counted. A new reason does not compile until both
// are written.
import { describeFailure, type PlanFailure } from '../core/plan/failure.ts'
import { unreachable } from '../core/result.ts'

/** Why a delivery was turned away at the door. */
export type Rejection =
  | { readonly reason: 'too-large'; readonly maxBytes: number }
  | { readonly reason: 'unauthenticated' }
  | { readonly reason: 'unreadable' }
  | { readonly reason: 'malformed'; readonly detail: string }
  | { readonly reason: 'foreign-callback' }

/** Why there is no plan to read. */
export type PlanUnavailable =
  | { readonly reason: 'no-address' }
  | { readonly reason: 'foreign-address' }
  | { readonly reason: 'not-ready'; readonly attempts: number }
  | { readonly reason: 'unauthorised' }
  | { readonly reason: 'not-found' }
  | { readonly reason: 'unsupported-terraform' }
  | {
      readonly reason: 'refused'
      readonly by: 'platform' | 'object store'
      readonly status: number
    }
  | { readonly reason: 'unavailable'; readonly attempts: number; readonly last: string }
  | { readonly reason: 'redirect'; readonly why: RedirectRefusal }
  | { readonly reason: 'interrupted' }

export type RedirectRefusal =
  | 'no location'
  | 'too many hops'
  | 'scheme'
  | 'user information'
  | 'port'
  | 'private address'

/** Why a callback was not accepted. */
export type ReportFailure =
  | { readonly reason: 'unauthorised' }
  | { readonly reason: 'not-found' }
  | { readonly reason: 'refused'; readonly status: number }
  | { readonly reason: 'unreachable'; readonly attempts: number; readonly last: string }

/** Why a run could not be judged. */
export type RunFailure =
  | { readonly reason: 'unsupported'; readonly because: string }
  | { readonly reason: 'plan-unavailable'; readonly failure: PlanUnavailable }
  | { readonly reason: 'plan-unreadable'; readonly failure: PlanFailure }
  | { readonly reason: 'out-of-time'; readonly limitMs: number }
  | { readonly reason: 'stalled'; readonly afterMs: number }
  | { readonly reason: 'stopping' }
  | { readonly reason: 'unexpected' }

export interface Described {
  /** One sentence for the platform's page; no value from a plan, no URL. */
  readonly public: string
  /** For the log. */
  readonly internal: string
}

export function describeRunFailure(failure: RunFailure): Described {
  switch (failure.reason) {
    case 'unsupported':
      return { public: failure.because, internal: 'unsupported' }
    case 'plan-unavailable':
      return {
        public: describePlanUnavailable(failure.failure),
        internal: `plan-unavailable: ${failure.failure.reason}`,
      }
    case 'plan-unreadable':
      return {
        public: describeFailure(failure.failure),
        internal: `plan-unreadable: ${failure.failure.reason}`,
      }
    case 'out-of-time':
      return {
        public: `The assessment did not finish within its time limit of ${duration(failure.limitMs)} (HOLDGATE_TIME_LIMIT).`,
        internal: 'out-of-time',
      }
    case 'stalled':
      return {
        public: `The plan JSON came to a halt: less than 1 MiB in ${duration(failure.afterMs)}`,
        internal: 'stalled',
      }
    case 'stopping':
      return {
        public: 'The service was shut down before the assessment finished; start the run again',
        internal: 'stopping',
      }
    case 'unexpected':
      return {
        public: 'An internal error stopped the assessment; the log of the service knows more',
        internal: 'unexpected',
      }
    default:
      return unreachable(failure)
  }
}

export function describePlanUnavailable(failure: PlanUnavailable): string {
  switch (failure.reason) {
    case 'no-address':
      return 'The delivery names no address to fetch the plan JSON from'
    case 'foreign-address':
      return 'The plan JSON is not on a configured platform; add its origin to HOLDGATE_PLATFORM_ORIGINS if it is yours'
    case 'not-ready':
      return `The platform had no plan JSON yet after ${failure.attempts} requests (204).`
    case 'unauthorised':
      return 'The platform refused the token of this result for the plan JSON (401): it is invalid or has expired'
    case 'not-found':
      return 'The platform knows no such plan, or this token may not see it (404).'
    case 'unsupported-terraform':
      return 'The platform has no JSON for this plan (422): it was made by a Terraform older than 0.12'
    case 'refused':
      return `The ${failure.by} answered ${failure.status} to the request for the plan JSON`
    case 'unavailable':
      return `The plan JSON could not be fetched in ${count(failure.attempts, 'attempt')}; last: ${failure.last}`
    case 'redirect':
      return `The redirect to the plan JSON was not followed: ${redirectRefusal(failure.why)}`
    case 'interrupted':
      return 'Fetching the plan JSON was stopped by the time limit'
    default:
      return unreachable(failure)
  }
}

function redirectRefusal(why: RedirectRefusal): string {
  switch (why) {
    case 'no location':
      return 'it names no usable address'
    case 'too many hops':
      return 'too many hops'
    case 'scheme':
      return 'its address is not https'
    case 'user information':
      return 'its address carries user information'
    case 'port':
      return 'its address has an unusual port and is not a configured origin'
    case 'private address':
      return 'it leads to a private address that is not a configured origin'
    default:
      return unreachable(why)
  }
}

/** HTTP status and one public sentence; which check of a signature failed is not said. */
export function describeRejection(rejection: Rejection): {
  readonly status: 400 | 401 | 413 | 422
  readonly detail: string
} {
  switch (rejection.reason) {
    case 'too-large':
      return { status: 413, detail: `The body is larger than ${rejection.maxBytes} bytes.` }
    case 'unauthenticated':
      return { status: 401, detail: 'The signature is missing or does not match the body.' }
    case 'unreadable':
      return { status: 400, detail: 'The body ended before it was complete.' }
    case 'malformed':
      return { status: 400, detail: rejection.detail }
    case 'foreign-callback':
      return {
        status: 422,
        detail:
          'task_result_callback_url is not on a configured platform; HOLDGATE_PLATFORM_ORIGINS lists the origins this service may call.',
      }
    default:
      return unreachable(rejection)
  }
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

function duration(ms: number): string {
  return ms % 60_000 === 0 ? `${ms / 60_000} min` : `${Math.round(ms / 1000)} s`
}

/** What may be logged of an unexpected error. Not its message: that may quote what it choked on. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
