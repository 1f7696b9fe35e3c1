// Document kind, as the catalogue names it, → how two such documents compare.
import {
  compareGuardrail,
  compareIdentityPolicy,
  compareResourcePolicy,
  compareTrustPolicy,
} from './aws/compare.ts'
import { type Comparer, comparingDocuments, type Setting } from './setting.ts'

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
])

function awsSetting(setting: Setting): {
  readonly own: ReadonlySet<string>
  readonly holdsKey: boolean
} {
  const { row } = setting
  const holdsKey = row.class === 'key_secret' || (row.identity ?? []).includes('key_id')
  return { own: setting.accounts, holdsKey }
}
