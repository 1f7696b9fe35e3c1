import type { Result } from '../result.ts'
import { err } from '../result.ts'
import type { PlanFailure } from './failure.ts'
import type { Plan } from './model.ts'

/** SHA-256 in pieces; each runtime brings its own (`node:crypto`, `crypto.DigestStream`). */
export interface Hasher {
  update(bytes: Uint8Array): void
  /** Lower-case hex. */
  digest(): Promise<string>
}

export interface ReadOptions {
  readonly hasher: Hasher
  /** Cap on decoded bytes; default `LIMITS.planBytes`. */
  readonly maxBytes?: number
  /** Resource types whose plain no-ops are kept in `Plan.unchanged`. */
  readonly keepUnchanged: (type: string) => boolean
  /** Called now and then with the decoded bytes read so far. */
  readonly onProgress?: (bytes: number) => void
}

export async function readPlan(
  _stream: ReadableStream<Uint8Array>,
  _options: ReadOptions,
): Promise<Result<Plan, PlanFailure>> {
  return err({ reason: 'empty' })
}
