// Kubernetes RBAC rules, roles and subjects that lead to more than they say. Data.
// Sources: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks,
// https://kubernetes.io/docs/reference/access-authn-authz/rbac/.
import type { DangerKind } from '../comparison.ts'

export interface PowerRow {
  readonly verbs: readonly string[]
  readonly resources: readonly string[]
  readonly means: string
}

const WRITES = ['create', 'update', 'patch'] as const

export const POWERS: readonly PowerRow[] = [
  { verbs: ['get', 'list', 'watch'], resources: ['secrets'], means: 'can read secrets' },
  {
    verbs: ['create', 'get'],
    resources: ['pods/exec', 'pods/attach', 'pods/portforward'],
    means: 'can run commands in pods',
  },
  {
    verbs: WRITES,
    resources: [
      'pods',
      'deployments',
      'daemonsets',
      'statefulsets',
      'replicasets',
      'replicationcontrollers',
      'jobs',
      'cronjobs',
    ],
    means: 'can run pods as any service account of the namespace',
  },
  { verbs: ['create'], resources: ['serviceaccounts/token'], means: 'can mint tokens' },
  {
    verbs: ['escalate', 'bind'],
    resources: ['roles', 'clusterroles'],
    means: 'can give itself any role',
  },
  {
    verbs: [...WRITES],
    resources: ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'],
    means: 'can change roles and who has them',
  },
  {
    verbs: ['impersonate'],
    resources: ['users', 'groups', 'serviceaccounts', 'uids', 'userextras'],
    means: 'can act as someone else',
  },
  { verbs: ['get', 'create'], resources: ['nodes/proxy'], means: 'can reach every kubelet' },
  {
    verbs: ['update', 'patch', 'approve'],
    resources: ['certificatesigningrequests/approval', 'signers'],
    means: 'can issue itself a certificate',
  },
  {
    verbs: WRITES,
    resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
    means: 'can rewrite what others create',
  },
  { verbs: ['create'], resources: ['persistentvolumes'], means: 'can mount any path of a node' },
]

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles */
export const CLUSTER_ROLES: ReadonlyMap<string, DangerKind> = new Map<string, DangerKind>([
  ['cluster-admin', 'administrator'],
  ['admin', 'service-administrator'],
  ['edit', 'service-administrator'],
  ['system:node', 'escalation'],
])

export const SUBJECTS: ReadonlyMap<string, DangerKind> = new Map<string, DangerKind>([
  ['system:anonymous', 'public'],
  ['system:unauthenticated', 'public'],
  ['system:authenticated', 'organisation-wide'],
  ['system:serviceaccounts', 'organisation-wide'],
  ['system:masters', 'administrator'],
])
