// The same questions asked of types that come up less often.
import type { JsonObject } from '../../../src/core/json.ts'
import { ACCOUNT, allow, policy } from './aws-objects.ts'
import { type Attack, aws, azurerm, create, DEV, datadog, google, kubernetes, on, PROD, plan, remove, replace, STAGING, tagged, tfe, unchanged, update } from './parts.ts' // biome-ignore format: a list of words

const yes = (id: string, env: Attack['env'], why: string, document: Attack['plan']): Attack => ({
  id,
  env,
  expect: 'release',
  why,
  plan: document,
})
const bad = (
  id: string,
  env: Attack['env'],
  why: string,
  hazards: Attack['hazards'],
  document: Attack['plan'],
): Attack => ({ id, env, expect: 'hold', why, hazards: hazards ?? [], plan: document })
const a = (type: string, values: JsonObject) =>
  on(aws, type, 'main', {
    arn: `arn:aws:x:eu-west-1:${ACCOUNT}:x`,
    id: 'x',
    ...tagged({}),
    ...values,
  })
const g = (type: string, values: JsonObject) =>
  on(google, type, 'main', { id: 'x', project: 'acme-prod-01', ...values })
const z = (type: string, values: JsonObject) =>
  on(azurerm, type, 'main', {
    id: '/subscriptions/0b1f2c3d-1111-4222-8333-944455566677/x',
    location: 'westeurope',
    name: 'main',
    resource_group_name: 'rg',
    tags: {},
    ...values,
  })
const set = (target: Parameters<typeof update>[0], edits: JsonObject) =>
  plan([update(target, { set: edits })])
const others = ['a', 'b', 'c', 'd'].map((name) =>
  unchanged(on(aws, 'aws_sns_topic', name, { arn: 'a', id: name, name, ...tagged({}) })),
)

const search = a('aws_opensearch_domain', {
  access_policies: policy({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/app` },
    Action: 'es:*',
    Resource: '*',
  }),
  cluster_config: [
    {
      dedicated_master_count: 3,
      dedicated_master_enabled: true,
      instance_count: 3,
      instance_type: 'r6g.large.search',
      zone_awareness_enabled: true,
    },
  ],
  domain_name: 'logs',
  ebs_options: [{ ebs_enabled: true, volume_size: 200, volume_type: 'gp3' }],
  encrypt_at_rest: [{ enabled: true }],
  engine_version: 'OpenSearch_2.15',
  node_to_node_encryption: [{ enabled: true }],
  vpc_options: [{ subnet_ids: ['subnet-1'], security_group_ids: ['sg-1'] }],
})
const waf = a('aws_wafv2_web_acl', {
  capacity: 100,
  default_action: [{ allow: [{}], block: [] }],
  description: 'edge',
  name: 'edge',
  rule: [
    {
      name: 'common',
      priority: 1,
      override_action: [{ none: [{}], count: [] }],
      statement: [
        {
          managed_rule_group_statement: [
            { name: 'AWSManagedRulesCommonRuleSet', vendor_name: 'AWS' },
          ],
        },
      ],
      visibility_config: [
        { cloudwatch_metrics_enabled: true, metric_name: 'c', sampled_requests_enabled: true },
      ],
    },
  ],
  scope: 'REGIONAL',
  visibility_config: [
    { cloudwatch_metrics_enabled: true, metric_name: 'e', sampled_requests_enabled: true },
  ],
})
const pool = a('aws_cognito_user_pool', {
  deletion_protection: 'ACTIVE',
  mfa_configuration: 'ON',
  name: 'users',
  password_policy: [{ minimum_length: 14, require_symbols: true }],
  admin_create_user_config: [{ allow_admin_create_user_only: true }],
})
const cluster = a('aws_ecs_cluster', {
  name: 'main',
  setting: [{ name: 'containerInsights', value: 'disabled' }],
})
const redis = g('google_redis_instance', {
  auth_enabled: true,
  memory_size_gb: 8,
  name: 'cache',
  redis_version: 'REDIS_7_2',
  replica_count: 1,
  tier: 'STANDARD_HA',
  transit_encryption_mode: 'SERVER_AUTHENTICATION',
  labels: {},
  effective_labels: {},
  terraform_labels: {},
  connect_mode: 'PRIVATE_SERVICE_ACCESS',
  region: 'europe-west1',
})
const cosmos = z('azurerm_cosmosdb_account', {
  automatic_failover_enabled: true,
  backup: [{ type: 'Continuous', tier: 'Continuous7Days' }],
  consistency_policy: [{ consistency_level: 'Session' }],
  geo_location: [
    { failover_priority: 0, location: 'westeurope' },
    { failover_priority: 1, location: 'northeurope' },
  ],
  kind: 'GlobalDocumentDB',
  local_authentication_disabled: true,
  offer_type: 'Standard',
  public_network_access_enabled: false,
})
const api = a('aws_apigatewayv2_stage', {
  api_id: 'api1',
  auto_deploy: false,
  default_route_settings: [{ throttling_burst_limit: 500, throttling_rate_limit: 1000 }],
  deployment_id: 'd1',
  description: '',
  name: 'live',
  stage_variables: {},
})
const machine = a('aws_sfn_state_machine', {
  definition: '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}',
  logging_configuration: [{ include_execution_data: false, level: 'ERROR', log_destination: 'l' }],
  name: 'close',
  role_arn: `arn:aws:iam::${ACCOUNT}:role/sfn`,
  type: 'STANDARD',
})
const msk = a('aws_msk_cluster', {
  broker_node_group_info: [
    {
      instance_type: 'kafka.m7g.large',
      client_subnets: ['s1', 's2', 's3'],
      storage_info: [{ ebs_storage_info: [{ volume_size: 500 }] }],
    },
  ],
  cluster_name: 'events',
  enhanced_monitoring: 'DEFAULT',
  kafka_version: '3.8.x',
  number_of_broker_nodes: 3,
})

export const OTHER_TYPES: readonly Attack[] = [
  yes('OT01', PROD, 'search storage grows', set(search, { 'ebs_options.0.volume_size': 300 })),
  yes('OT02', PROD, 'search tags', set(search, tagged({ Owner: 'obs' }))),
  yes(
    'OT03',
    PROD,
    'container insights on',
    set(cluster, { setting: [{ name: 'containerInsights', value: 'enabled' }] }),
  ),
  yes('OT04', PROD, 'pool tags', set(pool, tagged({ Owner: 'id' }))),
  yes('OT05', PROD, 'cosmos tags', set(cosmos, { tags: { a: '1' } })),
  yes(
    'OT06',
    PROD,
    'redis labels',
    set(redis, { labels: { t: 'a' }, effective_labels: { t: 'a' }, terraform_labels: { t: 'a' } }),
  ),
  yes(
    'OT07',
    PROD,
    'broker storage grows',
    set(msk, { 'broker_node_group_info.0.storage_info.0.ebs_storage_info.0.volume_size': 800 }),
  ),
  yes('OT08', PROD, 'waf description? tags', set(waf, tagged({ Owner: 'edge' }))),
  yes(
    'OT09',
    PROD,
    'new schedule group? new state machine',
    plan([
      create(a('aws_cloudwatch_log_group', { name: '/sfn/close', retention_in_days: 30 })),
      create(a('aws_sns_topic', { name: 't' })),
    ]),
  ),
  yes(
    'OT10',
    STAGING,
    'state machine definition in staging',
    set(machine, { definition: '{"StartAt":"B","States":{"B":{"Type":"Pass","End":true}}}' }),
  ),
  yes(
    'OT11',
    PROD,
    'uptime check created',
    plan([
      create(
        g('google_monitoring_uptime_check_config', {
          display_name: 'api',
          http_check: [{ path: '/health', port: 443, use_ssl: true }],
          monitored_resource: [{ type: 'uptime_url', labels: { host: 'api.acme.example' } }],
          period: '60s',
          timeout: '10s',
        }),
      ),
    ]),
  ),
  yes(
    'OT12',
    PROD,
    'datadog synthetic created',
    plan([
      create(
        on(datadog, 'datadog_synthetics_test', 'home', {
          id: 's',
          locations: ['aws:eu-west-1'],
          message: '@pagerduty-core',
          name: 'home',
          status: 'live',
          subtype: 'http',
          tags: [],
          type: 'api',
        }),
      ),
    ]),
  ),
  yes(
    'OT13',
    DEV,
    'search domain replaced in dev',
    plan([replace(search, { set: { domain_name: 'logs2' }, because: ['domain_name'] })]),
  ),
  yes(
    'OT14',
    PROD,
    'volume modification: throughput up',
    set(
      a('aws_ebs_volume', {
        availability_zone: 'a',
        encrypted: true,
        iops: 3000,
        size: 100,
        throughput: 125,
        type: 'gp3',
      }),
      { throughput: 250, iops: 6000 },
    ),
  ),
  yes(
    'OT15',
    PROD,
    'new read replica',
    plan([
      create(
        a('aws_rds_cluster_instance', {
          cluster_identifier: 'core',
          engine: 'aurora-postgresql',
          identifier: 'core-3',
          instance_class: 'db.r6g.large',
          publicly_accessible: false,
        }),
      ),
    ]),
  ),
  yes(
    'OT16',
    PROD,
    'quota of a namespace raised',
    set(
      on(kubernetes, 'kubernetes_resource_quota_v1', 'shop', {
        id: 'shop/q',
        metadata: [{ annotations: {}, labels: {}, name: 'q', namespace: 'shop' }],
        spec: [{ hard: { pods: '50' }, scopes: [] }],
      }),
      { 'spec.0.hard': { pods: '80' } },
    ),
  ),
  yes(
    'OT17',
    PROD,
    'budget alert added',
    plan([
      create(a('aws_sns_topic', { name: 'cost' })),
      create(
        a('aws_cloudwatch_metric_alarm', {
          alarm_name: 'billing',
          alarm_actions: ['arn:x'],
          comparison_operator: 'GreaterThanThreshold',
          threshold: 100,
          evaluation_periods: 1,
          metric_name: 'EstimatedCharges',
          namespace: 'AWS/Billing',
          period: 21600,
          statistic: 'Maximum',
        }),
      ),
    ]),
  ),

  bad(
    'OT50',
    PROD,
    'search access policy to everyone',
    ['internet-exposure'],
    set(search, {
      access_policies: policy({ Effect: 'Allow', Principal: '*', Action: 'es:*', Resource: '*' }),
    }),
  ),
  bad(
    'OT51',
    PROD,
    'search nodes 3 to 1',
    ['capacity-loss'],
    set(search, { 'cluster_config.0.instance_count': 1 }),
  ),
  bad(
    'OT52',
    PROD,
    'waf rule group only counts',
    ['guardrail-loss'],
    set(waf, { 'rule.0.override_action': [{ none: [], count: [{}] }] }),
  ),
  bad('OT53', DEV, 'waf rules emptied in dev', ['guardrail-loss'], set(waf, { rule: [] })),
  bad('OT54', PROD, 'mfa off', [], set(pool, { mfa_configuration: 'OFF' })),
  bad('OT55', PROD, 'user pool destroyed', ['irreversible'], plan([remove(pool), ...others])),
  bad(
    'OT56',
    PROD,
    'user pool deletion protection off',
    ['protection-loss'],
    set(pool, { deletion_protection: 'INACTIVE' }),
  ),
  bad(
    'OT57',
    PROD,
    'self sign-up allowed',
    [],
    set(pool, { 'admin_create_user_config.0.allow_admin_create_user_only': false }),
  ),
  bad('OT58', PROD, 'redis auth off', [], set(redis, { auth_enabled: false })),
  bad(
    'OT59',
    PROD,
    'cosmos region removed',
    ['capacity-loss'],
    set(cosmos, { geo_location: [{ failover_priority: 0, location: 'westeurope' }] }),
  ),
  bad(
    'OT60',
    PROD,
    'cosmos consistency weaker',
    [],
    set(cosmos, { 'consistency_policy.0.consistency_level': 'Eventual' }),
  ),
  bad('OT61', PROD, 'stage deployment switched', [], set(api, { deployment_id: 'd2' })),
  bad(
    'OT62',
    PROD,
    'stage throttle to nothing',
    ['outage'],
    set(api, {
      'default_route_settings.0.throttling_rate_limit': 1,
      'default_route_settings.0.throttling_burst_limit': 0,
    }),
  ),
  bad(
    'OT63',
    PROD,
    'state machine definition',
    ['workload-rollout'],
    set(machine, { definition: '{"StartAt":"B","States":{"B":{"Type":"Pass","End":true}}}' }),
  ),
  bad('OT64', PROD, 'kafka version', ['outage'], set(msk, { kafka_version: '3.9.x' })),
  bad('OT65', PROD, 'kafka destroyed', ['data-loss'], plan([remove(msk), ...others])),
  bad(
    'OT66',
    DEV,
    'account-wide s3 public access block off in dev',
    ['internet-exposure'],
    set(
      a('aws_s3_account_public_access_block', {
        account_id: ACCOUNT,
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      }),
      { block_public_policy: false },
    ),
  ),
  bad(
    'OT67',
    DEV,
    'ebs default encryption off in dev',
    [],
    set(a('aws_ebs_encryption_by_default', { enabled: true }), { enabled: false }),
  ),
  bad(
    'OT68',
    DEV,
    'guardduty disabled in dev',
    ['audit-loss'],
    set(a('aws_guardduty_detector', { enable: true, finding_publishing_frequency: 'SIX_HOURS' }), {
      enable: false,
    }),
  ),
  bad(
    'OT69',
    DEV,
    'security hub left in dev',
    ['audit-loss'],
    plan([remove(a('aws_securityhub_account', { enable_default_standards: true })), ...others]),
  ),
  bad(
    'OT70',
    STAGING,
    'trail logging off in staging',
    ['audit-loss'],
    set(
      a('aws_cloudtrail', {
        enable_logging: true,
        include_global_service_events: true,
        is_multi_region_trail: true,
        name: 't',
        s3_bucket_name: 'b',
        enable_log_file_validation: true,
      }),
      { enable_logging: false },
    ),
  ),
  bad(
    'OT71',
    STAGING,
    'password policy weaker',
    [],
    set(
      a('aws_iam_account_password_policy', {
        allow_users_to_change_password: true,
        minimum_password_length: 14,
        require_symbols: true,
      }),
      { minimum_password_length: 6, require_symbols: false },
    ),
  ),
  bad(
    'OT72',
    PROD,
    'saml provider metadata',
    ['lock-out'],
    set(
      a('aws_iam_saml_provider', { name: 'sso', saml_metadata_document: '<x/>', valid_until: 'x' }),
      { saml_metadata_document: '<y/>' },
    ),
  ),
  bad(
    'OT73',
    PROD,
    'lambda permission for everyone',
    ['internet-exposure'],
    plan([
      create(
        a('aws_lambda_permission', {
          action: 'lambda:InvokeFunction',
          function_name: 'thumb',
          principal: '*',
          statement_id: 's',
        }),
      ),
    ]),
  ),
  bad(
    'OT74',
    PROD,
    'nat gateway destroyed',
    ['outage'],
    plan([
      remove(
        a('aws_nat_gateway', { allocation_id: 'e', connectivity_type: 'public', subnet_id: 's' }),
      ),
      ...others,
    ]),
  ),
  bad(
    'OT75',
    PROD,
    'eip released',
    ['identity-churn'],
    plan([
      remove(a('aws_eip', { domain: 'vpc', public_ip: '203.0.113.5', instance: 'i-1' })),
      ...others,
    ]),
  ),
  bad(
    'OT76',
    PROD,
    'transit gateway route',
    [],
    plan([
      create(
        a('aws_ec2_transit_gateway_route', {
          destination_cidr_block: '0.0.0.0/0',
          transit_gateway_attachment_id: 't',
          transit_gateway_route_table_id: 'r',
          blackhole: false,
        }),
      ),
    ]),
  ),
  bad(
    'OT77',
    PROD,
    'azure front door origin',
    ['traffic-cutover'],
    set(
      z('azurerm_cdn_frontdoor_origin', {
        cdn_frontdoor_origin_group_id: 'g',
        certificate_name_check_enabled: true,
        enabled: true,
        host_name: 'old.acme.example',
        http_port: 80,
        https_port: 443,
        origin_host_header: 'old.acme.example',
        priority: 1,
        weight: 500,
      }),
      { host_name: 'new.acme.example', origin_host_header: 'new.acme.example' },
    ),
  ),
  bad(
    'OT78',
    PROD,
    'azure policy exemption',
    ['guardrail-loss'],
    plan([
      create(
        z('azurerm_resource_policy_exemption', {
          exemption_category: 'Waiver',
          policy_assignment_id: 'p',
          resource_id: 'r',
        }),
      ),
    ]),
  ),
  bad(
    'OT79',
    PROD,
    'gcp backend service without iap',
    ['internet-exposure'],
    set(
      g('google_compute_backend_service', {
        iap: [{ enabled: true, oauth2_client_id: 'c' }],
        name: 'web',
        protocol: 'HTTPS',
        load_balancing_scheme: 'EXTERNAL_MANAGED',
        security_policy: 'p',
        timeout_sec: 30,
      }),
      { 'iap.0.enabled': false },
    ),
  ),
  bad(
    'OT80',
    PROD,
    'gcp armor detached',
    ['guardrail-loss'],
    set(
      g('google_compute_backend_service', {
        iap: [],
        name: 'web',
        protocol: 'HTTPS',
        load_balancing_scheme: 'EXTERNAL_MANAGED',
        security_policy: 'p',
        timeout_sec: 30,
      }),
      { security_policy: '' },
    ),
  ),
  bad(
    'OT81',
    DEV,
    'org policy in a dev workspace',
    ['guardrail-loss'],
    plan([
      remove(
        g('google_org_policy_policy', {
          name: 'projects/x/policies/y',
          parent: 'projects/x',
          spec: [],
        }),
      ),
      ...others,
    ]),
  ),
  bad(
    'OT82',
    PROD,
    'terraform variable set global',
    [],
    set(
      on(tfe, 'tfe_variable_set', 'creds', {
        description: '',
        global: false,
        id: 'v',
        name: 'creds',
        organization: 'acme',
        priority: false,
      }),
      { global: true },
    ),
  ),
  bad(
    'OT83',
    DEV,
    'oidc provider thumbprints in dev',
    [],
    plan([
      create(
        a('aws_iam_openid_connect_provider', {
          client_id_list: ['sts.amazonaws.com'],
          thumbprint_list: ['a'],
          url: 'https://token.evil.example',
        }),
      ),
    ]),
  ),
  bad(
    'OT84',
    PROD,
    'secret policy for another account',
    ['secret-exposure'],
    plan([
      create(
        a('aws_secretsmanager_secret_policy', {
          policy: policy({
            ...allow('secretsmanager:GetSecretValue', '*'),
            Principal: { AWS: 'arn:aws:iam::999988887777:root' },
          }),
          secret_arn: 's',
        }),
      ),
    ]),
  ),
  bad(
    'OT85',
    PROD,
    'parameter SecureString to String',
    ['secret-exposure'],
    plan([
      replace(
        a('aws_ssm_parameter', {
          name: '/db/password',
          type: 'SecureString',
          value: 'x',
          tier: 'Standard',
          version: 4,
        }),
        { set: { type: 'String' }, because: ['type'] },
      ),
    ]),
  ),
]
