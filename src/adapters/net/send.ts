// One outbound request: manual redirects, a bound on the wait for an answer, no exceptions.
import { err, ok, type Result } from '../../core/result.ts'
import type { Clock } from '../../gate/ports.ts'

export interface Net {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly clock: Clock
  /** Uniform in [0, 1): spreads retries. */
  readonly random: () => number
}

export interface Outgoing {
  readonly method: 'GET' | 'PATCH'
  /** Sent as given, byte for byte where the URL syntax allows it. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Bound on the wait for the answer's head; its body is bounded by the signal. */
  readonly timeoutMs: number
  /** Ends the request and the reading of its answer. */
  readonly signal?: AbortSignal | undefined
}

export type SendFailure = 'no connection' | 'no answer in time' | 'interrupted'

export async function send(net: Net, outgoing: Outgoing): Promise<Result<Response, SendFailure>> {
  const { method, url, headers, body, timeoutMs, signal } = outgoing
  const interrupted = (): boolean => signal?.aborted === true
  if (interrupted()) return err('interrupted')
  const answered = new AbortController()
  const timeout = new AbortController()
  let late = false
  void net.clock.sleep(timeoutMs, answered.signal).then(() => {
    if (answered.signal.aborted) return
    late = true
    timeout.abort()
  })
  try {
    const response = await net.fetch(url, {
      method,
      headers: { ...headers },
      redirect: 'manual',
      signal: signal === undefined ? timeout.signal : AbortSignal.any([signal, timeout.signal]),
      ...(body === undefined ? {} : { body }),
    })
    return ok(response)
  } catch {
    if (interrupted()) return err('interrupted')
    // The error's own text may quote the URL, so none of it is kept.
    return err(late ? 'no answer in time' : 'no connection')
  } finally {
    answered.abort()
  }
}

/** Lets go of an answer nobody will read, so that its connection can be used again. */
export function discard(response: Response): void {
  response.body?.cancel().catch(() => undefined)
}
