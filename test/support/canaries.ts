// One plan with a secret of its own in every place where Terraform's JSON is known to carry them in
// clear, and the fragments by which each would be recognised if it came out anywhere.
import { createHash } from 'node:crypto'
import type { Canary } from './leaks.ts'
import { type Element, type Json, planJson, resourceChange } from './plans.ts'

export interface CanaryPlan {
  readonly text: string
  readonly canaries: readonly Canary[]
}

export function canaryPlan(): CanaryPlan {
  const canaries: Canary[] = []
  const plant = (place: string, shape: (random: string) => string = (r) => r): string => {
    const value = shape(randomText(place))
    canaries.push({ place, value })
    return value
  }
  const marked = (place: string): string => plant(place, (r) => `Tr0ub4dor:${r}`)
  const awsKey = (place: string): string =>
    plant(
      place,
      (r) =>
        `AKIA${r
          .toUpperCase()
          .replace(/[^A-Z2-7]/g, '7')
          .slice(0, 16)}`,
    )
  const url = (place: string): string =>
    plant(place, (r) => `postgres://app:${r}@db.internal:5432/app`)
  const github = (place: string): string => plant(place, (r) => `ghp_${r.slice(0, 36)}`)

  const elements: Element[] = [
    {
      type: 'aws_db_instance',
      name: 'marked',
      actions: ['delete', 'create'],
      before: {
        id: 'db',
        engine: 'postgres',
        storage_encrypted: false,
        password: marked('before, marked'),
      },
      after: { engine: 'postgres', storage_encrypted: true, password: marked('after, marked') },
      afterUnknown: { id: true },
      beforeSensitive: { password: true },
      afterSensitive: { password: true },
      replacePaths: [['storage_encrypted'], ['password']],
      extra: { action_reason: 'replace_because_cannot_update' },
    },
    {
      type: 'aws_db_instance',
      name: 'unmarked',
      actions: ['update'],
      before: { id: 'db2', engine: 'postgres', password: marked('before, password attribute') },
      after: { id: 'db2', engine: 'postgres', password: marked('after, password attribute') },
    },
    {
      type: 'aws_instance',
      name: 'user_data',
      actions: ['update'],
      before: {
        id: 'i-1',
        user_data: `#!/bin/sh\nexport AWS_ACCESS_KEY_ID=${awsKey('user_data before')}\n`,
      },
      after: { id: 'i-1', user_data: `#!/bin/sh\nexport TOKEN=${github('user_data after')}\n` },
    },
    {
      type: 'aws_lambda_function',
      name: 'environment',
      actions: ['update'],
      before: { id: 'f', environment: [{ variables: { DB_URL: url('environment before') } }] },
      after: {
        id: 'f',
        environment: [
          {
            variables: { DB_URL: url('environment after'), API_KEY: marked('environment API_KEY') },
          },
        ],
      },
    },
    {
      type: 'aws_ssm_parameter',
      name: 'pem',
      actions: ['update'],
      before: { id: 'p', type: 'String', value: plant('PEM before', pem) },
      after: { id: 'p', type: 'String', value: plant('PEM after', pem) },
    },
    {
      type: 'aws_iam_policy',
      name: 'document',
      actions: ['update'],
      before: { id: 'x', policy: JSON.stringify({ note: plant('JWT in a document', jwt) }) },
      after: {
        id: 'x',
        policy: JSON.stringify({ Statement: [{ Sid: github('token in a document') }] }),
      },
    },
    {
      type: 'terraform_data',
      name: 'copy',
      actions: ['update'],
      before: { id: 'd', input: marked('input, marked'), output: github('computed copy') },
      after: { id: 'd', input: marked('new input, marked') },
      afterUnknown: { output: true },
      beforeSensitive: { input: true },
      afterSensitive: { input: true },
    },
    {
      type: 'aws_secretsmanager_secret_version',
      name: 'gone',
      actions: ['delete'],
      before: { id: 's', secret_string: marked('secret_string') },
    },
    {
      type: 'acme_unheard_of',
      name: 'unknown',
      actions: ['update'],
      before: {
        id: 'u',
        client_secret: marked('client_secret'),
        nested: { token: github('nested token') },
      },
      after: {
        id: 'u',
        client_secret: marked('new client_secret'),
        nested: { token: github('new nested token') },
      },
    },
    {
      type: 'aws_s3_bucket',
      name: 'imported',
      actions: ['no-op'],
      before: { id: 'b' },
      after: { id: 'b' },
      changeExtra: {
        importing: { id: url('importing.id') },
        generated_config: `resource "x" "y" { password = "${marked('generated_config')}" }`,
        before_identity: { arn: awsKey('before_identity') },
      },
    },
    {
      type: 'aws_instance',
      name: 'keyed',
      index: github('for_each key'),
      actions: ['delete'],
      before: { id: 'i-2' },
    },
    {
      type: 'aws_instance',
      name: 'tagged',
      actions: ['update'],
      before: { id: 'i-3', tags: { note: 'none' } },
      after: { id: 'i-3', tags: { note: awsKey('tag value') } },
    },
  ]

  const drifted: Json = resourceChange({
    type: 'aws_db_instance',
    name: 'marked',
    actions: ['update'],
    before: { id: 'db', password: marked('drift before') },
    after: { id: 'db', password: marked('drift after'), user_data: url('drift, unmarked') },
    beforeSensitive: { password: true },
    afterSensitive: { password: true },
  })

  const text = planJson(elements, {
    applyable: true,
    variables: {
      db_password: { value: marked('variable, sensitive') },
      api_token: { value: github('variable, unmarked') },
      environment: { value: awsKey('variable that tells the environment') },
    },
    planned_values: {
      outputs: { url: { sensitive: true, value: url('planned output') } },
      root_module: {
        resources: [
          {
            address: 'aws_db_instance.marked',
            type: 'aws_db_instance',
            name: 'marked',
            mode: 'managed',
            values: { password: marked('planned_values') },
          },
        ],
      },
    },
    prior_state: {
      format_version: '1.0',
      values: {
        outputs: { old: { sensitive: true, value: marked('prior output') } },
        root_module: {
          resources: [{ address: 'a.b', values: { password: marked('prior_state') } }],
        },
      },
    },
    resource_drift: [drifted],
    output_changes: {
      dsn: {
        actions: ['update'],
        before: url('output before, marked'),
        after: url('output after, marked'),
        after_unknown: false,
        before_sensitive: true,
        after_sensitive: true,
      },
      open: {
        actions: ['update'],
        before: github('output before, unmarked'),
        after: github('output after, unmarked'),
        after_unknown: false,
        before_sensitive: false,
        after_sensitive: false,
      },
    },
    checks: [
      {
        address: { kind: 'resource', to_display: 'aws_db_instance.marked' },
        status: 'fail',
        instances: [
          {
            address: { to_display: 'aws_db_instance.marked' },
            status: 'fail',
            problems: [{ message: `cannot log in with ${github('checks message')}` }],
          },
        ],
      },
    ],
    action_invocations: [
      {
        address: 'action.aws_lambda_invoke.seed',
        type: 'aws_lambda_invoke',
        name: 'seed',
        config_values: { payload: marked('action_invocations') },
        config_sensitive: { payload: true },
      },
    ],
    configuration: {
      provider_config: {
        aws: {
          name: 'aws',
          full_name: 'registry.terraform.io/hashicorp/aws',
          expressions: {
            access_key: { constant_value: awsKey('provider access_key') },
            secret_key: { constant_value: marked('provider secret_key') },
          },
        },
      },
      root_module: {
        variables: {
          db_password: { sensitive: true, default: marked('variable default, sensitive') },
          api_token: { default: github('variable default') },
        },
        resources: [
          {
            address: 'aws_db_instance.marked',
            mode: 'managed',
            type: 'aws_db_instance',
            name: 'marked',
            provider_config_key: 'aws',
            expressions: { password: { constant_value: marked('resource constant') } },
            provisioners: [
              {
                type: 'local-exec',
                expressions: {
                  command: { constant_value: `psql ${url('provisioner command')} -c migrate` },
                  environment: {
                    constant_value: { PGPASSWORD: marked('provisioner environment') },
                  },
                },
              },
            ],
          },
        ],
        module_calls: {
          app: {
            source: plant('module source', (r) => `git::https://oauth2:${r}@git.example/app.git`),
            expressions: { token: { constant_value: github('module call constant') } },
            module: {},
          },
        },
      },
    },
  })
  return { text, canaries }
}

function pem(random: string): string {
  return `-----BEGIN PRIVATE KEY-----\n${random}${random}\n${random}\n-----END PRIVATE KEY-----\n`
}

function jwt(random: string): string {
  const head = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')
  const body = Buffer.from(JSON.stringify({ sub: random })).toString('base64url')
  return `${head}.${body}.${random}`
}

/** The same text for the same place, in every run. */
function randomText(place: string): string {
  return createHash('sha256').update(place).digest('base64').replace(/[+/=]/g, 'x').slice(0, 40)
}
