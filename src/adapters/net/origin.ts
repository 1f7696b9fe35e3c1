// Which addresses the service may call. A payload's URL has to be on a configured origin, exactly:
// scheme, host and port. A redirect may also lead to a public https host, because platforms keep
// plans in object stores of their own; it is then called without credentials.
import { err, ok, type Result } from '../../core/result.ts'

/** One origin in its normal form, `https://app.terraform.io`; plain http for loopback only. */
export function parseOrigin(text: string): Result<string, string> {
  const url = parsed(text)
  if (url === undefined) return err('is not a URL')
  if (url.username !== '' || url.password !== '') return err('carries user information')
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || text.includes('?')) {
    return err('has more than scheme, host and port')
  }
  if (url.protocol === 'https:') return ok(url.origin)
  if (url.protocol === 'http:' && isLoopback(url.hostname)) return ok(url.origin)
  return err('is not https (http is allowed for 127.0.0.1 and localhost only)')
}

/** The URL when it may be called with credentials, else undefined. */
export function onOrigins(text: string, origins: readonly string[]): URL | undefined {
  const url = parsed(text)
  if (url === undefined || url.username !== '' || url.password !== '') return undefined
  return origins.includes(url.origin) ? url : undefined
}

export type HopRefusal = 'no location' | 'scheme' | 'user information' | 'port' | 'private address'

/** Where a redirect may lead. Known limit: a public name that resolves to a private address passes. */
export function redirectTarget(
  location: string | null,
  from: URL,
  origins: readonly string[],
): Result<URL, HopRefusal> {
  const url = location === null ? undefined : parsed(location, from)
  if (url === undefined) return err('no location')
  if (url.username !== '' || url.password !== '') return err('user information')
  if (origins.includes(url.origin)) return ok(url)
  if (url.protocol !== 'https:') return err('scheme')
  if (!isPublicName(url.hostname)) return err('private address')
  if (url.port !== '') return err('port')
  return ok(url)
}

function parsed(text: string, base?: URL): URL | undefined {
  return URL.canParse(text, base) ? new URL(text, base) : undefined
}

function isLoopback(hostname: string): boolean {
  return hostname === '127.0.0.1' || hostname === 'localhost'
}

/**
 * A dotted name outside the private zones. Address literals are never public here: an object store
 * has a name, and the URL parser has already written every spelling of an IPv4 address as four
 * decimal numbers and every IPv6 address in brackets.
 */
function isPublicName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '')
  if (name.startsWith('[') || /^[\d.]+$/.test(name) || !name.includes('.')) return false
  return !/\.(localhost|local|internal|intranet|lan|home|corp|test|invalid|home\.arpa)$/.test(name)
}
