// Fetches the plan JSON, and asks again where that may help.
import { err, ok, type Result } from '../../../core/result.ts'
import type { PlanUnavailable } from '../../../gate/failure.ts'
import { onOrigins } from '../../net/origin.ts'
import { type Attempt, persist, retryAfterMs } from '../../net/retry.ts'
import { discard, type Net } from '../../net/send.ts'
import { type Answer, type DownloadLimits, follow, isTransient } from './download.ts'
import type { Task } from './payload.ts'

/** The token is documented to live ten minutes; what is not there by then will not come. */
const MAX_FETCH_MS = 8 * 60_000
/** A finished plan without JSON is a matter of seconds. */
const MAX_NOT_READY_MS = 90_000

type Opened = Result<ReadableStream<Uint8Array>, PlanUnavailable>

export async function openPlan(
  task: Pick<Task, 'planUrl' | 'accessToken'>,
  origins: readonly string[],
  net: Net,
  limits: DownloadLimits,
): Promise<Opened> {
  if (task.planUrl === undefined) return err({ reason: 'no-address' })
  const url = onOrigins(task.planUrl, origins)
  if (url === undefined) return err({ reason: 'foreign-address' })
  const startedAt = net.clock.now()
  const bearer = { token: task.accessToken, accept: 'application/json, */*;q=0.1' }
  const attempt = async (n: number): Promise<Attempt<Opened>> => {
    const answer = await follow(url, bearer, origins, net, limits)
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
  if (isTransient(status)) {
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
