// Claim: a credential in free text does not survive, and evidence that is none stays readable.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  holdsSecret,
  isSecretName,
  MAX_REDACTED_CHARACTERS,
  redact,
} from '../../../src/core/text/secrets.ts'

const SEED = { seed: 20261120, numRuns: 300 }

/** Assembled here, so that no scanner mistakes this file for a leak. */
const chars = (alphabet: string, length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length })
    .map((list) => list.join(''))
const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const HEX = '0123456789abcdef'
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The secret itself, and a text that carries it. */
const carriers: readonly (readonly [string, fc.Arbitrary<readonly [string, string]>])[] = [
  ...(
    [
      ['AWS access key id', 'AKIA', UPPER, 16],
      ['AWS temporary key id', 'ASIA', UPPER, 16],
      ['GitHub', 'ghp_', ALNUM, 36],
      ['GitHub fine-grained', 'github_pat_', ALNUM, 60],
      ['GitLab', 'glpat-', ALNUM, 20],
      ['Slack', 'xoxb-', ALNUM, 24],
      ['Stripe', 'sk_live_', ALNUM, 24],
      ['Anthropic', 'sk-ant-api03-', ALNUM, 60],
      ['OpenAI', 'sk-proj-', ALNUM, 40],
      ['Google', 'AIza', ALNUM, 35],
      ['npm', 'npm_', ALNUM, 36],
      ['PyPI', 'pypi-', ALNUM, 60],
      ['HCP Terraform', 'abcdefghijklmn.atlasv1.', ALNUM, 60],
      ['Vault', 'hvs.', ALNUM, 24],
      ['JSON web token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx', ALNUM, 30],
    ] as const
  ).map(
    ([name, prefix, alphabet, length]) =>
      [
        name,
        chars(alphabet, length).map((tail) => {
          const secret = name === 'JSON web token' ? `${prefix}.${tail}` : `${prefix}${tail}`
          return [secret, `export X=1 ${secret} # comment`] as const
        }),
      ] as const,
  ),
  ...(
    [
      ['quoted assignment', (s: string) => `password = "${s}"`],
      ['bare assignment', (s: string) => `DB_PASSWORD=${s}\nnext`],
      ['YAML', (s: string) => `db:\n  password: ${s}\n`],
      ['JSON', (s: string) => JSON.stringify({ user: 'u', password: s })],
      ['JSON in JSON', (s: string) => JSON.stringify(JSON.stringify({ apiKey: s }))],
      ['container definition', (s: string) => `[{"name":"DB_PASSWORD","value":"${s}"}]`],
      ['connection string', (s: string) => `Server=db;User Id=u;Password=${s};Encrypt=true`],
      ['user-info URL', (s: string) => `postgres://app:${s}@db.example:5432/app`],
      ['signed URL', (s: string) => `https://b.example/k?X-Amz-Signature=${s}&x=1`],
      ['SAS URL', (s: string) => `https://b.example/k?sv=2024&sig=${s}`],
      ['header', (s: string) => `Authorization: Bearer ${s}`],
      ['flag', (s: string) => `run --client-secret ${s} --verbose`],
      [
        'private key',
        (s: string) => `-----BEGIN RSA PRIVATE KEY-----\n${s}\n-----END RSA PRIVATE KEY-----`,
      ],
      ['cut private key', (s: string) => `-----BEGIN PRIVATE KEY-----\\n${s}`],
      ['webhook', (s: string) => `https://hooks.slack.com/services/T0/B0/${s}`],
    ] as const
  ).map(
    ([name, carry]) =>
      [
        name,
        chars(ALNUM, 14).map((secret) => [`q${secret}`, carry(`q${secret}`)] as const),
      ] as const,
  ),
  ['random hex', chars(HEX, 48).map((secret) => [secret, `value ${secret}.`] as const)],
]

describe('redact', () => {
  it.each(carriers)('%s does not survive', (_name, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, ([secret, text]) => {
        const shown = redact(text)
        expect(shown).not.toContain(secret)
        expect(shown).toContain('(redacted)')
        expect(redact(shown)).toBe(shown)
        expect(holdsSecret(text)).toBe(true)
      }),
      { ...SEED, numRuns: 60 },
    )
  })

  it('is idempotent on any text', () => {
    const words = fc.constantFrom(
      ...[
        'password',
        '=',
        ':',
        '"',
        "'",
        '\\',
        ' ',
        '\n',
        'https://',
        '@',
        ';',
        '--token',
        '(redacted)',
      ],
      ...[
        'Bearer',
        'a',
        'B1',
        'x'.repeat(40),
        'eyJ',
        '?sig=',
        '&',
        '-----BEGIN PRIVATE KEY-----',
        ',',
      ],
    )
    fc.assert(
      fc.property(fc.array(words, { maxLength: 30 }), (list) => {
        const once = redact(list.join(''))
        expect(redact(once)).toBe(once)
      }),
      { ...SEED, numRuns: 2000 },
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(redact(redact(text))).toBe(redact(text))
      }),
      SEED,
    )
  })

  it.each([
    'i-0abc1234567890def',
    'sg-0123456789abcdef0',
    '123456789012',
    '10.0.0.0/16',
    '123e4567-e89b-12d3-a456-426614174000',
    'arn:aws:kms:eu-west-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab',
    'arn:aws:iam::123456789012:role/MyApplicationDeploymentRole2024Production',
    'repo/app@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'aws_cloudwatch_log_subscription_filter.very_long_name_of_a_filter',
    'module.platform.module.network.aws_route_table_association.private["eu-west-1a"]',
    'MyService-Production-LoadBalancer-2024-EuWest1-Primary',
    '/subscriptions/123e4567-e89b-12d3-a456-426614174000/resourceGroups/MyGroup1/providers/Microsoft.Network',
    'https://github.com/acme/infrastructure/pull/12',
    'git@github.com:acme/infra.git',
    'ssh://git@github.com/acme/infra.git',
    'Basic authentication is required',
    'password = (sensitive)',
    '{"token": true, "secret": null}',
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"secretsmanager:GetSecretValue"}]}',
    'max_tokens = 5',
    'secret_name = app/prod',
  ])('leaves %j as it is', (text) => {
    expect(redact(text)).toBe(text)
    expect(holdsSecret(text)).toBe(false)
  })

  it('spares random strings in values that are named as identifiers, and nothing else', () => {
    const digest = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
    expect(redact(digest)).toBe('(redacted)')
    expect(redact(digest, { identifier: true })).toBe(digest)
    expect(redact('password=hunter2', { identifier: true })).toBe('password=(redacted)')
  })

  it('withholds a text too long to read', () => {
    expect(redact('a '.repeat(MAX_REDACTED_CHARACTERS))).toBe('(redacted)')
  })
})

describe('isSecretName', () => {
  it.each([
    ...['password', 'db_password', 'DB_PASS', 'dbPassword', 'passwd', 'secret', 'client_secret'],
    ...['environment.variables.API_KEY', 'access_key', 'private_key_pem', 'connection_string'],
    ...[
      'auth',
      'auth_token',
      'authorization',
      'sas_url',
      'passphrase',
      'secret_string',
      'AccountKey',
    ],
    ...['environment[0].variables["STRIPE_SECRET_KEY"]', 'password_wo', 'credentials', 'tokens.0'],
  ])('%s is one', (name) => {
    expect(isSecretName(name)).toBe(true)
  })

  it.each([
    ...[
      'secret_name',
      'token_ttl',
      'key_id',
      'kms_key_id',
      'secret_arn',
      'secret_rotation_enabled',
    ],
    ...['max_tokens', 'password_length', 'public_key', 'SharedAccessKeyName', 'token_type', 'tags'],
    ...[
      'author',
      'authentication_type',
      'bypass',
      'passenger',
      'kms_key_arn',
      'key',
      'hash_key',
      '',
    ],
    ...[
      'password_reset_required',
      'secretsmanager_endpoint',
      'token_validity_units',
      'access_key_id',
    ],
  ])('%s is none', (name) => {
    expect(isSecretName(name)).toBe(false)
  })
})
