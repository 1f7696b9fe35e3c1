// Plants secrets and words in every place of a plan where people and providers leave them.
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Context } from '../../../src/core/context.ts'
import type { Canary } from '../../support/leaks.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Block = { [key: string]: Json }

export interface Planted {
  readonly text: string
  readonly context: Omit<Context, 'at'>
  /** Secrets: none may leave. */
  readonly secrets: readonly Canary[]
  /** Words that people wrote: none may be in the first reader's text. */
  readonly words: readonly string[]
}

/** The plan of a fixture with everything planted; undefined where the text is no plan's JSON. */
export function planted(name: string, source: string): Planted | undefined {
  const plan = parse(source)
  if (plan === undefined || !Array.isArray(plan.resource_changes)) return undefined
  const secrets: Canary[] = []
  const words: string[] = []
  const random = (place: string): string =>
    createHash('sha256')
      .update(`${name} ${place}`)
      .digest('base64')
      .replace(/[+/=]/g, 'x')
      .slice(0, 40)
  const plant = (place: string, shape: (random: string) => string = (r) => r): string => {
    const value = shape(random(place))
    secrets.push({ place, value })
    return value
  }
  const copy = (place: string, value: string): string => {
    secrets.push({ place, value })
    return value
  }
  const word = (place: string): string => {
    const hash = createHash('sha256').update(`${name} word ${place}`).digest()
    const text = [...hash.subarray(0, 5)]
      .map((byte) => `${'bdfgklmnprstvz'[byte % 14]}${'aeiou'[(byte >> 4) % 5]}`)
      .join('')
    words.push(text)
    return text
  }
  const base64 = (text: string): string => Buffer.from(text).toString('base64')
  const token = (place: string): string => plant(place, (r) => `ghp_${r.slice(0, 36)}`)
  const key = (place: string): string =>
    plant(
      place,
      (r) =>
        `AKIA${r
          .toUpperCase()
          .replace(/[^A-Z2-7]/g, '7')
          .slice(0, 16)}`,
    )
  const marked = plant('marked in place')
  const nested = plant('marked in a block')
  const connection = plant('password in a marked connection string')
  const number =
    100_000_000 + (createHash('sha256').update(name).digest().readUInt32BE() % 899_999_999)
  secrets.push({ place: 'a marked number', value: String(number) })

  const sides: Block = {
    marked_here: marked,
    block: [{ deep: nested, open: 'yes' }],
    pin: number,
    connection: `postgres://app:${connection}@db.internal:5432/app`,
    copies: {
      plain: marked,
      number,
      digits: `pin${number}`,
      inside: `https://db.internal/login/${marked}/x`,
      upper: copy('upper case', marked.toUpperCase()),
      backwards: copy('backwards', [...marked].reverse().join('')),
      half: marked.slice(0, 24),
      base64: copy('base64', base64(marked)),
      within: copy('base64 of more', base64(`user:${marked}:end`)),
      shifted: copy('base64, shifted', base64(`u:${nested}`)),
      url: copy('base64url', Buffer.from(`?>${marked}`).toString('base64url')),
      twice: copy('base64 twice', base64(base64(marked))),
      hex: copy('hexadecimal', Buffer.from(marked).toString('hex')),
      percent: copy(
        'percent',
        [...marked].map((char) => `%${char.charCodeAt(0).toString(16)}`).join(''),
      ),
      dashed: copy('dashed', (marked.match(/.{1,4}/g) ?? []).join('-')),
      part: connection,
      document: JSON.stringify({ a: { b: [nested], [marked]: 1 } }),
      twofold: JSON.stringify({ inner: JSON.stringify({ value: nested }) }),
    },
    [`key_${marked}`]: 'under a key',
    password: plant('password by name'),
    db: { admin_password: plant('nested password by name') },
    environment: [
      {
        variables: {
          DB_PASSWORD: plant('variable by name'),
          API_TOKEN: plant('token by name'),
          LEVEL: 'debug',
        },
      },
    ],
    env: [{ name: 'CLIENT_SECRET', value: plant('value by its entry') }],
    container_definitions: JSON.stringify([
      {
        name: 'app',
        environment: [{ name: 'SECRET_KEY', value: plant('container variable') }],
        command: ['serve', token('command')],
      },
    ]),
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: word('sid'),
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: `arn:aws:s3:::${token('resource')}/*`,
        },
      ],
    }),
    config: random('entropy').length > 0 ? plant('entropy') : '',
    file: plant(
      'private key',
      (r) => `-----BEGIN PRIVATE KEY-----\n${r}\n${r}\n-----END PRIVATE KEY-----\n`,
    ),
    jwt: plant('web token', (r) => `eyJhbGciOiJIUzI1NiJ9.${base64(r).replace(/=/g, '')}.${r}`),
    endpoint: plant('address with a password', (r) => `amqps://app:${r}@queue.internal`),
    hook: plant('webhook', (r) => `https://hooks.slack.com/services/T000/B000/${r}`),
    access: key('access key'),
    encoded_key: base64(`export AWS_ACCESS_KEY_ID=${key('encoded access key')}`),
    user_data: `#!/bin/sh\n# ${word('user data')}\nexport PGPASSWORD=${plant('user data')}\ncurl -u admin:${marked} https://internal\n`,
    user_data_base64: base64(
      `#!/bin/sh\necho ${word('encoded user data')}\nexport TOKEN=${plant('encoded user data')}\nuse ${nested}\n`,
    ),
    custom_data: gzipSync(`password=${plant('compressed')} ${word('compressed')}`).toString(
      'base64',
    ),
    description: `${word('description')} uses ${token('description')}`,
    comment: word('comment'),
    display_name: word('display name'),
    notes: `see ${word('notes')}, ${marked}`,
    tags: {
      Purpose: word('tag'),
      Note: `${word('tag sentence')} for ${token('tag')}`,
      [`k${token('tag key')}`]: 'x',
      [`my ${word('tag key')} key`]: 'y',
    },
    labels: { team: word('label') },
    metadata: [{ annotations: { 'acme.example/why': word('annotation') } }],
    greeting_page: `${word('sentence')} is what it says`,
  }
  const marks: Block = {
    marked_here: true,
    pin: true,
    connection: true,
    block: [{ deep: true }],
  }
  const changes = plan.resource_changes as Block[]
  for (const change of changes.slice(0, 3)) into(change, sides, marks)
  const own = {
    before: null,
    after: sides,
    after_unknown: {},
    before_sensitive: {},
    after_sensitive: marks,
  }
  const forEach = token('for_each key')
  const sentence = `please ${word('for_each key')} now`
  const element = (type: string, index: string | undefined, change: Block): Block => ({
    address: `${type}.planted${index === undefined ? '' : `[${JSON.stringify(index)}]`}`,
    mode: 'managed',
    type,
    name: 'planted',
    ...(index === undefined ? {} : { index }),
    provider_name: 'registry.terraform.io/hashicorp/aws',
    change,
  })
  changes.push(
    element('aws_instance', undefined, { actions: ['create'], ...own }),
    element('aws_ssm_parameter', forEach, {
      actions: ['delete'],
      ...own,
      before: { type: 'String' },
      after: null,
    }),
    element('aws_sqs_queue', sentence, { actions: ['create'], ...own, after: { name: 'q' } }),
    element('aws_sns_topic', marked, { actions: ['create'], ...own, after: { name: 'q' } }),
    element('acme_unheard_of', undefined, {
      actions: ['delete', 'create'],
      ...own,
      before: sides,
      before_sensitive: marks,
      after: { ...sides, comment: word('later comment') },
    }),
    element('terraform_data', undefined, {
      actions: ['update'],
      before: { input: plant('old, marked') },
      after: { input: plant('new, marked'), output: marked },
      after_unknown: {},
      before_sensitive: { input: true },
      after_sensitive: { input: true },
    }),
  )
  const { changes: _none, ...drifted } = element('aws_instance', undefined, {
    actions: ['update'],
    before: { ...sides, size: 1, secret_text: plant('drift, old') },
    after: { ...sides, size: 2, secret_text: plant('drift, real'), comment: word('drift') },
    after_unknown: {},
    before_sensitive: marks,
    after_sensitive: marks,
  })
  plan.resource_drift = [...((plan.resource_drift as Json[] | undefined) ?? []), drifted]
  plan.output_changes = {
    ...((plan.output_changes as Block | undefined) ?? {}),
    planted_marked: {
      actions: ['create'],
      before: null,
      after: plant('output, marked'),
      after_unknown: false,
      before_sensitive: false,
      after_sensitive: true,
    },
    planted_open: {
      actions: ['create'],
      before: null,
      after: { a: token('output'), b: word('output'), c: marked },
      after_unknown: false,
      before_sensitive: false,
      after_sensitive: false,
    },
  }
  plan.checks = [
    {
      address: {
        kind: 'check',
        to_display: `check.${word('check').slice(0, 4)} ${token('check')}`,
      },
      status: 'fail',
      instances: [],
    },
  ]
  plan.variables = {
    ...((plan.variables as Block | undefined) ?? {}),
    environment: { value: token('variable') },
  }
  return {
    text: JSON.stringify(plan),
    context: {
      tags: { purpose: word('workspace tag'), secret: token('workspace tag') },
      workspace: `team ${word('workspace')} ${token('workspace')}`,
      message: `${word('message')}: ${marked} and ${token('message')}`,
      createdBy: `${word('author')}@acme.example`,
      branch: `${word('branch')}/${token('branch')}`,
      planArguments: [`-var=token=${token('plan argument')}`],
    },
    secrets,
    words,
  }
}

function into(element: Block, sides: Block, marks: Block): void {
  const change = element.change as Block | undefined
  for (const [side, mark] of [
    ['before', 'before_sensitive'],
    ['after', 'after_sensitive'],
  ] as const) {
    const value = change?.[side]
    if (change === undefined || typeof value !== 'object' || value === null || Array.isArray(value))
      continue
    const old = change[mark]
    if (old === true) continue
    change[side] = {
      ...value,
      ...(side === 'before' && change.after !== null ? { password: null } : sides),
    }
    change[mark] = {
      ...(typeof old === 'object' && old !== null && !Array.isArray(old) ? old : {}),
      ...marks,
    }
  }
}

function parse(source: string): Block | undefined {
  try {
    const value = JSON.parse(source) as Json
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
