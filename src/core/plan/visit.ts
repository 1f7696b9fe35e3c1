// What the caller of the scanner says about a value: skip it, keep it as bytes, or enter it.
import type { PlanFailure } from './failure.ts'

/** A kept value, contiguous. `bytes` is valid only during the call that hands it over. */
export interface Slice {
  readonly bytes: Uint8Array
  /** Offset of the first byte in the document. */
  readonly at: number
  /**
   * Where `marked` was asked for: offset and depth of every string that opens at depth 1 or 2 of the
   * value, in pairs, the first `marks` numbers of `markAt`; -1 where there were too many to note.
   */
  readonly marks: number
  readonly markAt: Int32Array
}

export type Visit =
  | { readonly visit: 'skip' }
  | { readonly visit: 'refuse'; readonly failure: PlanFailure }
  | {
      readonly visit: 'keep'
      readonly maxBytes: number
      readonly marked?: true
      readonly take: (slice: Slice) => PlanFailure | undefined
    }
  | {
      /** `null` counts as an object without members. */
      readonly visit: 'object'
      readonly where: string
      readonly member: (key: string) => Visit
      readonly end?: () => PlanFailure | undefined
    }
  | {
      /** `null` counts as an empty list. */
      readonly visit: 'list'
      readonly where: string
      readonly element: Visit
    }

export const SKIP: Visit = { visit: 'skip' }
