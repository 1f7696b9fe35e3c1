// One HTTP door of the practice platform: listens on a free port of 127.0.0.1, reads each request
// whole, and carries out the faults that are an answer by themselves.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Fault } from './faults.ts'
import type { Door, ReceivedRequest } from './recording.ts'

export const JSON_API = 'application/vnd.api+json'

export interface OpenDoor {
  readonly origin: string
  close(): Promise<void>
}

/** `handle` may throw when the caller hangs up in between; that is the caller's right. */
export async function openDoor(
  door: Door,
  handle: (request: ReceivedRequest, response: ServerResponse) => Promise<void>,
): Promise<OpenDoor> {
  const server = createServer((incoming, response) => {
    const serve = async (): Promise<void> => handle(await received(door, incoming), response)
    serve().catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${portOf(server)}`,
    close: () => {
      server.closeAllConnections()
      return new Promise((done) => server.close(() => done()))
    },
  }
}

/** Answers with a status and, for errors, a JSON:API error document. */
export function answer(
  request: ReceivedRequest,
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void {
  request.answered = status
  const bare = status < 400
  const error = { errors: [{ status: String(status), title: `practice answer ${status}` }] }
  response.writeHead(status, bare ? headers : { 'content-type': JSON_API, ...headers })
  response.end(bare ? undefined : JSON.stringify(error))
}

/** True when the fault was the whole answer; false when the normal one has to follow. */
export async function misbehave(
  fault: Fault | undefined,
  request: ReceivedRequest,
  response: ServerResponse,
): Promise<boolean> {
  switch (fault?.kind) {
    case 'delay':
      await new Promise((done) => setTimeout(done, fault.ms).unref())
      return false
    case 'hang':
      request.answered = 'hang'
      return true
    case 'reset':
      request.answered = 'reset'
      response.socket?.resetAndDestroy()
      return true
    case 'redirect':
      answer(request, response, 307, { location: fault.to })
      return true
    case 'status': {
      const { status, retryAfter } = fault
      answer(
        request,
        response,
        status,
        retryAfter === undefined ? {} : { 'retry-after': retryAfter },
      )
      return true
    }
    default:
      return false
  }
}

async function received(door: Door, incoming: IncomingMessage): Promise<ReceivedRequest> {
  const parts: Uint8Array[] = []
  for await (const part of incoming) parts.push(part)
  const headers = Object.entries(incoming.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ])
  return {
    at: Date.now(),
    door,
    method: incoming.method ?? '',
    target: incoming.url ?? '',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(parts).toString('utf8'),
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string')
    throw new Error('the server is not listening')
  return address.port
}
