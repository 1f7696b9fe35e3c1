// How the practice model can be told to fail: what providers, and the proxies before them, have been
// seen to do instead of answering.
import type { Fault } from '../faults.ts'

export type ModelFault =
  | Exclude<Fault, { readonly kind: 'refuse-outcomes' }>
  /** The usual message with other members. */
  | { readonly kind: 'message'; readonly with: Readonly<Record<string, unknown>> }
  /** The usual answer, changed: cut, doubled, replaced. */
  | { readonly kind: 'text'; readonly change: (text: string) => string }
  /** 200 with this body. */
  | { readonly kind: 'body'; readonly type: string; readonly body: string | Uint8Array }
  /** 200, and then a byte now and then, for ever. */
  | { readonly kind: 'trickle'; readonly everyMs: number }
  /** The usual message behind so many bytes of white space. */
  | { readonly kind: 'huge'; readonly bytes: number }

export interface RepeatedModelFault {
  readonly fault: ModelFault
  readonly times: number | 'always'
}

const half = (text: string): string => text.slice(0, Math.floor(text.length / 2))
const stopped = (reason: string): ModelFault => ({ kind: 'message', with: { stop_reason: reason } })
const status = (code: number, retryAfter?: string): ModelFault => ({
  kind: 'status',
  status: code,
  ...(retryAfter === undefined ? {} : { retryAfter }),
})

export type ModelFaultName =
  | 'bad-request'
  | 'wrong-key'
  | 'forbidden'
  | 'no-such-model'
  | 'too-large'
  | 'rate-limited'
  | 'rate-limited-shortly'
  | 'rate-limited-a-minute'
  | 'rate-limited-for-ages'
  | 'server-error'
  | 'unavailable'
  | 'overloaded'
  | 'refusal'
  | 'refusal-with-text'
  | 'cut-by-length'
  | 'max-tokens'
  | 'window-exceeded'
  | 'paused'
  | 'tool-use'
  | 'not-json'
  | 'fenced-json'
  | 'wrong-schema'
  | 'duplicate-keys'
  | 'two-answers'
  | 'no-content'
  | 'empty-text'
  | 'other-model'
  | 'no-usage'
  | 'negative-usage'
  | 'html'
  | 'html-as-json'
  | 'latin-1'
  | 'empty-body'
  | 'reset'
  | 'hang'
  | 'trickle'
  | 'huge'
  | 'redirect'

/** One of each kind, by name, for tests that go through all of them. */
export const MODEL_FAULTS: Readonly<Record<ModelFaultName, ModelFault>> = {
  'bad-request': status(400),
  'wrong-key': status(401),
  forbidden: status(403),
  'no-such-model': status(404),
  'too-large': status(413),
  'rate-limited': status(429),
  'rate-limited-shortly': status(429, '1'),
  'rate-limited-a-minute': status(429, '60'),
  'rate-limited-for-ages': status(429, '99999999999'),
  'server-error': status(500),
  unavailable: status(503),
  overloaded: status(529),
  refusal: { kind: 'message', with: { stop_reason: 'refusal', content: [] } },
  'refusal-with-text': stopped('refusal'),
  'cut-by-length': { kind: 'text', change: half },
  'max-tokens': stopped('max_tokens'),
  'window-exceeded': stopped('model_context_window_exceeded'),
  paused: stopped('pause_turn'),
  'tool-use': {
    kind: 'message',
    with: {
      stop_reason: 'tool_use',
      content: [{ type: 'tool_use', id: 'toolu_1', name: 'release', input: {} }],
    },
  },
  'not-json': { kind: 'text', change: () => 'I think this plan is fine to release.' },
  'fenced-json': { kind: 'text', change: (text) => `\`\`\`json\n${text}\n\`\`\`` },
  'wrong-schema': { kind: 'text', change: () => '{"verdict":"release","confidence":1}' },
  // Most readers take the last.
  'duplicate-keys': {
    kind: 'text',
    change: (text) => text.replace(/\}$/, ',"position":"release"}'),
  },
  'two-answers': { kind: 'text', change: (text) => `${text}\n${text}` },
  'no-content': { kind: 'message', with: { content: [] } },
  'empty-text': { kind: 'text', change: () => '' },
  'other-model': { kind: 'message', with: { model: 'claude-haiku-3' } },
  'no-usage': { kind: 'message', with: { usage: undefined } },
  'negative-usage': { kind: 'message', with: { usage: { input_tokens: -9, output_tokens: -9 } } },
  html: { kind: 'body', type: 'text/html', body: '<!doctype html><title>Sign in</title>' },
  'html-as-json': { kind: 'body', type: 'application/json', body: '<!doctype html>' },
  'latin-1': {
    kind: 'body',
    type: 'application/json',
    body: Uint8Array.from('{"type":"message","note":"é"}', (char) => char.charCodeAt(0)),
  },
  'empty-body': { kind: 'body', type: 'application/json', body: '' },
  reset: { kind: 'reset' },
  hang: { kind: 'hang' },
  trickle: { kind: 'trickle', everyMs: 50 },
  huge: { kind: 'huge', bytes: 8 * 1024 * 1024 },
  redirect: { kind: 'redirect', to: 'stranger' },
}
