// Azure.

import type { Target } from '../../../fixtures/tools/plan-builder.ts'
import type { JsonObject } from '../../../src/core/json.ts'
import { type Attack, azurerm, because, create, DEV, on, PROD, plan, remove, replace, STAGING, unchanged, update } from './parts.ts' // biome-ignore format: a list of words

const SUB = '/subscriptions/0b1f2c3d-1111-4222-8333-944455566677'
const RG = `${SUB}/resourceGroups/rg-orders`
const AP = { ...PROD, workspace: 'azure-prod' } as const
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
const az = (
  type: string,
  name: string,
  values: JsonObject,
  more: Parameters<typeof on>[4] = {},
): Target =>
  on(
    azurerm,
    type,
    name,
    {
      id: `${RG}/providers/x/${name}`,
      location: 'westeurope',
      name,
      resource_group_name: 'rg-orders',
      tags: { team: 'core' },
      timeouts: null,
      ...values,
    },
    more,
  )

const storage = (more: JsonObject = {}): Target =>
  az(
    'azurerm_storage_account',
    'data',
    {
      access_tier: 'Hot',
      account_kind: 'StorageV2',
      account_replication_type: 'ZRS',
      account_tier: 'Standard',
      allow_nested_items_to_be_public: false,
      blob_properties: [
        {
          change_feed_enabled: false,
          container_delete_retention_policy: [{ days: 14 }],
          delete_retention_policy: [{ days: 14, permanent_delete_enabled: false }],
          versioning_enabled: true,
          cors_rule: [],
          default_service_version: '',
          last_access_time_enabled: false,
          restore_policy: [],
        },
      ],
      cross_tenant_replication_enabled: false,
      customer_managed_key: [],
      default_to_oauth_authentication: false,
      https_traffic_only_enabled: true,
      identity: [],
      infrastructure_encryption_enabled: false,
      is_hns_enabled: false,
      min_tls_version: 'TLS1_2',
      network_rules: [
        {
          bypass: ['AzureServices'],
          default_action: 'Deny',
          ip_rules: [],
          private_link_access: [],
          virtual_network_subnet_ids: [`${RG}/subnets/app`],
        },
      ],
      public_network_access_enabled: true,
      primary_access_key: 'x',
      primary_blob_endpoint: 'https://data.blob',
      shared_access_key_enabled: true,
      sftp_enabled: false,
      ...more,
    },
    {
      computed: ['id', 'primary_access_key', 'primary_blob_endpoint'],
      sensitive: ['primary_access_key'],
    },
  )
const nsgRule = (name: string, more: JsonObject = {}): Target =>
  az('azurerm_network_security_rule', name, {
    access: 'Allow',
    description: '',
    destination_address_prefix: '*',
    destination_address_prefixes: [],
    destination_application_security_group_ids: [],
    destination_port_range: '443',
    destination_port_ranges: [],
    direction: 'Inbound',
    network_security_group_name: 'nsg-app',
    priority: 200,
    protocol: 'Tcp',
    source_address_prefix: '10.0.0.0/16',
    source_address_prefixes: [],
    source_application_security_group_ids: [],
    source_port_range: '*',
    source_port_ranges: [],
    tags: null,
    location: null,
    ...more,
  })
const vm = (more: JsonObject = {}): Target =>
  az(
    'azurerm_linux_virtual_machine',
    'app',
    {
      admin_password: null,
      admin_ssh_key: [{ public_key: 'ssh-rsa AAA', username: 'ops' }],
      admin_username: 'ops',
      allow_extension_operations: true,
      custom_data: null,
      disable_password_authentication: true,
      encryption_at_host_enabled: true,
      eviction_policy: '',
      identity: [],
      network_interface_ids: ['n'],
      os_disk: [
        { caching: 'ReadWrite', disk_size_gb: 64, storage_account_type: 'Premium_LRS', name: 'os' },
      ],
      os_image_notification: [],
      patch_assessment_mode: 'ImageDefault',
      patch_mode: 'ImageDefault',
      priority: 'Regular',
      private_ip_address: '10.0.1.4',
      provision_vm_agent: true,
      secure_boot_enabled: true,
      size: 'Standard_D4s_v5',
      source_image_id: 'img-1',
      source_image_reference: [],
      virtual_machine_id: 'v',
      vtpm_enabled: true,
      zone: '1',
      ...more,
    },
    {
      computed: ['id', 'private_ip_address', 'virtual_machine_id'],
      sensitive: ['admin_password', 'custom_data'],
    },
  )
const aks = (more: JsonObject = {}): Target =>
  az(
    'azurerm_kubernetes_cluster',
    'main',
    {
      api_server_access_profile: [{ authorized_ip_ranges: ['198.51.100.0/24'] }],
      automatic_upgrade_channel: 'patch',
      azure_policy_enabled: true,
      default_node_pool: [
        {
          auto_scaling_enabled: true,
          max_count: 6,
          max_pods: 110,
          min_count: 3,
          name: 'system',
          node_count: 3,
          vm_size: 'Standard_D4s_v5',
          zones: ['1', '2', '3'],
        },
      ],
      dns_prefix: 'main',
      fqdn: 'main.x',
      identity: [{ identity_ids: [], type: 'SystemAssigned' }],
      kube_config_raw: 'x',
      kubernetes_version: '1.32',
      local_account_disabled: true,
      network_profile: [
        { network_plugin: 'azure', network_policy: 'cilium', outbound_type: 'loadBalancer' },
      ],
      oidc_issuer_enabled: true,
      private_cluster_enabled: false,
      role_based_access_control_enabled: true,
      sku_tier: 'Standard',
      workload_identity_enabled: true,
      ...more,
    },
    { computed: ['fqdn', 'id', 'kube_config_raw'], sensitive: ['kube_config_raw'] },
  )
const pg = (more: JsonObject = {}): Target =>
  az(
    'azurerm_postgresql_flexible_server',
    'main',
    {
      administrator_login: 'pg',
      administrator_password: 'x',
      authentication: [],
      auto_grow_enabled: false,
      backup_retention_days: 14,
      create_mode: null,
      customer_managed_key: [],
      delegated_subnet_id: 's',
      fqdn: 'main.postgres',
      geo_redundant_backup_enabled: true,
      high_availability: [{ mode: 'ZoneRedundant', standby_availability_zone: '2' }],
      identity: [],
      maintenance_window: [],
      private_dns_zone_id: 'z',
      public_network_access_enabled: false,
      replication_role: '',
      sku_name: 'GP_Standard_D4ds_v5',
      storage_mb: 131072,
      storage_tier: 'P10',
      version: '16',
      zone: '1',
      ...more,
    },
    { computed: ['fqdn', 'id'], sensitive: ['administrator_password'] },
  )
const webapp = (more: JsonObject = {}): Target =>
  az(
    'azurerm_linux_web_app',
    'shop',
    {
      app_settings: { LOG: 'info' },
      client_affinity_enabled: false,
      client_certificate_enabled: false,
      connection_string: [],
      custom_domain_verification_id: 'c',
      default_hostname: 'shop.azurewebsites.net',
      enabled: true,
      ftp_publish_basic_authentication_enabled: false,
      https_only: true,
      identity: [],
      key_vault_reference_identity_id: 'SystemAssigned',
      kind: 'app,linux',
      logs: [],
      outbound_ip_addresses: '1',
      public_network_access_enabled: true,
      service_plan_id: 'p',
      site_config: [
        {
          always_on: true,
          application_stack: [
            { docker_image_name: 'shop:1.0', docker_registry_url: 'https://acme.azurecr.io' },
          ],
          ftps_state: 'Disabled',
          health_check_path: '/health',
          http2_enabled: true,
          ip_restriction: [
            {
              action: 'Allow',
              ip_address: '198.51.100.0/24',
              name: 'office',
              priority: 100,
              service_tag: '',
              virtual_network_subnet_id: '',
              headers: [],
            },
          ],
          ip_restriction_default_action: 'Deny',
          minimum_tls_version: '1.2',
          vnet_route_all_enabled: true,
        },
      ],
      virtual_network_subnet_id: 's',
      ...more,
    },
    {
      computed: [
        'custom_domain_verification_id',
        'default_hostname',
        'id',
        'kind',
        'outbound_ip_addresses',
      ],
      sensitive: ['custom_domain_verification_id'],
    },
  )
const grant = (name: string, role: string, scope: string): Target =>
  az(
    'azurerm_role_assignment',
    name,
    {
      condition: null,
      condition_version: null,
      delegated_managed_identity_resource_id: null,
      description: '',
      location: null,
      name: 'guid',
      principal_id: '5c9e',
      principal_type: 'ServicePrincipal',
      resource_group_name: null,
      role_definition_id: 'rd',
      role_definition_name: role,
      scope,
      skip_service_principal_aad_check: null,
      tags: null,
    },
    { computed: ['id', 'name', 'principal_type', 'role_definition_id'] },
  )
const vault = (more: JsonObject = {}): Target =>
  az(
    'azurerm_key_vault',
    'app',
    {
      access_policy: [
        {
          application_id: '',
          certificate_permissions: [],
          key_permissions: ['Get', 'WrapKey'],
          object_id: 'o1',
          secret_permissions: ['Get', 'List'],
          storage_permissions: [],
          tenant_id: 't',
        },
        {
          application_id: '',
          certificate_permissions: [],
          key_permissions: [],
          object_id: 'o2',
          secret_permissions: ['Get'],
          storage_permissions: [],
          tenant_id: 't',
        },
      ],
      enabled_for_deployment: false,
      network_acls: [
        {
          bypass: 'AzureServices',
          default_action: 'Deny',
          ip_rules: [],
          virtual_network_subnet_ids: ['s'],
        },
      ],
      public_network_access_enabled: true,
      purge_protection_enabled: true,
      rbac_authorization_enabled: false,
      sku_name: 'standard',
      soft_delete_retention_days: 90,
      tenant_id: 't',
      vault_uri: 'https://app.vault',
      ...more,
    },
    { computed: ['id', 'vault_uri'] },
  )
const record = (more: JsonObject = {}): Target =>
  az(
    'azurerm_dns_a_record',
    'api',
    {
      fqdn: 'api.acme.example.',
      location: null,
      name: 'api',
      records: ['203.0.113.4'],
      target_resource_id: null,
      ttl: 300,
      zone_name: 'acme.example',
      ...more,
    },
    { computed: ['fqdn', 'id'] },
  )

export const AZURE: readonly Attack[] = [
  yes(
    'AZ01',
    AP,
    'tags on vm, storage, cluster',
    plan([
      update(vm(), { set: { tags: { team: 'core', cost: '9' } } }),
      update(storage(), { set: { tags: { team: 'core', cost: '9' } } }),
      update(aks(), { set: { tags: { team: 'core', cost: '9' } } }),
    ]),
  ),
  yes(
    'AZ02',
    AP,
    'node pool max up',
    plan([update(aks(), { set: { 'default_node_pool.0.max_count': 10 } })]),
  ),
  yes(
    'AZ03',
    AP,
    'backup kept longer',
    plan([update(pg(), { set: { backup_retention_days: 30 } })]),
  ),
  yes(
    'AZ04',
    AP,
    'storage of the server grows 1.5-fold',
    plan([update(pg(), { set: { storage_mb: 262144 } })]),
  ),
  yes(
    'AZ05',
    AP,
    'blob soft delete longer',
    plan([update(storage(), { set: { 'blob_properties.0.delete_retention_policy.0.days': 30 } })]),
  ),
  yes(
    'AZ06',
    AP,
    'rule description',
    plan([update(nsgRule('web'), { set: { description: 'from hub' } })]),
  ),
  yes(
    'AZ07',
    AP,
    'prefix as list',
    plan([
      update(nsgRule('web'), {
        set: { source_address_prefix: '', source_address_prefixes: ['10.0.0.0/16'] },
      }),
    ]),
  ),
  yes(
    'AZ08',
    AP,
    'new private storage account',
    plan([create(storage({ public_network_access_enabled: false }))]),
  ),
  yes(
    'AZ09',
    AP,
    'new metric alert and action group',
    plan([
      create(
        az('azurerm_monitor_metric_alert', 'cpu', {
          action: [{ action_group_id: 'g', webhook_properties: {} }],
          auto_mitigate: true,
          criteria: [
            {
              aggregation: 'Average',
              metric_name: 'cpu',
              metric_namespace: 'm',
              operator: 'GreaterThan',
              threshold: 80,
            },
          ],
          description: '',
          enabled: true,
          frequency: 'PT1M',
          location: null,
          scopes: ['s'],
          severity: 2,
          window_size: 'PT5M',
        }),
      ),
      create(
        az('azurerm_monitor_action_group', 'ops', {
          email_receiver: [
            { name: 'ops', email_address: 'ops@acme.example', use_common_alert_schema: true },
          ],
          enabled: true,
          location: 'global',
          short_name: 'ops',
          webhook_receiver: [],
        }),
      ),
    ]),
  ),
  yes(
    'AZ10',
    AP,
    'new service bus namespace',
    plan([
      create(
        az(
          'azurerm_servicebus_namespace',
          'bus',
          {
            capacity: 0,
            local_auth_enabled: false,
            minimum_tls_version: '1.2',
            premium_messaging_partitions: 0,
            public_network_access_enabled: false,
            sku: 'Standard',
            default_primary_key: 'x',
          },
          { computed: ['id', 'default_primary_key'], sensitive: ['default_primary_key'] },
        ),
      ),
    ]),
  ),
  yes(
    'AZ11',
    AP,
    'workspace keeps logs longer',
    plan([
      update(
        az(
          'azurerm_log_analytics_workspace',
          'ops',
          {
            daily_quota_gb: -1,
            internet_ingestion_enabled: true,
            internet_query_enabled: true,
            primary_shared_key: 'x',
            retention_in_days: 30,
            sku: 'PerGB2018',
            workspace_id: 'w',
          },
          {
            computed: ['id', 'primary_shared_key', 'workspace_id'],
            sensitive: ['primary_shared_key'],
          },
        ),
        { set: { retention_in_days: 90 } },
      ),
    ]),
  ),
  yes(
    'AZ12',
    STAGING,
    'server size in staging',
    plan([update(pg(), { set: { sku_name: 'GP_Standard_D8ds_v5' } })]),
  ),
  yes(
    'AZ13',
    DEV,
    'vm rebuilt in dev',
    plan([replace(vm(), { set: { source_image_id: 'img-2' }, because: ['source_image_id'] })]),
  ),
  yes(
    'AZ14',
    AP,
    'lock added? no: resource group tags',
    plan([
      update(
        az('azurerm_resource_group', 'orders', {
          managed_by: '',
          name: 'rg-orders',
          resource_group_name: null,
        }),
        { set: { tags: { team: 'core', owner: 'x' } } },
      ),
    ]),
  ),
  yes('AZ15', AP, 'record ttl', plan([update(record(), { set: { ttl: 60 } })])),
  yes(
    'AZ16',
    AP,
    'vault purge protection was on; tags',
    plan([update(vault(), { set: { tags: { team: 'sec' } } })]),
  ),
  yes(
    'AZ17',
    DEV,
    'reader role on a resource group in dev',
    plan([create(grant('read', 'Reader', RG))]),
  ),
  yes(
    'AZ18',
    AP,
    'access policies reordered',
    plan([
      update(vault(), {
        set: {
          access_policy: [...(vault().values.access_policy as object[])].reverse() as never,
        },
      }),
    ]),
  ),
  yes(
    'AZ19',
    STAGING,
    'web app image in staging',
    plan([
      update(webapp(), {
        set: { 'site_config.0.application_stack.0.docker_image_name': 'shop:1.1' },
      }),
    ]),
  ),
  yes(
    'AZ20',
    AP,
    'app service plan 3 to 5 workers',
    plan([
      update(
        az('azurerm_service_plan', 'web', {
          app_service_environment_id: '',
          kind: 'linux',
          maximum_elastic_worker_count: 1,
          os_type: 'Linux',
          per_site_scaling_enabled: false,
          reserved: true,
          sku_name: 'P1v3',
          worker_count: 3,
          zone_balancing_enabled: false,
        }),
        { set: { worker_count: 5 } },
      ),
    ]),
  ),
  yes(
    'AZ21',
    AP,
    'new managed identity',
    plan([
      create(
        az(
          'azurerm_user_assigned_identity',
          'app',
          { client_id: 'c', principal_id: 'p', tenant_id: 't' },
          { computed: ['client_id', 'id', 'principal_id', 'tenant_id'] },
        ),
      ),
    ]),
  ),

  bad(
    'AZ50',
    AP,
    'storage network default allow',
    ['internet-exposure'],
    plan([update(storage(), { set: { 'network_rules.0.default_action': 'Allow' } })]),
  ),
  bad(
    'AZ51',
    DEV,
    'blobs may be public in dev',
    ['internet-exposure'],
    plan([update(storage(), { set: { allow_nested_items_to_be_public: true } })]),
  ),
  bad(
    'AZ52',
    AP,
    'replication ZRS to LRS',
    ['protection-loss'],
    plan([update(storage(), { set: { account_replication_type: 'LRS' } })]),
  ),
  bad(
    'AZ53',
    AP,
    'shared keys off',
    ['lock-out'],
    plan([update(storage(), { set: { shared_access_key_enabled: false } })]),
  ),
  bad(
    'AZ54',
    AP,
    'blob versioning off',
    ['protection-loss'],
    plan([update(storage(), { set: { 'blob_properties.0.versioning_enabled': false } })]),
  ),
  bad(
    'AZ55',
    STAGING,
    'rdp from the internet',
    ['internet-exposure'],
    plan([
      create(nsgRule('rdp', { source_address_prefix: 'Internet', destination_port_range: '3389' })),
    ]),
  ),
  bad(
    'AZ56',
    AP,
    'deny rule priority behind the allow',
    ['network-widening'],
    plan([
      update(
        nsgRule('deny', { access: 'Deny', priority: 150, source_address_prefix: '10.0.9.0/24' }),
        { set: { priority: 300 } },
      ),
      unchanged(nsgRule('web')),
    ]),
  ),
  bad(
    'AZ57',
    AP,
    'subnet association of the nsg replaced',
    ['internet-exposure'],
    plan([
      replace(
        az('azurerm_subnet_network_security_group_association', 'app', {
          location: null,
          name: null,
          network_security_group_id: 'nsg-1',
          resource_group_name: null,
          subnet_id: 's',
          tags: null,
        }),
        { set: { network_security_group_id: 'nsg-2' }, because: ['network_security_group_id'] },
      ),
    ]),
  ),
  bad(
    'AZ58',
    AP,
    'ssh key: vm replaced',
    ['outage'],
    plan([
      replace(vm(), {
        set: { 'admin_ssh_key.0.public_key': 'ssh-rsa BBB' },
        because: ['admin_ssh_key.0.public_key'],
      }),
    ]),
  ),
  bad(
    'AZ59',
    AP,
    'vm size',
    ['outage'],
    plan([update(vm(), { set: { size: 'Standard_D8s_v5' } })]),
  ),
  bad(
    'AZ60',
    AP,
    'contributor on subscription',
    ['privilege-escalation'],
    plan([create(grant('ci', 'Contributor', SUB))]),
  ),
  bad(
    'AZ61',
    DEV,
    'owner on subscription in dev',
    ['privilege-escalation'],
    plan([create(grant('ci', 'Owner', SUB))]),
  ),
  bad(
    'AZ62',
    AP,
    'role assignment removed',
    ['lock-out'],
    plan([
      remove(grant('app', 'Key Vault Secrets User', `${RG}/vault`)),
      unchanged(storage()),
      unchanged(vault()),
      unchanged(pg()),
    ]),
  ),
  bad(
    'AZ63',
    AP,
    'inline access policy of another principal gone',
    ['lock-out'],
    plan([
      update(vault(), {
        set: { access_policy: [(vault().values.access_policy as object[])[0]] as never },
      }),
    ]),
  ),
  bad(
    'AZ64',
    AP,
    'secret permission widened',
    ['privilege-escalation'],
    plan([
      update(vault(), {
        set: { 'access_policy.1.secret_permissions': ['Get', 'Set', 'Delete', 'Purge'] },
      }),
    ]),
  ),
  bad(
    'AZ65',
    AP,
    'vault network open',
    ['internet-exposure'],
    plan([update(vault(), { set: { 'network_acls.0.default_action': 'Allow' } })]),
  ),
  bad(
    'AZ66',
    AP,
    'lock removed',
    ['protection-loss'],
    plan([
      remove(
        az('azurerm_management_lock', 'db', {
          location: null,
          lock_level: 'CanNotDelete',
          notes: '',
          resource_group_name: null,
          scope: RG,
          tags: null,
        }),
      ),
      unchanged(storage()),
      unchanged(vault()),
      unchanged(pg()),
    ]),
  ),
  bad(
    'AZ67',
    AP,
    'lock notes: lock replaced',
    ['protection-loss'],
    plan([
      replace(
        az('azurerm_management_lock', 'db', {
          location: null,
          lock_level: 'CanNotDelete',
          notes: 'a',
          resource_group_name: null,
          scope: RG,
          tags: null,
        }),
        { set: { notes: 'b' }, because: ['notes'] },
      ),
    ]),
  ),
  bad(
    'AZ68',
    AP,
    'high availability off',
    ['capacity-loss'],
    plan([update(pg(), { set: { high_availability: [] } })]),
  ),
  bad(
    'AZ69',
    AP,
    'server major upgrade',
    ['outage', 'one-way-door'],
    plan([update(pg(), { set: { version: '17' } })]),
  ),
  bad(
    'AZ70',
    AP,
    'geo backup off: replaced',
    ['data-loss', 'outage'],
    plan([
      replace(pg(), {
        set: { geo_redundant_backup_enabled: false },
        because: ['geo_redundant_backup_enabled'],
      }),
    ]),
  ),
  bad(
    'AZ71',
    DEV,
    'azure services and all addresses',
    ['internet-exposure'],
    plan([
      create(
        az('azurerm_mssql_firewall_rule', 'all', {
          end_ip_address: '255.255.255.255',
          location: null,
          resource_group_name: null,
          server_id: 's',
          start_ip_address: '0.0.0.0',
          tags: null,
        }),
      ),
    ]),
  ),
  bad(
    'AZ72',
    AP,
    'authorized ranges of the api server removed',
    ['internet-exposure'],
    plan([update(aks(), { set: { api_server_access_profile: [] } })]),
  ),
  bad(
    'AZ73',
    AP,
    'local accounts enabled',
    ['privilege-escalation'],
    plan([update(aks(), { set: { local_account_disabled: false } })]),
  ),
  bad(
    'AZ74',
    AP,
    'cluster version',
    ['one-way-door'],
    plan([update(aks(), { set: { kubernetes_version: '1.33' } })]),
  ),
  bad(
    'AZ75',
    AP,
    'pool vm size: replaced',
    ['outage'],
    plan([
      replace(aks(), {
        set: { 'default_node_pool.0.vm_size': 'Standard_D8s_v5' },
        because: ['default_node_pool.0.vm_size'],
      }),
    ]),
  ),
  bad(
    'AZ76',
    AP,
    'web app https only off',
    [],
    plan([update(webapp(), { set: { https_only: false } })]),
  ),
  bad(
    'AZ77',
    AP,
    'web app ip restrictions default allow',
    ['internet-exposure'],
    plan([update(webapp(), { set: { 'site_config.0.ip_restriction_default_action': 'Allow' } })]),
  ),
  bad(
    'AZ78',
    AP,
    'web app stopped',
    ['outage'],
    plan([update(webapp(), { set: { enabled: false } })]),
  ),
  bad(
    'AZ79',
    AP,
    'diagnostic setting removed',
    ['audit-loss'],
    plan([
      remove(
        az('azurerm_monitor_diagnostic_setting', 'kv', {
          enabled_log: [{ category: 'AuditEvent' }],
          location: null,
          log_analytics_workspace_id: 'w',
          resource_group_name: null,
          tags: null,
          target_resource_id: 'v',
        }),
      ),
      unchanged(storage()),
      unchanged(vault()),
      unchanged(pg()),
    ]),
  ),
  bad(
    'AZ80',
    AP,
    'policy assignment enforcement off',
    ['guardrail-loss'],
    plan([
      update(
        az('azurerm_subscription_policy_assignment', 'tls', {
          description: '',
          display_name: 'tls',
          enforce: true,
          identity: [],
          location: '',
          metadata: '{}',
          not_scopes: [],
          parameters: '',
          policy_definition_id: 'p',
          resource_group_name: null,
          subscription_id: SUB,
          tags: null,
        }),
        { set: { enforce: false } },
      ),
    ]),
  ),
  bad(
    'AZ81',
    AP,
    'resource group destroyed',
    ['data-loss'],
    plan([
      remove(
        az('azurerm_resource_group', 'orders', {
          managed_by: '',
          name: 'rg-orders',
          resource_group_name: null,
        }),
      ),
      unchanged(storage()),
      unchanged(vault()),
      unchanged(pg()),
    ]),
  ),
  bad(
    'AZ82',
    AP,
    'extension settings protected',
    ['opaque'],
    plan([
      update(
        az(
          'azurerm_virtual_machine_extension',
          'setup',
          {
            auto_upgrade_minor_version: true,
            automatic_upgrade_enabled: false,
            location: null,
            protected_settings: '{"a":1}',
            publisher: 'Microsoft.Azure.Extensions',
            resource_group_name: null,
            settings: '{}',
            type: 'CustomScript',
            type_handler_version: '2.1',
            virtual_machine_id: 'v',
          },
          { sensitive: ['protected_settings'] },
        ),
        { set: { protected_settings: '{"a":2}' } },
      ),
    ]),
  ),
  bad(
    'AZ83',
    AP,
    'vnet peering removed',
    ['outage'],
    plan([
      remove(
        az('azurerm_virtual_network_peering', 'hub', {
          allow_forwarded_traffic: true,
          allow_gateway_transit: false,
          allow_virtual_network_access: true,
          location: null,
          remote_virtual_network_id: 'h',
          tags: null,
          use_remote_gateways: false,
          virtual_network_name: 'v',
        }),
      ),
      unchanged(storage()),
      unchanged(vault()),
      unchanged(pg()),
    ]),
  ),
  bad(
    'AZ84',
    AP,
    'public ip replaced',
    ['identity-churn', 'outage'],
    plan([
      because(
        replace(
          az(
            'azurerm_public_ip',
            'egress',
            {
              allocation_method: 'Static',
              ddos_protection_mode: 'VirtualNetworkInherited',
              domain_name_label: null,
              fqdn: '',
              idle_timeout_in_minutes: 4,
              ip_address: '203.0.113.9',
              ip_version: 'IPv4',
              sku: 'Standard',
              zones: ['1'],
            },
            { computed: ['fqdn', 'id', 'ip_address'] },
          ),
          { set: { zones: ['1', '2', '3'] }, because: ['zones'] },
        ),
        'replace_because_cannot_update',
      ),
    ]),
  ),
]
