// Google Cloud.

import type { Target } from '../../../fixtures/tools/plan-builder.ts'
import type { JsonObject } from '../../../src/core/json.ts'
import { type Attack, create, DEV, drifted, google, on, PROD, plan, remove, replace, STAGING, unchanged, update, withValues } from './parts.ts' // biome-ignore format: a list of words

const P = 'acme-prod-01'
const GP = { ...PROD, workspace: 'gcp-core-prod' } as const
const yes = (
  id: string,
  env: Attack['env'],
  why: string,
  document: Attack['plan'],
  hazards: Attack['hazards'] = [],
): Attack => ({ id, env, expect: 'release', why, hazards: hazards ?? [], plan: document })
const bad = (
  id: string,
  env: Attack['env'],
  why: string,
  hazards: Attack['hazards'],
  document: Attack['plan'],
): Attack => ({ id, env, expect: 'hold', why, hazards: hazards ?? [], plan: document })
const labels = (own: Record<string, string>): JsonObject => ({
  labels: own,
  effective_labels: own,
  terraform_labels: own,
})

const sql = (more: JsonObject = {}): Target =>
  on(
    google,
    'google_sql_database_instance',
    'main',
    {
      available_maintenance_versions: [],
      connection_name: `${P}:europe-west1:main`,
      database_version: 'POSTGRES_16',
      deletion_protection: true,
      dns_name: '',
      encryption_key_name: '',
      first_ip_address: '10.1.0.3',
      id: 'main',
      instance_type: 'CLOUD_SQL_INSTANCE',
      ip_address: [],
      maintenance_version: 'POSTGRES_16.4',
      master_instance_name: '',
      name: 'main',
      private_ip_address: '10.1.0.3',
      project: P,
      psc_service_attachment_link: '',
      public_ip_address: '',
      region: 'europe-west1',
      root_password: null,
      self_link: 's',
      server_ca_cert: [],
      service_account_email_address: 'x',
      settings: [
        {
          activation_policy: 'ALWAYS',
          availability_type: 'REGIONAL',
          backup_configuration: [
            {
              backup_retention_settings: [{ retained_backups: 14, retention_unit: 'COUNT' }],
              binary_log_enabled: false,
              enabled: true,
              location: 'eu',
              point_in_time_recovery_enabled: true,
              start_time: '02:00',
              transaction_log_retention_days: 7,
            },
          ],
          collation: '',
          connector_enforcement: 'NOT_REQUIRED',
          database_flags: [{ name: 'log_min_duration_statement', value: '500' }],
          deletion_protection_enabled: true,
          disk_autoresize: true,
          disk_autoresize_limit: 500,
          disk_size: 200,
          disk_type: 'PD_SSD',
          edition: 'ENTERPRISE',
          insights_config: [],
          ip_configuration: [
            {
              allocated_ip_range: '',
              authorized_networks: [],
              enable_private_path_for_google_cloud_services: true,
              ipv4_enabled: false,
              private_network: 'n',
              ssl_mode: 'ENCRYPTED_ONLY',
            },
          ],
          location_preference: [],
          maintenance_window: [{ day: 7, hour: 3, update_track: 'stable' }],
          pricing_plan: 'PER_USE',
          tier: 'db-custom-4-15360',
          time_zone: '',
          user_labels: { team: 'core' },
          version: 44,
        },
      ],
      ...more,
    },
    { schemaVersion: 0, sensitive: ['root_password'] },
  )
const firewall = (name: string, more: JsonObject = {}): Target =>
  on(google, 'google_compute_firewall', name, {
    allow: [{ ports: ['8080'], protocol: 'tcp' }],
    creation_timestamp: 'x',
    deny: [],
    description: '',
    destination_ranges: [],
    direction: 'INGRESS',
    disabled: false,
    enable_logging: null,
    id: name,
    log_config: [],
    name,
    network: `https://www.googleapis.com/compute/v1/projects/${P}/global/networks/core`,
    params: [],
    priority: 1000,
    project: P,
    self_link: 's',
    source_ranges: ['10.0.0.0/16'],
    source_service_accounts: [],
    source_tags: [],
    target_service_accounts: [],
    target_tags: ['app'],
    ...more,
  })
const bucket = (name: string, more: JsonObject = {}): Target =>
  on(google, 'google_storage_bucket', name, {
    autoclass: [],
    cors: [],
    custom_placement_config: [],
    default_event_based_hold: false,
    enable_object_retention: false,
    encryption: [],
    force_destroy: false,
    id: name,
    lifecycle_rule: [],
    location: 'EU',
    logging: [],
    name,
    project: P,
    project_number: 1,
    public_access_prevention: 'enforced',
    requester_pays: false,
    retention_policy: [],
    rpo: 'DEFAULT',
    self_link: 's',
    soft_delete_policy: [{ retention_duration_seconds: 604800, effective_time: 'x' }],
    storage_class: 'STANDARD',
    time_created: 'x',
    uniform_bucket_level_access: true,
    updated: 'x',
    url: `gs://${name}`,
    versioning: [{ enabled: true }],
    website: [],
    ...labels({ team: 'core' }),
    ...more,
  })
const member = (kind: string, name: string, more: JsonObject): Target =>
  on(
    google,
    kind,
    name,
    { condition: [], etag: 'e', id: name, project: P, ...more },
    { computed: ['etag', 'id'] },
  )
const pool = (more: JsonObject = {}): Target =>
  on(google, 'google_container_node_pool', 'general', {
    autoscaling: [
      {
        location_policy: 'BALANCED',
        max_node_count: 10,
        min_node_count: 3,
        total_max_node_count: 0,
        total_min_node_count: 0,
      },
    ],
    cluster: 'main',
    id: 'p',
    initial_node_count: 3,
    location: 'europe-west1',
    management: [{ auto_repair: true, auto_upgrade: true }],
    max_pods_per_node: 110,
    name: 'general',
    node_config: [
      {
        disk_size_gb: 100,
        disk_type: 'pd-balanced',
        image_type: 'COS_CONTAINERD',
        labels: { pool: 'general' },
        machine_type: 'e2-standard-8',
        oauth_scopes: ['https://www.googleapis.com/auth/cloud-platform'],
        service_account: 'x',
        spot: false,
        taint: [],
        tags: ['gke'],
      },
    ],
    node_count: 4,
    node_locations: ['b', 'c'],
    project: P,
    upgrade_settings: [{ max_surge: 1, max_unavailable: 0, strategy: 'SURGE' }],
    version: '1.33.4',
    ...more,
  })
const run = (more: JsonObject = {}): Target =>
  on(
    google,
    'google_cloud_run_v2_service',
    'api',
    {
      annotations: {},
      client: '',
      client_version: '',
      conditions: [],
      create_time: 'x',
      custom_audiences: [],
      deletion_protection: true,
      description: '',
      etag: 'e',
      generation: '4',
      id: 'api',
      ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY',
      invoker_iam_disabled: false,
      latest_ready_revision: 'r',
      location: 'europe-west1',
      name: 'api',
      project: P,
      reconciling: false,
      template: [
        {
          annotations: {},
          containers: [
            {
              args: [],
              command: [],
              env: [{ name: 'LOG', value: 'info', value_source: [] }],
              image: `europe-docker.pkg.dev/${P}/app/api:1.4.0`,
              name: '',
              ports: [{ container_port: 8080, name: 'http1' }],
              resources: [
                { cpu_idle: true, limits: { cpu: '1', memory: '512Mi' }, startup_cpu_boost: false },
              ],
            },
          ],
          execution_environment: '',
          labels: {},
          max_instance_request_concurrency: 80,
          revision: '',
          scaling: [{ max_instance_count: 20, min_instance_count: 2 }],
          service_account: 'api@x',
          timeout: '300s',
          vpc_access: [],
        },
      ],
      traffic: [
        { percent: 100, revision: '', tag: '', type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST' },
      ],
      uid: 'u',
      update_time: 'x',
      uri: 'https://x',
      ...labels({}),
      ...more,
    },
    {
      computed: [
        'conditions',
        'create_time',
        'etag',
        'generation',
        'id',
        'latest_ready_revision',
        'uid',
        'update_time',
        'uri',
        'effective_labels',
        'terraform_labels',
      ],
    },
  )
const topic = on(google, 'google_pubsub_topic', 'orders', {
  id: 't',
  ingestion_data_source_settings: [],
  kms_key_name: '',
  message_retention_duration: '86400s',
  message_storage_policy: [],
  name: 'orders',
  project: P,
  schema_settings: [],
  ...labels({}),
})
const record = (more: JsonObject = {}): Target =>
  on(google, 'google_dns_record_set', 'api', {
    id: 'r',
    managed_zone: 'acme',
    name: 'api.acme.example.',
    project: P,
    routing_policy: [],
    rrdatas: ['203.0.113.7'],
    ttl: 300,
    type: 'A',
    ...more,
  })
const key = (more: JsonObject = {}): Target =>
  on(google, 'google_kms_crypto_key', 'data', {
    crypto_key_backend: '',
    destroy_scheduled_duration: '2592000s',
    id: 'k',
    import_only: false,
    key_ring: 'ring',
    name: 'data',
    primary: [],
    purpose: 'ENCRYPT_DECRYPT',
    rotation_period: '7776000s',
    skip_initial_version_creation: false,
    version_template: [{ algorithm: 'GOOGLE_SYMMETRIC_ENCRYPTION', protection_level: 'SOFTWARE' }],
    ...labels({}),
    ...more,
  })
const dataset = (more: JsonObject = {}): Target =>
  on(
    google,
    'google_bigquery_dataset',
    'sales',
    {
      access: [
        {
          role: 'OWNER',
          special_group: 'projectOwners',
          user_by_email: '',
          group_by_email: '',
          domain: '',
          iam_member: '',
        },
      ],
      creation_time: 1,
      dataset_id: 'sales',
      default_collation: '',
      default_encryption_configuration: [],
      default_partition_expiration_ms: 0,
      default_table_expiration_ms: 0,
      delete_contents_on_destroy: false,
      description: '',
      etag: 'e',
      friendly_name: '',
      id: 'd',
      is_case_insensitive: false,
      last_modified_time: 1,
      location: 'EU',
      max_time_travel_hours: '168',
      project: P,
      self_link: 's',
      storage_billing_model: '',
      ...labels({}),
      ...more,
    },
    {
      computed: [
        'creation_time',
        'etag',
        'id',
        'last_modified_time',
        'self_link',
        'effective_labels',
        'terraform_labels',
      ],
    },
  )
const sink = (more: JsonObject = {}): Target =>
  on(
    google,
    'google_logging_project_sink',
    'audit',
    {
      bigquery_options: [],
      description: '',
      destination: 'storage.googleapis.com/acme-audit',
      disabled: false,
      exclusions: [],
      filter: 'logName:"cloudaudit"',
      id: 's',
      name: 'audit',
      project: P,
      unique_writer_identity: true,
      writer_identity: 'w',
      ...more,
    },
    { computed: ['id', 'writer_identity'] },
  )
const gke = (more: JsonObject = {}): Target =>
  on(
    google,
    'google_container_cluster',
    'main',
    {
      allow_net_admin: null,
      cluster_autoscaling: [{ enabled: false }],
      deletion_protection: true,
      description: '',
      enable_autopilot: false,
      enable_l4_ilb_subsetting: false,
      enable_shielded_nodes: true,
      endpoint: '10.0.0.2',
      id: 'c',
      initial_node_count: 1,
      location: 'europe-west1',
      logging_service: 'logging.googleapis.com/kubernetes',
      maintenance_policy: [],
      master_authorized_networks_config: [
        {
          cidr_blocks: [{ cidr_block: '10.0.0.0/8', display_name: 'vpn' }],
          gcp_public_cidrs_access_enabled: false,
        },
      ],
      master_version: '1.33.4',
      min_master_version: '1.33',
      monitoring_service: 'monitoring.googleapis.com/kubernetes',
      name: 'main',
      network: 'core',
      network_policy: [{ enabled: true, provider: 'CALICO' }],
      node_locations: [],
      private_cluster_config: [
        {
          enable_private_endpoint: true,
          enable_private_nodes: true,
          master_ipv4_cidr_block: '172.16.0.0/28',
        },
      ],
      project: P,
      release_channel: [{ channel: 'REGULAR' }],
      remove_default_node_pool: true,
      resource_labels: {},
      self_link: 's',
      subnetwork: 'gke',
      workload_identity_config: [{ workload_pool: `${P}.svc.id.goog` }],
      ...more,
    },
    { computed: ['endpoint', 'id', 'master_version', 'self_link'] },
  )

export const GOOGLE: readonly Attack[] = [
  yes(
    'GO01',
    GP,
    'labels on database',
    plan([update(sql(), { set: { 'settings.0.user_labels': { team: 'core', cost: '1' } } })]),
  ),
  yes(
    'GO02',
    GP,
    'backups kept longer',
    plan([
      update(sql(), {
        set: {
          'settings.0.backup_configuration.0.backup_retention_settings.0.retained_backups': 30,
        },
      }),
    ]),
  ),
  yes(
    'GO03',
    GP,
    'node pool ceiling and floor up',
    plan([
      update(pool(), {
        set: { 'autoscaling.0.max_node_count': 16, 'autoscaling.0.min_node_count': 4 },
      }),
    ]),
  ),
  yes(
    'GO04',
    GP,
    'run service max instances up',
    plan([
      update(run(), {
        set: { 'template.0.scaling.0.max_instance_count': 40 },
        unknown: ['conditions', 'etag', 'generation', 'latest_ready_revision', 'update_time'],
      }),
    ]),
  ),
  yes(
    'GO05',
    GP,
    'firewall: ranges split in halves',
    plan([update(firewall('app'), { set: { source_ranges: ['10.0.0.0/17', '10.0.128.0/17'] } })]),
  ),
  yes('GO06', GP, 'new private bucket', plan([create(bucket('exports'))])),
  yes(
    'GO07',
    GP,
    'new topic and subscription',
    plan([
      create(topic),
      create(
        on(google, 'google_pubsub_subscription', 'orders', {
          ack_deadline_seconds: 30,
          bigquery_config: [],
          cloud_storage_config: [],
          dead_letter_policy: [],
          enable_exactly_once_delivery: false,
          enable_message_ordering: false,
          expiration_policy: [{ ttl: '' }],
          filter: '',
          id: 's',
          message_retention_duration: '604800s',
          name: 'orders',
          project: P,
          push_config: [],
          retain_acked_messages: false,
          retry_policy: [],
          topic: 'orders',
          ...labels({}),
        }),
      ),
    ]),
  ),
  yes(
    'GO08',
    GP,
    'new alert policy and notification channel',
    plan([
      create(
        on(
          google,
          'google_monitoring_alert_policy',
          'errors',
          {
            alert_strategy: [],
            combiner: 'OR',
            conditions: [
              {
                display_name: 'err',
                condition_threshold: [
                  { comparison: 'COMPARISON_GT', duration: '60s', filter: 'x', threshold_value: 5 },
                ],
              },
            ],
            creation_record: [],
            display_name: 'errors',
            documentation: [],
            enabled: true,
            id: 'a',
            name: 'n',
            notification_channels: ['c'],
            project: P,
            severity: '',
            user_labels: {},
          },
          { computed: ['creation_record', 'id', 'name'] },
        ),
      ),
    ]),
  ),
  yes(
    'GO09',
    GP,
    'bucket versioning on',
    plan([
      update(bucket('data', { versioning: [{ enabled: false }] }), {
        set: { 'versioning.0.enabled': true },
      }),
    ]),
  ),
  yes(
    'GO10',
    GP,
    'dataset description and labels',
    plan([
      update(dataset(), {
        set: { description: 'sales', ...labels({ team: 'bi' }) },
        unknown: ['etag', 'last_modified_time'],
      }),
    ]),
  ),
  yes(
    'GO11',
    GP,
    'new service account, no grant',
    plan([
      create(
        on(
          google,
          'google_service_account',
          'worker',
          {
            account_id: 'worker',
            create_ignore_already_exists: null,
            description: '',
            disabled: false,
            display_name: 'worker',
            email: 'e',
            id: 'i',
            member: 'm',
            name: 'n',
            project: P,
            unique_id: 'u',
          },
          { computed: ['email', 'id', 'member', 'name', 'unique_id'] },
        ),
      ),
    ]),
  ),
  yes(
    'GO12',
    DEV,
    'narrow member in dev',
    plan([
      create(
        member('google_project_iam_member', 'viewer', {
          role: 'roles/logging.logWriter',
          member: `serviceAccount:worker@${P.replace('prod', 'dev')}.iam.gserviceaccount.com`,
          project: 'acme-dev-01',
        }),
      ),
    ]),
  ),
  yes(
    'GO13',
    STAGING,
    'tier of a database in staging',
    plan([
      update(sql({ project: 'acme-stg' }), { set: { 'settings.0.tier': 'db-custom-8-30720' } }),
    ]),
  ),
  yes('GO14', GP, 'record ttl', plan([update(record(), { set: { ttl: 60 } })])),
  yes(
    'GO15',
    GP,
    'disk grows online',
    plan([
      update(
        on(google, 'google_compute_disk', 'data', {
          architecture: '',
          creation_timestamp: 'x',
          description: '',
          disk_encryption_key: [],
          disk_id: '1',
          enable_confidential_compute: false,
          id: 'd',
          image: '',
          label_fingerprint: 'f',
          name: 'data',
          physical_block_size_bytes: 4096,
          project: P,
          provisioned_iops: 0,
          provisioned_throughput: 0,
          self_link: 's',
          size: 500,
          snapshot: '',
          type: 'pd-ssd',
          users: ['i'],
          zone: 'b',
          ...labels({}),
        }),
        { set: { size: 800 } },
      ),
    ]),
  ),
  yes(
    'GO16',
    GP,
    'secret container with automatic replication',
    plan([
      create(
        on(
          google,
          'google_secret_manager_secret',
          'api',
          {
            annotations: {},
            create_time: 'x',
            expire_time: '',
            id: 's',
            name: 'n',
            project: P,
            replication: [{ auto: [{ customer_managed_encryption: [] }], user_managed: [] }],
            rotation: [],
            secret_id: 'api',
            topics: [],
            ttl: null,
            version_aliases: {},
            version_destroy_ttl: '',
            ...labels({}),
          },
          {
            computed: [
              'create_time',
              'id',
              'name',
              'effective_labels',
              'terraform_labels',
              'expire_time',
            ],
          },
        ),
      ),
    ]),
  ),
  yes(
    'GO17',
    GP,
    'log bucket keeps longer',
    plan([
      update(
        on(google, 'google_logging_project_bucket_config', 'default', {
          bucket_id: '_Default',
          cmek_settings: [],
          description: '',
          enable_analytics: false,
          id: 'b',
          index_configs: [],
          lifecycle_state: 'ACTIVE',
          location: 'global',
          locked: false,
          name: 'n',
          project: P,
          retention_days: 30,
        }),
        { set: { retention_days: 90 } },
      ),
    ]),
  ),
  yes(
    'GO18',
    GP,
    'firewall rule logging on',
    plan([
      update(firewall('app'), { set: { log_config: [{ metadata: 'INCLUDE_ALL_METADATA' }] } }),
    ]),
  ),
  yes(
    'GO19',
    GP,
    'rotation of a key more often',
    plan([update(key(), { set: { rotation_period: '2592000s' } })]),
  ),
  yes('GO20', GP, 'custom key labels', plan([update(key(), { set: labels({ team: 'sec' }) })])),
  yes(
    'GO21',
    DEV,
    'run image in dev',
    plan([
      update(run({ project: 'acme-dev' }), {
        set: { 'template.0.containers.0.image': `europe-docker.pkg.dev/${P}/app/api:1.5.0` },
        unknown: ['conditions', 'etag', 'generation', 'latest_ready_revision', 'update_time'],
      }),
    ]),
  ),
  yes(
    'GO22',
    DEV,
    'cluster replaced in dev',
    plan([
      replace(gke({ deletion_protection: false, project: 'acme-dev' }), {
        set: { initial_node_count: 2 },
        because: ['initial_node_count'],
      }),
    ]),
  ),
  yes(
    'GO23',
    GP,
    'binding members reordered',
    plan([
      update(
        member('google_project_iam_binding', 'log', {
          role: 'roles/logging.viewer',
          members: ['group:a@acme.example', 'group:b@acme.example'],
        }),
        { set: { members: ['group:b@acme.example', 'group:a@acme.example'] } },
      ),
    ]),
  ),
  yes(
    'GO24',
    GP,
    'new artifact repository',
    plan([
      create(
        on(
          google,
          'google_artifact_registry_repository',
          'app',
          {
            cleanup_policies: [],
            cleanup_policy_dry_run: false,
            create_time: 'x',
            description: '',
            docker_config: [],
            format: 'DOCKER',
            id: 'r',
            kms_key_name: '',
            location: 'europe-west1',
            mode: 'STANDARD_REPOSITORY',
            name: 'n',
            project: P,
            remote_repository_config: [],
            repository_id: 'app',
            update_time: 'x',
            virtual_repository_config: [],
            ...labels({}),
          },
          {
            computed: [
              'create_time',
              'id',
              'name',
              'update_time',
              'effective_labels',
              'terraform_labels',
            ],
          },
        ),
      ),
    ]),
  ),

  bad(
    'GO50',
    GP,
    'sql gets public ip',
    ['internet-exposure'],
    plan([update(sql(), { set: { 'settings.0.ip_configuration.0.ipv4_enabled': true } })]),
  ),
  bad(
    'GO51',
    DEV,
    'sql open to the world in dev',
    ['internet-exposure'],
    plan([
      update(sql({ project: 'acme-dev' }), {
        set: {
          'settings.0.ip_configuration.0.authorized_networks': [
            { name: 'all', value: '0.0.0.0/0', expiration_time: '' },
          ],
        },
      }),
    ]),
  ),
  bad(
    'GO52',
    GP,
    'sql flag restarts',
    ['outage'],
    plan([
      update(sql(), {
        set: { 'settings.0.database_flags': [{ name: 'max_connections', value: '500' }] },
      }),
    ]),
  ),
  bad(
    'GO53',
    GP,
    'sql regional to zonal',
    ['capacity-loss', 'outage'],
    plan([update(sql(), { set: { 'settings.0.availability_type': 'ZONAL' } })]),
  ),
  bad(
    'GO54',
    GP,
    'sql deletion guard of the provider off',
    ['protection-loss'],
    plan([update(sql(), { set: { deletion_protection: false } })]),
  ),
  bad(
    'GO55',
    GP,
    'pitr off',
    ['protection-loss'],
    plan([
      update(sql(), {
        set: { 'settings.0.backup_configuration.0.point_in_time_recovery_enabled': false },
      }),
    ]),
  ),
  bad(
    'GO56',
    GP,
    'firewall deny disabled',
    ['network-widening'],
    plan([
      update(
        firewall('deny', { allow: [], deny: [{ ports: ['22'], protocol: 'tcp' }], priority: 900 }),
        { set: { disabled: true } },
      ),
      unchanged(firewall('ssh', { allow: [{ ports: ['22'], protocol: 'tcp' }], priority: 1000 })),
    ]),
  ),
  bad(
    'GO57',
    DEV,
    'firewall without sources',
    ['internet-exposure'],
    plan([
      create(firewall('open', { source_ranges: [], allow: [{ ports: ['22'], protocol: 'tcp' }] })),
    ]),
  ),
  bad(
    'GO58',
    GP,
    'firewall target tags removed: every instance',
    ['network-widening'],
    plan([update(firewall('app'), { set: { target_tags: [] } })]),
  ),
  bad(
    'GO59',
    GP,
    'owner to a person',
    ['privilege-escalation'],
    plan([
      create(
        member('google_project_iam_member', 'owner', {
          role: 'roles/owner',
          member: 'user:joe@acme.example',
        }),
      ),
    ]),
  ),
  bad(
    'GO60',
    DEV,
    'editor to a foreign domain in dev',
    ['privilege-escalation'],
    plan([
      create(
        member('google_project_iam_member', 'ed', {
          role: 'roles/editor',
          member: 'user:joe@gmail.example',
          project: 'acme-dev',
        }),
      ),
    ]),
  ),
  bad(
    'GO61',
    DEV,
    'bucket for all users in dev',
    ['internet-exposure'],
    plan([
      create(
        member('google_storage_bucket_iam_member', 'pub', {
          bucket: 'media',
          role: 'roles/storage.objectViewer',
          member: 'allUsers',
        }),
      ),
    ]),
  ),
  bad(
    'GO62',
    GP,
    'whole project policy replaced',
    ['lock-out'],
    plan([
      create(
        on(
          google,
          'google_project_iam_policy',
          'all',
          {
            etag: 'e',
            id: P,
            policy_data: JSON.stringify({
              bindings: [{ members: ['group:platform@acme.example'], role: 'roles/owner' }],
            }),
            project: P,
          },
          { computed: ['etag', 'id'] },
        ),
      ),
    ]),
  ),
  bad(
    'GO63',
    GP,
    'binding loses a service agent',
    ['lock-out', 'outage'],
    plan([
      update(
        member('google_project_iam_binding', 'gke', {
          role: 'roles/container.serviceAgent',
          members: [
            'serviceAccount:service-1@container-engine-robot.iam.gserviceaccount.com',
            'group:a@acme.example',
          ],
        }),
        { set: { members: ['group:a@acme.example'] } },
      ),
    ]),
  ),
  bad(
    'GO64',
    GP,
    'service account key',
    ['secret-exposure'],
    plan([
      create(
        on(
          google,
          'google_service_account_key',
          'ci',
          {
            id: 'k',
            keepers: null,
            key_algorithm: 'KEY_ALG_RSA_2048',
            name: 'n',
            private_key: 'x',
            private_key_type: 'TYPE_GOOGLE_CREDENTIALS_FILE',
            public_key: 'x',
            service_account_id: 'ci',
            valid_after: 'x',
            valid_before: 'x',
          },
          {
            computed: ['id', 'name', 'private_key', 'public_key', 'valid_after', 'valid_before'],
            sensitive: ['private_key'],
          },
        ),
      ),
    ]),
  ),
  bad(
    'GO65',
    GP,
    'service account replaced',
    ['identity-churn', 'lock-out'],
    plan([
      replace(
        on(
          google,
          'google_service_account',
          'worker',
          {
            account_id: 'worker',
            description: '',
            disabled: false,
            display_name: 'worker',
            email: 'e',
            id: 'i',
            member: 'm',
            name: 'n',
            project: P,
            unique_id: 'u',
          },
          { computed: ['email', 'id', 'member', 'name', 'unique_id'] },
        ),
        { set: { account_id: 'worker2' }, because: ['account_id'] },
      ),
    ]),
  ),
  bad(
    'GO66',
    GP,
    'subnet description: replaced',
    ['outage'],
    plan([
      replace(
        on(google, 'google_compute_subnetwork', 'app', {
          creation_timestamp: 'x',
          description: 'app',
          fingerprint: 'f',
          gateway_address: '10.4.0.1',
          id: 's',
          ip_cidr_range: '10.4.0.0/20',
          log_config: [],
          name: 'app',
          network: 'core',
          private_ip_google_access: true,
          project: P,
          purpose: 'PRIVATE',
          region: 'europe-west1',
          role: '',
          secondary_ip_range: [],
          self_link: 's',
          stack_type: 'IPV4_ONLY',
        }),
        { set: { description: 'app tier' }, because: ['description'] },
      ),
    ]),
  ),
  bad(
    'GO67',
    GP,
    'topic replaced',
    ['data-loss', 'outage'],
    plan([replace(topic, { set: { name: 'orders2' }, because: ['name'] })]),
  ),
  bad(
    'GO68',
    GP,
    'key ring key destroyed',
    ['key-loss', 'irreversible'],
    plan([remove(key()), unchanged(topic), unchanged(bucket('a')), unchanged(bucket('b'))]),
  ),
  bad(
    'GO69',
    GP,
    'lifecycle on a bucket: delete after 30 days',
    ['data-loss'],
    plan([
      update(bucket('data'), {
        set: {
          lifecycle_rule: [
            {
              action: [{ storage_class: '', type: 'Delete' }],
              condition: [{ age: 30, matches_prefix: [], matches_suffix: [] }],
            },
          ],
        },
      }),
    ]),
  ),
  bad(
    'GO70',
    GP,
    'public access prevention inherited',
    ['internet-exposure'],
    plan([update(bucket('data'), { set: { public_access_prevention: 'inherited' } })]),
  ),
  bad(
    'GO71',
    GP,
    'retention policy locked',
    ['one-way-door'],
    plan([
      update(
        bucket('data', { retention_policy: [{ is_locked: false, retention_period: 31536000 }] }),
        { set: { 'retention_policy.0.is_locked': true } },
      ),
    ]),
  ),
  bad(
    'GO72',
    GP,
    'dataset default expiration',
    ['data-loss'],
    plan([
      update(dataset(), {
        set: { default_table_expiration_ms: 86400000 },
        unknown: ['etag', 'last_modified_time'],
      }),
    ]),
  ),
  bad(
    'GO73',
    GP,
    'dataset for all authenticated',
    ['internet-exposure'],
    plan([
      update(dataset(), {
        set: {
          access: [
            {
              role: 'READER',
              special_group: 'allAuthenticatedUsers',
              user_by_email: '',
              group_by_email: '',
              domain: '',
              iam_member: '',
            },
          ],
        },
        unknown: ['etag', 'last_modified_time'],
      }),
    ]),
  ),
  bad(
    'GO74',
    DEV,
    'audit sink disabled in dev',
    ['audit-loss'],
    plan([update(sink(), { set: { disabled: true } })]),
  ),
  bad(
    'GO75',
    GP,
    'audit sink filter narrowed',
    ['audit-loss'],
    plan([update(sink(), { set: { filter: 'logName:"cloudaudit" AND severity>=ERROR' } })]),
  ),
  bad(
    'GO76',
    GP,
    'authorised networks of the control plane removed',
    ['internet-exposure'],
    plan([update(gke(), { set: { master_authorized_networks_config: [] } })]),
  ),
  bad(
    'GO77',
    GP,
    'control plane upgrade',
    ['one-way-door'],
    plan([update(gke(), { set: { min_master_version: '1.34' } })]),
  ),
  bad(
    'GO78',
    GP,
    'run service open to all',
    ['internet-exposure'],
    plan([
      update(run(), {
        set: { ingress: 'INGRESS_TRAFFIC_ALL' },
        unknown: ['conditions', 'etag', 'generation', 'update_time'],
      }),
    ]),
  ),
  bad(
    'GO79',
    DEV,
    'run service invoker all users in dev',
    ['internet-exposure'],
    plan([
      create(
        member('google_cloud_run_v2_service_iam_member', 'pub', {
          location: 'europe-west1',
          name: 'api',
          role: 'roles/run.invoker',
          member: 'allUsers',
          project: 'acme-dev',
        }),
      ),
    ]),
  ),
  bad(
    'GO80',
    GP,
    'new image in production',
    ['workload-rollout'],
    plan([
      update(run(), {
        set: { 'template.0.containers.0.image': `europe-docker.pkg.dev/${P}/app/api:1.5.0` },
        unknown: ['conditions', 'etag', 'generation', 'latest_ready_revision', 'update_time'],
      }),
    ]),
  ),
  bad(
    'GO81',
    GP,
    'image from another registry',
    ['supply-chain'],
    plan([
      update(run(), {
        set: { 'template.0.containers.0.image': 'docker.io/acme1/api:1.4.0' },
        unknown: ['conditions', 'etag', 'generation', 'latest_ready_revision', 'update_time'],
      }),
    ]),
  ),
  bad(
    'GO82',
    GP,
    'machine type of a pool',
    ['outage'],
    plan([update(pool(), { set: { 'node_config.0.machine_type': 'e2-standard-4' } })]),
  ),
  bad(
    'GO83',
    GP,
    'record moved',
    ['traffic-cutover'],
    plan([update(record(), { set: { rrdatas: ['198.51.100.9'] } })]),
  ),
  bad(
    'GO84',
    GP,
    'org policy boolean constraint off',
    ['guardrail-loss'],
    plan([
      update(
        on(
          google,
          'google_org_policy_policy',
          'keys',
          {
            dry_run_spec: [],
            etag: 'e',
            id: 'x',
            name: `projects/${P}/policies/iam.disableServiceAccountKeyCreation`,
            parent: `projects/${P}`,
            spec: [
              {
                etag: 'e',
                inherit_from_parent: false,
                reset: false,
                rules: [
                  { allow_all: '', condition: [], deny_all: '', enforce: 'TRUE', values: [] },
                ],
                update_time: 'x',
              },
            ],
          },
          { computed: ['etag', 'id'] },
        ),
        { set: { 'spec.0.rules.0.enforce': 'FALSE' } },
      ),
    ]),
  ),
  bad(
    'GO85',
    GP,
    'drift: deny by hand lifted',
    ['drift-revert'],
    plan({
      steps: [
        update(withValues(firewall('app'), { disabled: true }), { set: { disabled: false } }),
      ],
      drift: [drifted(firewall('app'), { disabled: true })],
    }),
  ),
  bad(
    'GO86',
    GP,
    'project api disabled',
    ['outage'],
    plan([
      remove(
        on(google, 'google_project_service', 'pubsub', {
          disable_dependent_services: true,
          disable_on_destroy: true,
          id: 'x',
          project: P,
          service: 'pubsub.googleapis.com',
        }),
      ),
      unchanged(topic),
      unchanged(bucket('a')),
      unchanged(bucket('b')),
    ]),
  ),
  bad(
    'GO87',
    GP,
    'armor rule to allow',
    ['guardrail-loss'],
    plan([
      update(
        on(google, 'google_compute_security_policy', 'edge', {
          adaptive_protection_config: [],
          advanced_options_config: [],
          description: '',
          fingerprint: 'f',
          id: 'p',
          name: 'edge',
          project: P,
          recaptcha_options_config: [],
          rule: [
            {
              action: 'deny(403)',
              description: 'sqli',
              match: [
                {
                  versioned_expr: '',
                  expr: [{ expression: "evaluatePreconfiguredExpr('sqli-stable')" }],
                  config: [],
                },
              ],
              preview: false,
              priority: 1000,
            },
          ],
          self_link: 's',
          type: 'CLOUD_ARMOR',
        }),
        { set: { 'rule.0.preview': true } },
      ),
    ]),
  ),
  bad(
    'GO88',
    GP,
    'iap members: custom role gains setIamPolicy',
    ['privilege-escalation'],
    plan([
      update(
        on(google, 'google_project_iam_custom_role', 'ops', {
          deleted: false,
          description: '',
          id: 'r',
          name: 'n',
          permissions: ['logging.logEntries.list'],
          project: P,
          role_id: 'ops',
          stage: 'GA',
          title: 'ops',
        }),
        {
          set: {
            permissions: ['logging.logEntries.list', 'resourcemanager.projects.setIamPolicy'],
          },
        },
      ),
    ]),
  ),
  bad(
    'GO89',
    GP,
    'topic tags trap: replaced',
    ['data-loss'],
    plan([
      replace(withValues(topic, { tags: {} }), {
        set: { tags: { '1/env': 'prod' } },
        because: ['tags'],
      }),
    ]),
  ),
]
