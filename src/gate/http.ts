// The door. Finds the route, turns rejections into problem documents, answers 200 as soon as a run
// is held by somebody, and is one of the two places where an exception is caught.
import { Hono } from 'hono'
import { answerAssess, refuseAssess } from './assess-route.ts'
import { describeRejection, nameOf } from './failure.ts'
import type { Platform, Ports } from './ports.ts'
import { problem } from './problem.ts'

/** The whole service as one `fetch(request)`, the same on every runtime. */
export function createApp(ports: Ports): Hono {
  const app = new Hono()
  app.get('/healthz', () => Response.json({ status: 'ok' }))
  for (const platform of ports.platforms) {
    app.all(platform.path, (c) => answerDelivery(c.req.raw, platform, ports))
  }
  app.all('/assess', (c) => answerAssess(c.req.raw, ports))
  app.notFound(() => problem(404, 'There is nothing at this address.'))
  app.onError((error, c) => {
    const reference = ports.newReference()
    ports.log('error', 'request-unexpected', { reference, error: nameOf(error) })
    const detail = `An internal error; the service's log explains it under ${reference}.`
    return c.req.path === '/assess'
      ? refuseAssess(c.req.raw, { status: 500, detail })
      : problem(500, detail)
  })
  return app
}

async function answerDelivery(
  request: Request,
  platform: Platform,
  ports: Ports,
): Promise<Response> {
  if (request.method !== 'POST') {
    return problem(405, 'Only POST is answered here.', { allow: 'POST' })
  }
  const received = await platform.receive(request)
  if (!received.ok) {
    const { status, detail } = describeRejection(received.error)
    ports.log('warn', 'delivery-rejected', {
      platform: platform.name,
      reason: received.error.reason,
    })
    return problem(status, detail)
  }
  if (received.value.kind === 'probe') {
    ports.log('info', 'probe', { platform: platform.name })
    return accepted()
  }
  const { run } = received.value
  if (!ports.once.claim(run.id)) {
    ports.log('info', 'duplicate-delivery', { result: run.id })
    return accepted()
  }
  try {
    await ports.background.accept(run)
  } catch (error) {
    // Not taken, so not remembered: the platform's next attempt has to count as the first.
    ports.once.release(run.id)
    ports.log('error', 'run-not-taken', { result: run.id, error: nameOf(error) })
    return problem(503, 'The run could not be taken over; deliver it again.')
  }
  return accepted()
}

/** Exactly 200: a platform that registers this address refuses 201, 202 and 204. */
function accepted(): Response {
  return Response.json({ status: 'accepted' })
}
