// Document kind, as the catalogue names it, → how two such documents compare.
import { ACCESS_READS, compareAccess } from './access.ts'
import {
  compareGuardrail,
  compareIdentityPolicy,
  compareResourcePolicy,
  compareTrustPolicy,
} from './aws/compare.ts'
import { ASSIGNMENT_READS, compareAssignment, compareRoleDefinition } from './azure/compare.ts'
import {
  compareBinding,
  compareMember,
  comparePermissions,
  comparePolicy,
} from './google/compare.ts'
import { compareRules, compareSubjects } from './kubernetes/compare.ts'
import { type Comparer, comparingDocuments, type Setting } from './setting.ts'
import { compareVaultPolicies } from './vault/compare.ts'

export interface DocumentKind {
  readonly compare: Comparer
  /** Attributes beside the document's own that belong to what is granted. */
  readonly reads: readonly string[]
}

export const DOCUMENT_KINDS: ReadonlyMap<string, DocumentKind> = new Map<string, DocumentKind>([
  ['aws-identity-policy', { compare: comparingDocuments(compareIdentityPolicy), reads: [] }],
  [
    'aws-trust-policy',
    {
      compare: comparingDocuments((a, b, setting) => compareTrustPolicy(a, b, awsSetting(setting))),
      reads: [],
    },
  ],
  [
    'aws-resource-policy',
    {
      compare: comparingDocuments((a, b, setting) =>
        compareResourcePolicy(a, b, awsSetting(setting)),
      ),
      reads: [],
    },
  ],
  ['aws-scp', { compare: comparingDocuments(compareGuardrail), reads: [] }],
  ['gcp-member', { compare: compareMember, reads: ['role', 'condition'] }],
  ['gcp-binding', { compare: compareBinding, reads: ['role', 'condition'] }],
  ['gcp-policy', { compare: comparePolicy, reads: [] }],
  ['gcp-permission-list', { compare: comparingDocuments(comparePermissions), reads: [] }],
  ['azure-assignment', { compare: compareAssignment, reads: ASSIGNMENT_READS }],
  ['azure-role', { compare: comparingDocuments(compareRoleDefinition), reads: [] }],
  ['k8s-rbac', { compare: compareRules, reads: ['aggregation_rule'] }],
  ['k8s-binding', { compare: compareSubjects, reads: ['role_ref'] }],
  ['vault-hcl', { compare: comparingDocuments(compareVaultPolicies), reads: [] }],
  ['cloudflare-access', { compare: compareAccess, reads: ACCESS_READS }],
])

function awsSetting(setting: Setting): {
  readonly own: ReadonlySet<string>
  readonly holdsKey: boolean
} {
  const { row } = setting
  const holdsKey = row.class === 'key_secret' || (row.identity ?? []).includes('key_id')
  return { own: setting.accounts, holdsKey }
}
