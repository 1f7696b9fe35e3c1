// A policy file behind an https address. The copy that was last read and understood stays in force
// whatever happens to the address; without any copy there is no policy, and nothing starts.
import { MAX_POLICY_CHARACTERS } from '../../core/policy/file.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { err, ok, type Result } from '../../core/result.ts'
import type { Log } from '../../gate/ports.ts'
import { readBody } from '../net/body.ts'
import { discard, type Net, send } from '../net/send.ts'

export interface RemoteOptions {
  /** https, without user and password. May carry a token, so it is in no message. */
  readonly url: string
  readonly net: Net
  /** A text that is no policy is one sentence. */
  readonly parse: (text: string) => Promise<Result<Policy, string>>
  readonly log: Log
  /** Default one minute. */
  readonly refreshMs?: number
}

export interface RemotePolicy {
  current(): Policy
  /**
   * Asks the address again if the last time is `refreshMs` ago; a failure is logged and changes
   * nothing. Never rejects.
   */
  refresh(): Promise<void>
}

const REFRESH_MS = 60_000
const TIMEOUT_MS = 10_000

/** True for what is meant to be an address, not a path or the text of a policy. */
export function isAddress(config: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/\S*$/i.test(config.trim())
}

/** @returns one sentence when the address is not usable, or its first answer is not a policy */
export async function remotePolicy(options: RemoteOptions): Promise<Result<RemotePolicy, string>> {
  const url = addressFrom(options.url)
  if (!url.ok) return url
  const { net, log, refreshMs = REFRESH_MS } = options
  const first = await read({ ...options, url: url.value }, undefined)
  if (!first.ok) return first
  if (first.value === 'unchanged') return err('the address answers "not modified" at once')
  let copy = first.value
  let askedAt = net.clock.now()
  let asking = false
  const refresh = async (): Promise<void> => {
    if (asking || net.clock.now() - askedAt < refreshMs) return
    asking = true
    askedAt = net.clock.now()
    const next = await read({ ...options, url: url.value }, copy.etag)
    asking = false
    if (!next.ok) {
      log('warn', 'policy-not-refreshed', { reason: next.error, digest: copy.policy.digest })
      return
    }
    if (next.value === 'unchanged') return
    if (next.value.policy.digest !== copy.policy.digest) {
      log('info', 'policy-changed', { digest: next.value.policy.digest })
    }
    copy = next.value
  }
  return ok({ current: () => copy.policy, refresh })
}

interface Copy {
  readonly policy: Policy
  readonly etag: string | undefined
}

async function read(
  { url, net, parse }: RemoteOptions,
  etag: string | undefined,
): Promise<Result<Copy | 'unchanged', string>> {
  // Bounds the body as well: an answer that trickles must not keep anybody waiting.
  const late = new AbortController()
  const done = new AbortController()
  void net.clock.sleep(TIMEOUT_MS, done.signal).then(() => late.abort())
  try {
    return await answered({ url, net, parse }, etag, late.signal)
  } finally {
    done.abort()
  }
}

async function answered(
  { url, net, parse }: Pick<RemoteOptions, 'url' | 'net' | 'parse'>,
  etag: string | undefined,
  signal: AbortSignal,
): Promise<Result<Copy | 'unchanged', string>> {
  const sent = await send(net, {
    method: 'GET',
    url,
    headers: {
      accept: 'application/yaml, text/yaml, text/plain, */*',
      ...(etag === undefined ? {} : { 'if-none-match': etag }),
    },
    timeoutMs: TIMEOUT_MS,
    signal,
  })
  if (!sent.ok) return err(`asking for the policy: ${sent.error}`)
  const response = sent.value
  if (response.status === 304 && etag !== undefined) {
    discard(response)
    return ok('unchanged')
  }
  if (response.status !== 200) {
    discard(response)
    return err(`asking for the policy: the answer has status ${response.status}`)
  }
  const body = await readBody(response, MAX_POLICY_CHARACTERS)
  if (!body.ok) return err(`reading the policy: the answer is ${body.error.reason}`)
  const policy = await parse(new TextDecoder().decode(body.value))
  if (!policy.ok) return policy
  return ok({ policy: policy.value, etag: response.headers.get('etag') ?? undefined })
}

function addressFrom(text: string): Result<string, string> {
  if (!URL.canParse(text.trim())) return err('the address of the policy is malformed')
  const url = new URL(text.trim())
  if (url.protocol !== 'https:')
    return err('the address of the policy does not begin with https://')
  if (url.username !== '' || url.password !== '') {
    return err('the address of the policy has a user or a password in it')
  }
  return ok(url.href)
}
