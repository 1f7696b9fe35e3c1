// Google Cloud roles, permissions and members that mean more than they say. Data.
// Sources: https://cloud.google.com/iam/docs/roles-permissions,
// https://cloud.google.com/iam/docs/principal-identifiers,
// https://cloud.google.com/iam/docs/service-agents,
// https://rhinosecuritylabs.com/gcp/privilege-escalation-google-cloud-platform-part-1/.
import type { DangerKind } from '../comparison.ts'

interface RoleRow {
  readonly roles: RegExp
  readonly kind: DangerKind
  /** Only dangerous on a whole project, folder or organisation. */
  readonly wide?: true
}

/** First match wins. */
export const ROLES: readonly RoleRow[] = [
  { roles: /^roles\/(owner|editor)$/, kind: 'administrator' },
  { roles: /^roles\/(viewer|browser|reader|writer|admin)$/, kind: 'wildcard' },
  { roles: /^roles\/(iam|resourcemanager|orgpolicy|billing)\./, kind: 'escalation' },
  {
    roles:
      /^roles\/(cloudbuild\.builds\.editor|compute\.(admin|instanceAdmin.*|osAdminLogin)|container\.(admin|developer|clusterAdmin)|cloudfunctions\.(developer|admin)|run\.(admin|developer)|deploymentmanager\.editor|composer\.admin|dataflow\.(admin|developer)|dataproc\.(admin|editor)|appengine\.(appAdmin|deployer)|secretmanager\.admin|cloudscheduler\.admin|workflows\.(admin|editor)|serviceusage\.apiKeysAdmin|securitycenter\.admin|accesscontextmanager\..*)$/,
    kind: 'escalation',
  },
  {
    roles: /^roles\/(secretmanager\.secretAccessor|storage\.objectAdmin)$/,
    kind: 'escalation',
    wide: true,
  },
  { roles: /^roles\/.*[aA]dmin(\.[a-zA-Z0-9]+)?$/, kind: 'service-administrator' },
  { roles: /^roles\/.*[oO]wner$/, kind: 'service-administrator' },
]

/** Permissions of a custom role that lead to all others. */
export const PERMISSIONS: readonly RegExp[] = [
  /\.setIamPolicy$/,
  /^iam\.serviceAccounts\.(actAs|getAccessToken|getOpenIdToken|implicitDelegation|signBlob|signJwt)$/,
  /^iam\.serviceAccountKeys\.create$/,
  /^iam\.roles\.(update|create)$/,
  /^iam\.workloadIdentityPoolProviders\.(update|create)$/,
  /^deploymentmanager\.deployments\.(create|update)$/,
  /^cloudfunctions\.functions\.(create|update|sourceCodeSet)$/,
  /^run\.services\.(create|update)$/,
  /^compute\.instances\.(create|setMetadata|setServiceAccount)$/,
  /^compute\.projects\.setCommonInstanceMetadata$/,
  /^cloudbuild\.builds\.create$/,
  /^cloudscheduler\.jobs\.create$/,
  /^composer\.environments\.create$/,
  /^dataflow\.jobs\.create$/,
  /^dataproc\.clusters\.create$/,
  /^orgpolicy\.policy\.set$/,
  /^storage\.hmacKeys\.create$/,
  /^serviceusage\.apiKeys\.(create|list)$/,
]

/** Google's own agents: without their roles the service they belong to stops. */
export const SERVICE_AGENT: RegExp =
  /^serviceAccount:(service-\d+@|[^@]*@(cloudservices|cloudbuild|[^@]*-robot|gcp-sa-[^@]*|gcp-gae-service)(\.iam)?\.gserviceaccount\.com$)/

/** Anyone can have an address there. */
export const CONSUMER_DOMAINS: ReadonlySet<string> = new Set([
  'gmail.com',
  'googlegroups.com',
  'googlemail.com',
  'hotmail.com',
  'icloud.com',
  'outlook.com',
  'proton.me',
  'yahoo.com',
])

/** What is left of a binding's attributes without these says where it applies. */
export const NOT_SCOPE: ReadonlySet<string> = new Set([
  'condition',
  'etag',
  'id',
  'member',
  'members',
  'policy_data',
  'role',
  'timeouts',
])
