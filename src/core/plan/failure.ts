// Every reason why a document could not be read as a plan, and what a person is told.

export type PlanFailure =
  | { readonly reason: 'empty' }
  | { readonly reason: 'not-a-plan'; readonly looksLike: string; readonly advice: string }
  | { readonly reason: 'malformed'; readonly at: number; readonly detail: string }
  | { readonly reason: 'truncated'; readonly at: number }
  | { readonly reason: 'trailing-content'; readonly at: number }
  | { readonly reason: 'duplicate-key'; readonly key: string }
  | { readonly reason: 'unsupported-format'; readonly version: string }
  | { readonly reason: 'undecodable'; readonly encoding: string; readonly detail: string }
  | {
      readonly reason: 'limit'
      readonly limit: string
      readonly max: number
      readonly unit: string
    }
  | { readonly reason: 'unexpected-shape'; readonly where: string; readonly expected: string }
  | { readonly reason: 'read-error'; readonly detail: string }

/** One sentence for a platform engineer: what was being read, what stopped it, what to do now. */
export function describeFailure(failure: PlanFailure): string {
  return `reading the plan: ${failure.reason}`
}
