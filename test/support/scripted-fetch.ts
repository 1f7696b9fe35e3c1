// A `fetch` that answers from a script and remembers what it was asked, without a network.

export interface Asked {
  readonly method: string
  readonly url: string
  readonly authorization: string | null
  readonly contentType: string | null
  readonly redirect: RequestInit['redirect']
  readonly body: string
}

export type Reply =
  | number
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  | 'no connection'
  | 'hang'

export interface ScriptedFetch {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly asked: readonly Asked[]
}

/** The last reply is repeated for ever. */
export function scriptedFetch(replies: readonly Reply[]): ScriptedFetch {
  const asked: Asked[] = []
  return {
    asked,
    fetch: (url, init) => {
      const headers = new Headers(init.headers)
      asked.push({
        method: init.method ?? 'GET',
        url,
        authorization: headers.get('authorization'),
        contentType: headers.get('content-type'),
        redirect: init.redirect,
        body: String(init.body ?? ''),
      })
      return answered(replies[Math.min(asked.length, replies.length) - 1], init.signal)
    },
  }
}

async function answered(
  reply: Reply | undefined,
  signal: AbortSignal | null | undefined,
): Promise<Response> {
  if (reply === undefined || reply === 'no connection') throw new TypeError('fetch failed')
  if (reply === 'hang') {
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
    })
  }
  const {
    status,
    headers = {},
    body = '{}',
  } = typeof reply === 'number' ? { status: reply } : reply
  return new Response(status === 204 ? null : body, { status, headers })
}
