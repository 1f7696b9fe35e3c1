// Attributes that grant something without a document: attachments, memberships, access levels.
// Data, keyed by attribute name. Sources: the provider documentation of the types that have them,
// https://registry.terraform.io/browse/providers, and what the value means in the service itself.
import type { DangerKind } from './comparison.ts'

/** Values are what is granted, or to whom: more values are more access, fewer are less. */
export const GRANTING: ReadonlySet<string> = new Set([
  // AWS IAM, SSO, EKS, RAM, Lambda, KMS
  'policy_arn',
  'policy_arns',
  'policy_names',
  'managed_policy_arn',
  'managed_policy_arns',
  'permission_set_arn',
  'roles',
  'role',
  'role_arn',
  'users',
  'user',
  'groups',
  'group',
  'principal',
  'principals',
  'principal_arn',
  'principal_id',
  'principal_type',
  'target_id',
  'member_id',
  'group_id',
  'operations',
  'grantee_principal',
  'permissions',
  'permissions_with_grant_option',
  'client_id_list',
  'kubernetes_groups',
  'access_string',
  'explicit_auth_flows',
  'callback_urls',
  'action',
  // Google, Azure, Entra
  'member',
  'members',
  'secret_permissions',
  'key_permissions',
  'certificate_permissions',
  'storage_permissions',
  'object_id',
  'subject',
  'audience',
  'assignable_scopes',
  'principal_object_id',
  'member_object_id',
  'group_object_id',
  'role_id',
  'owners',
  // GitHub, TFE, Datadog, databases, Vault
  'permission',
  'access',
  'privileges',
  'all_privileges',
  'superuser',
  'token_policies',
  'policies',
  'member_entity_ids',
  'member_group_ids',
  'allowed_domains',
  'bound_service_account_names',
  'bound_service_account_namespaces',
])

/** Values limit what is granted: none at all limits nothing. */
export const LIMITING: ReadonlySet<string> = new Set([
  'attribute_condition',
  'bound_audiences',
  'bound_cidrs',
  'bound_claims',
  'bound_issuer',
  'bound_subject',
  'condition',
  'event_source_token',
  'principal_org_id',
  'secret_id_bound_cidrs',
  'source_account',
  'source_arn',
  'token_bound_cidrs',
])

/** The name of a ceiling: what is granted beyond it has no effect. */
export const CEILINGS: ReadonlySet<string> = new Set(['permissions_boundary'])

/** Attributes that hold AWS policy ARNs or names, looked up in the table of managed policies. */
export const POLICY_NAMES: ReadonlySet<string> = new Set([
  'policy_arn',
  'policy_arns',
  'managed_policy_arn',
  'managed_policy_arns',
  'policy_names',
])

/** Beside a principal `*`, one of these keeps it from being everyone. */
export const PRINCIPAL_LIMITS: readonly string[] = [
  'source_arn',
  'source_account',
  'principal_org_id',
  'condition',
]

export interface Level {
  readonly attributes: ReadonlySet<string>
  /** Lower case. */
  readonly values: ReadonlySet<string>
  readonly kind: DangerKind
}

const level = (
  attributes: readonly string[],
  values: readonly string[],
  kind: DangerKind,
): Level => ({ attributes: new Set(attributes), values: new Set(values), kind })

/** Values that are the highest level of what they grant. */
export const LEVELS: readonly Level[] = [
  // https://docs.github.com/organizations/managing-user-access-to-your-organizations-repositories
  // https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/permissions
  level(['permission', 'access', 'role'], ['admin', 'administrator', 'owner'], 'administrator'),
  // https://docs.snowflake.com/user-guide/security-access-control-privileges
  level(
    ['privileges'],
    ['all', 'all privileges', 'ownership', 'manage grants'],
    'service-administrator',
  ),
  level(['superuser', 'all_privileges'], ['true'], 'administrator'),
  // https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
  level(['kubernetes_groups', 'groups'], ['system:masters'], 'administrator'),
  level(['token_policies', 'policies'], ['root'], 'administrator'),
  // https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
  level(
    ['role_id', 'role_template_id'],
    ['62e90394-69f5-4237-9190-012177145e10', 'e8611ab8-c189-46e8-94e1-60213ab1f814'],
    'administrator',
  ),
]

/** A new identity with only these set holds nothing yet. */
export const NAMING: ReadonlySet<string> = new Set([
  'account_id',
  'description',
  'display_name',
  'force_destroy',
  'isolation_scope',
  'location',
  'name',
  'name_prefix',
  'path',
  'permissions_boundary',
  'project',
  'resource_group_name',
  'tags',
  'tags_all',
  'timeouts',
])
