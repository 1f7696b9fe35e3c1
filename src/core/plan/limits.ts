// Every bound of the plan reader. Each is far above what real plans need and far below what hurts.

export interface PlanLimits {
  /** Decoded bytes of the whole document. The largest reported plans are a few hundred megabytes. */
  readonly planBytes: number
  /** Brackets open at once. Real plans reach 23; later passes recurse, so this guards their stack. */
  readonly depth: number
  /** Bytes of one kept element. The largest real one is 24 kB; policies and user data add to it. */
  readonly elementBytes: number
  /** Bytes of all kept elements together: parsed, they take two to three times this in memory. */
  readonly keptBytes: number
  /** Elements of `resource_changes` that are kept. No person reviews more than this. */
  readonly changes: number
  /** Elements of `resource_drift`. Real plans have a few; a thousand means a destroyed stack. */
  readonly drift: number
  /** Entries of any other list or map that is kept (outputs, checks, deferred changes …). */
  readonly entries: number
  /**
   * Bytes of resource blocks of `configuration` that are kept whoever they belong to, repeated ones
   * counted each time; after them only blocks of resources that the plan changes.
   */
  readonly configurationFullBytes: number
  /** Bytes of `configuration` that are parsed, repeated blocks counted once. */
  readonly configurationBytes: number
  /** Resource blocks, module calls and providers of `configuration` together. */
  readonly configurationEntries: number
  /** Entries of `relevant_attributes`; they only explain drift, so more are dropped with a note. */
  readonly relevantAttributes: number
  /** Characters kept of a provisioner's literal command: enough to recognise what it calls. */
  readonly commandCharacters: number
  /** Characters of a root variable's value that may name the environment. */
  readonly environmentCharacters: number
}

const MIB = 1_048_576

export const LIMITS: PlanLimits = {
  planBytes: 512 * MIB,
  depth: 512,
  elementBytes: 32 * MIB,
  keptBytes: 256 * MIB,
  changes: 50_000,
  drift: 20_000,
  entries: 50_000,
  configurationFullBytes: 8 * MIB,
  configurationBytes: 48 * MIB,
  configurationEntries: 60_000,
  relevantAttributes: 20_000,
  commandCharacters: 200,
  environmentCharacters: 64,
}
