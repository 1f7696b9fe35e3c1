// Which collector reads which model of network rules (`net_rule_model` in the catalogue).
import type { Collector } from './collector.ts'
import { addressSet } from './models/address-set.ts'
import { awsAcl, awsAclRule } from './models/aws-network-acl.ts'
import { awsGroup, awsRule, awsRule2 } from './models/aws-security-group.ts'
import { azureGroup, azureRule } from './models/azure-security-group.ts'
import { googleFirewall } from './models/google-firewall.ts'
import { ipRange } from './models/ip-range.ts'
import { kubernetesPolicy } from './models/kubernetes-policy.ts'
import { unread } from './models/unread.ts'

export const COLLECTORS: ReadonlyMap<string, Collector> = new Map([
  ['aws-sg-inline', awsGroup],
  ['aws-sg-rule', awsRule],
  ['aws-sg-rule2', awsRule2],
  ['aws-nacl', awsAcl],
  ['aws-nacl-rule', awsAclRule],
  ['gcp-firewall', googleFirewall],
  ['azure-nsg-inline', azureGroup],
  ['azure-nsg-rule', azureRule],
  ['k8s-netpol', kubernetesPolicy],
  ['ip-range', ipRange],
  ['address-set', addressSet],
  [
    'gcp-firewall-policy',
    unread([
      ...['action', 'direction', 'disabled', 'match', 'priority', 'firewall_policy'],
      ...['target_resources', 'target_secure_tags', 'target_service_accounts'],
      ...['security_profile_group', 'tls_inspect', 'rule_name'],
    ]),
  ],
  ['gcp-armor', unread(['rule', 'adaptive_protection_config', 'advanced_options_config'])],
  [
    'azure-firewall',
    unread([
      ...['priority', 'network_rule_collection', 'application_rule_collection'],
      'nat_rule_collection',
    ]),
  ],
])

/** For a model that the catalogue names and nothing here reads. */
export const UNREAD: Collector = unread([])
