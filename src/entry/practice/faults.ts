// How the practice platform can be told to misbehave, run by run. What a fault is called here is
// what a real platform, proxy or object store has been seen to do.

/** An answer other than the normal one. */
export type Fault =
  /** Answers normally, after a while. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Takes the request and never answers it. */
  | { readonly kind: 'hang' }
  /** Closes the connection without an answer. */
  | { readonly kind: 'reset' }
  | {
      readonly kind: 'status'
      readonly status: number
      /** Value of `Retry-After`: whole seconds or an HTTP date. */
      readonly retryAfter?: string
    }
  /** 422, but only while the body carries outcomes. */
  | { readonly kind: 'refuse-outcomes' }
  /** 307 to this address instead of the object store; `self` redirects for ever. */
  | { readonly kind: 'redirect'; readonly to: string }

/** What the object store serves in place of the plan. */
export type Spoiling =
  /** The first half, with a `Content-Length` that says so: only the JSON tells. */
  | { readonly kind: 'truncated' }
  /** The first half, then the connection breaks. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'empty' }
  /** This text, as HTML: the page of a proxy, for instance. */
  | { readonly kind: 'wrong-content'; readonly text: string }
  /** The plan followed by white space up to this many bytes; still a valid document. */
  | { readonly kind: 'oversize'; readonly bytes: number }
  /** `Content-Encoding: gzip`. Not wrong, only unusual. */
  | { readonly kind: 'gzip' }

/** What the object store serves in place of the configuration's archive. */
export type CodeSpoiling =
  /** The first half, with a `Content-Length` that says so. */
  | { readonly kind: 'truncated' }
  | { readonly kind: 'empty' }
  /** This text, as HTML. */
  | { readonly kind: 'wrong-content'; readonly text: string }
  /** An archive with one more file, of this many zeros: a thousandth of that on the way. */
  | { readonly kind: 'bomb'; readonly bytes: number }

/** A fault and how often it happens before the normal answer returns. */
export interface Repeated {
  readonly fault: Fault
  readonly times: number | 'always'
}

export interface Faults {
  /** `GET /api/v2/plans/…/json-output` */
  readonly plan?: readonly Repeated[]
  /** The object store's answer to the temporary address. */
  readonly store?: readonly Repeated[]
  readonly content?: Spoiling
  /** `GET /api/v2/configuration-versions/…/download` */
  readonly code?: readonly Repeated[]
  /** The object store's answer to the temporary address of the configuration. */
  readonly codeStore?: readonly Repeated[]
  readonly codeContent?: CodeSpoiling
  /** `PATCH /api/v2/task-results/…/callback` */
  readonly callback?: readonly Repeated[]
  /** The same, for final callbacks only; used up before `callback`. */
  readonly finalCallback?: readonly Repeated[]
}

/** Gives the fault of each request in turn, and undefined once all have happened. */
export function faultQueue(script: readonly Repeated[] = []): () => Fault | undefined {
  let at = 0
  let used = 0
  return () => {
    for (;;) {
      const step = script[at]
      if (step === undefined) return undefined
      if (step.times === 'always') return step.fault
      if (used < step.times) {
        used += 1
        return step.fault
      }
      at += 1
      used = 0
    }
  }
}
