// Identities that hold no right when they are made: what they may do comes with a grant of its own.
import type { Change } from '../../change/model.ts'
import { plainAt } from '../../change/side.ts'
import { isEmptyJson } from '../../json.ts'

const BARE: ReadonlySet<string> = new Set([
  'google_service_account',
  'azurerm_user_assigned_identity',
  'aws_iam_group',
  'aws_cloudfront_origin_access_control',
])
const SERVICE_ACCOUNTS: ReadonlySet<string> = new Set([
  'kubernetes_service_account',
  'kubernetes_service_account_v1',
])

/**
 * A new identity nobody has given anything. A service account of a cluster counts only without
 * annotations, because cloud roles are handed out through them; owner-enforced objects only on a
 * bucket of this plan, because on an older one they shut out whoever reads by access list.
 */
export function isBare(change: Change, isCreatedHere: (attribute: string) => boolean): boolean {
  if (change.action.kind !== 'create') return false
  if (BARE.has(change.type)) return true
  if (SERVICE_ACCOUNTS.has(change.type)) {
    return isEmptyJson(plainAt(change.after, ['metadata', 0, 'annotations']))
  }
  return (
    change.type === 'aws_s3_bucket_ownership_controls' &&
    plainAt(change.after, ['rule', 0, 'object_ownership']) === 'BucketOwnerEnforced' &&
    isCreatedHere('bucket')
  )
}
