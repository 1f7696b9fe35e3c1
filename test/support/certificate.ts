// Self-signed certificates for tests that speak TLS. Node makes none, so they are made by openssl.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Says so where it is missing; tests that need certificates are skipped then. */
export function hasOpenssl(whatIsSkipped: string): boolean {
  if (spawnSync('openssl', ['version']).status === 0) return true
  console.warn(`SKIPPED: ${whatIsSkipped}; there is no openssl on the path`)
  return false
}

export interface Certificate {
  readonly cert: Buffer
  readonly key: Buffer
  /** The certificate as a file, its own authority. */
  readonly path: string
  remove(): void
}

/** @param subject such as `DNS:localhost` or `IP:127.0.0.1` */
export function selfSigned(subject: string): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'holdgate-tls-'))
  const [path, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2'
  const names = ['-subj', '/CN=practice', '-addext', `subjectAltName=${subject}`]
  execFileSync('openssl', [...request.split(' '), ...names, '-keyout', key, '-out', path], {
    stdio: 'ignore',
  })
  return {
    cert: readFileSync(path),
    key: readFileSync(key),
    path,
    remove: () => rmSync(folder, { recursive: true }),
  }
}
