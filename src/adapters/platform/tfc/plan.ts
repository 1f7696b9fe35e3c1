// Fetches the plan JSON: asks the platform with the result's token, follows its redirect to an
// object store by hand and without the token, asks again where that may help. The temporary
// address is a credential: it is called at once, never kept, never named in a failure.
import { err, ok, type Result } from '../../../core/result.ts'
import type { PlanUnavailable } from '../../../gate/failure.ts'
import { onOrigins, redirectTarget } from '../../net/origin.ts'
import { type Attempt, persist, retryAfterMs } from '../../net/retry.ts'
import { discard, type Net, send } from '../../net/send.ts'
import type { Task } from './payload.ts'

const MAX_HOPS = 5
/** Longest wait for the head of one answer. */
const ANSWER_TIMEOUT_MS = 30_000
/** The token is documented to live ten minutes; what is not there by then will not come. */
const MAX_FETCH_MS = 8 * 60_000
/** A finished plan without JSON is a matter of seconds. */
const MAX_NOT_READY_MS = 90_000

type Opened = Result<ReadableStream<Uint8Array>, PlanUnavailable>

export interface PlanLimits {
  /** Milliseconds since the epoch. */
  readonly until: number
  /** Ends the requests and, later, the reading of the body. */
  readonly signal: AbortSignal
}

export async function openPlan(
  task: Pick<Task, 'planUrl' | 'accessToken'>,
  origins: readonly string[],
  net: Net,
  limits: PlanLimits,
): Promise<Opened> {
  if (task.planUrl === undefined) return err({ reason: 'no-address' })
  const url = onOrigins(task.planUrl, origins)
  if (url === undefined) return err({ reason: 'foreign-address' })
  const startedAt = net.clock.now()
  const attempt = async (n: number): Promise<Attempt<Opened>> => {
    const answer = await follow(url, task.accessToken, origins, net, limits)
    if (!answer.ok) {
      return answer.error.reason === 'unavailable'
        ? { value: err({ ...answer.error, attempts: n }), again: true }
        : { value: answer }
    }
    return judge(answer.value, n, net.clock.now() - startedAt, net.clock.now())
  }
  return persist(attempt, {
    clock: net.clock,
    random: net.random,
    until: Math.min(limits.until, startedAt + MAX_FETCH_MS),
    signal: limits.signal,
  })
}

interface Answer {
  readonly response: Response
  /** False once a redirect has left the platform. */
  readonly byPlatform: boolean
}

async function follow(
  start: URL,
  token: string,
  origins: readonly string[],
  net: Net,
  { until, signal }: PlanLimits,
): Promise<Result<Answer, PlanUnavailable>> {
  let url = start
  let byPlatform = true
  for (let hop = 0; hop <= MAX_HOPS; hop++) {
    const sent = await send(net, {
      method: 'GET',
      url: url.href,
      headers: {
        accept: 'application/json, */*;q=0.1',
        ...(byPlatform ? { authorization: `Bearer ${token}` } : {}),
      },
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

function judge(answer: Answer, n: number, elapsedMs: number, now: number): Attempt<Opened> {
  const { response, byPlatform } = answer
  const { status } = response
  if (status === 200 && response.body !== null) return { value: ok(response.body) }
  discard(response)
  const after = retryAfterMs(response.headers.get('retry-after'), now)
  if (status === 204 && byPlatform) {
    const again = elapsedMs < MAX_NOT_READY_MS
    return { value: err({ reason: 'not-ready', attempts: n }), again, afterMs: after }
  }
  if (status === 429 || status === 408 || status >= 500) {
    const by = byPlatform ? 'the platform' : 'the object store'
    const last = `${by} answered ${status}`
    return { value: err({ reason: 'unavailable', attempts: n, last }), again: true, afterMs: after }
  }
  if (!byPlatform) return { value: err({ reason: 'refused', by: 'object store', status }) }
  if (status === 401) return { value: err({ reason: 'unauthorised' }) }
  if (status === 404) return { value: err({ reason: 'not-found' }) }
  if (status === 422) return { value: err({ reason: 'unsupported-terraform' }) }
  return { value: err({ reason: 'refused', by: 'platform', status }) }
}
