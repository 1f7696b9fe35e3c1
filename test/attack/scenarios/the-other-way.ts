// Settings that move against the direction their row warns of, and new objects that act by themselves.
import type { Target } from '../../../fixtures/tools/plan-builder.ts'
import {
  type Attack,
  aws,
  azurerm,
  create,
  DEV,
  google,
  kubernetes,
  on,
  PROD,
  plan,
  remove,
  replace,
  unchanged,
  update,
} from './parts.ts'

type Values = Attack['plan']
type Expect = Attack['expect']

const providers = { aws, azurerm, google, kubernetes } as const

function providerOf(type: string): (typeof providers)[keyof typeof providers] {
  const name = Object.keys(providers).find((one) => type.startsWith(`${one}_`)) ?? 'aws'
  return providers[name as keyof typeof providers]
}

const edit =
  (expect: Expect) =>
  (id: string, why: string, type: string, values: Values, set: Values): Attack => ({
    id,
    env: PROD,
    expect,
    why,
    plan: plan([update(on(providerOf(type), type, 'main', values), { set })]),
  })
const birth =
  (expect: Expect) =>
  (
    id: string,
    why: string,
    type: string,
    values: Values,
    hazards: Attack['hazards'] = [],
  ): Attack => ({
    id,
    env: PROD,
    expect,
    why,
    hazards,
    plan: plan([create(on(providerOf(type), type, 'main', values))]),
  })
const waits = edit('hold')
const passes = edit('release')
const bornWaits = birth('hold')
const bornPasses = birth('release')

const nodePool = { name: 'main', cluster: 'orders', node_count: 3, version: '1.33.4-gke.1' }
const pod = (spec: Values, security: Values = {}): Values => ({
  metadata: [{ name: 'agent', namespace: 'ops' }],
  spec: [
    {
      template: [
        {
          spec: [
            {
              container: [{ name: 'agent', image: 'acme/a:1', security_context: [security] }],
              ...spec,
            },
          ],
        },
      ],
    },
  ],
})
const alarm = {
  alarm_name: 'idle',
  alarm_actions: ['arn:aws:sns:eu-west-1:123456789012:ops'],
  comparison_operator: 'LessThanThreshold',
  threshold: 5,
}
const ends = 'arn:aws:automate:eu-west-1:ec2:terminate'
const fargate = on(aws, 'aws_eks_fargate_profile', 'orders', {
  id: 'main:orders',
  cluster_name: 'main',
  fargate_profile_name: 'orders',
  selector: [{ namespace: 'orders', labels: {} }],
  subnet_ids: ['subnet-1'],
})

const DENIAL = {
  name: 'deny',
  network: 'default',
  direction: 'INGRESS',
  disabled: false,
  priority: 1,
  allow: [],
  deny: [{ protocol: 'all', ports: [] }],
  source_ranges: ['10.0.0.0/8'],
}

const bucket = on(aws, 'aws_s3_bucket', 'logs', {
  id: 'logs',
  bucket: 'logs',
  force_destroy: false,
})
const guard = on(aws, 'aws_s3_bucket_public_access_block', 'logs', {
  id: 'logs',
  bucket: 'logs',
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
})
const others = [1, 2, 3, 4, 5, 6, 7, 8].map((n) =>
  unchanged(on(aws, 'aws_sqs_queue', `q${n}`, { id: `q${n}`, name: `q${n}` })),
)

const ENFORCE = 'pod-security.kubernetes.io/enforce'
const namespace = (labels: Values | null): Values => ({
  metadata: [{ name: 'ops', labels, annotations: {} }],
  wait_for_default_service_account: false,
})

const sinkTo = (name: string): Target =>
  on(
    google,
    'google_logging_project_sink',
    'main',
    { name: 's', destination: `storage.googleapis.com/${name}`, filter: '' },
    {
      references: {
        destination: ['google_storage_bucket.logs.name', 'google_storage_bucket.logs'],
      },
    },
  )
const PRIVATE_BUCKET = {
  location: 'EU',
  public_access_prevention: 'enforced',
  uniform_bucket_level_access: true,
}
const archive = on(google, 'google_storage_bucket', 'logs', {
  name: 'acme-logs',
  ...PRIVATE_BUCKET,
})

export const THE_OTHER_WAY: readonly Attack[] = [
  waits('TW01', 'nodes go back to an older version', 'google_container_node_pool', nodePool, {
    version: '1.32.1-gke.1',
  }),
  waits(
    'TW02',
    'a function without limit gets one',
    'aws_lambda_function',
    { function_name: 'f', reserved_concurrent_executions: -1 },
    { reserved_concurrent_executions: 1 },
  ),
  waits(
    'TW03',
    'account keys of a storage account work again',
    'azurerm_storage_account',
    { name: 's', shared_access_key_enabled: false },
    { shared_access_key_enabled: true },
  ),
  waits(
    'TW04',
    'keys of a database account work again',
    'azurerm_cosmosdb_account',
    { name: 's', local_authentication_enabled: false },
    { local_authentication_enabled: true },
  ),
  waits(
    'TW05',
    'a default route is put into a table that had none',
    'azurerm_route_table',
    { name: 'r', route: [] },
    {
      route: [
        {
          name: 'd',
          address_prefix: '0.0.0.0/0',
          next_hop_type: 'None',
          next_hop_in_ip_address: '',
        },
      ],
    },
  ),
  waits(
    'TW06',
    'a machine loses its public address',
    'google_compute_instance',
    { name: 'i', network_interface: [{ network: 'n', access_config: [{ nat_ip: '34.1.2.3' }] }] },
    { 'network_interface.0.access_config': [] },
  ),
  waits(
    'TW07',
    'an endpoint takes traffic again',
    'azurerm_traffic_manager_azure_endpoint',
    { name: 'e', enabled: false },
    { enabled: true },
  ),
  waits(
    'TW08',
    'a stopped job runs again',
    'google_cloud_scheduler_job',
    { name: 'j', paused: true },
    { paused: false },
  ),
  waits(
    'TW09',
    'a login stands in front of machines',
    'aws_api_gateway_method',
    { http_method: 'GET', authorization: 'NONE', api_key_required: false },
    { api_key_required: true },
  ),
  waits(
    'TW10',
    'a database is no longer reached from outside',
    'aws_rds_cluster_instance',
    { identifier: 'x', cluster_identifier: 'c', publicly_accessible: true },
    { publicly_accessible: false },
  ),
  waits(
    'TW11',
    'containers lose the credentials of their machine',
    'aws_instance',
    {
      ami: 'ami-1',
      metadata_options: [{ http_put_response_hop_limit: 2, http_tokens: 'required' }],
    },
    { 'metadata_options.0.http_put_response_hop_limit': 1 },
  ),
  waits(
    'TW12',
    'the managed password of a database goes',
    'aws_db_instance',
    { identifier: 'x', manage_master_user_password: true },
    { manage_master_user_password: null },
  ),
  waits(
    'TW13',
    'a filter meets the requests of a site',
    'aws_cloudfront_distribution',
    { enabled: true, web_acl_id: '' },
    { web_acl_id: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/1' },
  ),
  waits(
    'TW14',
    'a policy of many subscriptions is enforced',
    'azurerm_management_group_policy_assignment',
    { name: 'p', enforce: false },
    { enforce: true },
  ),
  waits(
    'TW15',
    'a key may decrypt',
    'azurerm_key_vault_key',
    { name: 'k', key_opts: ['sign'] },
    { key_opts: ['sign', 'decrypt'] },
  ),
  waits(
    'TW16',
    'clients without TLS are refused',
    'aws_db_proxy',
    { name: 'p', require_tls: false },
    { require_tls: true },
  ),
  waits('TW17', 'an alarm ends a machine', 'aws_cloudwatch_metric_alarm', alarm, {
    alarm_actions: [...alarm.alarm_actions, ends],
  }),
  waits(
    'TW18',
    'audit records were kept for ever',
    'azurerm_mssql_server_extended_auditing_policy',
    { server_id: 's', retention_in_days: 0 },
    { retention_in_days: 30 },
  ),
  waits(
    'TW36',
    'logs were kept for ever',
    'aws_cloudwatch_log_group',
    { name: 'l', retention_in_days: 0 },
    { retention_in_days: 30 },
  ),
  waits(
    'TW37',
    'older logs are deleted',
    'aws_cloudwatch_log_group',
    { name: 'l', retention_in_days: 30 },
    { retention_in_days: 7 },
  ),
  ...['block_public_acls', 'ignore_public_acls', 'restrict_public_buckets'].map(
    (flag, at): Attack => ({
      ...waits(
        `TW${38 + at}`,
        `the guard of a whole account goes (${flag})`,
        'aws_s3_account_public_access_block',
        { account_id: '123456789012', [flag]: true },
        { [flag]: false },
      ),
      hazards: ['internet-exposure'],
    }),
  ),
  waits(
    'TW41',
    'pods of a namespace may hold their nodes',
    'kubernetes_namespace_v1',
    namespace({ [ENFORCE]: 'restricted' }),
    { 'metadata.0.labels': { [ENFORCE]: 'privileged' } },
  ),
  waits(
    'TW42',
    'pods of a namespace without a guard may hold their nodes',
    'kubernetes_namespace',
    namespace(null),
    { 'metadata.0.labels': { team: 'ops', [ENFORCE]: 'privileged' } },
  ),
  waits(
    'TW43',
    'the guard of a namespace goes',
    'kubernetes_namespace',
    namespace({ team: 'ops', [ENFORCE]: 'restricted' }),
    { 'metadata.0.labels': { team: 'ops' } },
  ),
  waits(
    'TW44',
    'the guard of a namespace goes with all its labels',
    'kubernetes_namespace',
    namespace({ team: 'ops', [ENFORCE]: 'restricted' }),
    { 'metadata.0.labels': null },
  ),
  bornWaits(
    'TW45',
    'a namespace in which pods may hold their nodes',
    'kubernetes_namespace_v1',
    namespace({ [ENFORCE]: 'privileged' }),
    ['privilege-escalation'],
  ),
  bornWaits('TW46', 'a job runs at once', 'kubernetes_job_v1', pod({}), ['workload-rollout']),
  bornWaits(
    'TW47',
    'a schedule starts work from now on',
    'kubernetes_cron_job_v1',
    { ...pod({}), spec: [{ schedule: '0 3 * * *', suspend: false, job_template: [pod({})] }] },
    ['workload-rollout'],
  ),
  ...['project', 'folder', 'organization', 'billing_account'].map((scope, at) =>
    bornWaits(
      `TW${70 + at}`,
      `what is logged goes to another project as well (${scope})`,
      `google_logging_${scope}_sink`,
      {
        name: 's',
        destination: 'logging.googleapis.com/projects/other/locations/eu/buckets/b',
        disabled: false,
        filter: '',
      },
      ['secret-exposure'],
    ),
  ),
  bornWaits(
    'TW74',
    'what is logged goes to a bucket of somebody',
    'google_logging_project_sink',
    { name: 's', destination: 'storage.googleapis.com/acme', filter: '' },
    ['secret-exposure'],
  ),
  {
    id: 'TW75',
    env: PROD,
    expect: 'hold',
    hazards: ['secret-exposure'],
    why: 'the name of a new bucket is only a part of where the logs go',
    plan: plan([create(archive), create(sinkTo('other-acme-logs'))]),
  },
  {
    id: 'TW78',
    env: PROD,
    expect: 'hold',
    hazards: ['secret-exposure'],
    why: 'a new bucket without a name yet is no bucket called undefined',
    plan: plan([
      create(on(google, 'google_storage_bucket', 'logs', PRIVATE_BUCKET, { computed: ['name'] })),
      create(sinkTo('undefined')),
    ]),
  },
  {
    id: 'TW20',
    env: PROD,
    expect: 'hold',
    hazards: ['outage'],
    why: 'pods go with their profile',
    plan: plan([
      replace(fargate, { set: { 'selector.0.namespace': 'shop' }, because: ['selector'] }),
    ]),
  },
  bornWaits(
    'TW21',
    'a new alarm ends a machine',
    'aws_cloudwatch_metric_alarm',
    { ...alarm, alarm_actions: [ends] },
    ['outage'],
  ),
  bornWaits(
    'TW22',
    'messages of a topic go to a web address',
    'aws_sns_topic_subscription',
    {
      topic_arn: 'arn:aws:sns:eu-west-1:123456789012:orders',
      protocol: 'https',
      endpoint: 'https://x.example/in',
    },
    ['secret-exposure'],
  ),
  bornWaits(
    'TW23',
    'messages of a topic are pushed to a web address',
    'google_pubsub_subscription',
    {
      name: 's',
      topic: 'projects/p/topics/orders',
      push_config: [{ push_endpoint: 'https://x.example/in' }],
    },
    ['secret-exposure'],
  ),
  bornWaits(
    'TW24',
    'an interface is public',
    'azurerm_network_interface',
    {
      name: 'n',
      ip_configuration: [{ name: 'i', public_ip_address_id: '/subscriptions/1/p', subnet_id: 's' }],
    },
    ['internet-exposure'],
  ),
  bornWaits(
    'TW25',
    'some members leave no trace',
    'google_project_iam_audit_config',
    {
      project: 'p',
      service: 'allServices',
      audit_log_config: [{ log_type: 'DATA_READ', exempted_members: ['user:a@acme.example'] }],
    },
    ['audit-loss'],
  ),
  bornWaits(
    'TW26',
    'agents share the processes of every node',
    'kubernetes_daemon_set_v1',
    pod({ host_pid: true }),
    ['privilege-escalation'],
  ),
  bornWaits(
    'TW27',
    'privileged agents',
    'kubernetes_daemon_set_v1',
    pod({}, { privileged: true }),
    ['privilege-escalation'],
  ),
  bornWaits(
    'TW28',
    'a job writes files of its node',
    'kubernetes_job_v1',
    pod({ volume: [{ name: 'v', host_path: [{ path: '/' }] }] }),
    ['privilege-escalation'],
  ),
  bornWaits(
    'TW29',
    'the map of who is who in a cluster',
    'kubernetes_config_map_v1',
    { metadata: [{ name: 'aws-auth', namespace: 'kube-system' }], data: { mapRoles: '[]' } },
    ['privilege-escalation'],
  ),
  bornWaits(
    'TW30',
    'a token that never expires',
    'kubernetes_secret_v1',
    { metadata: [{ name: 't', namespace: 'ops' }], type: 'kubernetes.io/service-account-token' },
    ['privilege-escalation'],
  ),
  passes(
    'TW50',
    'changes of a table are recorded from now on',
    'aws_dynamodb_table',
    { name: 't', stream_enabled: false },
    { stream_enabled: true },
  ),
  bornPasses(
    'TW61',
    'a namespace with a guard',
    'kubernetes_namespace_v1',
    namespace({ team: 'ops', [ENFORCE]: 'baseline' }),
  ),
  passes(
    'TW62',
    'a namespace gets a guard that only warns',
    'kubernetes_namespace_v1',
    namespace({ team: 'ops' }),
    { 'metadata.0.labels': { team: 'ops', 'pod-security.kubernetes.io/warn': 'privileged' } },
  ),
  bornPasses('TW63', 'a schedule that stands still', 'kubernetes_cron_job_v1', {
    ...pod({}),
    spec: [{ schedule: '0 3 * * *', suspend: true, job_template: [pod({})] }],
  }),
  {
    id: 'TW76',
    env: PROD,
    expect: 'release',
    why: 'what is logged goes to a bucket of the same plan',
    plan: plan([create(archive), create(sinkTo('acme-logs'))]),
  },
  bornPasses('TW77', 'a sink that stands still', 'google_logging_project_sink', {
    name: 's',
    destination: 'storage.googleapis.com/acme',
    disabled: true,
    filter: '',
  }),
  passes(
    'TW59',
    'logs are kept for ever',
    'aws_cloudwatch_log_group',
    { name: 'l', retention_in_days: 30 },
    { retention_in_days: 0 },
  ),
  passes(
    'TW60',
    'audit records are kept for ever',
    'azurerm_mssql_server_extended_auditing_policy',
    { server_id: 's', retention_in_days: 30 },
    { retention_in_days: 0 },
  ),
  passes(
    'TW51',
    'a guard is switched on',
    'aws_rds_cluster',
    { cluster_identifier: 'c', deletion_protection: false },
    { deletion_protection: true },
  ),
  passes(
    'TW52',
    'names of a network resolve',
    'aws_vpc',
    { cidr_block: '10.0.0.0/16', enable_dns_hostnames: false },
    { enable_dns_hostnames: true },
  ),
  passes(
    'TW53',
    'one more range in a network',
    'google_compute_subnetwork',
    { name: 's', secondary_ip_range: [{ range_name: 'a', ip_cidr_range: '10.1.0.0/20' }] },
    {
      secondary_ip_range: [
        { range_name: 'a', ip_cidr_range: '10.1.0.0/20' },
        { range_name: 'b', ip_cidr_range: '10.2.0.0/20' },
      ],
    },
  ),
  bornPasses('TW54', 'an alarm that heals a machine', 'aws_cloudwatch_metric_alarm', {
    ...alarm,
    alarm_actions: ['arn:aws:automate:eu-west-1:ec2:recover'],
  }),
  bornPasses(
    'TW55',
    'agents without powers',
    'kubernetes_daemon_set_v1',
    pod(
      { host_pid: false },
      { privileged: false, run_as_non_root: true, allow_privilege_escalation: false },
    ),
  ),
  bornPasses('TW56', 'mail for people', 'aws_sns_topic_subscription', {
    topic_arn: 'arn:aws:sns:eu-west-1:123456789012:ops',
    protocol: 'email',
    endpoint: 'ops@acme.example',
  }),
  bornWaits(
    'TW31',
    'a denial before everything that is admitted elsewhere',
    'google_compute_firewall',
    DENIAL,
    ['outage'],
  ),
  bornWaits(
    'TW32',
    'the first rule of a network denies its own addresses',
    'aws_network_acl_rule',
    {
      network_acl_id: 'acl-1',
      rule_number: 1,
      egress: false,
      protocol: '-1',
      rule_action: 'deny',
      cidr_block: '10.0.0.0/8',
      from_port: 0,
      to_port: 0,
    },
    ['outage'],
  ),
  waits(
    'TW33',
    'a denial overtakes rules that stand elsewhere',
    'google_compute_firewall',
    { ...DENIAL, priority: 65000 },
    { priority: 1 },
  ),
  {
    id: 'TW34',
    env: PROD,
    expect: 'hold',
    hazards: ['network-widening'],
    why: 'a denial goes, and what it kept out comes in',
    plan: plan([remove(on(google, 'google_compute_firewall', 'main', DENIAL))]),
  },
  passes('TW57', 'a denial in two halves', 'google_compute_firewall', DENIAL, {
    source_ranges: ['10.0.0.0/9', '10.128.0.0/9'],
  }),
  {
    id: 'TW35',
    env: DEV,
    expect: 'hold',
    hazards: ['internet-exposure'],
    why: 'the guard of a bucket that stays is destroyed in dev',
    plan: plan([remove(guard), unchanged(bucket), ...others]),
  },
  {
    id: 'TW79',
    env: DEV,
    expect: 'hold',
    hazards: ['internet-exposure'],
    why: 'the guard of a bucket that stays is destroyed with a table of the same name',
    plan: plan([
      remove(guard),
      unchanged(bucket),
      remove(on(aws, 'aws_dynamodb_table', 'logs', { id: 'logs', name: 'logs' })),
      ...others,
    ]),
  },
  {
    id: 'TW58',
    env: DEV,
    expect: 'release',
    why: 'a bucket of dev goes with its guard',
    plan: plan([remove(guard), remove(bucket), ...others]),
  },
]
