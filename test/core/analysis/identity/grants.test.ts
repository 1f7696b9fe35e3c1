// Defends: grants without a policy document are judged by what they hand to whom.
import { describe, expect, it } from 'vitest'
import { analyseIdentity } from '../../../../src/core/analysis/identity/identity.ts'
import type { Configuration } from '../../../../src/core/plan/model.ts'
import { create, factOf, kinds, policy, remove, subject, update } from './subjects.ts'

const EMPTY: Configuration = {
  resources: [],
  moduleCalls: [],
  providers: [],
  sensitiveVariables: [],
  outputs: {},
}

describe('attachments', () => {
  it('that go lock out whoever needed them', () => {
    const held = { role: 'monthly-close', policy_arn: 'arn:aws:iam::111111111111:policy/S3-Close' }
    const fact = factOf(remove('aws_iam_role_policy_attachment', held))
    expect(fact).toMatchObject({ effect: 'lost', covers: 'all' })
    expect(fact.hazards).toEqual(['lock-out', 'outage'])
    expect(fact.lost.join()).toContain('role monthly-close')
    expect(fact.lost.join()).toContain('S3-Close')
    expect(kinds(fact.losses)).toEqual(['attachment'])
  })

  it('of an administrator policy are dangerous', () => {
    const held = { role: 'ci', policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }
    const fact = factOf(create('aws_iam_role_policy_attachment', held))
    expect(kinds(fact.dangers)).toEqual(['administrator'])
    expect(fact.severity).toBe('critical')
  })

  it('that shrink an exclusive set drop members made elsewhere too', () => {
    const held = (...roles: readonly string[]) => ({ name: 'readonly', policy_arn: 'arn', roles })
    const fact = factOf(update('aws_iam_policy_attachment', held('a', 'b', 'c'), held('a')))
    expect(fact).toMatchObject({ effect: 'lost', covers: ['roles'] })
    expect(kinds(fact.losses)).toEqual(['authoritative'])
    expect(fact.hazards).toEqual(['lock-out', 'outage'])
  })

  it('that own the whole set take from others when they are created', () => {
    const fact = factOf(
      create('aws_iam_policy_attachment', { name: 'x', policy_arn: 'arn', roles: ['a'] }),
    )
    expect(fact.effect).toBe('both')
    expect(kinds(fact.losses)).toEqual(['authoritative'])
  })

  it('replaced by another policy gain one and lose the other', () => {
    const held = (name: string) => ({ role: 'r', policy_arn: `arn:aws:iam::aws:policy/${name}` })
    const fact = factOf(
      subject(
        ['delete', 'create'],
        'aws_iam_role_policy_attachment',
        held('ReadOnlyAccess'),
        held('PowerUserAccess'),
      ),
    )
    expect(fact.effect).toBe('both')
    expect(kinds(fact.dangers)).toEqual(['administrator'])
  })

  it('of a policy this plan creates are a gain, of any other unknown one a doubt', () => {
    const attachment = create(
      'aws_iam_role_policy_attachment',
      { role: 'r' },
      { unknown: { policy_arn: true, id: true } },
    )
    const made = create('aws_iam_policy', { name: 'p', policy: policy() })
    const block = {
      address: 'aws_iam_role_policy_attachment.this',
      moduleCalls: [],
      mode: 'managed',
      type: 'aws_iam_role_policy_attachment',
      name: 'this',
      constants: ['role'],
      dependsOn: [],
      provisioners: [],
      hasCount: false,
      hasForEach: false,
    }
    const referring = (...to: readonly string[]): Configuration => ({
      ...EMPTY,
      resources: [{ ...block, references: { policy_arn: to } }],
    })
    const effect = (configuration?: Configuration) =>
      analyseIdentity([attachment, made], [], configuration)[0]?.effect
    expect(effect(referring('aws_iam_policy.this.arn', 'aws_iam_policy.this'))).toBe('gained')
    expect(effect(referring('aws_iam_policy.other.arn', 'aws_iam_policy.other'))).toBe('unknown')
    expect(effect(referring('data.aws_iam_policy.this.arn'))).toBe('unknown')
    expect(effect(referring('var.arn'))).toBe('unknown')
    expect(effect()).toBe('unknown')
  })
})

describe('a permissions boundary', () => {
  const role = (permissions_boundary: string | null) => ({ name: 'dev', permissions_boundary })

  it('that goes lifts the ceiling', () => {
    const fact = factOf(update('aws_iam_role', role('arn:x:policy/boundary'), role(null)))
    expect(kinds(fact.dangers)).toEqual(['boundary-removed'])
    expect(fact.hazards).toEqual(['guardrail-loss', 'privilege-escalation'])
    expect(fact.covers).toEqual(['permissions_boundary'])
  })

  it('that comes caps, and one for another does both', () => {
    expect(factOf(update('aws_iam_role', role(null), role('b'))).effect).toBe('lost')
    const other = factOf(update('aws_iam_role', role('a'), role('b')))
    expect(other.effect).toBe('both')
    expect(kinds(other.dangers)).toEqual(['boundary-removed'])
  })

  it('of a user works the same', () => {
    const fact = factOf(update('aws_iam_user', role('a'), role(null)))
    expect(kinds(fact.dangers)).toEqual(['boundary-removed'])
  })
})

describe('other grants', () => {
  it('a new user with only a name holds nothing yet', () => {
    const fact = factOf(create('aws_iam_user', { name: 'u', tags: { a: 'b' } }))
    expect(fact).toMatchObject({ effect: 'gained', severity: 'low', hazards: [] })
  })

  it('a function anyone may call is public, one that a source may call is not', () => {
    const call = { function_name: 'f', action: 'lambda:InvokeFunction', principal: '*' }
    expect(factOf(create('aws_lambda_permission', call)).public).toBe(true)
    const bounded = { ...call, source_arn: 'arn:aws:s3:::b' }
    expect(factOf(create('aws_lambda_permission', bounded)).public).toBe(false)
  })

  it.each([
    ['github_team_repository', { team_id: '1', repository: 'r' }, 'permission', 'push', 'admin'],
    ['tfe_team_access', { team_id: '1', workspace_id: 'w' }, 'access', 'read', 'admin'],
    [
      'aws_eks_access_entry',
      { cluster_name: 'c' },
      'kubernetes_groups',
      ['dev'],
      ['system:masters'],
    ],
  ])('%s raised to the highest level is administrator', (type, base, name, low, high) => {
    const fact = factOf(update(type, { ...base, [name]: low }, { ...base, [name]: high }))
    expect(kinds(fact.dangers)).toEqual(['administrator'])
    expect(fact.covers).toEqual([name])
  })

  it('a document only the catalogue names is judged, and not shown', () => {
    const map = (mapRoles: string) => ({ data: { mapRoles } })
    const fact = factOf(update('kubernetes_config_map_v1_data', map('a'), map('hidden')))
    expect(fact).toMatchObject({ effect: 'both', covers: ['data'] })
    expect(JSON.stringify(fact)).not.toContain('hidden')
  })

  it('a limit that goes is a gain, and its value is not shown', () => {
    const role = (bound_claims: { readonly sub: string } | null) => ({
      role_name: 'r',
      bound_claims,
    })
    const fact = factOf(update('vault_jwt_auth_backend_role', role({ sub: 'hidden' }), role(null)))
    expect(kinds(fact.dangers)).toEqual(['condition-loosened'])
    expect(JSON.stringify(fact)).not.toContain('hidden')
  })
})

describe('Google Cloud', () => {
  const member = (role: string, who: string) => ({ project: 'acme', role, member: who })

  it('a new binding takes the role from everyone it does not list', () => {
    const fact = factOf(
      create('google_project_iam_binding', {
        project: 'acme-prod',
        role: 'roles/editor',
        members: ['group:platform@acme.example'],
      }),
    )
    expect(fact.effect).toBe('both')
    expect(kinds(fact.losses)).toEqual(['authoritative'])
    expect(fact.hazards).toEqual(expect.arrayContaining(['lock-out', 'outage']))
    expect(kinds(fact.dangers)).toEqual(['administrator'])
  })

  it.each([
    ['roles/viewer', 'allUsers', ['public', 'wildcard']],
    ['roles/run.invoker', 'allAuthenticatedUsers', ['public']],
    [
      'roles/iam.serviceAccountTokenCreator',
      'serviceAccount:a@b.iam.gserviceaccount.com',
      ['escalation'],
    ],
    ['roles/pubsub.publisher', 'serviceAccount:a@b.iam.gserviceaccount.com', []],
    ['roles/pubsub.admin', 'group:x@acme.example', ['service-administrator']],
    ['roles/pubsub.publisher', 'user:someone@gmail.com', ['external-principal']],
    ['roles/pubsub.publisher', 'principalSet://iam.googleapis.com/pool/*', ['external-principal']],
    ['roles/pubsub.publisher', 'domain:acme.example', ['organisation-wide']],
  ])('%s for %s is dangerous as %j', (role, who, expected) => {
    expect(kinds(factOf(create('google_project_iam_member', member(role, who))).dangers)).toEqual(
      expected,
    )
  })

  it('a grant on the organisation is organisation-wide', () => {
    const held = { org_id: '1', role: 'roles/pubsub.publisher', member: 'group:x@acme.example' }
    expect(kinds(factOf(create('google_organization_iam_member', held)).dangers)).toEqual([
      'organisation-wide',
    ])
  })

  it('a principal that no longer exists holds nothing', () => {
    const dead = member('roles/editor', 'deleted:user:x@acme.example?uid=1')
    expect(factOf(remove('google_project_iam_member', dead)).effect).toBe('nil')
  })

  it('a condition that goes is a gain', () => {
    const held = member('roles/pubsub.publisher', 'group:x@acme.example')
    const condition = [
      { title: 't', expression: 'request.time < timestamp("2027-01-01T00:00:00Z")' },
    ]
    const fact = factOf(
      subject(['delete', 'create'], 'google_project_iam_member', { ...held, condition }, held),
    )
    expect(fact.effect).toBe('gained')
    expect(kinds(fact.dangers)).toEqual(['condition-loosened'])
  })

  it('a service agent that is dropped stops its service', () => {
    const held = (...members: readonly string[]) => ({ project: 'p', role: 'roles/x.y', members })
    const agent = 'serviceAccount:service-123@container-engine-robot.iam.gserviceaccount.com'
    const fact = factOf(
      update(
        'google_project_iam_binding',
        held('group:a@b.example', agent),
        held('group:a@b.example'),
      ),
    )
    expect(kinds(fact.losses)).toEqual(['service-principal'])
  })

  it('a policy is compared binding by binding', () => {
    const data = (...bindings: readonly object[]) => ({
      project: 'p',
      policy_data: JSON.stringify({ bindings }),
    })
    const [a, b] = [
      { role: 'roles/a.b', members: ['group:x@y.example', 'group:z@y.example'] },
      { role: 'roles/owner', members: ['user:x@y.example'] },
    ]
    const swapped = { ...a, members: [...a.members].reverse() }
    expect(factOf(update('google_project_iam_policy', data(a, b), data(b, swapped))).effect).toBe(
      'nil',
    )
    const fact = factOf(update('google_project_iam_policy', data(a), data(b)))
    expect(fact.effect).toBe('both')
    expect(kinds(fact.dangers)).toContain('administrator')
    expect(
      factOf(update('google_project_iam_policy', data(a), { project: 'p', policy_data: '{' }))
        .effect,
    ).toBe('unknown')
  })

  it('a custom role that may act as others escalates', () => {
    const role = (...permissions: readonly string[]) => ({ role_id: 'r', permissions })
    const fact = factOf(
      update(
        'google_project_iam_custom_role',
        role('pubsub.topics.get'),
        role('iam.serviceAccounts.actAs'),
      ),
    )
    expect(fact.effect).toBe('both')
    expect(kinds(fact.dangers)).toEqual(['escalation'])
  })
})

describe('Azure', () => {
  const assign = (role: string, scope: string) => ({
    role_definition_name: role,
    scope,
    principal_id: 'p',
  })
  const GROUP = '/subscriptions/s/resourceGroups/g'

  it.each([
    ['Owner', GROUP, ['administrator']],
    ['Reader', GROUP, []],
    ['Reader', '/subscriptions/s', ['organisation-wide']],
    ['User Access Administrator', `${GROUP}/providers/x/y/z`, ['escalation']],
    ['Reader', '/providers/Microsoft.Management/managementGroups/m', ['organisation-wide']],
  ])('%s on %s is dangerous as %j', (role, scope, expected) => {
    expect(kinds(factOf(create('azurerm_role_assignment', assign(role, scope))).dangers)).toEqual(
      expected,
    )
  })

  it('a role named by its id is the same role', () => {
    const id =
      '/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635'
    const fact = factOf(
      create('azurerm_role_assignment', {
        role_definition_id: id,
        scope: GROUP,
        principal_id: 'p',
      }),
    )
    expect(kinds(fact.dangers)).toEqual(['administrator'])
  })

  it('an assignment that goes locks out', () => {
    expect(factOf(remove('azurerm_role_assignment', assign('Reader', GROUP))).effect).toBe('lost')
  })

  it('a custom role is its actions minus what it leaves out', () => {
    const role = (actions: readonly string[], not_actions: readonly string[]) => ({
      name: 'r',
      scope: GROUP,
      permissions: [{ actions, not_actions, data_actions: [], not_data_actions: [] }],
    })
    const wide = role(['*'], ['Microsoft.Authorization/*'])
    const fact = factOf(update('azurerm_role_definition', wide, role(['*'], [])))
    expect(fact.effect).toBe('gained')
    expect(kinds(fact.dangers)).toEqual(['administrator', 'escalation'])
    expect(factOf(update('azurerm_role_definition', role(['*'], []), wide)).effect).toBe('lost')
    const same = factOf(
      update(
        'azurerm_role_definition',
        role(['a/read', 'B/*'], []),
        role(['b/*', 'A/read', 'b/write'], []),
      ),
    )
    expect(same.effect).toBe('nil')
  })
})

describe('Kubernetes', () => {
  const rule = (verbs: readonly string[], resources: readonly string[]) => ({
    verbs,
    resources,
    api_groups: [''],
  })
  const role = (...rules: readonly object[]) => ({
    rule: rules as never,
    metadata: [{ name: 'r' }],
  })

  it.each([
    [['get'], ['configmaps'], []],
    [['get', 'list'], ['secrets'], ['escalation']],
    [['*'], ['*'], ['administrator']],
    [['create'], ['pods/exec'], ['escalation']],
    [['impersonate'], ['users'], ['escalation']],
    [['get'], ['*'], ['escalation', 'wildcard']],
  ])('%j on %j is dangerous as %j', (verbs, resources, expected) => {
    const fact = factOf(create('kubernetes_cluster_role', role(rule(verbs, resources))))
    expect(kinds(fact.dangers)).toEqual(expected)
  })

  it('rules split in two are the same rules', () => {
    const fact = factOf(
      update(
        'kubernetes_role',
        role(rule(['get', 'list'], ['pods', 'services'])),
        role(
          rule(['list', 'get'], ['services']),
          rule(['get'], ['pods']),
          rule(['list'], ['pods']),
        ),
      ),
    )
    expect(fact.effect).toBe('nil')
  })

  it('a binding names who holds the role', () => {
    const binding = (name: string, ...names: readonly string[]) => ({
      role_ref: [{ kind: 'ClusterRole', name, api_group: 'rbac.authorization.k8s.io' }],
      subject: names.map((subjectName) => ({ kind: 'Group', name: subjectName })),
    })
    const open = factOf(
      create('kubernetes_cluster_role_binding', binding('view', 'system:unauthenticated')),
    )
    expect(open.public).toBe(true)
    const admin = factOf(
      update(
        'kubernetes_cluster_role_binding',
        binding('cluster-admin', 'a', 'b'),
        binding('cluster-admin', 'b', 'c'),
      ),
    )
    expect(admin.effect).toBe('both')
    expect(kinds(admin.dangers)).toEqual(['administrator'])
    expect(kinds(admin.losses)).toEqual(['attachment'])
  })
})

describe('Vault', () => {
  const held = (text: string) => ({ name: 'p', policy: text })
  const compare = (before: string, after: string) =>
    factOf(update('vault_policy', held(before), held(after)))
  const read = 'path "secret/data/app" { capabilities = ["read", "list"] }'

  it('a policy in other words is the same policy', () => {
    const other = '# app\npath "secret/data/app" {\n  capabilities = ["list", "read",] // both\n}\n'
    const json = '{"path":{"secret/data/app":{"capabilities":["list","read"]}}}'
    expect(compare(read, other).effect).toBe('nil')
    expect(compare(read, json).effect).toBe('nil')
  })

  it.each([
    ['path "*" { capabilities = ["read"] }', ['administrator']],
    ['path "sys/policies/acl/*" { capabilities = ["update"] }', ['escalation']],
    ['path "secret/data/app" { capabilities = ["sudo"] }', ['escalation']],
    ['path "secret/data/b" { capabilities = ["read"] }', []],
  ])('%s is dangerous as %j', (text, expected) => {
    expect(kinds(factOf(create('vault_policy', held(text))).dangers)).toEqual(expected)
  })

  it('a narrower path that goes gives what the wider one allows', () => {
    const wide = 'path "secret/*" { capabilities = ["read"] }'
    const fact = compare(`${wide}\npath "secret/prod/*" { capabilities = ["list"] }`, wide)
    expect(fact.effect).toBe('both')
    const denied = compare(`${wide}\npath "secret/prod/*" { capabilities = ["deny"] }`, wide)
    expect(kinds(denied.dangers)).toEqual(['guardrail-loosened'])
  })

  it.each([
    'path "x" {',
    'path x {}',
    'garbage',
    'path "x" { capabilities = "read" }',
    '{"paths":{}}',
    '/*',
  ])('%j is no policy', (text) => {
    expect(compare(read, text).effect).toBe('unknown')
  })
})

describe('access policies of a proxy', () => {
  it('are compared rule by rule, and everyone is public', () => {
    const access = (...include: readonly object[]) => ({ name: 'a', include: include as never })
    const staff = { email_domain: ['acme.example'] }
    const fact = factOf(
      update('cloudflare_zero_trust_access_policy', access(staff), access(staff, { everyone: {} })),
    )
    expect(fact).toMatchObject({ effect: 'gained', public: true })
    expect(kinds(fact.dangers)).toEqual(['public'])
  })
})
