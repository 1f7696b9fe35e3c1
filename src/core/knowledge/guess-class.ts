// A class for types outside the catalogue, by the words of the name. It feeds severity and wording
// only: an unknown type is never released because its name sounds harmless.
import type { ResourceClass } from './kind.ts'

/** First match wins, so the order is part of the rule. */
const WORDS: readonly (readonly [RegExp, ResourceClass])[] = [
  [/snapshot|backup|recovery|vault_lock|replication/, 'backup'],
  [
    /kms|key_ring|crypto|secret|certificate|_ca$|password|token|credential|ssh_key|key_pair|access_key/,
    'key_secret',
  ],
  [/autoscaling_policy|scaling_policy/, 'compute_fleet'],
  [/lifecycle_policy|retention_policy/, 'datastore'],
  [
    /(org|organization|guard|deny|scp|branch_protection|ruleset|quota|budget|lock)(_|$)/,
    'governance',
  ],
  [
    /iam|role|policy|permission|grant|binding|membership|principal|user|group_member|identity|saml|oidc|access_(entry|level|policy)|acl$/,
    'identity',
  ],
  [
    /security_group|firewall|network_acl|nsg|ip_set|ip_group|prefix_list|allow_list/,
    'network_rule',
  ],
  [/waf|web_acl|shield|ddos|armor/, 'edge_protection'],
  [
    /vpc|vnet|network|subnet|route|gateway|peering|nat|vpn|interconnect|express_route|transit|endpoint|address|public_ip|eip/,
    'network_fabric',
  ],
  [
    /dns|record|zone|domain|listener|load_balancer|_lb|target|backend|url_map|cdn|distribution|frontdoor|api_|ingress|proxy/,
    'dns_traffic',
  ],
  [
    /database|_db|sql|table|bucket|cluster_database|dataset|index|collection|keyspace|warehouse|cache|redis|repository|registry|kafka|queue_storage|datalake/,
    'datastore',
  ],
  [/disk|volume|file_system|share|pvc/, 'volume'],
  [/queue|topic|subscription|stream|event|schedule|trigger|bus/, 'messaging'],
  [
    /alarm|alert|dashboard|log|metric|monitor|trail|detector|audit|sink|diagnostic|slo/,
    'monitoring',
  ],
  [/instance|virtual_machine|vm|host|workspace|notebook/, 'compute_singleton'],
  [/node|group|fleet|cluster|pool|scale_set|autoscal|service$|deployment/, 'compute_fleet'],
  [/function|lambda|job|workflow|app|run|pipeline/, 'serverless'],
]

/** The class a type's name suggests; `glue` where no word is recognised. */
export function guessClass(type: string): ResourceClass {
  const name = type.slice(type.indexOf('_') + 1)
  return WORDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'glue'
}
