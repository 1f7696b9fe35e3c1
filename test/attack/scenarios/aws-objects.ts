// AWS objects the scenarios start from, with the attributes a refresh reports.
import type { Target } from '../../../fixtures/tools/plan-builder.ts'
import type { JsonObject } from '../../../src/core/json.ts'
import { aws, json, on, tagged } from './parts.ts'

export const ACCOUNT = '418273945061'
const R = 'eu-west-1'
const arn = (service: string, rest: string): string => `arn:aws:${service}:${R}:${ACCOUNT}:${rest}`

export const db = (name = 'main', more: JsonObject = {}): Target =>
  on(
    aws,
    'aws_db_instance',
    name,
    {
      address: `${name}.c9x.${R}.rds.amazonaws.com`,
      allocated_storage: 200,
      allow_major_version_upgrade: null,
      apply_immediately: true,
      arn: arn('rds', `db:${name}`),
      auto_minor_version_upgrade: true,
      availability_zone: 'eu-west-1a',
      backup_retention_period: 14,
      backup_window: '02:00-02:30',
      ca_cert_identifier: 'rds-ca-rsa2048-g1',
      copy_tags_to_snapshot: true,
      db_name: 'orders',
      db_subnet_group_name: 'data',
      delete_automated_backups: true,
      deletion_protection: true,
      enabled_cloudwatch_logs_exports: ['postgresql'],
      endpoint: `${name}.c9x.${R}.rds.amazonaws.com:5432`,
      engine: 'postgres',
      engine_version: '16.4',
      engine_version_actual: '16.4',
      final_snapshot_identifier: `${name}-final`,
      hosted_zone_id: 'Z29XKXDKYMONMX',
      iam_database_authentication_enabled: false,
      id: `db-${name.toUpperCase()}4XQ`,
      identifier: name,
      instance_class: 'db.r6g.large',
      iops: 3000,
      kms_key_id: arn('kms', 'key/1b7c'),
      maintenance_window: 'sun:03:00-sun:03:30',
      manage_master_user_password: true,
      max_allocated_storage: 500,
      monitoring_interval: 60,
      multi_az: true,
      network_type: 'IPV4',
      option_group_name: 'default:postgres-16',
      parameter_group_name: 'pg16',
      performance_insights_enabled: true,
      performance_insights_retention_period: 7,
      port: 5432,
      publicly_accessible: false,
      resource_id: 'db-XQ4',
      skip_final_snapshot: false,
      snapshot_identifier: null,
      status: 'available',
      storage_encrypted: true,
      storage_throughput: 125,
      storage_type: 'gp3',
      username: 'orders',
      vpc_security_group_ids: ['sg-0a1'],
      ...tagged({ Name: name }),
      ...more,
    },
    { schemaVersion: 2 },
  )

export const asg = (more: JsonObject = {}): Target =>
  on(aws, 'aws_autoscaling_group', 'web', {
    arn: arn('autoscaling', 'autoScalingGroup:1:autoScalingGroupName/web'),
    availability_zones: ['eu-west-1a', 'eu-west-1b'],
    capacity_rebalance: false,
    default_cooldown: 300,
    desired_capacity: 6,
    enabled_metrics: [],
    force_delete: false,
    health_check_grace_period: 300,
    health_check_type: 'ELB',
    id: 'web',
    launch_template: [{ id: 'lt-01', name: 'web', version: '12' }],
    max_instance_lifetime: 0,
    max_size: 12,
    min_size: 4,
    name: 'web',
    protect_from_scale_in: false,
    suspended_processes: [],
    tag: [],
    target_group_arns: [arn('elasticloadbalancing', 'targetgroup/web/1')],
    termination_policies: ['OldestInstance'],
    vpc_zone_identifier: ['subnet-1', 'subnet-2'],
    wait_for_capacity_timeout: '10m',
    ...more,
  })

export const ecsService = (name = 'orders', more: JsonObject = {}): Target =>
  on(aws, 'aws_ecs_service', name, {
    cluster: arn('ecs', 'cluster/main'),
    deployment_circuit_breaker: [{ enable: true, rollback: true }],
    deployment_maximum_percent: 200,
    deployment_minimum_healthy_percent: 100,
    desired_count: 6,
    enable_ecs_managed_tags: true,
    enable_execute_command: false,
    force_new_deployment: null,
    health_check_grace_period_seconds: 60,
    id: arn('ecs', `service/main/${name}`),
    launch_type: 'FARGATE',
    load_balancer: [
      {
        container_name: name,
        container_port: 8080,
        elb_name: '',
        target_group_arn: arn('elasticloadbalancing', `targetgroup/${name}/1`),
      },
    ],
    name,
    network_configuration: [
      { assign_public_ip: false, security_groups: ['sg-0a2'], subnets: ['subnet-1', 'subnet-2'] },
    ],
    platform_version: 'LATEST',
    propagate_tags: 'SERVICE',
    scheduling_strategy: 'REPLICA',
    task_definition: arn('ecs', `task-definition/${name}:41`),
    wait_for_steady_state: false,
    ...tagged({ service: name }),
    ...more,
  })

export const lambda = (name = 'thumb', more: JsonObject = {}): Target =>
  on(
    aws,
    'aws_lambda_function',
    name,
    {
      architectures: ['arm64'],
      arn: arn('lambda', `function:${name}`),
      dead_letter_config: [],
      description: '',
      environment: [{ variables: { LOG_LEVEL: 'info' } }],
      ephemeral_storage: [{ size: 512 }],
      filename: null,
      function_name: name,
      handler: 'index.handler',
      id: name,
      image_uri: '',
      kms_key_arn: '',
      last_modified: '2026-10-02T10:11:12.000+0000',
      layers: [],
      logging_config: [{ log_format: 'JSON', log_group: `/aws/lambda/${name}` }],
      memory_size: 512,
      package_type: 'Zip',
      publish: false,
      qualified_arn: arn('lambda', `function:${name}:$LATEST`),
      reserved_concurrent_executions: 20,
      role: `arn:aws:iam::${ACCOUNT}:role/${name}`,
      runtime: 'nodejs22.x',
      s3_bucket: 'artifacts',
      s3_key: `${name}/41.zip`,
      source_code_hash: 'k2N0',
      source_code_size: 120331,
      timeout: 10,
      tracing_config: [{ mode: 'PassThrough' }],
      version: '$LATEST',
      vpc_config: [],
      ...tagged({ service: name }),
      ...more,
    },
    { computed: ['arn', 'id', 'last_modified', 'qualified_arn', 'source_code_size', 'version'] },
  )

export const bucket = (name = 'invoices', more: JsonObject = {}): Target =>
  on(aws, 'aws_s3_bucket', name, {
    arn: `arn:aws:s3:::acme-${name}`,
    bucket: `acme-${name}`,
    bucket_domain_name: `acme-${name}.s3.amazonaws.com`,
    force_destroy: false,
    hosted_zone_id: 'Z1BKCTXD74EZPE',
    id: `acme-${name}`,
    object_lock_enabled: false,
    region: R,
    ...tagged({ Owner: 'billing' }),
    ...more,
  })

export const sg = (name = 'app', more: JsonObject = {}): Target =>
  on(aws, 'aws_security_group', name, {
    arn: arn('ec2', `security-group/sg-${name}`),
    description: `${name} tier`,
    egress: [],
    id: `sg-${name}`,
    ingress: [],
    name,
    name_prefix: '',
    owner_id: ACCOUNT,
    revoke_rules_on_delete: false,
    vpc_id: 'vpc-01',
    ...tagged({ Name: name }),
    ...more,
  })

export const rule = (
  name: string,
  more: JsonObject,
  way: 'ingress' | 'egress' = 'ingress',
): Target =>
  on(
    aws,
    `aws_vpc_security_group_${way}_rule`,
    name,
    {
      arn: arn('ec2', `security-group-rule/sgr-${name}`),
      cidr_ipv4: null,
      cidr_ipv6: null,
      description: null,
      from_port: 443,
      id: `sgr-${name}`,
      ip_protocol: 'tcp',
      prefix_list_id: null,
      referenced_security_group_id: null,
      security_group_id: 'sg-app',
      security_group_rule_id: `sgr-${name}`,
      to_port: 443,
      tags: null,
      tags_all: {},
      ...more,
    },
    { computed: ['arn', 'id', 'security_group_rule_id', 'tags_all'] },
  )

/** One inline block of `aws_security_group`. */
export const block = (
  from: number,
  to: number,
  cidrs: readonly string[],
  more: JsonObject = {},
): JsonObject => ({
  cidr_blocks: cidrs,
  description: '',
  from_port: from,
  ipv6_cidr_blocks: [],
  prefix_list_ids: [],
  protocol: 'tcp',
  security_groups: [],
  self: false,
  to_port: to,
  ...more,
})

export const alarm = (name = 'errors', more: JsonObject = {}): Target =>
  on(aws, 'aws_cloudwatch_metric_alarm', name, {
    actions_enabled: true,
    alarm_actions: [arn('sns', 'oncall')],
    alarm_description: '',
    alarm_name: name,
    arn: arn('cloudwatch', `alarm:${name}`),
    comparison_operator: 'GreaterThanThreshold',
    datapoints_to_alarm: 3,
    dimensions: { LoadBalancer: 'app/web/1' },
    evaluation_periods: 3,
    id: name,
    insufficient_data_actions: [],
    metric_name: 'HTTPCode_Target_5XX_Count',
    metric_query: [],
    namespace: 'AWS/ApplicationELB',
    ok_actions: [arn('sns', 'oncall')],
    period: 60,
    statistic: 'Sum',
    threshold: 20,
    treat_missing_data: 'notBreaching',
    ...tagged({}),
    ...more,
  })

export const role = (name = 'app', more: JsonObject = {}): Target =>
  on(aws, 'aws_iam_role', name, {
    arn: `arn:aws:iam::${ACCOUNT}:role/${name}`,
    assume_role_policy: trust({ Service: 'ecs-tasks.amazonaws.com' }),
    create_date: '2025-02-01T10:00:00Z',
    description: '',
    force_detach_policies: false,
    id: name,
    inline_policy: [],
    managed_policy_arns: [],
    max_session_duration: 3600,
    name,
    name_prefix: '',
    path: '/',
    permissions_boundary: '',
    unique_id: 'AROAQ4',
    ...tagged({ service: name }),
    ...more,
  })

export function trust(principal: JsonObject, condition?: JsonObject): string {
  return json({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: principal,
        Action: 'Federated' in principal ? 'sts:AssumeRoleWithWebIdentity' : 'sts:AssumeRole',
        ...(condition !== undefined && { Condition: condition }),
      },
    ],
  })
}

export function policy(...statements: readonly JsonObject[]): string {
  return json({ Version: '2012-10-17', Statement: statements })
}

export const allow = (
  actions: string | readonly string[],
  resources: string | readonly string[],
  more: JsonObject = {},
): JsonObject => ({ Effect: 'Allow', Action: actions, Resource: resources, ...more })

export const rolePolicy = (text: string, name = 'app'): Target =>
  on(aws, 'aws_iam_role_policy', name, {
    id: `${name}:${name}`,
    name,
    name_prefix: '',
    policy: text,
    role: name,
  })

export const managedPolicy = (text: string, name = 'deploy', more: JsonObject = {}): Target =>
  on(
    aws,
    'aws_iam_policy',
    name,
    {
      arn: `arn:aws:iam::${ACCOUNT}:policy/${name}`,
      attachment_count: 2,
      description: 'deployments',
      id: `arn:aws:iam::${ACCOUNT}:policy/${name}`,
      name,
      name_prefix: '',
      path: '/',
      policy: text,
      policy_id: 'ANPAQ4',
      ...tagged({}),
      ...more,
    },
    { computed: ['arn', 'attachment_count', 'id', 'policy_id', 'tags_all'] },
  )

export const record = (name = 'api', more: JsonObject = {}): Target =>
  on(
    aws,
    'aws_route53_record',
    name,
    {
      alias: [],
      allow_overwrite: null,
      failover_routing_policy: [],
      fqdn: `${name}.acme.example`,
      health_check_id: '',
      id: `Z0_${name}.acme.example_A`,
      latency_routing_policy: [],
      multivalue_answer_routing_policy: false,
      name: `${name}.acme.example`,
      records: ['203.0.113.10'],
      set_identifier: '',
      ttl: 300,
      type: 'A',
      weighted_routing_policy: [],
      zone_id: 'Z0',
      ...more,
    },
    { computed: ['fqdn', 'id'] },
  )

export const lb = (name = 'public', more: JsonObject = {}): Target =>
  on(aws, 'aws_lb', name, {
    access_logs: [{ bucket: 'acme-lb-logs', enabled: true, prefix: name }],
    arn: arn('elasticloadbalancing', `loadbalancer/app/${name}/1`),
    client_keep_alive: 3600,
    desync_mitigation_mode: 'defensive',
    dns_name: `${name}-1.${R}.elb.amazonaws.com`,
    drop_invalid_header_fields: true,
    enable_cross_zone_load_balancing: true,
    enable_deletion_protection: true,
    enable_http2: true,
    enable_waf_fail_open: false,
    id: arn('elasticloadbalancing', `loadbalancer/app/${name}/1`),
    idle_timeout: 60,
    internal: false,
    ip_address_type: 'ipv4',
    load_balancer_type: 'application',
    name,
    name_prefix: '',
    security_groups: ['sg-alb'],
    subnets: ['subnet-1', 'subnet-2'],
    vpc_id: 'vpc-01',
    zone_id: 'Z32O12XQLNTSW2',
    ...tagged({ Name: name }),
    ...more,
  })

export const dynamo = (more: JsonObject = {}): Target =>
  on(aws, 'aws_dynamodb_table', 'orders', {
    arn: arn('dynamodb', 'table/orders'),
    attribute: [{ name: 'pk', type: 'S' }],
    billing_mode: 'PROVISIONED',
    deletion_protection_enabled: true,
    global_secondary_index: [],
    hash_key: 'pk',
    id: 'orders',
    local_secondary_index: [],
    name: 'orders',
    point_in_time_recovery: [{ enabled: true, recovery_period_in_days: 35 }],
    range_key: null,
    read_capacity: 100,
    replica: [],
    server_side_encryption: [{ enabled: true, kms_key_arn: arn('kms', 'key/1b7c') }],
    stream_arn: '',
    stream_enabled: false,
    stream_view_type: '',
    table_class: 'STANDARD',
    ttl: [{ attribute_name: '', enabled: false }],
    write_capacity: 50,
    ...tagged({ service: 'orders' }),
    ...more,
  })

export const instance = (name = 'box', more: JsonObject = {}): Target =>
  on(
    aws,
    'aws_instance',
    name,
    {
      ami: 'ami-0aa1',
      arn: arn('ec2', `instance/i-${name}`),
      associate_public_ip_address: false,
      availability_zone: 'eu-west-1a',
      disable_api_stop: false,
      disable_api_termination: false,
      ebs_block_device: [],
      ebs_optimized: true,
      iam_instance_profile: name,
      id: `i-${name}`,
      instance_state: 'running',
      instance_type: 'm6g.large',
      metadata_options: [
        { http_endpoint: 'enabled', http_put_response_hop_limit: 1, http_tokens: 'required' },
      ],
      monitoring: false,
      private_ip: '10.20.1.14',
      public_ip: '',
      root_block_device: [
        { delete_on_termination: true, encrypted: true, volume_size: 30, volume_type: 'gp3' },
      ],
      source_dest_check: true,
      subnet_id: 'subnet-1',
      user_data: 'b1c2',
      user_data_replace_on_change: false,
      vpc_security_group_ids: ['sg-app'],
      ...tagged({ Name: name }),
      ...more,
    },
    { computed: ['arn', 'id', 'instance_state', 'private_ip', 'public_ip', 'tags_all'] },
  )

export const logGroup = (name = 'api', days = 30, more: JsonObject = {}): Target =>
  on(aws, 'aws_cloudwatch_log_group', name, {
    arn: arn('logs', `log-group:/acme/${name}`),
    id: `/acme/${name}`,
    kms_key_id: '',
    log_group_class: 'STANDARD',
    name: `/acme/${name}`,
    name_prefix: '',
    retention_in_days: days,
    skip_destroy: false,
    ...tagged({}),
    ...more,
  })

export const queue = (name = 'jobs', more: JsonObject = {}): Target =>
  on(aws, 'aws_sqs_queue', name, {
    arn: arn('sqs', name),
    content_based_deduplication: false,
    delay_seconds: 0,
    fifo_queue: false,
    id: `https://sqs.${R}.amazonaws.com/${ACCOUNT}/${name}`,
    kms_data_key_reuse_period_seconds: 300,
    kms_master_key_id: '',
    max_message_size: 262144,
    message_retention_seconds: 345600,
    name,
    name_prefix: '',
    policy: '',
    receive_wait_time_seconds: 0,
    redrive_allow_policy: '',
    redrive_policy: '',
    sqs_managed_sse_enabled: true,
    url: `https://sqs.${R}.amazonaws.com/${ACCOUNT}/${name}`,
    visibility_timeout_seconds: 30,
    ...tagged({}),
    ...more,
  })

export const bucketPolicy = (name: string, text: string): Target =>
  on(aws, 'aws_s3_bucket_policy', name, {
    bucket: `acme-${name}`,
    id: `acme-${name}`,
    policy: text,
  })

export const publicAccessBlock = (name: string, on_ = true): Target =>
  on(aws, 'aws_s3_bucket_public_access_block', name, {
    block_public_acls: on_,
    block_public_policy: on_,
    bucket: `acme-${name}`,
    id: `acme-${name}`,
    ignore_public_acls: on_,
    restrict_public_buckets: on_,
    skip_destroy: null,
  })

export const kmsKey = (more: JsonObject = {}): Target =>
  on(aws, 'aws_kms_key', 'data', {
    arn: arn('kms', 'key/1b7c'),
    bypass_policy_lockout_safety_check: false,
    custom_key_store_id: '',
    customer_master_key_spec: 'SYMMETRIC_DEFAULT',
    deletion_window_in_days: 30,
    description: 'data',
    enable_key_rotation: true,
    id: '1b7c',
    is_enabled: true,
    key_id: '1b7c',
    key_usage: 'ENCRYPT_DECRYPT',
    multi_region: false,
    policy: policy({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: 'kms:*',
      Resource: '*',
    }),
    rotation_period_in_days: 365,
    ...tagged({}),
    ...more,
  })
