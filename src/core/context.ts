// What the caller says about the run. Everything but `at` may be missing, and missing means unknown.

export interface Context {
  readonly organization?: string
  readonly project?: string
  readonly workspace?: string
  readonly directory?: string
  /** Declared by the caller (trusted configuration of the reviewing service), never read from a plan. */
  readonly environment?: string
  /** What the plan command was given beside the usual, where the caller knows: `-target=…`. */
  readonly planArguments?: readonly string[]
  readonly tags: Readonly<Record<string, string>>
  /** Who or what created the run, as the platform says it. Not proven, so it only ever stops a run. */
  readonly createdBy?: string
  /** What was written for the run; empty where nobody wrote anything. It only ever stops a run. */
  readonly message?: string
  /** The branch it was started from. A person named it; only a second reader is told, to see what fits. */
  readonly branch?: string
  /** The moment to judge by, milliseconds since the epoch: freezes, expiry, a stale plan. */
  readonly at: number
}

/** The three columns of the policy table. Anything not proven to be otherwise is production. */
export type Tier = 'production' | 'staging' | 'dev'
