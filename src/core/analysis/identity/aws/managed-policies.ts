// AWS managed policies, EKS access policies and the like that mean administrator or near it.
// Keyed by the last part of the ARN, lower case.
// Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html,
// https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
import type { DangerKind } from '../comparison.ts'

export const MANAGED_POLICIES: ReadonlyMap<string, DangerKind> = new Map<string, DangerKind>([
  ['administratoraccess', 'administrator'],
  ['administratoraccess-amplify', 'escalation'],
  ['administratoraccess-awselasticbeanstalk', 'escalation'],
  ['poweruseraccess', 'administrator'],
  ['iamfullaccess', 'escalation'],
  ['awsorganizationsfullaccess', 'escalation'],
  ['awsssomasteraccountadministrator', 'escalation'],
  ['awsssodirectoryadministrator', 'escalation'],
  ['awscloudformationfullaccess', 'escalation'],
  ['amazonec2fullaccess', 'escalation'],
  ['awslambda_fullaccess', 'escalation'],
  ['amazonssmfullaccess', 'escalation'],
  ['secretsmanagerreadwrite', 'escalation'],
  ['awskeymanagementservicepoweruser', 'escalation'],
  ['datascientist', 'escalation'],
  ['systemadministrator', 'escalation'],
  ['databaseadministrator', 'escalation'],
  ['networkadministrator', 'escalation'],
  ['amazons3fullaccess', 'service-administrator'],
  ['amazondynamodbfullaccess', 'service-administrator'],
  ['amazonrdsfullaccess', 'service-administrator'],
  ['amazonecs_fullaccess', 'escalation'],
  ['amazoneksclusteradminpolicy', 'administrator'],
  ['amazoneksadminpolicy', 'escalation'],
])
