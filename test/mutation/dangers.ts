// Single changes that no reviewer would let through unseen in production. Numbers and names vary
// with the seed, so that no two mutants of a template are the same text.
import {
  type Provider,
  remove,
  replace,
  resourceChange,
  type Step,
  type Target,
  update,
} from '../../fixtures/tools/plan-builder.ts'
import type { JsonObject } from '../../src/core/json.ts'
import type { Random } from './random.ts'

export interface Template {
  readonly name: string
  readonly why: string
  make(random: Random): JsonObject
}

const aws = provider('hashicorp/aws')
const google = provider('hashicorp/google')
const azurerm = provider('hashicorp/azurerm')
const kubernetes = provider('hashicorp/kubernetes')
const github = provider('integrations/github')

function provider(name: string): Provider {
  return {
    name: name.split('/')[1] ?? name,
    source: `registry.terraform.io/${name}`,
    version: '>= 1.0',
  }
}

function target(of: Provider, type: string, name: string, values: JsonObject): Target {
  const id = { id: `${name}-0a1b2c`, name }
  return { provider: of, type, name, computed: ['arn', 'id'], values: { ...id, ...values } }
}

const NAMES = ['billing', 'checkout', 'ledger', 'orders', 'payments', 'search', 'users'] as const

/** A template from a step made of a name that differs from mutant to mutant. */
function template(
  name: string,
  why: string,
  step: (name: string, random: Random) => Step,
): Template {
  return {
    name,
    why,
    make: (random) => resourceChange(step(`${random.pick(NAMES)}_${random.int(100, 999)}`, random)),
  }
}

function database(name: string): Target {
  return target(aws, 'aws_db_instance', name, {
    allocated_storage: 200,
    apply_immediately: true,
    backup_retention_period: 7,
    deletion_protection: true,
    engine: 'postgres',
    engine_version: '16.4',
    identifier: name,
    instance_class: 'db.r6g.xlarge',
    multi_az: true,
    publicly_accessible: false,
    skip_final_snapshot: false,
    storage_encrypted: true,
    tags: null,
  })
}

function bucket(name: string): Target {
  return target(aws, 'aws_s3_bucket', name, { bucket: name, force_destroy: false, tags: null })
}

function statement(action: string | readonly string[], resource: string): string {
  const allow = { Effect: 'Allow', Action: action, Resource: resource }
  return JSON.stringify({ Version: '2012-10-17', Statement: [allow] })
}

function rolePolicy(name: string, action: string | readonly string[], resource = '*'): Step {
  const arn = `arn:aws:s3:::${name}/*`
  const before = { name, policy: statement('s3:GetObject', arn), role: name }
  return update(target(aws, 'aws_iam_role_policy', name, before), {
    set: { policy: statement(action, resource) },
  })
}

function trust(name: string, principal: JsonObject, condition?: JsonObject): Step {
  const document = (who: JsonObject, when?: JsonObject): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: who,
          ...(when !== undefined && { Condition: when }),
        },
      ],
    })
  const role = target(aws, 'aws_iam_role', name, {
    assume_role_policy: document({ Service: 'ec2.amazonaws.com' }),
    max_session_duration: 3600,
    path: '/',
    tags: null,
  })
  return update(role, { set: { assume_role_policy: document(principal, condition) } })
}

function ingress(name: string, port: number, cidr: string): Step {
  const rule = target(aws, 'aws_vpc_security_group_ingress_rule', name, {
    cidr_ipv4: '10.20.0.0/16',
    description: null,
    from_port: port,
    ip_protocol: 'tcp',
    security_group_id: 'sg-0123456789abcdef0',
    tags: null,
    to_port: port,
  })
  return update(rule, { set: { cidr_ipv4: cidr } })
}

const ADMIN_PORTS = [22, 3306, 3389, 5432, 6379, 9200, 27017] as const
const STRANGER = 'arn:aws:iam::998877665544:root'

/** Lost data, lost keys, lost guards. */
const STATE: readonly Template[] = [
  template('destroyed database', 'the database and its automated backups are gone', (name) =>
    remove(database(name)),
  ),
  template('replaced database', 'encryption forces a new, empty database', (name) =>
    replace(
      target(aws, 'aws_db_instance', name, { ...database(name).values, storage_encrypted: false }),
      { set: { storage_encrypted: true }, because: ['storage_encrypted'] },
    ),
  ),
  template('database without backups', 'all automated backups are deleted', (name) =>
    update(database(name), { set: { backup_retention_period: 0 } }),
  ),
  template('database without guard', 'the first half of a destroy', (name) =>
    update(database(name), { set: { deletion_protection: false, skip_final_snapshot: true } }),
  ),
  template('public database', 'the database gets a public endpoint', (name) =>
    update(database(name), { set: { publicly_accessible: true } }),
  ),
  template('restarted database', 'the instance restarts at once', (name) =>
    update(database(name), { set: { instance_class: 'db.r6g.2xlarge' } }),
  ),
  template('destroyed bucket', 'every object in the bucket is gone', (name) =>
    remove(bucket(name)),
  ),
  template('bucket may be emptied', 'a destroy would no longer refuse a full bucket', (name) =>
    update(bucket(name), { set: { force_destroy: true } }),
  ),
  template('versioning suspended', 'overwriting and deleting become final', (name) =>
    update(
      target(aws, 'aws_s3_bucket_versioning', name, {
        bucket: name,
        versioning_configuration: [{ mfa_delete: '', status: 'Enabled' }],
      }),
      { set: { 'versioning_configuration.0.status': 'Suspended' } },
    ),
  ),
  template('key scheduled for deletion', 'everything under the key dies with it', (name) =>
    remove(target(aws, 'aws_kms_key', name, { deletion_window_in_days: 7, is_enabled: true })),
  ),
  template('key disabled', 'nothing under the key can be read', (name) =>
    update(target(aws, 'aws_kms_key', name, { enable_key_rotation: true, is_enabled: true }), {
      set: { is_enabled: false },
    }),
  ),
  template('table of dates expires', 'the service starts to delete items', (name) =>
    update(
      target(aws, 'aws_dynamodb_table', name, {
        billing_mode: 'PAY_PER_REQUEST',
        deletion_protection_enabled: true,
        hash_key: 'id',
        ttl: [{ attribute_name: '', enabled: false }],
      }),
      { set: { ttl: [{ attribute_name: 'created_at', enabled: true }] } },
    ),
  ),
  template('destroyed volume', 'the disk and its content are gone', (name) =>
    remove(target(aws, 'aws_ebs_volume', name, { encrypted: true, size: 500, type: 'gp3' })),
  ),
  template('replaced claim', 'a new storage class means a new, empty volume', (name) =>
    replace(
      target(kubernetes, 'kubernetes_persistent_volume_claim', name, {
        metadata: [{ name, namespace: 'shop' }],
        spec: [{ access_modes: ['ReadWriteOnce'], storage_class_name: 'standard' }],
      }),
      { set: { 'spec.0.storage_class_name': 'fast' }, because: ['spec.0.storage_class_name'] },
    ),
  ),
  template('destroyed Cloud SQL', 'ordinary backups are tied to the instance', (name) =>
    remove(
      target(google, 'google_sql_database_instance', name, {
        database_version: 'POSTGRES_16',
        deletion_protection: false,
        region: 'europe-west1',
      }),
    ),
  ),
  template('destroyed vault', 'the provider purges keys and secrets on destroy', (name) =>
    remove(
      target(azurerm, 'azurerm_key_vault', name, {
        purge_protection_enabled: false,
        soft_delete_retention_days: 7,
      }),
    ),
  ),
  template('forgotten database', 'the database lives on with nobody managing it', (name) => ({
    target: database(name),
    actions: ['forget'],
    before: database(name).values,
    after: null,
    unknown: [],
  })),
]

/** Reach: who can come in, and who can no longer. */
const REACH: readonly Template[] = [
  template(
    'admin port open to the world',
    'strangers reach an admin or data port',
    (name, random) => ingress(name, random.pick(ADMIN_PORTS), '0.0.0.0/0'),
  ),
  template('half the world twice', 'a /1 is the internet by another name', (name, random) =>
    ingress(name, random.pick(ADMIN_PORTS), '128.0.0.0/1'),
  ),
  template('larger private range', 'sixteen times as many places reach a data port', (name) =>
    ingress(name, 5432, '10.16.0.0/12'),
  ),
  template('firewall open', 'RDP to the world', (name) =>
    update(
      target(google, 'google_compute_firewall', name, {
        allow: [{ ports: ['3389'], protocol: 'tcp' }],
        direction: 'INGRESS',
        disabled: false,
        network: 'core',
        priority: 1000,
        source_ranges: ['10.0.0.0/8'],
        target_tags: ['admin'],
      }),
      { set: { source_ranges: ['0.0.0.0/0'] } },
    ),
  ),
  template('security rule open', 'SQL to the world', (name) =>
    update(
      target(azurerm, 'azurerm_network_security_rule', name, {
        access: 'Allow',
        destination_port_range: '1433',
        direction: 'Inbound',
        network_security_group_name: 'data',
        priority: 200,
        protocol: 'Tcp',
        source_address_prefix: '10.0.0.0/16',
      }),
      { set: { source_address_prefix: '*' } },
    ),
  ),
  template('public access block off', 'a public grant would count from now on', (name) =>
    update(
      target(aws, 'aws_s3_bucket_public_access_block', name, {
        block_public_acls: true,
        block_public_policy: true,
        bucket: name,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      }),
      { set: { block_public_policy: false, restrict_public_buckets: false } },
    ),
  ),
  template('WAF detached', 'requests reach the origin unfiltered', (name) =>
    update(
      target(aws, 'aws_cloudfront_distribution', name, {
        comment: null,
        enabled: true,
        web_acl_id: `arn:aws:wafv2:us-east-1:111122223333:global/webacl/${name}/1`,
      }),
      { set: { web_acl_id: '' } },
    ),
  ),
  template('subnets become public', 'private subnets get a way out and in', (name) =>
    update(
      target(aws, 'aws_route_table', name, {
        route: [{ cidr_block: '0.0.0.0/0', gateway_id: '', nat_gateway_id: 'nat-0a1b2c3d4e5f' }],
        vpc_id: 'vpc-0a1b2c3d',
      }),
      {
        set: {
          route: [{ cidr_block: '0.0.0.0/0', gateway_id: 'igw-0a1b2c3d', nat_gateway_id: '' }],
        },
      },
    ),
  ),
  template('destroyed zone', 'names vanish, and name servers change when it comes back', (name) =>
    remove(target(aws, 'aws_route53_zone', name, { force_destroy: true, name: `${name}.example` })),
  ),
  template('record moved', 'all users are sent elsewhere', (name) =>
    update(
      target(aws, 'aws_route53_record', name, {
        name: `${name}.acme.example`,
        records: ['198.51.100.10'],
        ttl: 300,
        type: 'A',
        zone_id: 'Z0123456789',
      }),
      { set: { records: ['203.0.113.77'] } },
    ),
  ),
  template('service stopped', 'no task is left to answer', (name) =>
    update(target(aws, 'aws_ecs_service', name, { desired_count: 6, launch_type: 'FARGATE' }), {
      set: { desired_count: 0 },
    }),
  ),
]

/** Power: who may do what, and who watches. */
const POWER: readonly Template[] = [
  template('administrator', 'everything is allowed on everything', (name) => rolePolicy(name, '*')),
  template('all of IAM', 'rights over rights are all rights', (name) => rolePolicy(name, 'iam:*')),
  template('role passing', 'any role can be handed to a new machine', (name) =>
    rolePolicy(name, ['iam:PassRole', 'ec2:RunInstances']),
  ),
  template('any role assumed', 'every role that trusts the account opens', (name) =>
    rolePolicy(name, 'sts:AssumeRole'),
  ),
  template('all secrets', 'every secret of the account can be read', (name) =>
    rolePolicy(name, 'secretsmanager:GetSecretValue'),
  ),
  template('all buckets', 'every object of every bucket can be read and deleted', (name) =>
    rolePolicy(name, 's3:*'),
  ),
  template('trusts anyone', 'anybody with an AWS account can take the role', (name) =>
    trust(name, { AWS: '*' }),
  ),
  template('trusts a stranger', 'another account can take the role', (name) =>
    trust(name, { AWS: STRANGER }),
  ),
  template('trusts every repository', 'any workflow of the host can take the role', (name) =>
    trust(
      name,
      {
        Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
      },
      { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } },
    ),
  ),
  template('policy unknown', 'the new document cannot be read before the apply', (name) =>
    update(
      target(aws, 'aws_iam_policy', name, { policy: statement('s3:GetObject', '*'), tags: null }),
      { unknown: ['policy'] },
    ),
  ),
  template('removed grant', 'whoever used the permission loses it', (name) =>
    remove(
      target(aws, 'aws_iam_role_policy_attachment', name, {
        policy_arn: 'arn:aws:iam::111122223333:policy/close',
        role: 'monthly-close',
      }),
    ),
  ),
  template('editors replaced', 'an authoritative binding removes everybody else', (name) =>
    update(
      target(google, 'google_project_iam_binding', name, {
        condition: [],
        members: ['group:a@acme.example', 'group:b@acme.example'],
        project: 'acme-prod-01',
        role: 'roles/editor',
      }),
      { set: { members: ['group:a@acme.example'] } },
    ),
  ),
  template('trail narrowed', 'regions without a trail are blind', (name) =>
    update(
      target(aws, 'aws_cloudtrail', name, {
        enable_logging: true,
        is_multi_region_trail: true,
        s3_bucket_name: 'audit',
      }),
      { set: { is_multi_region_trail: false } },
    ),
  ),
  template('detector removed', 'detection is off', (name) =>
    remove(target(aws, 'aws_guardduty_detector', name, { enable: true })),
  ),
  template('review gate removed', 'code goes in without a second pair of eyes', (name) =>
    update(
      target(github, 'github_branch_protection', name, {
        enforce_admins: true,
        pattern: 'main',
        repository_id: 'R_kgDOEXAMPLE',
        required_pull_request_reviews: [{ required_approving_review_count: 2 }],
      }),
      { set: { required_pull_request_reviews: [] } },
    ),
  ),
  template('guarded load balancer', 'one guard is gone', (name) =>
    update(
      target(aws, 'aws_lb', name, {
        enable_deletion_protection: true,
        internal: false,
        load_balancer_type: 'application',
        tags: null,
      }),
      { set: { enable_deletion_protection: false } },
    ),
  ),
]

export const TEMPLATES: readonly Template[] = [...STATE, ...REACH, ...POWER]

/** A tag more on something harmless: the crowd a danger hides in. */
export function harmlessTag(at: number): JsonObject {
  const topic = target(aws, 'aws_sns_topic', `topic_${at}`, {
    arn: `arn:aws:sns:eu-central-1:111122223333:topic-${at}`,
    display_name: '',
    fifo_topic: false,
    tags: { Service: 'shop' },
    tags_all: { Service: 'shop' },
  })
  const tags = { CostCenter: '4411', Service: 'shop' }
  return resourceChange(update(topic, { set: { tags, tags_all: tags } }))
}
