// Fetches the archive of the configuration. Nothing depends on it: whatever goes wrong, there is none.
import { onOrigins } from '../../net/origin.ts'
import { type Attempt, persist, retryAfterMs } from '../../net/retry.ts'
import { discard, type Net } from '../../net/send.ts'
import { type DownloadLimits, follow, isTransient } from './download.ts'
import type { Task } from './payload.ts'

/** The plan was worth waiting for; this is not. */
const MAX_FETCH_MS = 30_000
const MAX_ATTEMPTS = 3

type Body = ReadableStream<Uint8Array> | undefined

/**
 * The archive as the object store keeps it, a `.tar.gz`; its size is for the reader to bound.
 * Undefined where the delivery names none, where its address is not on one of `origins`, and where
 * the platform does not give it out (404: archived, never uploaded, or not this token's to see).
 */
export async function openCode(
  task: Pick<Task, 'codeUrl' | 'accessToken'>,
  origins: readonly string[],
  net: Net,
  limits: DownloadLimits,
): Promise<Body> {
  const url = task.codeUrl === undefined ? undefined : onOrigins(task.codeUrl, origins)
  if (url === undefined) return undefined
  const until = Math.min(limits.until, net.clock.now() + MAX_FETCH_MS)
  const bearer = { token: task.accessToken, accept: '*/*' }
  const attempt = async (): Promise<Attempt<Body>> => {
    const answer = await follow(url, bearer, origins, net, { until, signal: limits.signal })
    if (!answer.ok) return { value: undefined, again: answer.error.reason === 'unavailable' }
    const { response } = answer.value
    if (response.status === 200 && response.body !== null) return { value: response.body }
    discard(response)
    return {
      value: undefined,
      again: isTransient(response.status),
      afterMs: retryAfterMs(response.headers.get('retry-after'), net.clock.now()),
    }
  }
  const { clock, random } = net
  return persist(attempt, {
    clock,
    random,
    until,
    maxAttempts: MAX_ATTEMPTS,
    signal: limits.signal,
  })
}
