// Azure built-in roles and permissions that mean administrator or lead there. Data.
// Sources: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles,
// https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations.
import type { DangerKind } from '../comparison.ts'

/** By name and by the id at the end of `role_definition_id`, lower case. */
export const AZURE_ROLES: ReadonlyMap<string, DangerKind> = new Map<string, DangerKind>([
  ['owner', 'administrator'],
  ['8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'administrator'],
  ['contributor', 'administrator'],
  ['b24988ac-6180-42a0-ab88-20f7382dd24c', 'administrator'],
  ['user access administrator', 'escalation'],
  ['18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', 'escalation'],
  ['role based access control administrator', 'escalation'],
  ['f58310d9-a9f6-439a-9e8d-f62e7b41a168', 'escalation'],
  ['key vault administrator', 'escalation'],
  ['00482a5a-887f-4fb3-b363-3b7fe8e74483', 'escalation'],
  ['key vault secrets officer', 'escalation'],
  ['b86a8fe4-44ce-4948-aee5-eccb2c155cd7', 'escalation'],
  ['key vault crypto officer', 'escalation'],
  ['14b46e9e-c2b7-41b4-b07b-48a6ebf60603', 'escalation'],
  ['storage blob data owner', 'service-administrator'],
  ['b7e6dc6d-f1e8-4753-8033-0f276bb0955b', 'service-administrator'],
  ['virtual machine contributor', 'escalation'],
  ['9980e02c-c2be-4d73-94e8-173b1dc7cf3c', 'escalation'],
  ['automation contributor', 'escalation'],
  ['logic app contributor', 'escalation'],
  ['website contributor', 'escalation'],
  ['azure kubernetes service cluster admin role', 'administrator'],
  ['azure kubernetes service rbac cluster admin', 'administrator'],
  ['managed identity operator', 'escalation'],
  ['f1a07417-d97a-45cb-824c-7a7467783830', 'escalation'],
  ['managed identity contributor', 'escalation'],
  ['e40ec5ca-96e0-45a2-b4ff-59039f2c2b59', 'escalation'],
])

/** Permissions of a custom role, lower case; each is asked whether the role's patterns cover it. */
export const AZURE_ESCALATIONS: readonly string[] = [
  'microsoft.authorization/roleassignments/write',
  'microsoft.authorization/roledefinitions/write',
  'microsoft.authorization/elevateaccess/action',
  'microsoft.authorization/policyassignments/write',
  'microsoft.authorization/locks/delete',
  'microsoft.managedidentity/userassignedidentities/assign/action',
  'microsoft.compute/virtualmachines/runcommand/action',
  'microsoft.compute/virtualmachines/extensions/write',
  'microsoft.storage/storageaccounts/listkeys/action',
  'microsoft.keyvault/vaults/write',
  'microsoft.keyvault/vaults/accesspolicies/write',
  'microsoft.automation/automationaccounts/runbooks/write',
  'microsoft.containerservice/managedclusters/listclusteradmincredential/action',
]
