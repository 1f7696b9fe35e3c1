// Reads a body up to a bound and no further. An honest length is refused before reading, and a
// missing or false one by counting.
import { err, ok, type Result } from '../../core/result.ts'

export type BodyFailure = { readonly reason: 'too-large' } | { readonly reason: 'unreadable' }

export async function readBody(
  request: Pick<Request, 'headers' | 'body'>,
  maxBytes: number,
): Promise<Result<Uint8Array<ArrayBuffer>, BodyFailure>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) {
    return err({ reason: 'too-large' })
  }
  if (request.body === null) return ok(new Uint8Array(0))
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    while (true) {
      const { done, value } = await reader.read()
      if (done) return ok(joined(chunks, size))
      size += value.byteLength
      if (size > maxBytes) {
        // Not awaited: a sender that never stops must not keep the refusal waiting.
        reader.cancel().catch(() => undefined)
        return err({ reason: 'too-large' })
      }
      chunks.push(value)
    }
  } catch {
    return err({ reason: 'unreadable' })
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}
