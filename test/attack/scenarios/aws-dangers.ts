// AWS, 0.4 rows that wait: one dangerous change each, written the way it happens.
import {
  ACCOUNT, alarm, allow, asg, block, bucket, bucketPolicy, db, dynamo, ecsService, instance, kmsKey, lambda,
  lb, managedPolicy, policy, publicAccessBlock, queue, record, role, rolePolicy, rule, sg, trust,
} from './aws-objects.ts' // biome-ignore format: a list of objects
import {
  type Attack, aws, because, create, createFirst, DEV, drifted, on, PROD, plan, random, remove, replace, STAGING,
  tagged, tfe,unchanged, update, withValues, 
} from './parts.ts' // biome-ignore format: a list of words

const NO = 'hold' as const
const base = policy(allow(['s3:GetObject'], 'arn:aws:s3:::acme-invoices/*'))
const bad = (
  id: string,
  env: Attack['env'],
  why: string,
  hazards: Attack['hazards'],
  document: Attack['plan'],
): Attack => ({ id, env, expect: NO, why, hazards: hazards ?? [], plan: document })

const lifecycle = on(aws, 'aws_s3_bucket_lifecycle_configuration', 'invoices', {
  bucket: 'acme-invoices',
  expected_bucket_owner: '',
  id: 'acme-invoices',
  transition_default_minimum_object_size: 'all_storage_classes_128K',
  rule: [
    {
      abort_incomplete_multipart_upload: [],
      expiration: [],
      filter: [{ prefix: 'tmp/' }],
      id: 'tmp',
      noncurrent_version_expiration: [],
      noncurrent_version_transition: [],
      prefix: '',
      status: 'Enabled',
      transition: [{ date: '', days: 30, storage_class: 'STANDARD_IA' }],
    },
  ],
})
const listener = on(aws, 'aws_lb_listener', 'https', {
  alpn_policy: null,
  arn: `arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}:listener/app/public/1/2`,
  certificate_arn: `arn:aws:acm:eu-west-1:${ACCOUNT}:certificate/1`,
  default_action: [
    {
      authenticate_cognito: [],
      authenticate_oidc: [
        {
          issuer: 'https://sso.acme.example',
          client_id: 'lb',
          on_unauthenticated_request: 'authenticate',
        },
      ],
      order: 1,
      target_group_arn: '',
      type: 'authenticate-oidc',
    },
    {
      order: 2,
      target_group_arn: `arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}:targetgroup/web/1`,
      type: 'forward',
    },
  ],
  id: `arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}:listener/app/public/1/2`,
  load_balancer_arn: `arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}:loadbalancer/app/public/1`,
  mutual_authentication: [],
  port: 443,
  protocol: 'HTTPS',
  ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
  ...tagged({}),
})
const eks = on(aws, 'aws_eks_cluster', 'main', {
  access_config: [
    { authentication_mode: 'API', bootstrap_cluster_creator_admin_permissions: true },
  ],
  arn: `arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/main`,
  certificate_authority: [{ data: 'LS0t' }],
  created_at: '2025',
  deletion_protection: true,
  enabled_cluster_log_types: ['api', 'audit', 'authenticator'],
  encryption_config: [{ provider: [{ key_arn: 'k' }], resources: ['secrets'] }],
  endpoint: 'https://x.eks',
  id: 'main',
  name: 'main',
  platform_version: 'eks.9',
  role_arn: `arn:aws:iam::${ACCOUNT}:role/eks`,
  status: 'ACTIVE',
  upgrade_policy: [{ support_type: 'STANDARD' }],
  version: '1.33',
  vpc_config: [
    {
      cluster_security_group_id: 'sg-9',
      endpoint_private_access: true,
      endpoint_public_access: false,
      public_access_cidrs: [],
      security_group_ids: ['sg-9'],
      subnet_ids: ['subnet-1'],
      vpc_id: 'vpc-01',
    },
  ],
  ...tagged({}),
})
const distribution = on(
  aws,
  'aws_cloudfront_distribution',
  'shop',
  {
    aliases: ['shop.acme.example'],
    arn: `arn:aws:cloudfront::${ACCOUNT}:distribution/E1`,
    comment: '',
    default_root_object: '',
    domain_name: 'd1.cloudfront.net',
    enabled: true,
    default_cache_behavior: [
      {
        allowed_methods: ['GET', 'HEAD'],
        cache_policy_id: 'c',
        cached_methods: ['GET', 'HEAD'],
        compress: true,
        target_origin_id: 's3',
        viewer_protocol_policy: 'redirect-to-https',
        trusted_signers: [],
        trusted_key_groups: ['kg-1'],
      },
    ],
    etag: 'E',
    hosted_zone_id: 'Z2',
    http_version: 'http2',
    id: 'E1',
    is_ipv6_enabled: true,
    logging_config: [{ bucket: 'logs', include_cookies: false, prefix: '' }],
    origin: [
      { domain_name: 'acme.s3.amazonaws.com', origin_id: 's3', origin_access_control_id: 'o1' },
    ],
    price_class: 'PriceClass_100',
    restrictions: [{ geo_restriction: [{ restriction_type: 'none', locations: [] }] }],
    viewer_certificate: [
      {
        acm_certificate_arn: 'a',
        minimum_protocol_version: 'TLSv1.2_2021',
        ssl_support_method: 'sni-only',
      },
    ],
    wait_for_deployment: true,
    web_acl_id: 'arn:waf',
    ...tagged({}),
  },
  { computed: ['arn', 'domain_name', 'etag', 'hosted_zone_id', 'id', 'tags_all'] },
)
const acl = (entries: readonly object[]) =>
  on(aws, 'aws_network_acl', 'private', {
    arn: 'a',
    egress: [],
    id: 'acl-1',
    ingress: entries as never,
    owner_id: ACCOUNT,
    subnet_ids: ['subnet-1'],
    vpc_id: 'vpc-01',
    ...tagged({}),
  })
const entry = (n: number, action: string, cidr: string, from: number, to: number) => ({
  action,
  cidr_block: cidr,
  from_port: from,
  icmp_code: 0,
  icmp_type: 0,
  ipv6_cidr_block: '',
  protocol: 'tcp',
  rule_no: n,
  to_port: to,
})
const github = (sub: object): string =>
  trust(
    { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` },
    sub as never,
  )
const AUD = { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' }

export const AWS_DANGERS: readonly Attack[] = [
  // data
  bad(
    'AD01',
    PROD,
    'database identifier changed: in place, other endpoint',
    ['outage'],
    plan([update(db(), { set: { identifier: 'orders' }, unknown: ['address', 'endpoint'] })]),
  ),
  bad(
    'AD02',
    PROD,
    'allocated storage shrinks: replaced',
    ['data-loss', 'outage'],
    plan([replace(db(), { set: { allocated_storage: 100 }, because: ['allocated_storage'] })]),
  ),
  bad(
    'AD03',
    PROD,
    'lifecycle gains a rule without filter that expires everything',
    ['data-loss'],
    plan([
      update(lifecycle, {
        set: {
          'rule.1': {
            ...(lifecycle.values.rule as object[])[0],
            id: 'all',
            filter: [{ prefix: '' }],
            expiration: [{ date: '', days: 30, expired_object_delete_marker: false }],
            transition: [],
          } as never,
        },
      }),
    ]),
  ),
  bad(
    'AD04',
    PROD,
    'lifecycle configuration created: expires after 7 days',
    ['data-loss'],
    plan([
      create(
        on(aws, 'aws_s3_bucket_lifecycle_configuration', 'media', {
          bucket: 'acme-media',
          expected_bucket_owner: null,
          id: 'acme-media',
          rule: [
            {
              expiration: [{ date: '', days: 7, expired_object_delete_marker: false }],
              filter: [],
              id: 'expire',
              status: 'Enabled',
              noncurrent_version_expiration: [],
              transition: [],
            },
          ],
        }),
      ),
    ]),
  ),
  bad(
    'AD05',
    PROD,
    'queue retention 14 days to 1 hour',
    ['data-loss'],
    plan([
      update(queue('jobs', { message_retention_seconds: 1209600 }), {
        set: { message_retention_seconds: 3600 },
      }),
    ]),
  ),
  bad(
    'AD06',
    PROD,
    'kinesis retention down',
    ['data-loss'],
    plan([
      update(
        on(aws, 'aws_kinesis_stream', 'clicks', {
          arn: 'a',
          encryption_type: 'KMS',
          enforce_consumer_deletion: false,
          id: 'a',
          kms_key_id: 'k',
          name: 'clicks',
          retention_period: 168,
          shard_count: 8,
          shard_level_metrics: [],
          stream_mode_details: [{ stream_mode: 'PROVISIONED' }],
          ...tagged({}),
        }),
        { set: { retention_period: 24 } },
      ),
    ]),
  ),
  bad(
    'AD07',
    PROD,
    'table point in time recovery off',
    ['protection-loss'],
    plan([update(dynamo(), { set: { 'point_in_time_recovery.0.enabled': false } })]),
  ),
  bad(
    'AD08',
    PROD,
    'force_destroy on a bucket',
    ['protection-loss'],
    plan([update(bucket(), { set: { force_destroy: true } })]),
  ),
  bad(
    'AD09',
    PROD,
    'secret recovery window 30 to 0',
    ['protection-loss'],
    plan([
      update(
        on(aws, 'aws_secretsmanager_secret', 'api', {
          arn: 'a',
          description: '',
          force_overwrite_replica_secret: false,
          id: 'a',
          kms_key_id: '',
          name: 'partner/api',
          policy: '',
          recovery_window_in_days: 30,
          replica: [],
          ...tagged({}),
        }),
        { set: { recovery_window_in_days: 0 } },
      ),
    ]),
  ),
  bad(
    'AD10',
    PROD,
    'key deletion window shortened 30 to 7',
    ['protection-loss'],
    plan([update(kmsKey(), { set: { deletion_window_in_days: 7 } })]),
  ),
  bad(
    'AD11',
    PROD,
    'key disabled',
    ['key-loss'],
    plan([update(kmsKey(), { set: { is_enabled: false } })]),
  ),
  bad(
    'AD12',
    PROD,
    'key replaced: multi region',
    ['key-loss', 'irreversible'],
    plan([replace(kmsKey(), { set: { multi_region: true }, because: ['multi_region'] })]),
  ),
  bad(
    'AD13',
    PROD,
    'final snapshot and guard of a cluster go',
    ['protection-loss'],
    plan([
      update(
        on(aws, 'aws_rds_cluster', 'core', {
          apply_immediately: true,
          arn: 'a',
          availability_zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
          backup_retention_period: 14,
          cluster_identifier: 'core',
          database_name: 'core',
          deletion_protection: true,
          endpoint: 'core.x',
          engine: 'aurora-postgresql',
          engine_mode: 'provisioned',
          engine_version: '16.4',
          final_snapshot_identifier: 'core-final',
          id: 'core',
          kms_key_id: 'k',
          master_username: 'root',
          port: 5432,
          reader_endpoint: 'core.ro',
          serverlessv2_scaling_configuration: [{ max_capacity: 16, min_capacity: 2 }],
          skip_final_snapshot: false,
          storage_encrypted: true,
          vpc_security_group_ids: ['sg-1'],
          ...tagged({}),
        }),
        { set: { deletion_protection: false } },
      ),
    ]),
  ),
  bad(
    'AD14',
    PROD,
    'image lifecycle policy deletes more',
    ['data-loss'],
    plan([
      update(
        on(aws, 'aws_ecr_lifecycle_policy', 'orders', {
          id: 'orders',
          policy: JSON.stringify({
            rules: [
              {
                rulePriority: 1,
                selection: {
                  tagStatus: 'untagged',
                  countType: 'imageCountMoreThan',
                  countNumber: 100,
                },
                action: { type: 'expire' },
              },
            ],
          }),
          registry_id: ACCOUNT,
          repository: 'orders',
        }),
        {
          set: {
            policy: JSON.stringify({
              rules: [
                {
                  rulePriority: 1,
                  selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 5 },
                  action: { type: 'expire' },
                },
              ],
            }),
          },
        },
      ),
    ]),
  ),
  bad(
    'AD15',
    PROD,
    'backup vault lock created',
    ['one-way-door'],
    plan([
      create(
        on(aws, 'aws_backup_vault_lock_configuration', 'main', {
          backup_vault_arn: 'a',
          backup_vault_name: 'main',
          changeable_for_days: 3,
          id: 'main',
          max_retention_days: 1200,
          min_retention_days: 7,
        }),
      ),
    ]),
  ),
  bad(
    'AD16',
    PROD,
    'backup selection loses its tag condition',
    ['protection-loss'],
    plan([
      replace(
        on(aws, 'aws_backup_selection', 'tagged', {
          condition: [],
          iam_role_arn: 'r',
          id: 's',
          name: 'tagged',
          not_resources: [],
          plan_id: 'p',
          resources: ['*'],
          selection_tag: [{ key: 'backup', type: 'STRINGEQUALS', value: 'daily' }],
        }),
        { set: { 'selection_tag.0.value': 'weekly' }, because: ['selection_tag'] },
      ),
    ]),
  ),
  bad(
    'AD17',
    PROD,
    'backup tag removed from a volume',
    ['outage'],
    plan([
      update(
        on(aws, 'aws_ebs_volume', 'data', {
          arn: 'a',
          availability_zone: 'eu-west-1a',
          encrypted: true,
          final_snapshot: false,
          id: 'vol-1',
          iops: 3000,
          kms_key_id: 'k',
          multi_attach_enabled: false,
          outpost_arn: '',
          size: 500,
          snapshot_id: '',
          throughput: 125,
          type: 'gp3',
          ...tagged({ backup: 'daily' }),
        }),
        { set: tagged({}) },
      ),
    ]),
  ),
  bad(
    'AD18',
    DEV,
    'backup vault destroyed in dev',
    ['protection-loss'],
    plan([
      remove(
        on(aws, 'aws_backup_vault', 'main', {
          arn: 'a',
          force_destroy: true,
          id: 'main',
          kms_key_arn: 'k',
          name: 'main',
          recovery_points: 300,
          ...tagged({ Environment: 'dev' }),
        }),
      ),
      unchanged(queue()),
      unchanged(queue('b')),
      unchanged(queue('c')),
      unchanged(queue('d')),
    ]),
  ),
  bad(
    'AD19',
    STAGING,
    'staging database destroyed',
    ['data-loss'],
    plan([
      remove(db()),
      unchanged(queue()),
      unchanged(queue('b')),
      unchanged(queue('c')),
      unchanged(queue('d')),
    ]),
  ),
  bad(
    'AD20',
    DEV,
    'key destroyed in dev',
    ['key-loss'],
    plan([
      remove(kmsKey()),
      unchanged(queue()),
      unchanged(queue('b')),
      unchanged(queue('c')),
      unchanged(queue('d')),
    ]),
  ),
  // outage by update
  bad(
    'AD25',
    PROD,
    'user data of a running machine: stop and start',
    ['outage'],
    plan([update(instance(), { set: { user_data: 'ffee' }, unknown: ['public_ip'] })]),
  ),
  bad(
    'AD26',
    PROD,
    'instance type: stop and start',
    ['outage'],
    plan([update(instance(), { set: { instance_type: 'm6g.xlarge' }, unknown: ['public_ip'] })]),
  ),
  bad(
    'AD27',
    PROD,
    'multi az off',
    ['capacity-loss'],
    plan([update(db(), { set: { multi_az: false } })]),
  ),
  bad(
    'AD28',
    PROD,
    'storage type io2 to gp3',
    ['outage'],
    plan([
      replace(db('main', { engine_version: '16.4' }), {
        set: { engine: 'mysql' },
        because: ['engine'],
      }),
    ]),
  ),
  bad(
    'AD29',
    PROD,
    'cache major downgrade in place? failover off',
    ['capacity-loss'],
    plan([
      update(
        on(aws, 'aws_elasticache_replication_group', 'cache', {
          apply_immediately: true,
          arn: 'a',
          at_rest_encryption_enabled: true,
          automatic_failover_enabled: true,
          cluster_enabled: false,
          description: 'cache',
          engine: 'redis',
          engine_version: '7.1',
          id: 'cache',
          multi_az_enabled: true,
          node_type: 'cache.r6g.large',
          num_cache_clusters: 3,
          port: 6379,
          replication_group_id: 'cache',
          snapshot_retention_limit: 7,
          transit_encryption_enabled: true,
          ...tagged({}),
        }),
        { set: { automatic_failover_enabled: false, multi_az_enabled: false } },
      ),
    ]),
  ),
  bad(
    'AD30',
    PROD,
    'lambda concurrency 20 to 0',
    ['outage'],
    plan([
      update(lambda(), { set: { reserved_concurrent_executions: 0 }, unknown: ['last_modified'] }),
    ]),
  ),
  bad(
    'AD31',
    PROD,
    'service 6 to 2',
    ['capacity-loss'],
    plan([update(ecsService(), { set: { desired_count: 2 } })]),
  ),
  bad(
    'AD32',
    PROD,
    'group min 4 to 1, desired 6 to 1',
    ['capacity-loss'],
    plan([update(asg(), { set: { min_size: 1, desired_capacity: 1 } })]),
  ),
  bad(
    'AD33',
    PROD,
    'health check path',
    ['outage'],
    plan([
      update(
        on(aws, 'aws_lb_target_group', 'web', {
          arn: 'a',
          deregistration_delay: '30',
          health_check: [
            {
              enabled: true,
              healthy_threshold: 2,
              interval: 15,
              matcher: '200',
              path: '/health',
              port: 'traffic-port',
              protocol: 'HTTP',
              timeout: 5,
              unhealthy_threshold: 3,
            },
          ],
          id: 'a',
          name: 'web',
          port: 8080,
          protocol: 'HTTP',
          target_type: 'ip',
          vpc_id: 'vpc-01',
          ...tagged({}),
        }),
        { set: { 'health_check.0.path': '/healthz' } },
      ),
    ]),
  ),
  bad(
    'AD34',
    PROD,
    'vpc dns off',
    ['outage'],
    plan([
      update(
        on(aws, 'aws_vpc', 'core', {
          arn: 'a',
          assign_generated_ipv6_cidr_block: false,
          cidr_block: '10.20.0.0/16',
          default_security_group_id: 'sg-d',
          enable_dns_hostnames: true,
          enable_dns_support: true,
          id: 'vpc-01',
          instance_tenancy: 'default',
          main_route_table_id: 'r',
          ...tagged({}),
        }),
        { set: { enable_dns_support: false } },
      ),
    ]),
  ),
  bad(
    'AD35',
    PROD,
    'peering deleted',
    ['outage'],
    plan([
      remove(
        on(aws, 'aws_vpc_peering_connection', 'billing', {
          accept_status: 'active',
          accepter: [],
          auto_accept: true,
          id: 'pcx-1',
          peer_owner_id: ACCOUNT,
          peer_region: 'eu-west-1',
          peer_vpc_id: 'vpc-02',
          requester: [],
          vpc_id: 'vpc-01',
          ...tagged({}),
        }),
      ),
      unchanged(queue()),
      unchanged(queue('b')),
    ]),
  ),
  bad(
    'AD36',
    PROD,
    'route created',
    ['outage'],
    plan([
      create(
        on(aws, 'aws_route', 'onprem', {
          destination_cidr_block: '10.0.0.0/8',
          id: 'r-1',
          route_table_id: 'rtb-1',
          state: 'active',
          transit_gateway_id: 'tgw-1',
          origin: 'CreateRoute',
        }),
      ),
    ]),
  ),
  bad(
    'AD37',
    PROD,
    'lambda event source mapping disabled',
    ['outage'],
    plan([
      update(
        on(aws, 'aws_lambda_event_source_mapping', 'jobs', {
          arn: 'a',
          batch_size: 10,
          enabled: true,
          event_source_arn: `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`,
          function_arn: 'f',
          function_name: 'thumb',
          id: 'u',
          maximum_batching_window_in_seconds: 0,
          state: 'Enabled',
          uuid: 'u',
          ...tagged({}),
        }),
        { set: { enabled: false } },
      ),
    ]),
  ),
  bad(
    'AD38',
    PROD,
    'event rule switched off',
    ['outage'],
    plan([
      update(
        on(aws, 'aws_cloudwatch_event_rule', 'nightly', {
          arn: 'a',
          description: '',
          event_bus_name: 'default',
          event_pattern: null,
          force_destroy: false,
          id: 'nightly',
          name: 'nightly',
          role_arn: '',
          schedule_expression: 'cron(0 3 * * ? *)',
          state: 'ENABLED',
          ...tagged({}),
        }),
        { set: { state: 'DISABLED' } },
      ),
    ]),
  ),
  bad(
    'AD39',
    PROD,
    'queue visibility shorter than the job',
    ['outage'],
    plan([
      update(queue('jobs', { visibility_timeout_seconds: 900 }), {
        set: { visibility_timeout_seconds: 5 },
      }),
    ]),
  ),
  bad(
    'AD40',
    PROD,
    'certificate replaced, destroy first',
    ['outage'],
    plan([
      replace(
        on(aws, 'aws_acm_certificate', 'api', {
          arn: 'a',
          domain_name: 'api.acme.example',
          id: 'a',
          key_algorithm: 'RSA_2048',
          status: 'ISSUED',
          subject_alternative_names: ['api.acme.example'],
          validation_method: 'DNS',
          ...tagged({}),
        }),
        {
          set: { subject_alternative_names: ['api.acme.example', 'v2.acme.example'] },
          because: ['subject_alternative_names'],
        },
      ),
    ]),
  ),
  bad(
    'AD41',
    PROD,
    'kubernetes minor up',
    ['one-way-door'],
    plan([update(eks, { set: { version: '1.34' }, unknown: ['platform_version'] })]),
  ),
  // exposure
  bad(
    'AD45',
    PROD,
    'control plane made public',
    ['internet-exposure'],
    plan([
      update(eks, {
        set: {
          'vpc_config.0.endpoint_public_access': true,
          'vpc_config.0.public_access_cidrs': ['0.0.0.0/0'],
        },
      }),
    ]),
  ),
  bad(
    'AD46',
    DEV,
    'control plane made public in dev',
    ['internet-exposure'],
    plan([
      update(eks, {
        set: {
          'vpc_config.0.endpoint_public_access': true,
          'vpc_config.0.public_access_cidrs': ['0.0.0.0/0'],
        },
      }),
    ]),
  ),
  bad(
    'AD47',
    DEV,
    'internet in two halves',
    ['internet-exposure'],
    plan([
      create(rule('a', { cidr_ipv4: '0.0.0.0/1', from_port: 5432, to_port: 5432 })),
      create(rule('b', { cidr_ipv4: '128.0.0.0/1', from_port: 5432, to_port: 5432 })),
    ]),
  ),
  bad(
    'AD48',
    DEV,
    'ipv6 world',
    ['internet-exposure'],
    plan([create(rule('six', { cidr_ipv6: '::/0', from_port: 22, to_port: 22 }))]),
  ),
  bad(
    'AD49',
    STAGING,
    'all protocols from the world',
    ['internet-exposure'],
    plan([
      update(sg('app', { ingress: [block(443, 443, ['10.0.0.0/16'])] }), {
        set: {
          ingress: [
            block(443, 443, ['10.0.0.0/16']),
            block(0, 0, ['0.0.0.0/0'], { protocol: '-1' }),
          ],
        },
      }),
    ]),
  ),
  bad(
    'AD50',
    PROD,
    'web port on a load balancer group in production',
    ['internet-exposure'],
    plan([
      create(rule('web', { cidr_ipv4: '0.0.0.0/0', security_group_id: 'sg-alb' })),
      unchanged(sg('alb')),
      unchanged(lb('public', { security_groups: ['sg-alb'] })),
    ]),
  ),
  bad(
    'AD51',
    STAGING,
    'public bucket policy in staging',
    ['internet-exposure'],
    plan([
      create(
        bucketPolicy(
          'media',
          policy({
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::acme-media/*',
          }),
        ),
      ),
    ]),
  ),
  bad(
    'AD52',
    DEV,
    'bucket public access block switched off in dev',
    ['internet-exposure'],
    plan([
      update(publicAccessBlock('media'), {
        set: { block_public_policy: false, restrict_public_buckets: false },
      }),
    ]),
  ),
  bad(
    'AD53',
    PROD,
    'function URL without authentication',
    ['internet-exposure'],
    plan([
      create(
        on(aws, 'aws_lambda_function_url', 'thumb', {
          authorization_type: 'NONE',
          cors: [],
          function_arn: 'f',
          function_name: 'thumb',
          function_url: 'u',
          id: 'thumb',
          invoke_mode: 'BUFFERED',
          qualifier: null,
          url_id: 'x',
        }),
      ),
    ]),
  ),
  bad(
    'AD54',
    PROD,
    'instance gets public address: new eip association',
    ['internet-exposure'],
    plan([
      replace(instance('box', { associate_public_ip_address: false }), {
        set: { associate_public_ip_address: true },
        because: ['associate_public_ip_address'],
      }),
    ]),
  ),
  bad(
    'AD55',
    PROD,
    'login in front of the listener removed',
    ['internet-exposure'],
    plan([
      update(listener, {
        set: {
          default_action: [
            {
              order: 1,
              target_group_arn: `arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}:targetgroup/web/1`,
              type: 'forward',
            },
          ],
        },
      }),
    ]),
  ),
  bad(
    'AD56',
    PROD,
    'tls policy lowered',
    ['key-loss'],
    plan([update(listener, { set: { ssl_policy: 'ELBSecurityPolicy-2016-08' } })]),
  ),
  bad(
    'AD57',
    PROD,
    'queue policy for everyone',
    ['internet-exposure'],
    plan([
      create(
        on(aws, 'aws_sqs_queue_policy', 'jobs', {
          id: 'q',
          policy: policy({ Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' }),
          queue_url: 'q',
        }),
      ),
    ]),
  ),
  bad(
    'AD58',
    PROD,
    'snapshot shared with all',
    ['internet-exposure'],
    plan([
      create(
        on(aws, 'aws_ami_launch_permission', 'all', {
          account_id: '',
          group: 'all',
          id: 'x',
          image_id: 'ami-1',
          organization_arn: '',
          organizational_unit_arn: '',
        }),
      ),
    ]),
  ),
  bad(
    'AD59',
    PROD,
    'metadata service v1 allowed again',
    ['privilege-escalation'],
    plan([update(instance(), { set: { 'metadata_options.0.http_tokens': 'optional' } })]),
  ),
  bad(
    'AD60',
    PROD,
    'signed cookies no longer asked',
    ['internet-exposure'],
    plan([
      update(distribution, {
        set: { 'default_cache_behavior.0.trusted_key_groups': [] },
        unknown: ['etag'],
      }),
    ]),
  ),
  // network
  bad(
    'AD65',
    PROD,
    'ephemeral range of a network acl removed',
    ['outage'],
    plan([
      update(
        acl([
          entry(100, 'allow', '10.0.0.0/8', 443, 443),
          entry(110, 'allow', '0.0.0.0/0', 1024, 65535),
        ]),
        { set: { ingress: [entry(100, 'allow', '10.0.0.0/8', 443, 443)] } },
      ),
    ]),
  ),
  bad(
    'AD66',
    PROD,
    'deny of a network acl behind the allow now',
    ['network-widening'],
    plan([
      update(
        acl([
          entry(90, 'deny', '10.9.0.0/16', 443, 443),
          entry(100, 'allow', '10.0.0.0/8', 443, 443),
        ]),
        {
          set: {
            ingress: [
              entry(120, 'deny', '10.9.0.0/16', 443, 443),
              entry(100, 'allow', '10.0.0.0/8', 443, 443),
            ],
          },
        },
      ),
    ]),
  ),
  bad(
    'AD67',
    PROD,
    'egress to the internet removed',
    ['outage'],
    plan([
      update(sg('app', { egress: [block(0, 0, ['0.0.0.0/0'], { protocol: '-1' })] }), {
        set: { egress: [block(443, 443, ['10.0.0.0/8'])] },
      }),
    ]),
  ),
  bad(
    'AD68',
    PROD,
    'egress opened where it was a list',
    ['network-widening'],
    plan([
      update(sg('app', { egress: [block(443, 443, ['10.0.0.0/16'])] }), {
        set: {
          egress: [
            block(443, 443, ['10.0.0.0/16']),
            block(0, 0, ['0.0.0.0/0'], { protocol: '-1' }),
          ],
        },
      }),
    ]),
  ),
  bad(
    'AD69',
    PROD,
    'one more private subnet',
    ['network-widening'],
    plan([create(rule('more', { cidr_ipv4: '10.7.0.0/24' }))]),
  ),
  bad(
    'AD70',
    PROD,
    'prefix list gains the world',
    ['internet-exposure'],
    plan([
      update(
        on(aws, 'aws_ec2_managed_prefix_list', 'office', {
          address_family: 'IPv4',
          arn: 'a',
          entry: [{ cidr: '198.51.100.0/24', description: 'office' }],
          id: 'pl-1',
          max_entries: 10,
          name: 'office',
          owner_id: ACCOUNT,
          version: 3,
          ...tagged({}),
        }),
        {
          set: {
            entry: [
              { cidr: '198.51.100.0/24', description: 'office' },
              { cidr: '0.0.0.0/0', description: 'tmp' },
            ],
          },
        },
      ),
      unchanged(rule('office', { prefix_list_id: 'pl-1' })),
    ]),
  ),
  bad(
    'AD71',
    PROD,
    'default security group adopted',
    ['outage'],
    plan([
      create(
        on(aws, 'aws_default_security_group', 'default', {
          arn: 'a',
          description: '',
          egress: [],
          id: 'sg-d',
          ingress: [],
          name: 'default',
          name_prefix: '',
          owner_id: ACCOUNT,
          revoke_rules_on_delete: false,
          vpc_id: 'vpc-01',
          ...tagged({}),
        }),
      ),
    ]),
  ),
  bad(
    'AD72',
    PROD,
    'peer of a rule only known after apply',
    [],
    plan([update(rule('app', { cidr_ipv4: '10.0.0.0/24' }), { unknown: ['cidr_ipv4'] })]),
  ),
  bad(
    'AD73',
    STAGING,
    'open ssh from a whole public /8',
    ['internet-exposure'],
    plan([create(rule('isp', { cidr_ipv4: '81.0.0.0/8', from_port: 22, to_port: 22 }))]),
  ),
  // identity
  bad(
    'AD80',
    PROD,
    'harmless looking policy gets iam:CreatePolicyVersion',
    ['privilege-escalation'],
    plan([
      update(managedPolicy(base), {
        set: {
          policy: policy(
            allow(['s3:GetObject'], 'arn:aws:s3:::acme-invoices/*'),
            allow('iam:CreatePolicyVersion', '*'),
          ),
        },
      }),
    ]),
  ),
  bad(
    'AD81',
    DEV,
    'escalation in dev',
    ['privilege-escalation'],
    plan([
      update(rolePolicy(base), {
        set: { policy: policy(allow(['iam:PassRole', 'lambda:CreateFunction'], '*')) },
      }),
    ]),
  ),
  bad(
    'AD82',
    DEV,
    'administrator attached in dev',
    ['privilege-escalation'],
    plan([
      create(
        on(aws, 'aws_iam_role_policy_attachment', 'admin', {
          id: 'x',
          policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
          role: 'app',
        }),
      ),
      unchanged(role()),
    ]),
  ),
  bad(
    'AD83',
    STAGING,
    'not-action with allow',
    ['privilege-escalation'],
    plan([
      update(rolePolicy(base), {
        set: { policy: policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }) },
      }),
    ]),
  ),
  bad(
    'AD84',
    PROD,
    'source account condition removed',
    ['privilege-escalation'],
    plan([
      update(
        role('hook', {
          assume_role_policy: trust(
            { AWS: `arn:aws:iam::${ACCOUNT}:role/ci` },
            { StringEquals: { 'sts:ExternalId': 'x1' } },
          ),
        }),
        { set: { assume_role_policy: trust({ AWS: `arn:aws:iam::${ACCOUNT}:role/ci` }) } },
      ),
    ]),
  ),
  bad(
    'AD85',
    DEV,
    'trust to a foreign account in dev',
    ['privilege-escalation'],
    plan([
      update(role(), {
        set: { assume_role_policy: trust({ AWS: 'arn:aws:iam::999988887777:root' }) },
      }),
    ]),
  ),
  bad(
    'AD86',
    PROD,
    'deny statement removed',
    ['privilege-escalation'],
    plan([
      update(
        rolePolicy(
          policy(allow('s3:*', '*'), { Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' }),
        ),
        { set: { policy: policy(allow('s3:*', '*')) } },
      ),
    ]),
  ),
  bad(
    'AD87',
    PROD,
    'service principal dropped from trust',
    ['lock-out', 'outage'],
    plan([
      update(
        role('app', {
          assume_role_policy: trust({ Service: ['ecs-tasks.amazonaws.com', 'ec2.amazonaws.com'] }),
        }),
        { set: { assume_role_policy: trust({ Service: 'ecs-tasks.amazonaws.com' }) } },
      ),
    ]),
  ),
  bad(
    'AD88',
    PROD,
    'key policy loses the account root',
    ['lock-out'],
    plan([
      update(kmsKey(), {
        set: {
          policy: policy({
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/app` },
            Action: ['kms:Encrypt', 'kms:Decrypt'],
            Resource: '*',
          }),
        },
      }),
    ]),
  ),
  bad(
    'AD89',
    PROD,
    'service control policy shrinks its deny',
    ['guardrail-loss'],
    plan([
      update(
        on(aws, 'aws_organizations_policy', 'region', {
          arn: 'a',
          content: policy({ Effect: 'Deny', Action: ['ec2:*', 'rds:*'], Resource: '*' }),
          description: '',
          id: 'p-1',
          name: 'region',
          skip_destroy: false,
          type: 'SERVICE_CONTROL_POLICY',
          ...tagged({}),
        }),
        { set: { content: policy({ Effect: 'Deny', Action: ['ec2:*'], Resource: '*' }) } },
      ),
    ]),
  ),
  bad(
    'AD90',
    DEV,
    'service control policy detached, dev workspace',
    ['guardrail-loss'],
    plan([
      remove(
        on(aws, 'aws_organizations_policy_attachment', 'root', {
          id: 'x',
          policy_id: 'p-1',
          skip_destroy: false,
          target_id: 'r-root',
        }),
      ),
      unchanged(queue()),
      unchanged(queue('b')),
      unchanged(queue('c')),
      unchanged(queue('d')),
    ]),
  ),
  bad(
    'AD91',
    PROD,
    'oidc subject becomes any branch',
    ['privilege-escalation'],
    plan([
      update(
        role('ci', {
          assume_role_policy: github({
            StringEquals: {
              ...AUD,
              'token.actions.githubusercontent.com:sub': 'repo:acme/app:environment:prod',
            },
          }),
        }),
        {
          set: {
            assume_role_policy: github({
              StringEquals: AUD,
              StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/app:*' },
            }),
          },
        },
      ),
    ]),
  ),
  bad(
    'AD92',
    DEV,
    'oidc trust without subject in dev',
    ['privilege-escalation'],
    plan([create(role('ci', { assume_role_policy: github({ StringEquals: AUD }) }))]),
  ),
  bad(
    'AD93',
    PROD,
    'access key created',
    ['privilege-escalation'],
    plan([
      create(
        on(
          aws,
          'aws_iam_access_key',
          'ci',
          {
            create_date: 'x',
            encrypted_secret: null,
            id: 'AKIA',
            key_fingerprint: null,
            pgp_key: null,
            secret: 'x',
            ses_smtp_password_v4: 'x',
            status: 'Active',
            user: 'ci',
          },
          {
            computed: ['create_date', 'id', 'secret', 'ses_smtp_password_v4'],
            sensitive: ['secret', 'ses_smtp_password_v4'],
          },
        ),
      ),
    ]),
  ),
  bad(
    'AD94',
    PROD,
    'read grant on one bucket',
    ['privilege-escalation'],
    plan([
      update(rolePolicy(base), {
        set: {
          policy: policy(
            allow(['s3:GetObject'], ['arn:aws:s3:::acme-invoices/*', 'arn:aws:s3:::acme-hr/*']),
          ),
        },
      }),
    ]),
  ),
  bad(
    'AD95',
    PROD,
    'policy becomes unknown',
    ['opaque', 'privilege-escalation'],
    plan([update(rolePolicy(base), { unknown: ['policy'] })]),
  ),
  bad(
    'AD96',
    PROD,
    'sso account assignment to administrators',
    ['privilege-escalation'],
    plan([
      create(
        on(aws, 'aws_ssoadmin_account_assignment', 'ops', {
          id: 'x',
          instance_arn: 'i',
          permission_set_arn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-admin',
          principal_id: 'g',
          principal_type: 'GROUP',
          target_id: ACCOUNT,
          target_type: 'AWS_ACCOUNT',
        }),
      ),
    ]),
  ),
  bad(
    'AD97',
    PROD,
    'permission set policy description replaced the managed policy',
    ['lock-out'],
    plan([
      replace(managedPolicy(base), { set: { description: 'deploys' }, because: ['description'] }),
    ]),
  ),
  bad(
    'AD98',
    PROD,
    'session duration of a role tripled',
    [],
    plan([update(role(), { set: { max_session_duration: 43200 } })]),
  ),
  bad(
    'AD99',
    PROD,
    'eks cluster admin entry',
    ['privilege-escalation'],
    plan([
      create(
        on(aws, 'aws_eks_access_policy_association', 'ops', {
          access_scope: [{ namespaces: [], type: 'cluster' }],
          associated_at: 'x',
          cluster_name: 'main',
          id: 'x',
          modified_at: 'x',
          policy_arn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
          principal_arn: `arn:aws:iam::${ACCOUNT}:role/dev`,
        }),
      ),
    ]),
  ),
  // monitoring and audit
  bad(
    'AD100',
    PROD,
    'alarm actions off',
    ['audit-loss'],
    plan([update(alarm(), { set: { actions_enabled: false } })]),
  ),
  bad(
    'AD101',
    PROD,
    'alarm goes to another topic',
    ['audit-loss'],
    plan([
      update(alarm(), { set: { alarm_actions: [`arn:aws:sns:eu-west-1:${ACCOUNT}:archive`] } }),
    ]),
  ),
  bad(
    'AD102',
    PROD,
    'threshold 20 to 2000',
    ['audit-loss'],
    plan([update(alarm(), { set: { threshold: 2000 } })]),
  ),
  bad(
    'AD103',
    PROD,
    'two alarms 20 to 24',
    ['audit-loss'],
    plan([
      update(alarm(), { set: { threshold: 24 } }),
      update(alarm('latency'), { set: { threshold: 24 } }),
    ]),
  ),
  bad(
    'AD104',
    PROD,
    'evaluation periods 3 to 30',
    ['audit-loss'],
    plan([update(alarm(), { set: { evaluation_periods: 30, datapoints_to_alarm: 30 } })]),
  ),
  bad(
    'AD105',
    PROD,
    'comparison turned round',
    ['audit-loss'],
    plan([update(alarm(), { set: { comparison_operator: 'LessThanThreshold' } })]),
  ),
  bad(
    'AD106',
    PROD,
    'missing data ignored',
    ['audit-loss'],
    plan([
      update(alarm('up', { treat_missing_data: 'breaching' }), {
        set: { treat_missing_data: 'notBreaching' },
      }),
    ]),
  ),
  bad(
    'AD107',
    STAGING,
    'config recorder stopped',
    ['audit-loss'],
    plan([
      update(
        on(aws, 'aws_config_configuration_recorder_status', 'main', {
          id: 'main',
          is_enabled: true,
          name: 'main',
        }),
        { set: { is_enabled: false } },
      ),
    ]),
  ),
  bad(
    'AD108',
    DEV,
    'flow log removed',
    ['audit-loss'],
    plan([
      remove(
        on(aws, 'aws_flow_log', 'vpc', {
          arn: 'a',
          id: 'fl-1',
          log_destination: 'l',
          log_destination_type: 'cloud-watch-logs',
          max_aggregation_interval: 60,
          traffic_type: 'ALL',
          vpc_id: 'vpc-01',
          ...tagged({}),
        }),
      ),
      unchanged(queue()),
      unchanged(queue('b')),
      unchanged(queue('c')),
      unchanged(queue('d')),
    ]),
  ),
  bad(
    'AD109',
    PROD,
    'cluster audit log off',
    ['audit-loss'],
    plan([update(eks, { set: { enabled_cluster_log_types: ['api'] } })]),
  ),
  bad(
    'AD110',
    PROD,
    'bucket logging removed',
    ['audit-loss'],
    plan([
      remove(
        on(aws, 'aws_s3_bucket_logging', 'invoices', {
          bucket: 'acme-invoices',
          expected_bucket_owner: '',
          id: 'acme-invoices',
          target_bucket: 'logs',
          target_grant: [],
          target_object_key_format: [],
          target_prefix: 's3/',
        }),
      ),
      unchanged(queue()),
      unchanged(queue('b')),
      unchanged(queue('c')),
      unchanged(queue('d')),
    ]),
  ),
  // traffic, code, cost
  bad(
    'AD115',
    PROD,
    'weights 90/10 to 0/100',
    ['traffic-cutover'],
    plan([
      update(record('api', { set_identifier: 'blue', weighted_routing_policy: [{ weight: 90 }] }), {
        set: { 'weighted_routing_policy.0.weight': 0 },
      }),
    ]),
  ),
  bad(
    'AD116',
    PROD,
    'lambda alias moves to a new version',
    ['workload-rollout'],
    plan([
      update(
        on(aws, 'aws_lambda_alias', 'live', {
          arn: 'a',
          description: '',
          function_name: 'thumb',
          function_version: '41',
          id: 'a',
          invoke_arn: 'i',
          name: 'live',
          routing_config: [],
        }),
        { set: { function_version: '42' } },
      ),
    ]),
  ),
  bad(
    'AD117',
    PROD,
    'ttl lowered and record switched',
    ['traffic-cutover'],
    plan([update(record(), { set: { ttl: 30, records: ['203.0.113.99'] } })]),
  ),
  bad(
    'AD118',
    PROD,
    'layer of a foreign account',
    ['supply-chain'],
    plan([
      update(lambda(), {
        set: { layers: ['arn:aws:lambda:eu-west-1:999988887777:layer:fast:3'] },
        unknown: ['last_modified'],
      }),
    ]),
  ),
  bad(
    'AD119',
    PROD,
    'environment of a function',
    ['workload-rollout'],
    plan([
      update(lambda(), {
        set: { 'environment.0.variables': { LOG_LEVEL: 'debug' } },
        unknown: ['last_modified'],
      }),
    ]),
  ),
  bad(
    'AD120',
    PROD,
    'group maximum fifteenfold',
    ['cost'],
    plan([update(asg(), { set: { max_size: 180 } })]),
  ),
  bad(
    'AD121',
    STAGING,
    'staging sixfold',
    ['cost'],
    plan([update(asg(), { set: { max_size: 72 } })]),
  ),
  bad(
    'AD122',
    PROD,
    'table on demand',
    [],
    plan([
      update(dynamo(), {
        set: { billing_mode: 'PAY_PER_REQUEST', read_capacity: 0, write_capacity: 0 },
      }),
    ]),
  ),
  bad(
    'AD123',
    PROD,
    'dynamodb ttl attribute renamed',
    ['data-loss'],
    plan([
      update(dynamo({ ttl: [{ attribute_name: 'expires', enabled: true }] }), {
        set: { 'ttl.0.attribute_name': 'created' },
      }),
    ]),
  ),
  bad(
    'AD124',
    PROD,
    'reserved capacity bought',
    ['cost'],
    plan([
      create(
        on(aws, 'aws_rds_reserved_instance', 'year', {
          arn: 'a',
          id: 'r',
          instance_count: 4,
          offering_id: 'o',
          reservation_id: 'y',
          start_time: 'x',
          ...tagged({}),
        }),
      ),
    ]),
  ),
  // state and structure
  bad(
    'AD130',
    PROD,
    'password regenerated',
    ['identity-churn'],
    plan([
      replace(
        on(
          random,
          'random_password',
          'db',
          {
            bcrypt_hash: 'x',
            id: 'none',
            keepers: null,
            length: 24,
            lower: true,
            min_lower: 0,
            min_numeric: 0,
            min_special: 0,
            min_upper: 0,
            number: true,
            numeric: true,
            override_special: null,
            result: 'x',
            special: true,
            upper: true,
          },
          { computed: ['bcrypt_hash', 'id', 'result'], sensitive: ['bcrypt_hash', 'result'] },
        ),
        { set: { length: 32 }, because: ['length'] },
      ),
      update(db('main', { manage_master_user_password: null, password: 'a' }), {
        unknown: ['password'],
      }),
    ]),
  ),
  bad(
    'AD131',
    PROD,
    'key of for_each renamed: queue',
    ['data-loss', 'state-surgery'],
    plan([
      because(remove({ ...queue('q'), index: 'a' }), 'delete_because_each_key'),
      create({ ...queue('q'), index: 'b' }),
    ]),
  ),
  bad(
    'AD132',
    PROD,
    'tainted database',
    ['data-loss'],
    plan([because(replace(db(), { because: [] }), 'replace_because_tainted')]),
  ),
  bad(
    'AD133',
    PROD,
    'security group replaced, create first',
    ['outage'],
    plan([
      createFirst(
        replace(sg('db', { ingress: [block(5432, 5432, ['10.0.0.0/16'])] }), {
          set: { name: 'database' },
          because: ['name'],
        }),
      ),
    ]),
  ),
  bad(
    'AD134',
    PROD,
    'drift: waf closed by hand is opened again',
    ['drift-revert'],
    plan({
      steps: [
        update(withValues(db(), { publicly_accessible: false }), {
          set: { publicly_accessible: true },
        }),
      ],
      drift: [drifted(db('main', { publicly_accessible: true }), { publicly_accessible: false })],
    }),
  ),
  bad(
    'AD135',
    PROD,
    'drift: third value',
    ['drift-revert'],
    plan({
      steps: [
        update(withValues(ecsService(), { desired_count: 12 }), { set: { desired_count: 8 } }),
      ],
      drift: [drifted(ecsService(), { desired_count: 12 })],
    }),
  ),
  bad(
    'AD136',
    PROD,
    'removed by hand, made again',
    ['drift-revert'],
    plan({
      steps: [create(rule('partner', { cidr_ipv4: '10.9.0.0/16' }))],
      drift: [{ ...remove(rule('partner', { cidr_ipv4: '10.9.0.0/16' })) }],
    }),
  ),
  bad(
    'AD137',
    PROD,
    'drift within bounds is still drift',
    ['drift-revert', 'capacity-loss'],
    plan({
      steps: [update(withValues(asg(), { max_size: 20 }), { set: { max_size: 12 } })],
      drift: [drifted(asg(), { max_size: 20 })],
    }),
  ),
  bad(
    'AD138',
    STAGING,
    'capacity drift in staging',
    ['drift-revert'],
    plan({
      steps: [
        update(withValues(ecsService(), { desired_count: 8 }), { set: { desired_count: 6 } }),
      ],
      drift: [drifted(ecsService(), { desired_count: 8 })],
    }),
  ),
  bad(
    'AD139',
    DEV,
    'forgotten database in dev',
    ['state-surgery'],
    plan([{ ...remove(db()), actions: ['forget'] }]),
  ),
  bad(
    'AD140',
    PROD,
    'workspace loses its approval',
    ['guardrail-loss'],
    plan([
      update(
        on(tfe, 'tfe_workspace', 'orders', {
          allow_destroy_plan: true,
          auto_apply: false,
          auto_apply_run_trigger: false,
          description: '',
          execution_mode: 'remote',
          id: 'ws-1',
          name: 'orders-prod',
          organization: 'acme',
          project_id: 'prj-1',
          queue_all_runs: true,
          terraform_version: '1.11.4',
          working_directory: '',
        }),
        { set: { auto_apply: true } },
      ),
    ]),
  ),
]
