// A server in the reviewer's place that answers in every wrong way.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer as createRawServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { FAILED_SUMMARY } from '../../../src/core/report/atlantis.ts'
import { selfSigned } from '../certificate.ts'

export interface Asked {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** A well-made pass for the step and the plan file of this request. */
  readonly pass: string
}

export type Fault = (asked: Asked) => void

/** What the reviewer would answer for a plan that needs nobody. */
export function passFor(request: IncomingMessage): string {
  const label = request.url?.endsWith('atlantis-gate') === true ? 'holdgate gate' : 'holdgate'
  const hash = String(request.headers['x-holdgate-plan-sha256'])
  return `PASS - ${label}: no person needed\n+ fine\nPASS - ${label}: plan file sha256:${hash}\n`
}

const TEXT = { 'content-type': 'text/plain; charset=utf-8' }

function text(body: (pass: string) => string | Uint8Array, status = 200, headers = {}): Fault {
  return ({ response, pass }) => {
    response.writeHead(status, { ...TEXT, ...headers }).end(body(pass))
  }
}

const page = '<html><head><title>Sign in</title></head><body>PASS - holdgate: welcome</body></html>'
const other = (pass: string): string => pass.replace(/[0-9a-f]{64}/, '0'.repeat(64))
const between = (line: string) => (pass: string) => pass.replace('+ fine', line)
const swapped = (pass: string): string =>
  pass.includes(' gate:')
    ? pass.replaceAll(' gate:', ':')
    : pass.replaceAll('holdgate:', 'holdgate gate:')

export const FAULTS: Readonly<Record<string, Fault>> = {
  'no answer': () => undefined,
  'a connection that is closed': ({ request }) => request.socket.destroy(),
  'headers and then nothing': ({ response }) => {
    response.writeHead(200, TEXT)
    response.flushHeaders()
  },
  'half an answer and then nothing': ({ response, pass }) => {
    response.writeHead(200, TEXT).write(pass.slice(0, 40))
  },
  'a whole answer that does not end': ({ response, pass }) => {
    response.writeHead(200, TEXT).write(pass)
  },
  'one byte at a time': ({ response, pass }) => {
    response.writeHead(200, TEXT)
    let at = 0
    const timer = setInterval(() => {
      response.write(pass.charAt(at))
      at += 1
    }, 200)
    response.on('close', () => clearInterval(timer))
  },
  'less than its length says': ({ response, pass }) => {
    response.writeHead(200, { ...TEXT, 'content-length': pass.length + 50 }).write(pass)
    setImmediate(() => response.destroy())
  },
  'a connection reset in the body': ({ request, response, pass }) => {
    response.writeHead(200, TEXT).write(pass)
    setImmediate(() => request.socket.resetAndDestroy())
  },
  'an answer cut after the first line': text((pass) => `${pass.split('\n')[0]}\n`),
  'an answer cut in the last line': text((pass) => pass.slice(0, -20)),
  nothing: text(() => ''),
  'no content': text(() => '', 204),
  'a line break': text(() => '\n'),
  'a page of a proxy': text(() => page, 200, { 'content-type': 'text/html' }),
  'a page as plain text': text(() => page),
  'a page around an answer': text((pass) => `<pre>\n${pass}</pre>\n`),
  'status 500': text(() => 'Internal Server Error', 500),
  'status 500 with a pass': text((pass) => pass, 500),
  'status 503 with a page': text(() => page, 503, { 'content-type': 'text/html' }),
  'status 401 with a pass': text((pass) => pass, 401),
  'status 404 with a pass': text((pass) => pass, 404),
  'status 202 with a pass': text((pass) => pass, 202),
  'status 206 with a pass': text((pass) => pass, 206),
  'a pass as JSON': text((pass) => pass, 200, { 'content-type': 'application/json' }),
  'a pass as a page': text((pass) => pass, 200, { 'content-type': 'text/html' }),
  'a decision in JSON': text(() => '{"verdict":"release"}', 200, {
    'content-type': 'application/json',
  }),
  'a redirect': text((pass) => pass, 302, { location: '/good' }),
  'a redirect that keeps the method': text(() => '', 307, { location: '/good' }),
  'both words in a pass': text(between('FAIL - holdgate: needs a person')),
  'a failure counted in a pass': text(between(FAILED_SUMMARY)),
  'a small "failed" in a pass': text(between('it Failed')),
  'a pass that ends as a failure': text((pass) => `${pass}${FAILED_SUMMARY}\n`),
  'a failure that ends as a pass': text((pass) => `FAIL - holdgate: no\n${pass}`),
  'two passes': text((pass) => `${pass}${pass}extra\n`),
  'a pass after a warning': text((pass) => `npm warn config\n${pass}`),
  'a pass after a blank line': text((pass) => `\n${pass}`),
  'a pass and something after it': text((pass) => `${pass}done\n`),
  'a pass for another plan file': text(other),
  'a pass for no plan file': text((pass) => pass.replace(/sha256:.*/, 'not named')),
  'a pass of the other step': text(swapped),
  'a pass with a zero byte': text((pass) => pass.replace('PASS', 'PA\u0000SS')),
  'a pass with an escape sequence': text(between('\u001b[31mred')),
  'a pass with a fence': text(between('```')),
  'a pass in gzip': text((pass) => gzipSync(pass), 200, { 'content-encoding': 'gzip' }),
  'a pass in UTF-16': text((pass) => Buffer.from(pass, 'utf16le')),
  'a pass of a megabyte': text(between('x'.repeat(1_000_000))),
  'an answer without end': ({ response, pass }) => {
    response.writeHead(200, TEXT)
    response.write(pass)
    const more = (): void => {
      if (!response.destroyed && response.write('x'.repeat(65_536))) setImmediate(more)
    }
    response.on('drain', more)
    response.on('error', () => undefined)
    more()
  },
  'the word alone': text(() => 'PASS\n'),
  'a plain yes': text(() => 'ok\n'),
}

export interface Listening {
  readonly url: string
  readonly close: () => void
}

/** Answers `/good…` and, without a fault, everything with a well-made pass. */
export function listen(fault?: Fault): Promise<Listening> {
  return listening(createServer((request, response) => answer(request, response, fault)))
}

function answer(request: IncomingMessage, response: ServerResponse, fault?: Fault): void {
  const pass = passFor(request)
  request.resume()
  request.on('error', () => undefined)
  request.on('end', () => {
    if (fault === undefined || request.url?.startsWith('/good') === true) {
      text((good) => good)({ request, response, pass })
    } else fault({ request, response, pass })
  })
}

/** A well-made answer behind a certificate nobody trusts. */
export function listenWithBadTls(): Promise<Listening> {
  const certificate = selfSigned('IP:127.0.0.1')
  certificate.remove()
  return listening(createTlsServer(certificate, (request, response) => answer(request, response)))
}

/** Sends bytes that are not HTTP as soon as somebody connects. */
export function listenRaw(bytes: string): Promise<Listening> {
  const server = createRawServer((socket) => {
    socket.on('error', () => undefined)
    socket.end(bytes)
  })
  return listening(server as unknown as Server)
}

function listening(server: Server): Promise<Listening> {
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      done({
        url: `http://127.0.0.1:${port}`,
        close: () => {
          server.close()
          server.closeAllConnections?.()
        },
      })
    })
  })
}
