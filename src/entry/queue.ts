// Queue messages: each is one sealed run. A message is done with when its final callback was
// answered for good; it comes back while the platform could not be reached and time remains.
import { failedReport, gateRun } from '../gate/run.ts'
import type { Composition } from './compose.ts'

/** The two methods of a Cloudflare queue message that are called here, and what it carries. */
export interface QueueMessage {
  readonly body: unknown
  ack(): void
  retry(options?: { readonly delaySeconds?: number }): void
}

export interface QueueBatch {
  readonly queue: string
  readonly messages: readonly QueueMessage[]
}

const RETRY_SECONDS = 30
/** A consumer that only waits keeps others from their turn, so a plan is waited for in the queue. */
const WAIT_MS = 20_000
const WAIT_AGAIN_SECONDS = 10

type Service = Pick<Composition, 'gate' | 'platform'>

/** @param budgetMs how long this consumer may work from now */
export async function judgeMessage(
  message: QueueMessage,
  { gate, platform }: Service,
  budgetMs: number,
): Promise<void> {
  const run = await platform.reopen(String(message.body))
  if (run === undefined) {
    gate.log('error', 'message-unreadable')
    return message.ack()
  }
  const now = gate.clock.now()
  const end = await gateRun(run, gate, {
    endsBy: now + budgetMs,
    waitUntil: now + WAIT_MS,
  }).catch(() => 'unreachable' as const)
  if (end === 'postponed') return message.retry({ delaySeconds: WAIT_AGAIN_SECONDS })
  const limit = run.acceptedAt + gate.timings.timeLimitMs
  if (end === 'unreachable' && gate.clock.now() + RETRY_SECONDS * 1000 < limit) {
    return message.retry({ delaySeconds: RETRY_SECONDS })
  }
  message.ack()
}

/** The last word on a run whose every attempt ended badly: failed, with a reference to the log. */
export async function finishDeadLetter(
  message: QueueMessage,
  { gate, platform }: Service,
): Promise<void> {
  const run = await platform.reopen(String(message.body))
  if (run === undefined) {
    gate.log('error', 'message-unreadable')
    return message.ack()
  }
  const reference = gate.newReference()
  gate.log('error', 'run-dead-letter', { result: run.id, reference })
  const report = failedReport(run, { reason: 'unexpected' }, reference)
  const until = gate.clock.now() + 60_000
  const sent = await run.report(report, { until }).catch(() => undefined)
  gate.log(sent?.ok === true ? 'info' : 'error', 'run-reported', {
    result: run.id,
    status: report.status,
    answer: sent?.ok === true ? sent.value : (sent?.error.reason ?? 'unexpected'),
  })
  message.ack()
}
