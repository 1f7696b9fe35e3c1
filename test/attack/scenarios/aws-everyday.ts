// AWS, 0.4 rows that pass: what an operator does on a quiet day. A hold here is a false one.
import type { Step, Target } from '../../../fixtures/tools/plan-builder.ts'
import {
  ACCOUNT, alarm, allow, asg, block, bucket, bucketPolicy, db, dynamo, ecsService, instance, kmsKey, lambda,
  lb, logGroup, managedPolicy, policy, publicAccessBlock, queue, record, role, rolePolicy, rule, sg, trust,
} from './aws-objects.ts' // biome-ignore format: a list of objects
import {
  type Attack, aws, create, createFirst, DEV, drifted, json,on, PROD, plan, remove, replace, STAGING, tagged,
  unchanged, update, withValues, 
} from './parts.ts' // biome-ignore format: a list of words

const OK = 'release' as const

const subnetGroup = on(aws, 'aws_db_subnet_group', 'data', {
  arn: `arn:aws:rds:eu-west-1:${ACCOUNT}:subgrp:data`,
  description: 'Managed by Terraform',
  id: 'data',
  name: 'data',
  name_prefix: '',
  subnet_ids: ['subnet-1', 'subnet-2'],
  supported_network_types: ['IPV4'],
  vpc_id: 'vpc-01',
  ...tagged({}),
})
const topic = on(aws, 'aws_sns_topic', 'oncall', {
  arn: `arn:aws:sns:eu-west-1:${ACCOUNT}:oncall`,
  id: `arn:aws:sns:eu-west-1:${ACCOUNT}:oncall`,
  display_name: '',
  fifo_topic: false,
  kms_master_key_id: 'alias/aws/sns',
  name: 'oncall',
  name_prefix: '',
  owner: ACCOUNT,
  policy: '{}',
  content_based_deduplication: false,
  tracing_config: '',
  ...tagged({}),
})
const nodeGroup = on(aws, 'aws_eks_node_group', 'general', {
  ami_type: 'AL2023_x86_64_STANDARD',
  arn: `arn:aws:eks:eu-west-1:${ACCOUNT}:nodegroup/main/general/1`,
  capacity_type: 'ON_DEMAND',
  cluster_name: 'main',
  disk_size: 50,
  force_update_version: null,
  id: 'main:general',
  instance_types: ['m6i.xlarge'],
  labels: { pool: 'general' },
  launch_template: [],
  node_group_name: 'general',
  node_group_name_prefix: '',
  node_role_arn: `arn:aws:iam::${ACCOUNT}:role/nodes`,
  release_version: '1.33.4-20261001',
  remote_access: [],
  scaling_config: [{ desired_size: 6, max_size: 12, min_size: 3 }],
  status: 'ACTIVE',
  subnet_ids: ['subnet-1', 'subnet-2'],
  taint: [],
  update_config: [{ max_unavailable: 1, max_unavailable_percentage: 0 }],
  version: '1.33',
  ...tagged({ service: 'platform' }),
})
const cacheGroup = on(aws, 'aws_elasticache_replication_group', 'cache', {
  apply_immediately: true,
  arn: `arn:aws:elasticache:eu-west-1:${ACCOUNT}:replicationgroup:cache`,
  at_rest_encryption_enabled: true,
  auto_minor_version_upgrade: 'true',
  automatic_failover_enabled: true,
  cluster_enabled: false,
  description: 'cache',
  engine: 'redis',
  engine_version: '7.1',
  engine_version_actual: '7.1.0',
  id: 'cache',
  maintenance_window: 'sun:05:00-sun:06:00',
  multi_az_enabled: true,
  node_type: 'cache.r6g.large',
  num_cache_clusters: 3,
  num_node_groups: 1,
  parameter_group_name: 'default.redis7',
  port: 6379,
  primary_endpoint_address: 'cache.x.euw1.cache.amazonaws.com',
  replicas_per_node_group: 2,
  replication_group_id: 'cache',
  security_group_ids: ['sg-cache'],
  snapshot_retention_limit: 7,
  snapshot_window: '03:00-04:00',
  subnet_group_name: 'cache',
  transit_encryption_enabled: true,
  transit_encryption_mode: 'required',
  ...tagged({}),
})
const kinesis = on(aws, 'aws_kinesis_stream', 'clicks', {
  arn: `arn:aws:kinesis:eu-west-1:${ACCOUNT}:stream/clicks`,
  encryption_type: 'KMS',
  enforce_consumer_deletion: false,
  id: `arn:aws:kinesis:eu-west-1:${ACCOUNT}:stream/clicks`,
  kms_key_id: 'alias/aws/kinesis',
  name: 'clicks',
  retention_period: 48,
  shard_count: 8,
  shard_level_metrics: [],
  stream_mode_details: [{ stream_mode: 'PROVISIONED' }],
  ...tagged({}),
})
const targetGroup = on(aws, 'aws_lb_target_group', 'orders_v2', {
  arn: `arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}:targetgroup/orders-v2/2`,
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
  id: `arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}:targetgroup/orders-v2/2`,
  load_balancing_algorithm_type: 'round_robin',
  name: 'orders-v2',
  name_prefix: '',
  port: 8080,
  protocol: 'HTTP',
  protocol_version: 'HTTP1',
  slow_start: 0,
  target_type: 'ip',
  vpc_id: 'vpc-01',
  ...tagged({}),
})
const secret = on(aws, 'aws_secretsmanager_secret', 'api', {
  arn: `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:api-xY1`,
  description: 'partner api',
  force_overwrite_replica_secret: false,
  id: `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:api-xY1`,
  kms_key_id: '',
  name: 'partner/api',
  name_prefix: '',
  policy: '',
  recovery_window_in_days: 30,
  replica: [],
  ...tagged({}),
})
const repository = on(aws, 'aws_ecr_repository', 'orders', {
  arn: `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/orders`,
  encryption_configuration: [{ encryption_type: 'KMS', kms_key: 'alias/ecr' }],
  force_delete: null,
  id: 'orders',
  image_scanning_configuration: [{ scan_on_push: false }],
  image_tag_mutability: 'MUTABLE',
  name: 'orders',
  registry_id: ACCOUNT,
  repository_url: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/orders`,
  ...tagged({}),
})
const scalingTarget = on(aws, 'aws_appautoscaling_target', 'orders', {
  arn: `arn:aws:application-autoscaling:eu-west-1:${ACCOUNT}:scalable-target/1`,
  id: 'service/main/orders',
  max_capacity: 20,
  min_capacity: 4,
  resource_id: 'service/main/orders',
  role_arn: `arn:aws:iam::${ACCOUNT}:role/as`,
  scalable_dimension: 'ecs:service:DesiredCount',
  service_namespace: 'ecs',
  ...tagged({}),
})
const efs = on(aws, 'aws_efs_file_system', 'shared', {
  arn: `arn:aws:elasticfilesystem:eu-west-1:${ACCOUNT}:file-system/fs-1`,
  creation_token: 't',
  dns_name: 'fs-1.efs',
  encrypted: true,
  id: 'fs-1',
  kms_key_id: 'alias/efs',
  lifecycle_policy: [],
  performance_mode: 'generalPurpose',
  protection: [{ replication_overwrite: 'ENABLED' }],
  provisioned_throughput_in_mibps: 0,
  throughput_mode: 'elastic',
  ...tagged({}),
})
const dashboards = on(aws, 'aws_cloudwatch_dashboard', 'api', {
  dashboard_arn: `arn:aws:cloudwatch::${ACCOUNT}:dashboard/api`,
  dashboard_body: '{"widgets":[]}',
  dashboard_name: 'api',
  id: 'api',
})
const app = policy(allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::acme-invoices/*'))

/** A part of the new bucket: its `bucket` is the id that only the apply knows. */
function ofBucket(target: Target): Step {
  const references = { bucket: ['aws_s3_bucket.exports.id', 'aws_s3_bucket.exports'] }
  const step = create({ ...target, references })
  return { ...step, unknown: [...step.unknown, 'bucket'] }
}

export const AWS_EVERYDAY: readonly Attack[] = [
  // metadata
  {
    id: 'AE01',
    env: PROD,
    expect: OK,
    why: 'cost tag added on a database',
    plan: plan([update(db(), { set: tagged({ Name: 'main', CostCenter: '4411' }) })]),
  },
  {
    id: 'AE02',
    env: PROD,
    expect: OK,
    why: 'owner tag changed on role, bucket, queue',
    plan: plan([
      update(role(), { set: tagged({ service: 'app', Owner: 'core' }) }),
      update(bucket(), { set: tagged({ Owner: 'finance' }) }),
      update(queue(), { set: tagged({ Owner: 'core' }) }),
    ]),
  },
  {
    id: 'AE03',
    env: PROD,
    expect: OK,
    why: 'alarm description',
    plan: plan([update(alarm(), { set: { alarm_description: 'runbook: wiki/5xx' } })]),
  },
  {
    id: 'AE04',
    env: PROD,
    expect: OK,
    why: 'lambda description edited in place, last_modified recomputed',
    plan: plan([
      update(lambda(), { set: { description: 'makes thumbnails' }, unknown: ['last_modified'] }),
    ]),
  },
  {
    id: 'AE05',
    env: PROD,
    expect: OK,
    why: 'key description in place',
    plan: plan([update(kmsKey(), { set: { description: 'orders data' } })]),
  },
  {
    id: 'AE06',
    env: PROD,
    expect: OK,
    why: 'secret description',
    plan: plan([update(secret, { set: { description: 'partner api key' } })]),
  },
  {
    id: 'AE07',
    env: PROD,
    expect: OK,
    why: 'route53 zone comment',
    plan: plan([
      update(
        on(aws, 'aws_route53_zone', 'acme', {
          arn: 'arn:aws:route53:::hostedzone/Z0',
          comment: 'Managed by Terraform',
          delegation_set_id: '',
          force_destroy: false,
          id: 'Z0',
          name: 'acme.example',
          name_servers: ['ns-1', 'ns-2'],
          primary_name_server: 'ns-1',
          vpc: [],
          zone_id: 'Z0',
          ...tagged({}),
        }),
        { set: { comment: 'public zone' } },
      ),
    ]),
  },
  // scaling
  {
    id: 'AE10',
    env: PROD,
    expect: OK,
    why: 'group 6 to 9 desired, max 12 to 20, min 4 to 6',
    plan: plan([update(asg(), { set: { desired_capacity: 9, max_size: 20, min_size: 6 } })]),
  },
  {
    id: 'AE11',
    env: PROD,
    expect: OK,
    why: 'node group max 12 to 20',
    plan: plan([update(nodeGroup, { set: { 'scaling_config.0.max_size': 20 } })]),
  },
  {
    id: 'AE12',
    env: PROD,
    expect: OK,
    why: 'node group desired 6 to 8',
    plan: plan([update(nodeGroup, { set: { 'scaling_config.0.desired_size': 8 } })]),
  },
  {
    id: 'AE13',
    env: PROD,
    expect: OK,
    why: 'provisioned capacity 100 to 180',
    plan: plan([update(dynamo(), { set: { read_capacity: 180, write_capacity: 80 } })]),
  },
  {
    id: 'AE14',
    env: PROD,
    expect: OK,
    why: 'shards 8 to 12',
    plan: plan([update(kinesis, { set: { shard_count: 12 } })]),
  },
  {
    id: 'AE15',
    env: PROD,
    expect: OK,
    why: 'lambda concurrency up 20 to 40',
    plan: plan([
      update(lambda(), { set: { reserved_concurrent_executions: 40 }, unknown: ['last_modified'] }),
    ]),
  },
  {
    id: 'AE16',
    env: PROD,
    expect: OK,
    why: 'autoscaling floor 4 to 6',
    plan: plan([update(scalingTarget, { set: { min_capacity: 6 } })]),
  },
  {
    id: 'AE17',
    env: PROD,
    expect: OK,
    why: 'service 6 to 4, one third less',
    plan: plan([update(ecsService(), { set: { desired_count: 4 } })]),
  },
  {
    id: 'AE18',
    env: DEV,
    expect: OK,
    why: 'dev service to zero at night',
    plan: plan([update(ecsService(), { set: { desired_count: 0 } })]),
  },
  {
    id: 'AE19',
    env: STAGING,
    expect: OK,
    why: 'staging 2 to 6: below fourfold',
    plan: plan([update(ecsService('orders', { desired_count: 2 }), { set: { desired_count: 6 } })]),
  },
  {
    id: 'AE20',
    env: PROD,
    expect: OK,
    why: 'cache 3 to 4 clusters',
    plan: plan([update(cacheGroup, { set: { num_cache_clusters: 4 } })]),
  },
  // protection up
  {
    id: 'AE25',
    env: PROD,
    expect: OK,
    why: 'snapshots kept longer',
    plan: plan([update(cacheGroup, { set: { snapshot_retention_limit: 14 } })]),
  },
  {
    id: 'AE26',
    env: PROD,
    expect: OK,
    why: 'deletion protection on',
    plan: plan([
      update(dynamo({ deletion_protection_enabled: false }), {
        set: { deletion_protection_enabled: true },
      }),
    ]),
  },
  {
    id: 'AE27',
    env: PROD,
    expect: OK,
    why: 'point in time recovery on',
    plan: plan([
      update(dynamo({ point_in_time_recovery: [{ enabled: false, recovery_period_in_days: 0 }] }), {
        set: { point_in_time_recovery: [{ enabled: true, recovery_period_in_days: 35 }] },
      }),
    ]),
  },
  {
    id: 'AE28',
    env: PROD,
    expect: OK,
    why: 'stream retention up',
    plan: plan([update(kinesis, { set: { retention_period: 168 } })]),
  },
  {
    id: 'AE29',
    env: PROD,
    expect: OK,
    why: 'scan on push on, tags immutable off untouched',
    plan: plan([
      update(repository, { set: { 'image_scanning_configuration.0.scan_on_push': true } }),
    ]),
  },
  {
    id: 'AE30',
    env: PROD,
    expect: OK,
    why: 'versioning switched on',
    plan: plan([
      update(
        on(aws, 'aws_s3_bucket_versioning', 'invoices', {
          bucket: 'acme-invoices',
          expected_bucket_owner: '',
          id: 'acme-invoices',
          mfa: null,
          versioning_configuration: [{ mfa_delete: '', status: 'Suspended' }],
        }),
        { set: { 'versioning_configuration.0.status': 'Enabled' } },
      ),
    ]),
  },
  {
    id: 'AE31',
    env: PROD,
    expect: OK,
    why: 'termination protection on',
    plan: plan([update(instance(), { set: { disable_api_termination: true } })]),
  },
  {
    id: 'AE32',
    env: PROD,
    expect: OK,
    why: 'tracing on',
    plan: plan([
      update(lambda(), { set: { 'tracing_config.0.mode': 'Active' }, unknown: ['last_modified'] }),
    ]),
  },
  {
    id: 'AE33',
    env: PROD,
    expect: OK,
    why: 'detailed monitoring on',
    plan: plan([update(instance(), { set: { monitoring: true } })]),
  },
  {
    id: 'AE34',
    env: PROD,
    expect: OK,
    why: 'queue keeps messages longer',
    plan: plan([update(queue(), { set: { message_retention_seconds: 1209600 } })]),
  },
  {
    id: 'AE35',
    env: PROD,
    expect: OK,
    why: 'more logs exported',
    plan: plan([
      update(db(), { set: { enabled_cloudwatch_logs_exports: ['postgresql', 'upgrade'] } }),
    ]),
  },
  {
    id: 'AE36',
    env: PROD,
    expect: OK,
    why: 'trail: log file validation on',
    plan: plan([
      update(
        on(aws, 'aws_cloudtrail', 'org', {
          advanced_event_selector: [],
          arn: `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/org`,
          cloud_watch_logs_group_arn: '',
          cloud_watch_logs_role_arn: '',
          enable_log_file_validation: false,
          enable_logging: true,
          event_selector: [],
          home_region: 'eu-west-1',
          id: 'org',
          include_global_service_events: true,
          insight_selector: [],
          is_multi_region_trail: true,
          is_organization_trail: true,
          kms_key_id: '',
          name: 'org',
          s3_bucket_name: 'acme-trail',
          s3_key_prefix: '',
          sns_topic_name: '',
          ...tagged({}),
        }),
        { set: { enable_log_file_validation: true } },
      ),
    ]),
  },
  // monitoring
  {
    id: 'AE40',
    env: PROD,
    expect: OK,
    why: 'alarm threshold 20 to 15',
    plan: plan([update(alarm(), { set: { threshold: 15 } })]),
  },
  {
    id: 'AE41',
    env: PROD,
    expect: OK,
    why: 'one alarm 20 to 24',
    plan: plan([update(alarm(), { set: { threshold: 24 } })]),
  },
  {
    id: 'AE42',
    env: PROD,
    expect: OK,
    why: 'dashboard body',
    plan: plan([
      update(dashboards, { set: { dashboard_body: '{"widgets":[{"type":"metric"}]}' } }),
    ]),
  },
  {
    id: 'AE43',
    env: PROD,
    expect: OK,
    why: 'second action added to an alarm',
    plan: plan([
      update(alarm(), {
        set: {
          alarm_actions: [
            `arn:aws:sns:eu-west-1:${ACCOUNT}:oncall`,
            `arn:aws:sns:eu-west-1:${ACCOUNT}:chat`,
          ],
        },
      }),
    ]),
  },
  {
    id: 'AE44',
    env: STAGING,
    expect: OK,
    why: 'alarm removed in staging',
    plan: plan([remove(alarm()), unchanged(alarm('latency'))]),
  },
  {
    id: 'AE45',
    env: PROD,
    expect: OK,
    why: 'new alarm, topic, log group, metric filter',
    plan: plan([
      create(alarm('latency')),
      create(topic),
      create(logGroup('worker')),
      create(
        on(aws, 'aws_cloudwatch_log_metric_filter', 'oom', {
          id: 'oom',
          log_group_name: '/acme/worker',
          metric_transformation: [
            {
              default_value: '',
              dimensions: {},
              name: 'oom',
              namespace: 'acme',
              unit: 'None',
              value: '1',
            },
          ],
          name: 'oom',
          pattern: 'OOM',
        }),
      ),
    ]),
  },
  // additive creates
  { id: 'AE50', env: PROD, expect: OK, why: 'new private table', plan: plan([create(dynamo())]) },
  {
    id: 'AE51',
    env: PROD,
    expect: OK,
    why: 'new private bucket with all its parts',
    plan: plan([
      create(bucket('exports')),
      ofBucket(publicAccessBlock('exports')),
      ofBucket(
        on(aws, 'aws_s3_bucket_server_side_encryption_configuration', 'exports', {
          bucket: 'acme-exports',
          expected_bucket_owner: null,
          id: 'acme-exports',
          rule: [
            {
              apply_server_side_encryption_by_default: [
                { kms_master_key_id: '', sse_algorithm: 'aws:kms' },
              ],
              bucket_key_enabled: true,
            },
          ],
        }),
      ),
      ofBucket(
        on(aws, 'aws_s3_bucket_versioning', 'exports', {
          bucket: 'acme-exports',
          expected_bucket_owner: null,
          id: 'acme-exports',
          mfa: null,
          versioning_configuration: [{ mfa_delete: null, status: 'Enabled' }],
        }),
      ),
      ofBucket(
        on(aws, 'aws_s3_bucket_ownership_controls', 'exports', {
          bucket: 'acme-exports',
          id: 'acme-exports',
          rule: [{ object_ownership: 'BucketOwnerEnforced' }],
        }),
      ),
    ]),
  },
  {
    id: 'AE52',
    env: PROD,
    expect: OK,
    why: 'new secret container and key',
    plan: plan([
      create(secret),
      create(kmsKey()),
      create(
        on(aws, 'aws_kms_alias', 'data', {
          arn: 'a',
          id: 'alias/data',
          name: 'alias/data',
          name_prefix: '',
          target_key_arn: 't',
          target_key_id: '1b7c',
        }),
      ),
    ]),
  },
  {
    id: 'AE53',
    env: PROD,
    expect: OK,
    why: 'new target group attached to nothing',
    plan: plan([create(targetGroup)]),
  },
  { id: 'AE54', env: PROD, expect: OK, why: 'new file system', plan: plan([create(efs)]) },
  {
    id: 'AE55',
    env: PROD,
    expect: OK,
    why: 'new private database with its subnet group',
    plan: plan([create(db('reports')), create(subnetGroup)]),
  },
  {
    id: 'AE56',
    env: PROD,
    expect: OK,
    why: 'new record for a new name',
    plan: plan([create(record('status', { records: ['10.20.1.5'] }))]),
  },
  {
    id: 'AE57',
    env: PROD,
    expect: OK,
    why: 'new queue and topic',
    plan: plan([
      create(queue('mail')),
      create(
        on(aws, 'aws_sns_topic', 'mail', {
          arn: 'a',
          id: 'a',
          name: 'mail',
          name_prefix: '',
          fifo_topic: false,
          kms_master_key_id: 'alias/aws/sns',
          display_name: '',
          policy: null,
          ...tagged({}),
        }),
      ),
    ]),
  },
  {
    id: 'AE58',
    env: PROD,
    expect: OK,
    why: 'ssm parameter with a plain hint',
    plan: plan([
      create(
        on(
          aws,
          'aws_ssm_parameter',
          'flag',
          {
            allowed_pattern: '',
            arn: 'a',
            data_type: 'text',
            description: '',
            id: '/orders/limit',
            insecure_value: null,
            key_id: '',
            name: '/orders/limit',
            overwrite: null,
            tier: 'Standard',
            type: 'String',
            value: '25',
            version: 1,
            ...tagged({}),
          },
          { sensitive: ['value'] },
        ),
      ),
    ]),
  },
  {
    id: 'AE59',
    env: PROD,
    expect: OK,
    why: 'backup plan created',
    plan: plan([
      create(
        on(aws, 'aws_backup_plan', 'daily', {
          advanced_backup_setting: [],
          arn: 'a',
          id: 'p',
          name: 'daily',
          rule: [
            {
              completion_window: 180,
              copy_action: [],
              enable_continuous_backup: false,
              lifecycle: [{ cold_storage_after: 0, delete_after: 35 }],
              recovery_point_tags: {},
              rule_name: 'daily',
              schedule: 'cron(0 3 * * ? *)',
              start_window: 60,
              target_vault_name: 'main',
            },
          ],
          version: 'v',
          ...tagged({}),
        }),
      ),
      create(
        on(aws, 'aws_backup_vault', 'main', {
          arn: 'a',
          force_destroy: false,
          id: 'main',
          kms_key_arn: 'k',
          name: 'main',
          recovery_points: 0,
          ...tagged({}),
        }),
      ),
    ]),
  },
  // networks without effect
  {
    id: 'AE65',
    env: PROD,
    expect: OK,
    why: 'inline rules reordered',
    plan: plan([
      update(
        sg('app', {
          ingress: [block(443, 443, ['10.0.0.0/16']), block(8080, 8080, ['10.1.0.0/16'])],
        }),
        {
          set: { ingress: [block(8080, 8080, ['10.1.0.0/16']), block(443, 443, ['10.0.0.0/16'])] },
        },
      ),
    ]),
  },
  {
    id: 'AE66',
    env: PROD,
    expect: OK,
    why: 'host bits masked: 10.0.0.5/24 is 10.0.0.0/24',
    plan: plan([
      update(sg('app', { ingress: [block(443, 443, ['10.0.0.5/24'])] }), {
        set: { ingress: [block(443, 443, ['10.0.0.0/24'])] },
      }),
    ]),
  },
  {
    id: 'AE67',
    env: PROD,
    expect: OK,
    why: 'two port ranges become one',
    plan: plan([
      remove(rule('low', { from_port: 8000, to_port: 8079, cidr_ipv4: '10.0.0.0/16' })),
      remove(rule('high', { from_port: 8080, to_port: 8100, cidr_ipv4: '10.0.0.0/16' })),
      create(rule('all', { from_port: 8000, to_port: 8100, cidr_ipv4: '10.0.0.0/16' })),
    ]),
  },
  {
    id: 'AE68',
    env: PROD,
    expect: OK,
    why: 'rule description',
    plan: plan([
      update(rule('web', { cidr_ipv4: '10.0.0.0/16' }), { set: { description: 'from mesh' } }),
    ]),
  },
  {
    id: 'AE69',
    env: DEV,
    expect: OK,
    why: 'private widening in dev',
    plan: plan([create(rule('peer', { cidr_ipv4: '10.0.0.0/8', from_port: 0, to_port: 65535 }))]),
  },
  {
    id: 'AE70',
    env: DEV,
    expect: OK,
    why: 'rule removed in dev',
    plan: plan([remove(rule('peer', { cidr_ipv4: '10.8.0.0/16' }))]),
  },
  {
    id: 'AE71',
    env: STAGING,
    expect: OK,
    why: 'narrowed in staging',
    plan: plan([
      update(sg('app', { ingress: [block(443, 443, ['10.0.0.0/16'])] }), {
        set: { ingress: [block(443, 443, ['10.0.0.0/24'])] },
      }),
    ]),
  },
  {
    id: 'AE72',
    env: DEV,
    expect: OK,
    why: 'web port of a load balancer group in dev',
    plan: plan([
      create({
        ...rule('web', { cidr_ipv4: '0.0.0.0/0', security_group_id: 'sg-alb' }),
        references: { security_group_id: ['aws_security_group.alb.id', 'aws_security_group.alb'] },
      }),
      unchanged(sg('alb')),
      unchanged({
        ...lb('public', { security_groups: ['sg-alb'] }),
        references: { security_groups: ['aws_security_group.alb.id', 'aws_security_group.alb'] },
      }),
    ]),
  },
  {
    id: 'AE73',
    env: PROD,
    expect: OK,
    why: 'new group with private rules for a new service',
    plan: plan([
      create(
        sg('mail', {
          ingress: [block(8025, 8025, ['10.0.0.0/16'])],
          egress: [block(443, 443, ['10.0.0.0/16'])],
        }),
      ),
    ]),
  },
  // identity without effect, or allowed
  {
    id: 'AE80',
    env: PROD,
    expect: OK,
    why: 'statements reordered, one action list sorted',
    plan: plan([
      update(
        rolePolicy(
          policy(allow(['s3:GetObject', 's3:PutObject'], '*'), allow('sqs:SendMessage', 'q')),
        ),
        {
          set: {
            policy: policy(
              { Sid: 'Send', ...allow(['sqs:SendMessage'], ['q']) },
              allow(['s3:PutObject', 's3:GetObject'], '*'),
            ),
          },
        },
      ),
    ]),
  },
  {
    id: 'AE81',
    env: PROD,
    expect: OK,
    why: 'action spelled in another case',
    plan: plan([
      update(managedPolicy(app), {
        set: {
          policy: policy(allow(['S3:getobject', 's3:PutObject'], 'arn:aws:s3:::acme-invoices/*')),
        },
      }),
    ]),
  },
  {
    id: 'AE82',
    env: DEV,
    expect: OK,
    why: 'narrow grant in dev',
    plan: plan([
      update(rolePolicy(app), {
        set: {
          policy: policy(
            allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::acme-invoices/*'),
            allow('sqs:SendMessage', `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`),
          ),
        },
      }),
    ]),
  },
  {
    id: 'AE83',
    env: STAGING,
    expect: OK,
    why: 'narrow grant in staging',
    plan: plan([
      update(rolePolicy(app), {
        set: {
          policy: policy(
            allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::acme-invoices/*'),
            allow('sqs:SendMessage', `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`),
          ),
        },
      }),
    ]),
  },
  {
    id: 'AE84',
    env: DEV,
    expect: OK,
    why: 'role with service trust in dev',
    plan: plan([
      create(role('worker', { assume_role_policy: trust({ Service: 'lambda.amazonaws.com' }) })),
      create(
        rolePolicy(
          policy(allow('dynamodb:GetItem', `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`)),
          'worker',
        ),
      ),
    ]),
  },
  {
    id: 'AE85',
    env: DEV,
    expect: OK,
    why: 'attachment removed in dev',
    plan: plan([
      remove(
        on(aws, 'aws_iam_role_policy_attachment', 'read', {
          id: 'app-1',
          policy_arn: `arn:aws:iam::${ACCOUNT}:policy/read`,
          role: 'app',
        }),
      ),
      unchanged(role()),
    ]),
  },
  {
    id: 'AE86',
    env: PROD,
    expect: OK,
    why: 'bucket policy: same meaning, principal written as list',
    plan: plan([
      update(
        bucketPolicy(
          'invoices',
          policy({
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/app` },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::acme-invoices/*',
          }),
        ),
        {
          set: {
            policy: policy({
              Sid: 'Read',
              Effect: 'Allow',
              Principal: { AWS: [`arn:aws:iam::${ACCOUNT}:role/app`] },
              Action: ['s3:GetObject'],
              Resource: ['arn:aws:s3:::acme-invoices/*'],
            }),
          },
        },
      ),
    ]),
  },
  // lower environments
  {
    id: 'AE90',
    env: STAGING,
    expect: OK,
    why: 'new code in staging',
    plan: plan([
      update(lambda(), {
        set: { source_code_hash: 'zz', s3_key: 'thumb/42.zip' },
        unknown: ['last_modified'],
      }),
    ]),
  },
  {
    id: 'AE91',
    env: DEV,
    expect: OK,
    why: 'dev database replaced',
    plan: plan([
      replace(
        db('main', {
          deletion_protection: false,
          skip_final_snapshot: true,
          ...tagged({ Environment: 'dev' }),
        }),
        { set: { storage_encrypted: true, kms_key_id: 'k2' }, because: ['kms_key_id'] },
      ),
    ]),
  },
  {
    id: 'AE92',
    env: DEV,
    expect: OK,
    why: 'deletion protection off in dev',
    plan: plan([update(db(), { set: { deletion_protection: false } })]),
  },
  {
    id: 'AE93',
    env: DEV,
    expect: OK,
    why: 'machine rebuilt in dev',
    plan: plan([replace(instance(), { set: { ami: 'ami-0aa2' }, because: ['ami'] })]),
  },
  {
    id: 'AE94',
    env: STAGING,
    expect: OK,
    why: 'engine minor upgrade in staging',
    plan: plan([
      update(db('main'), { set: { engine_version: '16.6' }, unknown: ['engine_version_actual'] }),
    ]),
  },
  {
    id: 'AE95',
    env: DEV,
    expect: OK,
    why: 'record switched in dev',
    plan: plan([
      update(record('api', { name: 'api.dev.acme.example' }), {
        set: { records: ['203.0.113.11'] },
      }),
    ]),
  },
  {
    id: 'AE96',
    env: DEV,
    expect: OK,
    why: 'log group kept shorter in dev',
    plan: plan([update(logGroup('api', 30), { set: { retention_in_days: 7 } })]),
  },
  {
    id: 'AE97',
    env: STAGING,
    expect: OK,
    why: 'instance size in staging',
    plan: plan([
      update(instance(), { set: { instance_type: 'm6g.xlarge' }, unknown: ['public_ip'] }),
    ]),
  },
  {
    id: 'AE98',
    env: DEV,
    expect: OK,
    why: 'bucket of the environment destroyed in dev',
    plan: plan([
      remove(bucket('scratch', tagged({ Environment: 'dev' }))),
      ...[1, 2, 3, 4, 5].map((n) => unchanged(queue(`q${n}`))),
    ]),
  },
  // bookkeeping and routine
  {
    id: 'AE100',
    env: PROD,
    expect: OK,
    why: 'certificate made before the old one is dropped? no: new certificate only',
    plan: plan([
      create(
        on(aws, 'aws_acm_certificate', 'api', {
          arn: 'a',
          certificate_authority_arn: '',
          certificate_body: null,
          certificate_chain: null,
          domain_name: 'new.acme.example',
          domain_validation_options: [],
          early_renewal_duration: '',
          id: 'a',
          key_algorithm: 'RSA_2048',
          options: [{ certificate_transparency_logging_preference: 'ENABLED', export: 'DISABLED' }],
          private_key: null,
          status: 'PENDING_VALIDATION',
          subject_alternative_names: ['new.acme.example'],
          validation_emails: [],
          validation_method: 'DNS',
          ...tagged({}),
        }),
      ),
    ]),
  },
  {
    id: 'AE101',
    env: PROD,
    expect: OK,
    why: 'drift: minor version after auto upgrade, code follows',
    plan: plan({
      steps: [
        unchanged(db('main', { engine_version: '16.6', engine_version_actual: '16.6' })),
        update(queue(), { set: tagged({ Owner: 'core' }) }),
      ],
      drift: [drifted(db(), { engine_version: '16.6', engine_version_actual: '16.6' })],
    }),
  },
  {
    id: 'AE102',
    env: PROD,
    expect: OK,
    why: 'drift: a tag of the cost tool is removed again',
    plan: plan({
      steps: [update(withValues(queue(), tagged({ 'cost-scan': 'x' })), { set: tagged({}) })],
      drift: [drifted(queue(), tagged({ 'cost-scan': 'x' }))],
    }),
  },
  {
    id: 'AE103',
    env: DEV,
    expect: OK,
    why: 'drift reverted in dev',
    plan: plan({
      steps: [
        update(withValues(ecsService(), { desired_count: 8 }), { set: { desired_count: 6 } }),
      ],
      drift: [drifted(ecsService(), { desired_count: 8 })],
    }),
  },
  {
    id: 'AE104',
    env: PROD,
    expect: OK,
    why: 'cross zone on, idle timeout up',
    plan: plan([
      update(lb('public', { enable_deletion_protection: false }), {
        set: { enable_deletion_protection: true, idle_timeout: 120 },
      }),
    ]),
  },
  {
    id: 'AE105',
    env: PROD,
    expect: OK,
    why: 'launch template new version, group pins 12',
    plan: plan([
      update(
        on(aws, 'aws_launch_template', 'web', {
          arn: 'a',
          block_device_mappings: [],
          default_version: 1,
          description: '',
          disable_api_termination: false,
          ebs_optimized: '',
          iam_instance_profile: [{ arn: '', name: 'web' }],
          id: 'lt-01',
          image_id: 'ami-1',
          instance_type: 'm6i.large',
          key_name: '',
          latest_version: 12,
          metadata_options: [{ http_tokens: 'required' }],
          name: 'web',
          name_prefix: '',
          network_interfaces: [],
          tag_specifications: [],
          update_default_version: null,
          user_data: 'dXNlcg==',
          vpc_security_group_ids: ['sg-app'],
          ...tagged({}),
        }),
        { set: { image_id: 'ami-2' }, unknown: ['latest_version'] },
      ),
      unchanged(asg()),
    ]),
  },
  {
    id: 'AE106',
    env: PROD,
    expect: OK,
    why: 'instance create-before-destroy of a parameter? no: parameter group tags',
    plan: plan([
      update(
        on(aws, 'aws_db_parameter_group', 'pg16', {
          arn: 'a',
          description: 'Managed by Terraform',
          family: 'postgres16',
          id: 'pg16',
          name: 'pg16',
          name_prefix: '',
          parameter: [
            { apply_method: 'immediate', name: 'log_min_duration_statement', value: '500' },
          ],
          skip_destroy: false,
          ...tagged({}),
        }),
        { set: tagged({ Owner: 'data' }) },
      ),
    ]),
  },
  {
    id: 'AE107',
    env: PROD,
    expect: OK,
    why: 'api gateway deployment published, stage untouched',
    plan: plan([
      createFirst(
        replace(
          on(
            aws,
            'aws_api_gateway_deployment',
            'v1',
            {
              created_date: '2026',
              description: '',
              id: 'd1',
              rest_api_id: 'r1',
              triggers: { redeployment: 'a' },
              variables: {},
            },
            { computed: ['created_date', 'id'] },
          ),
          { set: { triggers: { redeployment: 'b' } }, because: ['triggers'] },
        ),
      ),
    ]),
  },
  {
    id: 'AE108',
    env: PROD,
    expect: OK,
    why: 'event rule description and tags',
    plan: plan([
      update(
        on(aws, 'aws_cloudwatch_event_rule', 'nightly', {
          arn: 'a',
          description: '',
          event_bus_name: 'default',
          event_pattern: null,
          force_destroy: false,
          id: 'nightly',
          name: 'nightly',
          name_prefix: '',
          role_arn: '',
          schedule_expression: 'cron(0 3 * * ? *)',
          state: 'ENABLED',
          ...tagged({}),
        }),
        { set: { description: 'monthly close', ...tagged({ Owner: 'fin' }) } },
      ),
    ]),
  },
  {
    id: 'AE109',
    env: PROD,
    expect: OK,
    why: 'null to empty: provider normalisation',
    plan: plan([
      update(queue('jobs', { policy: null, redrive_policy: null }), {
        set: { policy: '', redrive_policy: '', ...tagged({ Owner: 'a' }) },
      }),
    ]),
  },
  {
    id: 'AE110',
    env: PROD,
    expect: OK,
    why: 'dead letter queue allow policy json order',
    plan: plan([
      update(
        queue('jobs', {
          redrive_policy: json({ deadLetterTargetArn: 'arn:x', maxReceiveCount: 5 }),
        }),
        { set: { redrive_policy: json({ maxReceiveCount: 5, deadLetterTargetArn: 'arn:x' }) } },
      ),
    ]),
  },
]
