// Kubernetes, Helm, GitHub, Cloudflare, Datadog, Vault, Okta and a type nobody knows.
import type { Target } from '../../../fixtures/tools/plan-builder.ts'
import type { JsonObject } from '../../../src/core/json.ts'
import { type Attack, acme, cloudflare, create, DEV, datadog, github, helm, kubernetes, okta, on, PROD, plan, remove, replace, STAGING, unchanged, update, vault } from './parts.ts' // biome-ignore format: a list of words

const KP = { ...PROD, workspace: 'k8s-prod-eu' } as const
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
const meta = (name: string, more: JsonObject = {}): JsonObject => ({
  metadata: [
    {
      annotations: {},
      generate_name: '',
      generation: 3,
      labels: { app: name },
      name,
      namespace: 'shop',
      resource_version: '91',
      uid: 'u',
      ...more,
    },
  ],
})
const COMPUTED = {
  computed: ['id', 'metadata.0.generation', 'metadata.0.resource_version', 'metadata.0.uid'],
}
const k = (type: string, name: string, values: JsonObject, more: JsonObject = {}): Target =>
  on(
    kubernetes,
    type,
    name,
    { id: `shop/${name}`, ...meta(name, more), timeouts: null, ...values },
    COMPUTED,
  )

const pod = (more: JsonObject = {}): JsonObject => ({
  metadata: [{ annotations: {}, labels: { app: 'api' } }],
  spec: [
    {
      automount_service_account_token: true,
      container: [
        {
          args: [],
          command: [],
          env: [{ name: 'LOG', value: 'info', value_from: [] }],
          image: 'ghcr.io/acme/api:1.4.0',
          image_pull_policy: 'IfNotPresent',
          liveness_probe: [
            {
              http_get: [{ path: '/health', port: '8080', scheme: 'HTTP' }],
              period_seconds: 10,
              failure_threshold: 3,
            },
          ],
          name: 'api',
          port: [{ container_port: 8080, protocol: 'TCP' }],
          resources: [
            { limits: { cpu: '1', memory: '512Mi' }, requests: { cpu: '250m', memory: '256Mi' } },
          ],
          security_context: [],
          volume_mount: [],
        },
      ],
      dns_policy: 'ClusterFirst',
      host_network: false,
      restart_policy: 'Always',
      service_account_name: 'api',
      volume: [],
      ...more,
    },
  ],
})
const deployment = (more: JsonObject = {}): Target =>
  k('kubernetes_deployment_v1', 'api', {
    spec: [
      {
        min_ready_seconds: 0,
        paused: false,
        progress_deadline_seconds: 600,
        replicas: '4',
        revision_history_limit: 10,
        selector: [{ match_labels: { app: 'api' }, match_expressions: [] }],
        strategy: [
          { rolling_update: [{ max_surge: '25%', max_unavailable: '25%' }], type: 'RollingUpdate' },
        ],
        template: [pod()],
      },
    ],
    wait_for_rollout: true,
    ...more,
  })
const service = (more: JsonObject = {}): Target =>
  k('kubernetes_service_v1', 'api', {
    spec: [
      {
        cluster_ip: '10.96.1.1',
        external_traffic_policy: '',
        internal_traffic_policy: 'Cluster',
        load_balancer_source_ranges: [],
        port: [{ name: 'http', node_port: 0, port: 80, protocol: 'TCP', target_port: '8080' }],
        selector: { app: 'api' },
        session_affinity: 'None',
        type: 'ClusterIP',
      },
    ],
    status: [],
    wait_for_load_balancer: true,
    ...more,
  })
const hpa = (more: JsonObject = {}): Target =>
  k('kubernetes_horizontal_pod_autoscaler_v2', 'api', {
    spec: [
      {
        behavior: [],
        max_replicas: 20,
        min_replicas: 4,
        metric: [
          {
            type: 'Resource',
            resource: [
              {
                name: 'cpu',
                target: [{ type: 'Utilization', average_utilization: 60, average_value: '' }],
              },
            ],
          },
        ],
        scale_target_ref: [{ api_version: 'apps/v1', kind: 'Deployment', name: 'api' }],
        target_cpu_utilization_percentage: 0,
      },
    ],
    ...more,
  })
const configMap = k('kubernetes_config_map_v1', 'api', {
  binary_data: {},
  data: { LEVEL: 'info' },
  immutable: false,
})
const role = (rules: readonly object[], type = 'kubernetes_role_v1'): Target =>
  k(type, 'reader', {
    rule: rules as never,
    ...(type.includes('cluster') ? { aggregation_rule: [] } : {}),
  })
const rbac = (verbs: string[], resources: string[]): JsonObject => ({
  api_groups: [''],
  non_resource_urls: [],
  resource_names: [],
  resources,
  verbs,
})
const release = (more: JsonObject = {}): Target =>
  on(
    helm,
    'helm_release',
    'ingress',
    {
      atomic: true,
      chart: 'ingress-nginx',
      cleanup_on_fail: false,
      create_namespace: false,
      dependency_update: false,
      description: null,
      id: 'ingress',
      lint: false,
      max_history: 5,
      metadata: {},
      name: 'ingress',
      namespace: 'ingress',
      repository: 'https://kubernetes.github.io/ingress-nginx',
      set: [],
      set_sensitive: null,
      status: 'deployed',
      timeout: 300,
      values: ['controller:\n  replicaCount: 2\n'],
      version: '4.12.1',
      wait: true,
      ...more,
    },
    { computed: ['id', 'metadata', 'status'] },
  )
const repo = (more: JsonObject = {}): Target =>
  on(
    github,
    'github_repository',
    'app',
    {
      allow_auto_merge: false,
      allow_merge_commit: true,
      allow_rebase_merge: true,
      allow_squash_merge: true,
      archive_on_destroy: true,
      archived: false,
      default_branch: 'main',
      delete_branch_on_merge: false,
      description: 'app',
      etag: 'e',
      full_name: 'acme/app',
      has_issues: true,
      has_wiki: true,
      homepage_url: '',
      id: 'app',
      is_template: false,
      name: 'app',
      node_id: 'n',
      pages: [],
      private: true,
      security_and_analysis: [
        {
          secret_scanning: [{ status: 'enabled' }],
          secret_scanning_push_protection: [{ status: 'enabled' }],
          advanced_security: [],
        },
      ],
      template: [],
      topics: ['go'],
      visibility: 'private',
      vulnerability_alerts: true,
      web_commit_signoff_required: false,
      ...more,
    },
    { computed: ['etag', 'full_name', 'id', 'node_id'] },
  )
const protection = (more: JsonObject = {}): Target =>
  on(github, 'github_branch_protection', 'main', {
    allows_deletions: false,
    allows_force_pushes: false,
    enforce_admins: true,
    force_push_bypassers: [],
    id: 'BPR',
    lock_branch: false,
    pattern: 'main',
    repository_id: 'app',
    require_conversation_resolution: false,
    require_signed_commits: false,
    required_linear_history: false,
    required_pull_request_reviews: [
      {
        dismiss_stale_reviews: true,
        dismissal_restrictions: [],
        pull_request_bypassers: [],
        require_code_owner_reviews: true,
        require_last_push_approval: false,
        required_approving_review_count: 2,
        restrict_dismissals: false,
      },
    ],
    required_status_checks: [{ contexts: ['ci'], strict: true }],
    restrict_pushes: [],
    ...more,
  })
const record = (name: string, more: JsonObject = {}): Target =>
  on(
    cloudflare,
    'cloudflare_dns_record',
    name,
    {
      comment: null,
      comment_modified_on: null,
      content: '203.0.113.10',
      created_on: 'x',
      data: null,
      id: 'r',
      meta: '{}',
      modified_on: 'x',
      name: `${name}.acme.example`,
      priority: null,
      proxiable: true,
      proxied: true,
      settings: {},
      tags: [],
      tags_modified_on: null,
      ttl: 1,
      type: 'A',
      zone_id: 'z',
      ...more,
    },
    {
      computed: [
        'comment_modified_on',
        'created_on',
        'id',
        'meta',
        'modified_on',
        'proxiable',
        'tags_modified_on',
      ],
    },
  )
const monitor = (more: JsonObject = {}): Target =>
  on(datadog, 'datadog_monitor', 'errors', {
    enable_logs_sample: null,
    escalation_message: null,
    evaluation_delay: '0',
    force_delete: null,
    group_retention_duration: null,
    groupby_simple_monitor: null,
    id: '1',
    include_tags: true,
    message: 'errors @pagerduty-core',
    monitor_thresholds: [
      {
        critical: '5',
        critical_recovery: '',
        ok: '',
        unknown: '',
        warning: '3',
        warning_recovery: '',
      },
    ],
    name: 'errors',
    new_group_delay: 60,
    no_data_timeframe: 10,
    notify_audit: false,
    notify_no_data: true,
    priority: '2',
    query: 'sum(last_5m):sum:http.errors{env:prod} > 5',
    renotify_interval: 0,
    require_full_window: true,
    restricted_roles: [],
    tags: ['team:core'],
    timeout_h: 0,
    type: 'query alert',
    validate: null,
    ...more,
  })
const vpolicy = (text: string): Target =>
  on(vault, 'vault_policy', 'app', { id: 'app', name: 'app', namespace: null, policy: text })

export const CLUSTERS_AND_SERVICES: readonly Attack[] = [
  yes(
    'CS01',
    KP,
    'labels on a deployment object',
    plan([update(deployment(), { set: { 'metadata.0.labels': { app: 'api', team: 'core' } } })]),
  ),
  yes(
    'CS02',
    KP,
    'replicas 4 to 6',
    plan([update(deployment(), { set: { 'spec.0.replicas': '6' } })]),
  ),
  yes(
    'CS03',
    KP,
    'autoscaler ceiling',
    plan([update(hpa(), { set: { 'spec.0.max_replicas': 30 } })]),
  ),
  yes(
    'CS04',
    KP,
    'autoscaler floor up',
    plan([update(hpa(), { set: { 'spec.0.min_replicas': 6 } })]),
  ),
  yes('CS05', KP, 'new internal service', plan([create(service())])),
  yes(
    'CS06',
    KP,
    'new config map and secret',
    plan([
      create(configMap),
      create(
        k('kubernetes_secret_v1', 'api', {
          binary_data: null,
          data: { token: 'x' },
          immutable: false,
          type: 'Opaque',
        }),
      ),
    ]),
  ),
  yes(
    'CS07',
    KP,
    'new pod disruption budget',
    plan([
      create(
        k('kubernetes_pod_disruption_budget_v1', 'api', {
          spec: [
            {
              max_unavailable: '1',
              min_available: '',
              selector: [{ match_labels: { app: 'api' }, match_expressions: [] }],
            },
          ],
        }),
      ),
    ]),
  ),
  yes(
    'CS08',
    STAGING,
    'image in staging',
    plan([
      update(deployment(), {
        set: { 'spec.0.template.0.spec.0.container.0.image': 'ghcr.io/acme/api:1.5.0' },
      }),
    ]),
  ),
  yes(
    'CS09',
    DEV,
    'config map in dev',
    plan([update(configMap, { set: { data: { LEVEL: 'debug' } } })]),
  ),
  yes(
    'CS10',
    KP,
    'new namespace',
    plan([
      create(k('kubernetes_namespace_v1', 'mail', { wait_for_default_service_account: false })),
    ]),
  ),
  yes(
    'CS11',
    KP,
    'new volume claim',
    plan([
      create(
        k('kubernetes_persistent_volume_claim_v1', 'data', {
          spec: [
            {
              access_modes: ['ReadWriteOnce'],
              resources: [{ limits: {}, requests: { storage: '20Gi' } }],
              selector: [],
              storage_class_name: 'gp3',
              volume_mode: 'Filesystem',
              volume_name: '',
            },
          ],
          wait_until_bound: true,
        }),
      ),
    ]),
  ),
  yes(
    'CS12',
    KP,
    'role rules reordered',
    plan([
      update(role([rbac(['get', 'list'], ['pods']), rbac(['get'], ['services'])]), {
        set: { rule: [rbac(['get'], ['services']), rbac(['list', 'get'], ['pods'])] },
      }),
    ]),
  ),
  yes(
    'CS13',
    DEV,
    'chart patch in staging cluster? dev',
    plan([update(release(), { set: { timeout: 600 }, unknown: ['metadata'] })]),
  ),
  yes(
    'CS14',
    PROD,
    'repository description and topics',
    plan([
      update(repo(), { set: { description: 'the app', topics: ['go', 'web'] }, unknown: ['etag'] }),
    ]),
  ),
  yes(
    'CS15',
    PROD,
    'one more required check',
    plan([
      update(protection(), {
        set: { 'required_pull_request_reviews.0.required_approving_review_count': 3 },
      }),
    ]),
  ),
  yes('CS16', PROD, 'new private repository', plan([create(repo())])),
  yes(
    'CS17',
    PROD,
    'record comment',
    plan([
      update(record('docs'), {
        set: { comment: 'docs' },
        unknown: ['comment_modified_on', 'modified_on'],
      }),
    ]),
  ),
  yes('CS18', PROD, 'new record, proxied', plan([create(record('status'))])),
  yes(
    'CS19',
    PROD,
    'monitor stricter warning',
    plan([update(monitor(), { set: { 'monitor_thresholds.0.warning': '2' } })]),
  ),
  yes(
    'CS20',
    PROD,
    'monitor tags',
    plan([update(monitor(), { set: { tags: ['team:core', 'tier:1'] } })]),
  ),
  yes('CS21', PROD, 'new monitor', plan([create(monitor())])),
  yes(
    'CS22',
    PROD,
    'vault policy: same paths, other order',
    plan([
      update(vpolicy('path "kv/a" {\n  capabilities = ["read", "list"]\n}\n'), {
        set: { policy: 'path "kv/a" {\n  capabilities = ["list", "read"]\n}\n' },
      }),
    ]),
  ),
  yes(
    'CS23',
    PROD,
    'unknown type: tags only',
    plan([
      update(on(acme, 'acme_thing', 'x', { id: '1', name: 'x', size: 4, tags: { a: '1' } }), {
        set: { tags: { a: '1', b: '2' } },
      }),
    ]),
  ),
  yes(
    'CS24',
    STAGING,
    'monitor removed in staging',
    plan([remove(monitor()), unchanged(record('a'))]),
  ),
  yes(
    'CS25',
    KP,
    'annotation without meaning',
    plan([
      update(deployment(), { set: { 'metadata.0.annotations': { 'acme.example/docs': 'wiki' } } }),
    ]),
  ),
  yes(
    'CS26',
    DEV,
    'deployment removed in dev',
    plan([remove(deployment()), unchanged(service()), unchanged(configMap)]),
  ),
  yes(
    'CS27',
    KP,
    'new cron job? new deployment and its service',
    plan([create(deployment()), create(service())]),
  ),

  bad(
    'CS50',
    KP,
    'service becomes a public load balancer',
    ['internet-exposure'],
    plan([update(service(), { set: { 'spec.0.type': 'LoadBalancer' } })]),
  ),
  bad(
    'CS51',
    KP,
    'internal annotation removed',
    ['internet-exposure'],
    plan([
      update(
        service({
          ...meta('api', {
            annotations: { 'service.beta.kubernetes.io/aws-load-balancer-internal': 'true' },
          }),
        }),
        { set: { 'metadata.0.annotations': {} } },
      ),
    ]),
  ),
  bad(
    'CS52',
    KP,
    'image in production',
    ['workload-rollout'],
    plan([
      update(deployment(), {
        set: { 'spec.0.template.0.spec.0.container.0.image': 'ghcr.io/acme/api:1.5.0' },
      }),
    ]),
  ),
  bad(
    'CS53',
    DEV,
    'image from a look-alike registry in dev',
    ['supply-chain'],
    plan([
      update(deployment(), {
        set: { 'spec.0.template.0.spec.0.container.0.image': 'gchr.io/acme/api:1.4.0' },
      }),
    ]),
  ),
  bad(
    'CS54',
    DEV,
    'privileged pod with host path in dev',
    ['privilege-escalation'],
    plan([
      update(deployment(), {
        set: {
          'spec.0.template.0.spec.0.container.0.security_context': [{ privileged: true }],
          'spec.0.template.0.spec.0.volume': [{ name: 'h', host_path: [{ path: '/', type: '' }] }],
        },
      }),
    ]),
  ),
  bad(
    'CS55',
    KP,
    'replicas to zero',
    ['outage'],
    plan([update(deployment(), { set: { 'spec.0.replicas': '0' } })]),
  ),
  bad(
    'CS56',
    KP,
    'autoscaler floor to one',
    ['capacity-loss'],
    plan([update(hpa(), { set: { 'spec.0.min_replicas': 1 } })]),
  ),
  bad(
    'CS57',
    KP,
    'selector of a service',
    ['outage'],
    plan([update(service(), { set: { 'spec.0.selector': { app: 'api2' } } })]),
  ),
  bad(
    'CS58',
    KP,
    'claim destroyed',
    ['data-loss'],
    plan([
      remove(
        k('kubernetes_persistent_volume_claim_v1', 'data', {
          spec: [
            {
              access_modes: ['ReadWriteOnce'],
              resources: [{ requests: { storage: '20Gi' } }],
              storage_class_name: 'gp3',
            },
          ],
          wait_until_bound: true,
        }),
      ),
      unchanged(service()),
      unchanged(configMap),
      unchanged(hpa()),
    ]),
  ),
  bad(
    'CS59',
    KP,
    'cluster role may read secrets',
    ['privilege-escalation'],
    plan([
      update(role([rbac(['get'], ['pods'])], 'kubernetes_cluster_role_v1'), {
        set: { rule: [rbac(['get'], ['pods', 'secrets'])] },
      }),
    ]),
  ),
  bad(
    'CS60',
    DEV,
    'cluster-admin for a service account in dev',
    ['privilege-escalation'],
    plan([
      create(
        k('kubernetes_cluster_role_binding_v1', 'ci', {
          role_ref: [
            { api_group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
          ],
          subject: [{ api_group: '', kind: 'ServiceAccount', name: 'ci', namespace: 'ci' }],
        }),
      ),
    ]),
  ),
  bad(
    'CS61',
    KP,
    'first network policy of the namespace',
    ['outage'],
    plan([
      create(
        k('kubernetes_network_policy_v1', 'deny', {
          spec: [
            {
              egress: [],
              ingress: [],
              pod_selector: [{ match_labels: {}, match_expressions: [] }],
              policy_types: ['Ingress'],
            },
          ],
        }),
      ),
    ]),
  ),
  bad(
    'CS62',
    KP,
    'last network policy removed',
    ['network-widening'],
    plan([
      remove(
        k('kubernetes_network_policy_v1', 'deny', {
          spec: [
            {
              egress: [],
              ingress: [],
              pod_selector: [{ match_labels: {}, match_expressions: [] }],
              policy_types: ['Ingress'],
            },
          ],
        }),
      ),
      unchanged(service()),
      unchanged(configMap),
      unchanged(hpa()),
    ]),
  ),
  bad(
    'CS63',
    KP,
    'memory limit halved',
    ['outage'],
    plan([
      update(deployment(), {
        set: {
          'spec.0.template.0.spec.0.container.0.resources.0.limits': { cpu: '1', memory: '128Mi' },
        },
      }),
    ]),
  ),
  bad(
    'CS64',
    KP,
    'config map data in production',
    ['workload-rollout'],
    plan([update(configMap, { set: { data: { LEVEL: 'debug' } } })]),
  ),
  bad(
    'CS65',
    KP,
    'strategy to recreate',
    ['outage'],
    plan([
      update(deployment(), {
        set: { 'spec.0.strategy': [{ rolling_update: [], type: 'Recreate' }] },
      }),
    ]),
  ),
  bad(
    'CS66',
    KP,
    'mutating webhook created',
    ['outage'],
    plan([
      create(
        k('kubernetes_mutating_webhook_configuration_v1', 'inject', {
          webhook: [
            {
              name: 'a.b.c',
              failure_policy: 'Fail',
              side_effects: 'None',
              admission_review_versions: ['v1'],
              client_config: [{ url: 'https://x', ca_bundle: '', service: [] }],
              rule: [
                {
                  api_groups: [''],
                  api_versions: ['v1'],
                  operations: ['CREATE'],
                  resources: ['pods'],
                  scope: '*',
                },
              ],
            },
          ],
        }),
      ),
    ]),
  ),
  bad(
    'CS67',
    KP,
    'opaque manifest',
    ['opaque'],
    plan([
      update(
        on(kubernetes, 'kubernetes_manifest', 'crd', {
          computed_fields: null,
          field_manager: [],
          manifest: {
            apiVersion: 'acme/v1',
            kind: 'Thing',
            metadata: { name: 'x' },
            spec: { size: 1 },
          },
          object: {},
          timeouts: [],
          wait: [],
          wait_for: null,
        }),
        { set: { 'manifest.spec.size': 2 } },
      ),
    ]),
  ),
  bad(
    'CS68',
    KP,
    'chart values',
    ['opaque', 'workload-rollout'],
    plan([
      update(release(), {
        set: { values: ['controller:\n  replicaCount: 1\n'] },
        unknown: ['metadata'],
      }),
    ]),
  ),
  bad(
    'CS69',
    DEV,
    'chart repository swapped in dev',
    ['supply-chain'],
    plan([
      update(release(), {
        set: { repository: 'https://charts.example.net' },
        unknown: ['metadata'],
      }),
    ]),
  ),
  bad(
    'CS70',
    PROD,
    'repository public',
    ['secret-exposure', 'internet-exposure'],
    plan([update(repo(), { set: { visibility: 'public', private: false }, unknown: ['etag'] })]),
  ),
  bad(
    'CS71',
    PROD,
    'repository archived',
    ['outage'],
    plan([update(repo(), { set: { archived: true }, unknown: ['etag'] })]),
  ),
  bad(
    'CS72',
    DEV,
    'administrators exempt from branch protection',
    ['guardrail-loss'],
    plan([update(protection(), { set: { enforce_admins: false } })]),
  ),
  bad(
    'CS73',
    PROD,
    'force pushes allowed',
    ['guardrail-loss'],
    plan([update(protection(), { set: { allows_force_pushes: true } })]),
  ),
  bad(
    'CS74',
    PROD,
    'required checks fewer',
    ['guardrail-loss'],
    plan([update(protection(), { set: { required_status_checks: [] } })]),
  ),
  bad(
    'CS75',
    PROD,
    'write deploy key',
    ['privilege-escalation'],
    plan([
      create(
        on(
          github,
          'github_repository_deploy_key',
          'ci',
          {
            etag: 'e',
            id: 'k',
            key: 'ssh-ed25519 AAA',
            read_only: false,
            repository: 'app',
            title: 'ci',
          },
          { computed: ['etag', 'id'] },
        ),
      ),
    ]),
  ),
  bad(
    'CS77',
    PROD,
    'workflow file changed',
    ['supply-chain'],
    plan([
      update(
        on(
          github,
          'github_repository_file',
          'ci',
          {
            autocreate_branch: false,
            branch: 'main',
            commit_author: null,
            commit_message: 'x',
            commit_sha: 'a',
            content: 'on: push',
            file: '.github/workflows/ci.yml',
            id: 'f',
            overwrite_on_create: true,
            ref: 'r',
            repository: 'app',
            sha: 's',
          },
          { computed: ['commit_sha', 'id', 'ref', 'sha'] },
        ),
        { set: { content: 'on: pull_request_target' }, unknown: ['commit_sha', 'sha'] },
      ),
    ]),
  ),
  bad(
    'CS78',
    PROD,
    'team gets admin',
    ['privilege-escalation'],
    plan([
      update(
        on(
          github,
          'github_team_repository',
          'ops',
          { etag: 'e', id: 't', permission: 'push', repository: 'app', team_id: '1' },
          { computed: ['etag', 'id'] },
        ),
        { set: { permission: 'admin' } },
      ),
    ]),
  ),
  bad(
    'CS80',
    PROD,
    'record content',
    ['traffic-cutover'],
    plan([update(record('shop'), { set: { content: '203.0.113.77' }, unknown: ['modified_on'] })]),
  ),
  bad(
    'CS81',
    PROD,
    'record type replaced',
    ['outage'],
    plan([
      replace(record('shop'), {
        set: { type: 'CNAME', content: 'lb.example.net' },
        because: ['type'],
      }),
    ]),
  ),
  bad(
    'CS82',
    PROD,
    'ruleset rule disabled',
    ['guardrail-loss'],
    plan([
      update(
        on(
          cloudflare,
          'cloudflare_ruleset',
          'waf',
          {
            description: '',
            id: 'x',
            kind: 'zone',
            last_updated: 'x',
            name: 'waf',
            phase: 'http_request_firewall_custom',
            rules: [
              {
                action: 'block',
                enabled: true,
                expression: '(http.request.uri.path contains "/admin")',
                id: 'r1',
                description: '',
              },
            ],
            version: '3',
            zone_id: 'z',
          },
          { computed: ['id', 'last_updated', 'version'] },
        ),
        { set: { 'rules.0.enabled': false }, unknown: ['last_updated', 'version'] },
      ),
    ]),
  ),
  bad(
    'CS83',
    PROD,
    'zone ssl off',
    ['key-loss'],
    plan([
      update(
        on(
          cloudflare,
          'cloudflare_zone_setting',
          'ssl',
          {
            editable: true,
            enabled: null,
            id: 'ssl',
            modified_on: 'x',
            setting_id: 'ssl',
            time_remaining: 0,
            value: 'strict',
            zone_id: 'z',
          },
          { computed: ['editable', 'modified_on', 'time_remaining'] },
        ),
        { set: { value: 'off' } },
      ),
    ]),
  ),
  bad(
    'CS84',
    PROD,
    'page rule to another origin: worker route',
    ['traffic-cutover'],
    plan([
      create(
        on(cloudflare, 'cloudflare_workers_route', 'all', {
          id: 'r',
          pattern: 'acme.example/*',
          script: 'edge',
          zone_id: 'z',
        }),
      ),
    ]),
  ),
  bad(
    'CS85',
    PROD,
    'access policy for everyone',
    ['internet-exposure'],
    plan([
      update(
        on(
          cloudflare,
          'cloudflare_zero_trust_access_policy',
          'ops',
          {
            account_id: 'a',
            app_count: 1,
            approval_required: false,
            decision: 'allow',
            exclude: [],
            id: 'p',
            include: [{ email_domain: { domain: 'acme.example' } }],
            name: 'ops',
            require: [],
            session_duration: '24h',
          },
          { computed: ['app_count', 'id'] },
        ),
        { set: { include: [{ everyone: {} }] } },
      ),
    ]),
  ),
  bad(
    'CS90',
    PROD,
    'monitor page handle removed',
    ['audit-loss'],
    plan([update(monitor(), { set: { message: 'errors' } })]),
  ),
  bad(
    'CS91',
    PROD,
    'monitor threshold tenfold',
    ['audit-loss'],
    plan([
      update(monitor(), {
        set: {
          query: 'sum(last_5m):sum:http.errors{env:prod} > 50',
          'monitor_thresholds.0.critical': '50',
        },
      }),
    ]),
  ),
  bad(
    'CS92',
    PROD,
    'downtime for everything',
    ['audit-loss'],
    plan([
      create(
        on(datadog, 'datadog_downtime_schedule', 'all', {
          display_timezone: 'UTC',
          id: 'd',
          message: null,
          monitor_identifier: { monitor_tags: ['*'] },
          mute_first_recovery_notification: false,
          notify_end_states: [],
          notify_end_types: [],
          one_time_schedule: { start: '2026-11-20T10:00:00Z', end: null },
          scope: '*',
        }),
      ),
    ]),
  ),
  bad(
    'CS93',
    PROD,
    'monitor deleted',
    ['audit-loss'],
    plan([
      remove(monitor()),
      unchanged(record('a')),
      unchanged(record('b')),
      unchanged(record('c')),
    ]),
  ),
  bad(
    'CS94',
    PROD,
    'no data no longer told',
    ['audit-loss'],
    plan([update(monitor(), { set: { notify_no_data: false } })]),
  ),
  bad(
    'CS95',
    PROD,
    'log exclusion',
    ['audit-loss'],
    plan([
      update(
        on(datadog, 'datadog_logs_index', 'main', {
          daily_limit: 0,
          disable_daily_limit: true,
          exclusion_filter: [],
          filter: [{ query: '*' }],
          flex_retention_days: 0,
          id: 'main',
          name: 'main',
          retention_days: 15,
        }),
        {
          set: {
            exclusion_filter: [
              { filter: [{ query: 'service:api', sample_rate: 1 }], is_enabled: true, name: 'api' },
            ],
          },
        },
      ),
    ]),
  ),
  bad(
    'CS100',
    PROD,
    'vault policy sudo on sys',
    ['privilege-escalation'],
    plan([
      update(vpolicy('path "kv/a" {\n  capabilities = ["read"]\n}\n'), {
        set: {
          policy:
            'path "kv/a" {\n  capabilities = ["read"]\n}\npath "sys/*" {\n  capabilities = ["create", "update", "sudo"]\n}\n',
        },
      }),
    ]),
  ),
  bad(
    'CS101',
    DEV,
    'vault policy root-like in dev',
    ['privilege-escalation'],
    plan([
      update(vpolicy('path "kv/a" {\n  capabilities = ["read"]\n}\n'), {
        set: {
          policy:
            'path "*" {\n  capabilities = ["create", "read", "update", "delete", "list", "sudo"]\n}\n',
        },
      }),
    ]),
  ),
  bad(
    'CS102',
    PROD,
    'vault policy loses a path',
    ['lock-out'],
    plan([
      update(
        vpolicy(
          'path "kv/a" {\n  capabilities = ["read"]\n}\npath "kv/b" {\n  capabilities = ["read"]\n}\n',
        ),
        { set: { policy: 'path "kv/a" {\n  capabilities = ["read"]\n}\n' } },
      ),
    ]),
  ),
  bad(
    'CS103',
    DEV,
    'vault audit device destroyed in dev',
    ['audit-loss'],
    plan([
      remove(
        on(vault, 'vault_audit', 'file', {
          description: '',
          id: 'file',
          local: false,
          namespace: null,
          options: { file_path: '/vault/audit.log' },
          path: 'file',
          type: 'file',
        }),
      ),
      unchanged(vpolicy('')),
      unchanged(record('b')),
      unchanged(record('c')),
      unchanged(record('d')),
    ]),
  ),
  bad(
    'CS104',
    PROD,
    'auth role bound to any service account',
    ['privilege-escalation'],
    plan([
      update(
        on(vault, 'vault_kubernetes_auth_backend_role', 'app', {
          alias_name_source: 'serviceaccount_uid',
          audience: 'vault',
          backend: 'kubernetes',
          bound_service_account_names: ['api'],
          bound_service_account_namespaces: ['shop'],
          id: 'r',
          namespace: null,
          role_name: 'app',
          token_bound_cidrs: [],
          token_explicit_max_ttl: 0,
          token_max_ttl: 0,
          token_no_default_policy: false,
          token_num_uses: 0,
          token_period: 0,
          token_policies: ['app'],
          token_ttl: 3600,
          token_type: 'default',
        }),
        { set: { bound_service_account_names: ['*'], bound_service_account_namespaces: ['*'] } },
      ),
    ]),
  ),
  bad(
    'CS110',
    PROD,
    'okta: admin role for a group',
    ['privilege-escalation'],
    plan([
      create(
        on(okta, 'okta_group_role', 'ops', {
          disable_notifications: false,
          group_id: 'g',
          id: 'r',
          resource_set_id: '',
          role_id: '',
          role_type: 'SUPER_ADMIN',
          target_app_list: [],
          target_group_list: [],
        }),
      ),
    ]),
  ),
  bad(
    'CS111',
    PROD,
    'okta: sign-on policy rule relaxed',
    [],
    plan([
      update(
        on(okta, 'okta_policy_rule_signon', 'mfa', {
          access: 'ALLOW',
          authtype: 'ANY',
          id: 'p',
          mfa_lifetime: 15,
          mfa_prompt: 'ALWAYS',
          mfa_remember_device: false,
          mfa_required: true,
          name: 'mfa',
          network_connection: 'ANYWHERE',
          policy_id: 'p1',
          priority: 1,
          status: 'ACTIVE',
        }),
        { set: { mfa_required: false } },
      ),
    ]),
  ),
  bad(
    'CS112',
    PROD,
    'unknown type created',
    ['opaque'],
    plan([create(on(acme, 'acme_thing', 'x', { id: '1', name: 'x', size: 4 }))]),
  ),
  bad(
    'CS113',
    DEV,
    'unknown type replaced in dev',
    [],
    plan([
      replace(on(acme, 'acme_database', 'x', { id: '1', name: 'x', size: 4 }), {
        set: { size: 8 },
        because: ['size'],
      }),
    ]),
  ),
  bad(
    'CS114',
    STAGING,
    'unknown type updated in staging',
    ['opaque'],
    plan([
      update(on(acme, 'acme_policy', 'x', { id: '1', name: 'x', size: 4 }), { set: { size: 8 } }),
    ]),
  ),
]
