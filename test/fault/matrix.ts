// Every way in which the practice platform can misbehave, and what has to come of it.
import type { Fault, Faults, Repeated } from '../../src/entry/practice/faults.ts'

export interface Misbehaviour {
  readonly name: string
  readonly faults: (strangerOrigin: string) => Faults
  /** The plan reaches the service whole and within its limits, if late. */
  readonly planReadable: boolean
  /** The platform takes a final callback in the end. */
  readonly callbackAccepted: boolean
  /** Only the time limit ends the run. */
  readonly lasts: boolean
}

const always = (fault: Fault): readonly Repeated[] => [{ fault, times: 'always' }]
const times = (count: number, fault: Fault): readonly Repeated[] => [{ fault, times: count }]
const status = (code: number, retryAfter?: string): Fault => ({
  kind: 'status',
  status: code,
  ...(retryAfter === undefined ? {} : { retryAfter }),
})

export const MAX_PLAN_BYTES = 1_000_000

const transient: readonly (readonly [string, readonly Repeated[]])[] = [
  ['answers late', times(1, { kind: 'delay', ms: 200 })],
  ['resets the connection twice', times(2, { kind: 'reset' })],
  ['answers 429 with Retry-After', times(1, status(429, '2'))],
  ['answers 429 without Retry-After', times(1, status(429))],
  ['answers 500 three times', times(3, status(500))],
  [
    'answers 503 with a date that has passed',
    times(1, status(503, 'Thu, 01 Jan 1970 00:00:00 GMT')),
  ],
  ['answers 502 with a nonsensical Retry-After', times(1, status(502, 'soon'))],
]

const lasting: readonly (readonly [string, Fault])[] = [
  ['never answers', { kind: 'hang' }],
  ['always resets the connection', { kind: 'reset' }],
  ['always answers 500', status(500)],
  ['always answers 429', status(429)],
  ['asks to come back in a year', status(503, '31536000')],
]

const final: readonly (readonly [string, Fault])[] = [
  ['answers 400', status(400)],
  ['answers 401', status(401)],
  ['answers 403', status(403)],
  ['answers 404', status(404)],
  ['answers 422', status(422)],
]

const redirects = [
  ['another http origin', (stranger: string) => `${stranger}/plan`],
  ['plain http', () => 'http://example.com/plan'],
  ['a private address', () => 'https://10.0.0.1/plan'],
  ['the metadata service', () => 'http://169.254.169.254/latest/meta-data/'],
  ['itself, for ever', () => 'self'],
  ['a file', () => 'file:///etc/passwd'],
  ['no address', () => ''],
] as const

const readable = (name: string, faults: Faults): Misbehaviour => ({
  name,
  faults: () => faults,
  planReadable: true,
  callbackAccepted: true,
  lasts: false,
})
const unreadable = (
  name: string,
  faults: Misbehaviour['faults'],
  lasts: boolean = false,
): Misbehaviour => ({
  name,
  faults,
  planReadable: false,
  callbackAccepted: true,
  lasts,
})
const unheard = (
  name: string,
  faults: Misbehaviour['faults'],
  lasts: boolean = false,
): Misbehaviour => ({
  name,
  faults,
  planReadable: true,
  callbackAccepted: false,
  lasts,
})

export const MISBEHAVIOURS: readonly Misbehaviour[] = [
  readable('nothing is wrong', {}),
  readable('the plan comes in gzip', { content: { kind: 'gzip' } }),
  readable('the plan is not ready twice', { plan: times(2, status(204)) }),
  ...transient.map(([name, plan]) => readable(`the plan API ${name}`, { plan })),
  ...transient.map(([name, store]) => readable(`the object store ${name}`, { store })),
  unreadable('the plan is never ready', () => ({ plan: always(status(204)) }), true),
  ...lasting.map(([name, fault]) =>
    unreadable(`the plan API ${name}`, () => ({ plan: always(fault) }), true),
  ),
  ...lasting.map(([name, fault]) =>
    unreadable(`the object store ${name}`, () => ({ store: always(fault) }), true),
  ),
  ...final.map(([name, fault]) =>
    unreadable(`the plan API ${name}`, () => ({ plan: always(fault) })),
  ),
  ...final.map(([name, fault]) =>
    unreadable(`the object store ${name}`, () => ({ store: always(fault) })),
  ),
  ...redirects.map(([name, to]) =>
    unreadable(`the plan API redirects to ${name}`, (stranger) => ({
      plan: always({ kind: 'redirect', to: to(stranger) }),
    })),
  ),
  unreadable('the object store redirects to a private address', () => ({
    store: always({ kind: 'redirect', to: 'https://192.168.1.1/plan' }),
  })),
  unreadable('the plan is truncated', () => ({ content: { kind: 'truncated' } })),
  unreadable('the connection breaks within the plan', () => ({ content: { kind: 'broken' } })),
  unreadable('the plan is empty', () => ({ content: { kind: 'empty' } })),
  unreadable('the plan is a web page', () => ({
    content: { kind: 'wrong-content', text: '<html><body>Please sign in</body></html>' },
  })),
  unreadable('the plan is an error document', () => ({
    content: { kind: 'wrong-content', text: '{"errors":[{"status":"500"}]}' },
  })),
  unreadable('the plan is above the limit', () => ({
    content: { kind: 'oversize', bytes: MAX_PLAN_BYTES * 3 },
  })),
  ...transient.map(([name, finalCallback]) => readable(`the callback ${name}`, { finalCallback })),
  readable('the callback refuses outcomes', { finalCallback: always({ kind: 'refuse-outcomes' }) }),
  ...lasting.map(([name, fault]) =>
    unheard(`the callback ${name}`, () => ({ callback: always(fault) }), true),
  ),
  ...final.map(([name, fault]) =>
    unheard(`the callback ${name}`, () => ({ callback: always(fault) })),
  ),
  ...([409, 410, 415] as const).map((code) =>
    unheard(`the callback answers ${code}`, () => ({ callback: always(status(code)) })),
  ),
  unheard('the callback redirects elsewhere', (stranger) => ({
    callback: always({ kind: 'redirect', to: `${stranger}/callback` }),
  })),
  {
    name: 'nothing works at all',
    faults: () => ({ plan: always(status(500)), callback: always({ kind: 'reset' }) }),
    planReadable: false,
    callbackAccepted: false,
    lasts: true,
  },
]
