// The service calls configured origins, and public https hosts by redirect. Nothing else.
import { describe, expect, it } from 'vitest'
import { onOrigins, parseOrigin, redirectTarget } from '../../../src/adapters/net/origin.ts'

const ORIGINS = ['https://app.terraform.io', 'http://127.0.0.1:8080']
const FROM = new URL('https://app.terraform.io/api/v2/plans/plan-1/json-output')

describe('a configured origin', () => {
  it.each([
    ['https://app.terraform.io', 'https://app.terraform.io'],
    ['https://APP.terraform.io:443/', 'https://app.terraform.io'],
    ['https://tfe.acme.example:8443', 'https://tfe.acme.example:8443'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:9', 'http://localhost:9'],
  ])('%s is taken as %s', (text, origin) => {
    expect(parseOrigin(text)).toEqual({ ok: true, value: origin })
  })

  it.each([
    'http://tfe.acme.example',
    'http://127.0.0.2',
    'http://10.0.0.1',
    'ftp://app.terraform.io',
    'https://user:secret@app.terraform.io',
    'https://app.terraform.io/api',
    'https://app.terraform.io/?a=b',
    'https://app.terraform.io/#x',
    'app.terraform.io',
    '*',
    '',
  ])('%j is refused', (text) => {
    expect(parseOrigin(text).ok).toBe(false)
  })
})

describe('an address in a delivery', () => {
  it.each([
    'https://app.terraform.io/api/v2/task-results/1/callback?url_code=a%2Fb',
    'http://127.0.0.1:8080/x',
  ])('%s may be called', (text) => {
    expect(onOrigins(text, ORIGINS)?.href).toBe(text)
  })

  it.each([
    'http://app.terraform.io/x',
    'https://app.terraform.io:8443/x',
    'https://app.terraform.io.evil.example/x',
    'https://app.terraform.io@evil.example/x',
    'https://x:y@app.terraform.io/x',
    'https://evil.example/https://app.terraform.io',
    'http://127.0.0.1:8081/x',
    'http://127.0.0.1/x',
    'https://10.0.0.1/x',
    '//app.terraform.io/x',
    '/api/v2/task-results',
    '',
  ])('%j is not called', (text) => {
    expect(onOrigins(text, ORIGINS)).toBeUndefined()
  })
})

describe('a redirect', () => {
  it.each([
    'https://archivist.terraform.io/v1/object/abc',
    '/_archivist/v1/object/abc',
    'https://bucket.s3.eu-central-1.amazonaws.com/key?X-Amz-Signature=0',
    'http://127.0.0.1:8080/object',
  ])('to %s is followed', (location) => {
    expect(redirectTarget(location, FROM, ORIGINS)).toEqual({
      ok: true,
      value: new URL(location, FROM),
    })
  })

  it.each([
    [null, 'no location'],
    ['https://', 'no location'],
    ['http://archivist.terraform.io/x', 'scheme'],
    ['http://127.0.0.1:8081/x', 'scheme'],
    ['ftp://archivist.terraform.io/x', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['data:application/json,{}', 'scheme'],
    ['https://u:p@archivist.terraform.io/x', 'user information'],
    ['https://archivist.terraform.io:8443/x', 'port'],
    ['https://10.1.2.3/x', 'private address'],
    ['https://169.254.169.254/latest/meta-data', 'private address'],
    ['https://[::1]/x', 'private address'],
    ['https://[::ffff:10.0.0.1]/x', 'private address'],
    ['https://0x7f000001/x', 'private address'],
    ['https://2130706433/x', 'private address'],
    ['https://127.1/x', 'private address'],
    ['https://localhost/x', 'private address'],
    ['https://LOCALHOST./x', 'private address'],
    ['https://metadata.google.internal/x', 'private address'],
    ['https://vault/x', 'private address'],
    ['https://93.184.216.34/x', 'private address'],
  ])('to %s is refused: %s', (location, reason) => {
    expect(redirectTarget(location, FROM, ORIGINS)).toEqual({ ok: false, error: reason })
  })
})
