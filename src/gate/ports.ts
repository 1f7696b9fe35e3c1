// What the gate needs from the outside. Declared here, by the floor that uses it; implemented above.
// A run carries capabilities, not tokens: nothing the gate holds can be logged into a leak.
import type { Context } from '../core/context.ts'
import type { Decision } from '../core/decision.ts'
import type { Hasher } from '../core/plan/read.ts'
import type { Policy } from '../core/policy/policy.ts'
import type { Outcome, RunTaskRun } from '../core/report/run-task.ts'
import type { Result } from '../core/result.ts'
import type { Prompt, Usage } from '../core/review/model.ts'
import type { PlanUnavailable, Rejection, ReportFailure } from './failure.ts'

export type Stage = RunTaskRun['stage']

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Resolves after `ms` milliseconds, or at once when the signal fires. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export type LogLevel = 'info' | 'warn' | 'error'

/** Ids, counts, reasons and durations. Never a URL, a token, or a value from a plan. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

export type Log = (level: LogLevel, event: string, fields?: LogFields) => void

export interface Update {
  readonly status: 'running' | 'passed' | 'failed'
  readonly message: string
  readonly outcomes: readonly Outcome[]
}

export interface ReportLimits {
  /** No attempt starts at or after this moment, milliseconds since the epoch. */
  readonly until: number
  /** One attempt only: a heartbeat that fails is followed by the next heartbeat. */
  readonly once?: true
  /** Ends the attempt under way and every later one. */
  readonly signal?: AbortSignal
}

/** What a delivery asks for, or why it cannot be judged by this version (one public sentence). */
export type Ask =
  | { readonly kind: 'judge'; readonly stage: Stage }
  | { readonly kind: 'unsupported'; readonly because: string }

export interface Run {
  /** The platform's id of this one result: the key for deduplication. */
  readonly id: string
  readonly runId: string | undefined
  readonly ask: Ask
  readonly enforcement: RunTaskRun['enforcement']
  readonly speculative: boolean
  /** When the delivery was accepted, milliseconds since the epoch; every limit counts from here. */
  readonly acceptedAt: number
  readonly context: Omit<Context, 'at'>
  openPlan(limits: {
    readonly until: number
    readonly signal: AbortSignal
  }): Promise<Result<ReadableStream<Uint8Array>, PlanUnavailable>>
  /**
   * The archive of the configuration (`.tar.gz`, compressed), where the platform gives it out. Undefined
   * otherwise. Nothing but the review's second pass reads it.
   */
  readonly openCode?: (limits: {
    readonly until: number
    readonly signal: AbortSignal
  }) => Promise<ReadableStream<Uint8Array> | undefined>
  report(
    update: Update,
    limits: ReportLimits,
  ): Promise<Result<'accepted' | 'already-decided', ReportFailure>>
  /** The run as an encrypted text that only this service can reopen. */
  seal(): Promise<string>
}

/** `probe`: the platform tests the address; answer 200 and do nothing. */
export type Delivery = { readonly kind: 'probe' } | { readonly kind: 'run'; readonly run: Run }

export interface Platform {
  readonly name: string
  readonly path: string
  /** Authenticates, then parses. Reads at most the delivery limit. */
  receive(request: Request): Promise<Result<Delivery, Rejection>>
  /** The inverse of `Run.seal`; undefined for a text that this service did not seal. */
  reopen(sealed: string): Promise<Run | undefined>
}

/** Runtimes differ in how long they carry on after the answer; see `budgetMs`. */
export interface Background {
  /**
   * Takes the run over. Resolves when it is safe to answer the delivery: the work is held by the
   * process, or stored in a queue. A rejection means the run was not taken.
   */
  accept(run: Run): Promise<void>
}

export interface Timings {
  /** Total time for one result, from acceptance to the last attempt of the final callback. */
  readonly timeLimitMs: number
  /** The first `running` goes out when work takes longer than this; the platform's users see it. */
  readonly firstBeatMs: number
  readonly beatMs: number
  /** After a heartbeat that was not accepted. */
  readonly beatAgainMs: number
}

/** What a model answered to one prompt, unchecked. */
export interface ModelAnswer {
  readonly text: string
  /** The id of the model that answered. */
  readonly model: string
  readonly usage: Usage
  /** US dollars; null where the model's prices are not known. */
  readonly cost: number | null
}

/** Why there is no answer. None of these is an error of the run: the rules' verdict stands. */
export interface NoAnswer {
  readonly reason:
    | 'rate-limited'
    | 'overloaded'
    | 'unreachable'
    | 'timed-out'
    | 'refused'
    | 'truncated'
    | 'malformed'
    | 'rejected'
  /** What was used all the same, where the provider said so. */
  readonly usage?: Usage
  readonly cost?: number | null
}

/** A model behind an adapter. It has no tools and no memory: one prompt, one answer. */
export interface Reviewer {
  readonly model: string
  /** Never rejects. Retries inside `until`, milliseconds since the epoch. */
  ask(
    prompt: Prompt,
    limits: { readonly until: number; readonly signal: AbortSignal },
  ): Promise<Result<ModelAnswer, NoAnswer>>
}

/** Tokens of one UTC day, in this process. Moments are milliseconds since the epoch. */
export interface TokenBudget {
  /**
   * Sets tokens aside before they are spent, so that runs at the same time do not spend them twice.
   *
   * @returns what takes the number that was spent in the end; undefined where none are left
   */
  reserve(tokens: number, at: number): ((spent: number, at: number) => void) | undefined
}

export interface ReviewPorts {
  readonly reviewer: Reviewer
  readonly budget: TokenBudget
  /** What the team knows, as text; it can only raise caution. */
  readonly notes?: string
}

/** Answers whether a presented bearer token is the configured one, in constant time. */
export type TokenCheck = (presented: string) => Promise<boolean>

export type AssessFormat = 'json' | 'markdown' | 'text'

export interface Ports {
  readonly platforms: readonly Platform[]
  readonly policy: Policy
  readonly newHasher: () => Hasher
  /** Cap on decoded plan bytes; absent: the reader's own. */
  readonly maxPlanBytes?: number
  /** Cap on the bytes of kept elements together; absent: the reader's own. Runtimes with little memory set it. */
  readonly maxKeptBytes?: number
  readonly keepUnchanged: (type: string) => boolean
  readonly background: Background
  readonly clock: Clock
  /** Short random reference a person can quote from a report and find in the log. */
  readonly newReference: () => string
  readonly log: Log
  readonly timings: Timings
  /** Absent: no model is asked. */
  readonly review?: ReviewPorts
  /** Absent: `/assess` does not exist. */
  readonly assessToken?: TokenCheck
  readonly render: (decision: Decision, format: AssessFormat) => string
  /** Remembers which results were taken; false when this one was already. */
  readonly once: Once
}

export interface Once {
  /** True the first time an id is seen within the memory's bounds. */
  claim(id: string): boolean
  /** Forgets an id whose run was not taken after all. */
  release(id: string): void
}
