// A change in our terms: what happens to one resource instance, and to which of its attributes.
import type { JsonValue, Path } from '../json.ts'

export type Action =
  | { readonly kind: 'no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget' | 'open' }
  | {
      readonly kind: 'replace'
      readonly order: 'delete-first' | 'create-first'
      /** `forgotten`: the old object stays in the cloud, unmanaged. */
      readonly old: 'destroyed' | 'forgotten'
    }
  /** Any list of words this version does not know: the most severe case, never the mildest. */
  | { readonly kind: 'unrecognised'; readonly words: readonly string[] }

/** What one attribute holds on one side. Asked in this order: sensitive, unknown, absent, value. */
export type Value =
  | { readonly kind: 'sensitive' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'known'; readonly value: JsonValue }

/** One leaf that differs between the sides. */
export interface Delta {
  readonly path: Path
  /** `dotted(path)`: the catalogue's form. */
  readonly name: string
  readonly before: Value
  readonly after: Value
  readonly forcesReplacement: boolean
  /** For the `value` of a `{ name, value }` entry: what the entry is called (`DB_PASSWORD`). */
  readonly label?: string
  /** The values are equal; only the sensitive mark came or went. */
  readonly markOnly: boolean
}

/** One side of a change with its masks. Read it through `readSide`, which applies them. */
export interface Side {
  readonly value: JsonValue
  readonly unknown: JsonValue
  readonly sensitive: JsonValue
}

export interface Change {
  readonly address: string
  readonly previousAddress?: string
  /** `` for the root module. */
  readonly moduleAddress: string
  readonly mode: 'managed' | 'data' | 'ephemeral' | 'unrecognised'
  readonly type: string
  readonly name: string
  readonly index?: string | number
  readonly providerName: string
  readonly deposed?: string
  readonly reason?: string
  readonly action: Action
  readonly importing: boolean
  readonly before: Side
  readonly after: Side
  /** Sorted by path. For create and delete: every set leaf of the side that exists. */
  readonly deltas: readonly Delta[]
  readonly replacePaths: readonly Path[]
}
