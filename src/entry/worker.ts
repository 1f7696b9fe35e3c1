// The service as a Cloudflare Worker. With the queue bound, a delivery is stored (sealed) before it
// is answered and judged by the consumer; without it, work after the answer has 30 seconds.
import { gateRun } from '../gate/run.ts'
import { finishDeadLetter, judgeMessage, type QueueBatch } from './queue.ts'
import {
  type ExecutionContext,
  onlyHealth,
  type WorkerEnvironment,
  workerService,
} from './worker-service.ts'

/** The platform stops work after the answer at 30 s; the final callback has to be out by then. */
const AFTER_ANSWER_MS = 27_000
/** A queue consumer may run for 15 minutes. */
const CONSUMER_MS = 14 * 60_000

export default {
  async fetch(
    request: Request,
    env: WorkerEnvironment,
    context: ExecutionContext,
  ): Promise<Response> {
    const service = await workerService(env, (gate) => ({
      accept: async (run) => {
        if (env.RUNS !== undefined) return void (await env.RUNS.send(await run.seal()))
        const endsBy = gate.clock.now() + AFTER_ANSWER_MS
        context.waitUntil(
          gateRun(run, gate, { endsBy }).catch(() =>
            gate.log('error', 'run-lost', { result: run.id }),
          ),
        )
      },
    }))
    return service.ok ? service.value.app.fetch(request) : onlyHealth(request, service.error)
  },

  async queue(batch: QueueBatch, env: WorkerEnvironment): Promise<void> {
    const service = await workerService(env, () => ({
      accept: () => Promise.reject(new Error('a queue consumer takes no deliveries')),
    }))
    const handle = batch.queue.endsWith('-dead') ? finishDeadLetter : judgeMessage
    await Promise.all(
      batch.messages.map((message) =>
        service.ok
          ? handle(message, service.value, CONSUMER_MS)
          : message.retry({ delaySeconds: 60 }),
      ),
    )
  },
}
