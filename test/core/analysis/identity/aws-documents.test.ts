// Defends: AWS policy documents are judged by what they allow, not by how they are written.
import { describe, expect, it } from 'vitest'
import { analyseIdentity } from '../../../../src/core/analysis/identity/identity.ts'
import type { JsonValue } from '../../../../src/core/json.ts'
import { create, factOf, kinds, policy, remove, subject, update } from './subjects.ts'

const READ = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }
const ARN = 'arn:aws:iam::111111111111:role/app'

function identity(before: JsonValue, after: JsonValue): ReturnType<typeof factOf> {
  const [a, b] = [before, after].map((item) => (typeof item === 'string' ? item : policy(item)))
  return factOf(
    update('aws_iam_policy', { name: 'p', policy: a ?? '' }, { name: 'p', policy: b ?? '' }),
  )
}

function trust(before: JsonValue, after: JsonValue): ReturnType<typeof factOf> {
  return factOf(
    update(
      'aws_iam_role',
      { name: 'app', arn: ARN, assume_role_policy: policy(before) },
      { name: 'app', arn: ARN, assume_role_policy: policy(after) },
    ),
  )
}

function bucket(before: JsonValue, after: JsonValue): ReturnType<typeof factOf> {
  return factOf(
    update(
      'aws_s3_bucket_policy',
      { bucket: 'b', policy: policy(before) },
      { bucket: 'b', policy: policy(after) },
    ),
  )
}

describe('a document that says the same', () => {
  it('is nil whatever its key order, Sid, list form and statement order', () => {
    const before = policy(READ, { Effect: 'Deny', Action: ['s3:Put*'], Resource: '*' })
    const after = JSON.stringify({
      Statement: [
        { Resource: ['*'], Effect: 'Deny', Action: 's3:put*' },
        { Sid: 'Read', Resource: ['arn:aws:s3:::b/*'], Action: ['S3:GetObject'], Effect: 'Allow' },
      ],
      Version: '2012-10-17',
    })
    const fact = identity(before, after)
    expect(fact).toMatchObject({
      effect: 'nil',
      gained: [],
      lost: [],
      hazards: [],
      severity: 'info',
    })
    expect(fact.covers).toEqual(['policy'])
  })

  it('is nil when one statement is written as two', () => {
    const one = {
      Effect: 'Allow',
      Action: ['s3:Get*', 's3:List*'],
      Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'],
    }
    const fact = identity(
      policy(one),
      policy(
        { ...one, Action: 's3:Get*' },
        { ...one, Action: 's3:List*', Resource: 'arn:aws:s3:::a' },
        { ...one, Action: ['s3:List*', 's3:ListBucket'], Resource: 'arn:aws:s3:::b' },
      ),
    )
    expect(fact.effect).toBe('nil')
  })

  it('is nil when an account is written as its root', () => {
    const allow = { Effect: 'Allow', Action: 'sts:AssumeRole' }
    const fact = trust(
      { ...allow, Principal: { AWS: '111111111111' } },
      { ...allow, Principal: { AWS: ['arn:aws:iam::111111111111:root'] } },
    )
    expect(fact.effect).toBe('nil')
  })
})

describe('a policy attached to an identity', () => {
  it('gains what an Allow adds, and names it as it is written', () => {
    const fact = identity(policy(READ), policy(READ, { ...READ, Action: 's3:PutObject' }))
    expect(fact).toMatchObject({ effect: 'gained', severity: 'medium', dangers: [] })
    expect(fact.gained).toEqual(['s3:PutObject on arn:aws:s3:::b/*'])
    expect(fact.hazards).toEqual(['privilege-escalation'])
  })

  it('loses what a Deny adds', () => {
    const fact = identity(
      policy(READ),
      policy(READ, { Effect: 'Deny', Action: 's3:*', Resource: '*' }),
    )
    expect(fact.effect).toBe('lost')
    expect(fact.lost).toEqual(['newly denied: s3:* on *'])
    expect(fact.hazards).toEqual(['lock-out', 'outage'])
  })

  it('gains what a removed Deny held back', () => {
    const fact = identity(
      policy(READ, { Effect: 'Deny', Action: 'iam:*', Resource: '*' }),
      policy(READ),
    )
    expect(kinds(fact.dangers)).toEqual(['guardrail-loosened'])
    expect(fact.hazards).toEqual(['guardrail-loss', 'privilege-escalation'])
    expect(fact.severity).toBe('critical')
  })

  it('gains when NotAction or NotResource excludes less', () => {
    const not = { Effect: 'Allow', NotAction: ['iam:*', 'sts:*'], Resource: '*' }
    expect(identity(not, { ...not, NotAction: 'iam:*' })).toMatchObject({ effect: 'gained' })
    expect(identity({ ...not, NotAction: 'iam:*' }, not)).toMatchObject({ effect: 'lost' })
    expect(kinds(identity(not, { ...not, NotAction: 'iam:*' }).dangers)).toContain('not-action')
  })

  it('treats a bucket and its objects as two things', () => {
    const fact = identity(READ, { ...READ, Resource: 'arn:aws:s3:::b' })
    expect(fact.effect).toBe('both')
  })

  it('keeps a wildcard inside its own field of an ARN', () => {
    const read = (Resource: string): JsonValue => ({ ...READ, Action: 'sqs:*', Resource })
    const fact = identity(read('arn:aws:sqs:*:1:q'), read('arn:aws:sqs:eu:1:x:1:q'))
    expect(fact.effect).toBe('both')
  })

  it('reads a variable as any text on the narrow side and as itself on the wide side', () => {
    const home = (Resource: string): JsonValue => ({ ...READ, Resource })
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the policy language writes it so
    const variable = 'arn:aws:s3:::b/${aws:username}'
    expect(identity(home('arn:aws:s3:::b/*'), home(variable)).effect).toBe('lost')
    expect(identity(home(variable), home('arn:aws:s3:::b/????')).effect).toBe('both')
  })

  it.each([
    ['*', '*', ['administrator', 'escalation']],
    ['dynamodb:*', '*', ['service-administrator']],
    ['ec2:Describe*', '*', []],
    ['iam:PutRolePolicy', 'arn:aws:iam::1:role/x', ['escalation']],
    ['iam:PassRole', '*', ['escalation']],
    ['secretsmanager:GetSecretValue', '*', ['escalation']],
    ['secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu:111111111111:secret:a', []],
    ['sts:AssumeRole', 'arn:aws:iam::111111111111:role/*', ['escalation']],
  ] as const)('%s on %s is dangerous as %j', (Action, Resource, expected) => {
    const fact = factOf(
      create('aws_iam_policy', {
        name: 'p',
        policy: policy({ Effect: 'Allow', Action, Resource }),
      }),
    )
    expect(kinds(fact.dangers)).toEqual(expected)
    expect(fact.covers).toBe('all')
  })

  it('sees the pair when iam:PassRole joins lambda:CreateFunction', () => {
    const create = { Effect: 'Allow', Action: 'lambda:CreateFunction', Resource: '*' }
    const pass = { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' }
    const fact = identity(policy(create), policy(create, pass))
    expect(fact.gained).toEqual(['iam:PassRole on *'])
    expect(fact.dangers.map((danger) => danger.text).join()).toContain('with lambda:CreateFunction')
    expect(fact.hazards).toContain('privilege-escalation')
    const reversed = identity(policy(pass), policy(create, pass))
    expect(kinds(reversed.dangers)).toEqual(['escalation'])
  })

  it('is unknown and opaque where the document is known only after apply', () => {
    const fact = factOf(
      update('aws_iam_policy', { policy: policy(READ) }, {}, { unknown: { policy: true } }),
    )
    expect(fact.effect).toBe('unknown')
    expect(fact.hazards).toEqual(['opaque', 'privilege-escalation'])
  })

  it('is unknown where the document is sensitive', () => {
    const fact = factOf(
      update(
        'aws_iam_policy',
        { policy: policy(READ) },
        { policy: policy({ ...READ, Action: '*' }) },
        { sensitive: { policy: true } },
      ),
    )
    expect(fact.effect).toBe('unknown')
    expect(JSON.stringify(fact)).not.toContain('s3:')
  })

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['no statement', '{"Version":"2012-10-17"}'],
    ['an unknown effect', policy({ ...READ, Effect: 'allow' })],
    ['both forms of the action', policy({ ...READ, NotAction: 'x' })],
    ['no action', policy({ Effect: 'Allow', Resource: '*' })],
    ['an empty action list', policy({ ...READ, Action: [] })],
    ['a member no statement has', policy({ ...READ, Actions: '*' })],
    ['a principal', policy({ ...READ, Principal: '*' })],
    ['a number as action', policy({ ...READ, Action: 1 })],
    [
      'one member twice',
      `{"Statement":{"Effect":"Allow","Action":"*","Action":"a:b","Resource":"*"}}`,
    ],
    ['conditions that are text', policy({ ...READ, Condition: 'x' })],
  ])('is unknown where it has %s', (_, text) => {
    expect(identity(policy(READ), text)).toMatchObject({ effect: 'unknown', severity: 'high' })
  })

  it('joins the inline policies of a role', () => {
    const role = (...policies: readonly string[]) => ({
      name: 'app',
      inline_policy: policies.map((text, at) => ({ name: `p${at}`, policy: text })),
    })
    const more = policy({
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Resource: 'arn:aws:sqs:eu:1:q',
    })
    const fact = factOf(update('aws_iam_role', role(policy(READ)), role(more, policy(READ))))
    expect(fact.gained).toEqual(['sqs:SendMessage on arn:aws:sqs:eu:1:q'])
    expect(fact.effect).toBe('gained')
  })

  it('loses everything when it is deleted', () => {
    const fact = factOf(
      remove('aws_iam_role_policy', { name: 'p', role: 'r', policy: policy(READ) }),
    )
    expect(fact).toMatchObject({ effect: 'lost', covers: 'all' })
    expect(kinds(fact.losses)).toEqual(['attachment'])
  })
})

describe('conditions', () => {
  const when = (Condition: JsonValue): JsonValue => ({ ...READ, Condition })

  it('that fall away are a gain', () => {
    const fact = identity(when({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }), READ)
    expect(fact.effect).toBe('gained')
    expect(kinds(fact.dangers)).toEqual(['condition-loosened'])
  })

  it.each([
    [{ StringEquals: { k: 'a' } }, { StringLike: { k: 'a*' } }],
    [{ StringEquals: { k: 'a' } }, { StringEquals: { k: ['a', 'b'] } }],
    [{ StringEquals: { k: 'a' } }, { StringEqualsIfExists: { k: 'a' } }],
    [{ IpAddress: { k: '10.0.0.0/16' } }, { IpAddress: { k: '10.0.0.0/8' } }],
    [{ StringNotEquals: { k: ['a', 'b'] } }, { StringNotEquals: { k: 'a' } }],
    [{ NumericLessThan: { k: '10' } }, { NumericLessThan: { k: '20' } }],
    [{ ArnLike: { k: 'arn:aws:s3:::b' } }, { ArnLike: { k: 'arn:aws:s3:::*' } }],
  ])('%j is narrower than %j', (narrow, wide) => {
    expect(identity(when(narrow), when(wide)).effect).toBe('gained')
    expect(identity(when(wide), when(narrow)).effect).toBe('lost')
  })

  it.each([
    [{ StringEquals: { k: 'a' } }, { 'ForAllValues:StringEquals': { k: 'a' } }],
    [{ StringEquals: { k: 'a' } }, { StringEquals: { l: 'a' } }],
    [{ DateLessThan: { k: '2026-01-01' } }, { DateLessThan: { k: '2027-01-01' } }],
    [{ Invented: { k: 'a' } }, { Invented: { k: 'b' } }],
  ])('%j and %j are not proven to be one', (a, b) => {
    expect(identity(when(a), when(b)).effect).toBe('both')
  })

  it('spelled in other words are the same', () => {
    const a = when({ ArnEquals: { 'AWS:SourceArn': ['x', 'y'] }, StringLike: { k: 'a' } })
    const b = when({ StringEquals: { K: ['a'] }, ArnLike: { 'aws:SourceArn': ['y', 'x'] } })
    expect(identity(a, b).effect).toBe('nil')
  })
})

describe('a trust policy', () => {
  const GITHUB = 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com'
  const oidc = (Condition: JsonValue): JsonValue => ({
    Effect: 'Allow',
    Principal: { Federated: GITHUB },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition,
  })
  const SUB = 'token.actions.githubusercontent.com:sub'
  const service = (name: string): JsonValue => ({
    Effect: 'Allow',
    Principal: { Service: name },
    Action: 'sts:AssumeRole',
  })
  const account = (AWS: string): JsonValue => ({
    Effect: 'Allow',
    Principal: { AWS },
    Action: 'sts:AssumeRole',
  })

  it('that lets every repository of an organisation in is external and looser', () => {
    const fact = trust(
      oidc({ StringEquals: { [SUB]: 'repo:acme/app:ref:refs/heads/main' } }),
      oidc({ StringLike: { [SUB]: 'repo:acme/*' } }),
    )
    expect(kinds(fact.dangers)).toEqual(['condition-loosened', 'external-principal'])
    expect(fact.hazards).toContain('privilege-escalation')
    expect(fact.severity).toBe('critical')
  })

  it('without a subject lets every token in', () => {
    const fact = trust(
      oidc({ StringEquals: { [SUB]: 'repo:acme/app:ref:refs/heads/main' } }),
      oidc({ StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }),
    )
    expect(kinds(fact.dangers)).toContain('external-principal')
  })

  it('of a new role for a service grants nothing dangerous, and is still a gain', () => {
    const fact = factOf(
      create('aws_iam_role', {
        name: 'f',
        assume_role_policy: policy(service('lambda.amazonaws.com')),
      }),
    )
    expect(fact).toMatchObject({ effect: 'gained', severity: 'low', hazards: [], dangers: [] })
  })

  it('is not mild where the new role carries an administrator policy', () => {
    const fact = factOf(
      create('aws_iam_role', {
        name: 'f',
        assume_role_policy: policy(service('lambda.amazonaws.com')),
        managed_policy_arns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      }),
    )
    expect(kinds(fact.dangers)).toEqual(['administrator'])
    expect(fact.severity).toBe('critical')
  })

  it('knows its own account and calls every other one external', () => {
    const before = service('ec2.amazonaws.com')
    expect(kinds(trust(before, account('arn:aws:iam::111111111111:root')).dangers)).toEqual([])
    expect(kinds(trust(before, account('222222222222')).dangers)).toEqual(['external-principal'])
    expect(kinds(trust(before, account('AROAEXAMPLE')).dangers)).toEqual(['external-principal'])
  })

  it('for everyone is public, but not with an organisation', () => {
    const open = account('*')
    const fact = trust(service('ec2.amazonaws.com'), open)
    expect(fact.public).toBe(true)
    expect(kinds(fact.dangers)).toEqual(['public'])
    const bounded = trust(service('ec2.amazonaws.com'), {
      ...(open as object),
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
    })
    expect(bounded.public).toBe(false)
    expect(kinds(bounded.dangers)).toEqual(['organisation-wide'])
  })

  it('that drops a service stops what runs under the role', () => {
    const fact = trust(service('ec2.amazonaws.com'), service('lambda.amazonaws.com'))
    expect(kinds(fact.losses)).toEqual(['service-principal'])
    expect(fact.hazards).toEqual(['lock-out', 'outage', 'privilege-escalation'])
  })

  it('that adds session tags opens nothing', () => {
    const own = account('arn:aws:iam::111111111111:root')
    const tag = { ...(own as object), Action: ['sts:AssumeRole', 'sts:TagSession'] }
    expect(trust(own, tag)).toMatchObject({ effect: 'gained', severity: 'low', dangers: [] })
  })
})

describe('a resource policy', () => {
  const open = {
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::b/*',
  }

  it('for everyone is public', () => {
    const fact = factOf(create('aws_s3_bucket_policy', { bucket: 'b', policy: policy(open) }))
    expect(fact).toMatchObject({ effect: 'gained', public: true, severity: 'critical' })
    expect(fact.hazards).toContain('internet-exposure')
  })

  it.each([
    [{ StringEquals: { 'aws:SourceAccount': '111111111111' } }, false],
    [{ StringEqualsIfExists: { 'aws:SourceAccount': '111111111111' } }, true],
    [{ 'ForAllValues:StringEquals': { 'aws:SourceAccount': '111111111111' } }, true],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }, true],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:cloudfront::111111111111:distribution/X' } }, false],
    [{ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, false],
    [{ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }, true],
    [{ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, true],
    [{ StringLike: { 'aws:UserAgent': 'x' } }, true],
  ])('with the condition %j is public: %s', (Condition, expected) => {
    expect(bucket(open, { ...open, Condition }).public).toBe(expected)
  })

  it('that was public and stays so is public without being a gain', () => {
    const fact = bucket(open, { ...open, Sid: 'x' })
    expect(fact).toMatchObject({ effect: 'nil', public: true, dangers: [] })
  })

  it('that lets another account in is external', () => {
    const fact = bucket(
      { ...open, Principal: { Service: 'cloudtrail.amazonaws.com' } },
      { ...open, Principal: { AWS: 'arn:aws:iam::222222222222:role/x' } },
    )
    expect(kinds(fact.dangers)).toEqual(['external-principal'])
    expect(kinds(fact.losses)).toEqual(['service-principal'])
  })

  it('of a key has to keep someone who may change it', () => {
    const key = (...statements: readonly JsonValue[]) => ({ policy: policy(...statements) })
    const admin = {
      Effect: 'Allow',
      Principal: { AWS: '111111111111' },
      Action: 'kms:*',
      Resource: '*',
    }
    const use = { ...admin, Action: ['kms:Decrypt', 'kms:Encrypt'] }
    const fact = factOf(update('aws_kms_key', key(admin, use), key(use)))
    expect(kinds(fact.losses)).toContain('key-administrator')
    expect(fact.hazards).toContain('key-loss')
    expect(fact.severity).toBe('critical')
    expect(kinds(factOf(update('aws_kms_key', key(admin, use), key(admin))).losses)).toEqual([])
  })

  it('that goes from an object that stays leaves a default nobody sees', () => {
    const fact = factOf(update('aws_vpc_endpoint', { policy: policy(open) }, { policy: null }))
    expect(fact.effect).toBe('unknown')
    expect(fact.covers).toEqual(['policy'])
  })
})

describe('a guardrail of an organisation', () => {
  const scp = (...statements: readonly JsonValue[]) => ({
    name: 's',
    content: policy(...statements),
  })
  const all = { Effect: 'Allow', Action: '*', Resource: '*' }
  const deny = (...Action: readonly string[]) => ({ Effect: 'Deny', Action, Resource: '*' })

  it('is loosened when a Deny shrinks and locks out when it grows', () => {
    const [small, large] = [scp(all, deny('iam:*')), scp(all, deny('iam:*', 's3:DeleteBucket'))]
    const looser = factOf(update('aws_organizations_policy', large, small))
    expect(kinds(looser.dangers)).toEqual(['guardrail-loosened'])
    expect(looser.hazards).toContain('guardrail-loss')
    const tighter = factOf(update('aws_organizations_policy', small, large))
    expect(tighter.effect).toBe('lost')
    expect(tighter.hazards).toContain('lock-out')
  })

  it('of another kind than a permission policy is unknown', () => {
    const tags = { content: '{"tags":{"a":{"tag_key":{"@@assign":"A"}}}}' }
    expect(factOf(create('aws_organizations_policy', tags)).effect).toBe('unknown')
  })
})

describe('what is no fact', () => {
  it('is a change beside the policy', () => {
    const role = (description: string) => ({
      name: 'app',
      description,
      assume_role_policy: policy(),
    })
    expect(analyseIdentity([update('aws_iam_role', role('a'), role('b'))], [])).toEqual([])
    expect(analyseIdentity([create('aws_s3_bucket', { bucket: 'b' })], [])).toEqual([])
  })

  it('is a type the catalogue does not know, which others judge', () => {
    expect(analyseIdentity([create('acme_iam_role', { policy: policy(READ) })], [])).toEqual([])
  })

  it('is never an action that is not understood', () => {
    const odd = subject(
      ['explode'],
      'aws_iam_policy',
      { policy: policy(READ) },
      { policy: policy(READ) },
    )
    expect(factOf(odd)).toMatchObject({ effect: 'unknown', covers: 'all' })
  })
})
