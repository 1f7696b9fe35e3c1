// Everything the practice platform received, in the order it came, and a way to wait for more.
import type { ReceivedCallback } from './callback-rules.ts'
import type { RunDescription, RunIdentity } from './payload.ts'

/** Which door a request came through. Nobody has any business at the `stranger`. */
export type Door = 'api' | 'store' | 'stranger'

export interface ReceivedRequest {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly door: Door
  readonly method: string
  /** Path and query, byte for byte. */
  readonly target: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
  /** Status sent, or what happened instead; undefined while it is being answered. */
  answered?: number | 'hang' | 'reset'
}

export interface TakenCallback extends ReceivedCallback {
  readonly at: number
  readonly request: ReceivedRequest
  readonly final: boolean
  /** The platform said 200. */
  readonly accepted: boolean
}

/** One run task result and what the service under practice did about it. */
export interface PracticeRun {
  readonly description: RunDescription
  readonly identity: RunIdentity
  /** What is sent to the service; signed at the moment of sending. */
  readonly payload: Readonly<Record<string, unknown>>
  readonly requests: readonly ReceivedRequest[]
  readonly callbacks: readonly TakenCallback[]
  /** Documented rules the service broke, in its callbacks and in its use of tokens. */
  readonly violations: readonly string[]
}

/** The writable side of a run, for the server only. */
export interface RunRecord extends PracticeRun {
  readonly requests: ReceivedRequest[]
  readonly callbacks: TakenCallback[]
  readonly violations: string[]
}

/** The accepted final callbacks of a run: exactly one when all went well. */
export function finals(run: PracticeRun): readonly TakenCallback[] {
  return run.callbacks.filter((callback) => callback.final && callback.accepted)
}

export interface Bell {
  ring(): void
  /**
   * Resolves with the first value of `look` that is not undefined, looking now and after every
   * recorded event; rejects after `timeoutMs` milliseconds, naming what it waited for.
   */
  until<T>(what: string, look: () => T | undefined, timeoutMs: number): Promise<T>
}

export function newBell(): Bell {
  const listeners = new Set<() => void>()
  return {
    ring: () => {
      for (const listener of [...listeners]) listener()
    },
    until: (what, look, timeoutMs) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          listeners.delete(check)
          reject(new Error(`waited ${timeoutMs} ms for ${what}`))
        }, timeoutMs)
        const check = (): void => {
          const found = look()
          if (found === undefined) return
          clearTimeout(timer)
          listeners.delete(check)
          resolve(found)
        }
        listeners.add(check)
        check()
      }),
  }
}
