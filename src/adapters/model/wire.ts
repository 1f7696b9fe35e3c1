// One exchange with the provider under the SDK: no redirect is followed, no more than a bound is
// read, only the headers named here go out, and nothing is kept of an error's text.

import { readBody } from '../net/body.ts'
import type { Secret } from '../net/secret.ts'
import type { Net } from '../net/send.ts'

/** Far above the longest answer that is asked for, thinking included. */
const MAX_REPLY_BYTES = 1024 * 1024

/** The SDK adds others: what runtime it is on, and whatever ANTHROPIC_CUSTOM_HEADERS holds. */
const SENT = ['accept', 'anthropic-version', 'content-type']

export type Fault = 'no connection' | 'moved' | 'too large'

/** What is known of one exchange after it ended, however it ended. */
export interface Seen {
  fault?: Fault
  status?: number
  headers?: Headers
}

/** Shaped as the `fetch` that the SDK takes. Rejects only with an error without text. */
export function wire(
  fetch: Net['fetch'],
  apiKey: Secret,
  seen: Seen,
): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  const stop = (fault: Fault): never => {
    seen.fault = fault
    throw new Error(fault)
  }
  return async (input, init = {}) => {
    const { method = 'POST', body, signal } = init
    const response = await fetch(String(input), {
      method,
      headers: headersFor(new Headers(init.headers), apiKey),
      redirect: 'manual',
      ...(typeof body === 'string' ? { body } : {}),
      ...(signal == null ? {} : { signal }),
    }).catch(() => stop('no connection'))
    seen.status = response.status
    seen.headers = response.headers
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      response.body?.cancel().catch(() => undefined)
      return stop('moved')
    }
    const read = await readBody(response, MAX_REPLY_BYTES)
    if (!read.ok) return stop(read.error.reason === 'too-large' ? 'too large' : 'no connection')
    const type = response.headers.get('content-type') ?? ''
    return new Response(read.value.byteLength === 0 ? null : strictText(read.value), {
      status: response.status,
      headers: { 'content-type': type },
    })
  }
}

function headersFor(given: Headers, apiKey: Secret): Record<string, string> {
  const sent = SENT.flatMap((name) => {
    const value = given.get(name)
    return value === null ? [] : [[name, value]]
  })
  return {
    ...Object.fromEntries(sent),
    authorization: `Bearer ${apiKey.reveal()}`,
    'user-agent': 'holdgate',
  }
}

/** A body that is no UTF-8 becomes no JSON either: nothing in it is guessed. */
function strictText(bytes: Uint8Array<ArrayBuffer>): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return ''
  }
}
