// Sends an update to the callback address until it is answered for good or the time is over.
import { err, ok, type Result } from '../../../core/result.ts'
import type { ReportFailure } from '../../../gate/failure.ts'
import type { ReportLimits, Update } from '../../../gate/ports.ts'
import { type Attempt, persist, retryAfterMs } from '../../net/retry.ts'
import { discard, type Net, send } from '../../net/send.ts'
import { CONTENT_TYPE, callbackBody, judgeAnswer } from './answer.ts'
import type { Task } from './payload.ts'

/** Longest wait for the platform's answer to one callback. */
const ANSWER_TIMEOUT_MS = 15_000

type Reported = Result<'accepted' | 'already-decided', ReportFailure>

/** @returns `already-decided` for 409: the platform has its answer, ours or another */
export async function reportTask(
  task: Task,
  update: Update,
  net: Net,
  limits: ReportLimits,
): Promise<Reported> {
  let withOutcomes = task.acceptsOutcomes && update.outcomes.length > 0

  const attempt = async (n: number): Promise<Attempt<Reported>> => {
    const sent = await send(net, {
      method: 'PATCH',
      url: task.callbackUrl,
      headers: {
        authorization: `Bearer ${task.accessToken}`,
        'content-type': CONTENT_TYPE,
        accept: CONTENT_TYPE,
      },
      body: callbackBody(update, withOutcomes),
      timeoutMs: ANSWER_TIMEOUT_MS,
      signal: limits.signal,
    })
    if (!sent.ok) return again(n, sent.error)
    discard(sent.value)
    const { status } = sent.value
    const judged = judgeAnswer(status)
    switch (judged.kind) {
      case 'accepted':
      case 'already-decided':
        return { value: ok(judged.kind) }
      case 'refused':
        return { value: err(judged.failure) }
      case 'malformed':
        if (!withOutcomes) return { value: err({ reason: 'refused', status }) }
        // Status and message matter more than the outcomes: once more, without them.
        withOutcomes = false
        return attempt(n + 1)
      case 'again':
        return again(
          n,
          `answered ${status}`,
          retryAfterMs(sent.value.headers.get('retry-after'), net.clock.now()),
        )
    }
  }

  return persist(attempt, {
    clock: net.clock,
    random: net.random,
    until: limits.until,
    signal: limits.signal,
    maxAttempts: limits.once === true ? 1 : undefined,
  })
}

function again(attempts: number, last: string, afterMs?: number): Attempt<Reported> {
  return { value: err({ reason: 'unreachable', attempts, last }), again: true, afterMs }
}
