// The bytes an object store serves: a plan from a file or from memory, as a stream, spoiled on
// request. Plans may be hundreds of megabytes, so only the spoilings that need a size look at one.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Spoiling } from './faults.ts'

export type PlanSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'text'; readonly text: string }
  /** Called once per download. */
  | { readonly kind: 'stream'; readonly open: () => AsyncIterable<Uint8Array> }

const BLANKS = Buffer.alloc(64 * 1024, 0x20)

/** Answers with the plan, or with what `spoiling` makes of it. Returns once all is sent. */
export async function servePlan(
  source: PlanSource,
  spoiling: Spoiling | undefined,
  response: ServerResponse,
): Promise<void> {
  const type = { 'content-type': 'application/json' }
  switch (spoiling?.kind) {
    case undefined:
      response.writeHead(200, type)
      return pipeline(open(source), response)
    case 'gzip':
      response.writeHead(200, { ...type, 'content-encoding': 'gzip' })
      return pipeline(open(source), createGzip(), response)
    case 'empty':
      response.writeHead(200, { ...type, 'content-length': 0 }).end()
      return
    case 'wrong-content':
      response.writeHead(200, { 'content-type': 'text/html' }).end(spoiling.text)
      return
    case 'oversize':
      response.writeHead(200, type)
      return pipeline(Readable.from(padded(open(source), spoiling.bytes)), response)
    case 'truncated': {
      const half = Math.floor((await sizeOf(source)) / 2)
      response.writeHead(200, { ...type, 'content-length': half })
      return pipeline(Readable.from(firstOf(open(source), half)), response)
    }
    case 'broken': {
      const size = await sizeOf(source)
      response.writeHead(200, { ...type, 'content-length': size })
      for await (const part of firstOf(open(source), Math.floor(size / 2))) response.write(part)
      response.socket?.end()
      return
    }
  }
}

function open(source: PlanSource): Readable {
  if (source.kind === 'file') return createReadStream(source.path)
  if (source.kind === 'text') return Readable.from([Buffer.from(source.text)])
  return Readable.from(source.open())
}

async function sizeOf(source: PlanSource): Promise<number> {
  if (source.kind === 'file') return (await stat(source.path)).size
  if (source.kind === 'text') return Buffer.byteLength(source.text)
  let size = 0
  for await (const part of source.open()) size += part.byteLength
  return size
}

async function* firstOf(parts: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes
  for await (const part of parts) {
    yield Buffer.from(part.subarray(0, left))
    left -= part.byteLength
    if (left <= 0) return
  }
}

async function* padded(parts: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Buffer> {
  let sent = 0
  for await (const part of parts) {
    sent += part.byteLength
    yield Buffer.from(part)
  }
  for (; sent < bytes; sent += BLANKS.byteLength) yield BLANKS
}
