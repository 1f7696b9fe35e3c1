// What a delivery points to: asked of the platform with the result's token, then followed by hand and
// without the token to an object store. The temporary address is a credential: it is called at once,
// never kept, never named in a failure.
import { err, ok, type Result } from '../../../core/result.ts'
import type { PlanUnavailable } from '../../../gate/failure.ts'
import { redirectTarget } from '../../net/origin.ts'
import { discard, type Net, send } from '../../net/send.ts'

const MAX_HOPS = 5
/** Longest wait for the head of one answer. */
const ANSWER_TIMEOUT_MS = 30_000

export interface DownloadLimits {
  /** Milliseconds since the epoch. */
  readonly until: number
  /** Ends the requests and, later, the reading of the body. */
  readonly signal: AbortSignal
}

export interface Answer {
  readonly response: Response
  /** False once a redirect has left the platform. */
  readonly byPlatform: boolean
}

export type DownloadFailure = Extract<
  PlanUnavailable,
  { readonly reason: 'interrupted' | 'unavailable' | 'redirect' }
>

/** The first answer that is no redirect. `start` has to be on one of `origins`. */
export async function follow(
  start: URL,
  { token, accept }: { readonly token: string; readonly accept: string },
  origins: readonly string[],
  net: Net,
  { until, signal }: DownloadLimits,
): Promise<Result<Answer, DownloadFailure>> {
  let url = start
  let byPlatform = true
  for (let hop = 0; hop <= MAX_HOPS; hop++) {
    const sent = await send(net, {
      method: 'GET',
      url: url.href,
      headers: { accept, ...(byPlatform ? { authorization: `Bearer ${token}` } : {}) },
      timeoutMs: Math.min(ANSWER_TIMEOUT_MS, Math.max(0, until - net.clock.now())),
      signal,
    })
    if (!sent.ok) {
      return sent.error === 'interrupted'
        ? err({ reason: 'interrupted' })
        : err({ reason: 'unavailable', attempts: 1, last: sent.error })
    }
    const response = sent.value
    if (!isRedirect(response.status)) return ok({ response, byPlatform })
    discard(response)
    const target = redirectTarget(response.headers.get('location'), url, origins)
    if (!target.ok) return err({ reason: 'redirect', why: target.error })
    url = target.value
    // Once it has left the platform the token never comes back, not even on the way home.
    byPlatform &&= url.origin === start.origin
  }
  return err({ reason: 'redirect', why: 'too many hops' })
}

function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308
}

/** Answers that another attempt may improve. */
export function isTransient(status: number): boolean {
  return status === 429 || status === 408 || status >= 500
}
