// AWS actions that let their holder get more rights than they were given, read secrets in bulk, or
// blind the audit. Data; the names are lower case because actions are not case-sensitive.
// Sources: https://docs.aws.amazon.com/service-authorization/latest/reference/ (what each does),
// https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/,
// https://hackingthe.cloud/aws/exploitation/iam_privilege_escalation/.
import type { Hazard } from '../../../knowledge/kind.ts'

export interface EscalationRow {
  readonly actions: readonly string[]
  /** `any`: on whatever resource; `wide`: only where the resource is not a named one. */
  readonly on: 'any' | 'wide'
  readonly means: string
  readonly hazard?: Hazard
}

export const ESCALATIONS: readonly EscalationRow[] = [
  {
    actions: ['iam:createpolicyversion', 'iam:setdefaultpolicyversion'],
    on: 'any',
    means: 'can rewrite a policy it holds',
  },
  {
    actions: [
      'iam:attachuserpolicy',
      'iam:attachgrouppolicy',
      'iam:attachrolepolicy',
      'iam:putuserpolicy',
      'iam:putgrouppolicy',
      'iam:putrolepolicy',
      'iam:addusertogroup',
    ],
    on: 'any',
    means: 'can give itself any policy',
  },
  {
    actions: ['iam:updateassumerolepolicy'],
    on: 'any',
    means: 'can let itself assume a role',
  },
  {
    actions: [
      'iam:createaccesskey',
      'iam:createloginprofile',
      'iam:updateloginprofile',
      'iam:createservicespecificcredential',
      'iam:uploadsigningcertificate',
      'iam:deactivatemfadevice',
    ],
    on: 'any',
    means: 'can log in as someone else',
  },
  {
    actions: [
      'iam:deleterolepermissionsboundary',
      'iam:deleteuserpermissionsboundary',
      'iam:putrolepermissionsboundary',
      'iam:putuserpermissionsboundary',
    ],
    on: 'any',
    means: 'can lift a permissions boundary',
  },
  {
    actions: [
      'iam:createopenidconnectprovider',
      'iam:updateopenidconnectproviderthumbprint',
      'iam:addclientidtoopenidconnectprovider',
      'iam:createsamlprovider',
      'iam:updatesamlprovider',
    ],
    on: 'any',
    means: 'can add an identity provider',
  },
  {
    actions: ['sts:assumerole'],
    on: 'wide',
    means: 'can assume every role that trusts the account',
  },
  {
    actions: ['iam:passrole'],
    on: 'wide',
    means: 'can hand any role to a service',
  },
  {
    actions: [
      'lambda:updatefunctioncode',
      'lambda:createeventsourcemapping',
      'lambda:addlayerversionpermission',
      'ssm:sendcommand',
      'ssm:startsession',
      'ssm:startautomationexecution',
      'ec2-instance-connect:sendsshpublickey',
      'ec2:modifyinstanceattribute',
      'ecs:executecommand',
      'ecr:putimage',
      'codecommit:gitpush',
    ],
    on: 'wide',
    means: 'can run code as the identity of something that exists',
  },
  {
    actions: ['eks:createaccessentry', 'eks:associateaccesspolicy'],
    on: 'any',
    means: 'can make itself administrator of a cluster',
  },
  {
    actions: [
      'secretsmanager:getsecretvalue',
      'ssm:getparameter',
      'ssm:getparameters',
      'ssm:getparametersbypath',
    ],
    on: 'wide',
    means: 'can read every secret',
    hazard: 'secret-exposure',
  },
  {
    actions: ['kms:putkeypolicy', 'kms:creategrant'],
    on: 'wide',
    means: 'can give itself the use of keys',
  },
  {
    actions: ['s3:putbucketpolicy'],
    on: 'wide',
    means: 'can open every bucket',
  },
  {
    actions: [
      'organizations:attachpolicy',
      'organizations:detachpolicy',
      'organizations:updatepolicy',
      'organizations:deletepolicy',
      'organizations:leaveorganization',
      'organizations:moveaccount',
      'organizations:inviteaccounttoorganization',
      'organizations:registerdelegatedadministrator',
    ],
    on: 'any',
    means: 'can change the organisation',
  },
  {
    actions: [
      'sso:createaccountassignment',
      'sso:attachmanagedpolicytopermissionset',
      'sso:putinlinepolicytopermissionset',
      'sso:provisionpermissionset',
      'identitystore:creategroupmembership',
      'sso-directory:addmembertogroup',
    ],
    on: 'any',
    means: 'can give people access to accounts',
  },
  {
    actions: ['ram:createresourceshare', 'ram:associateresourceshare', 'ram:updateresourceshare'],
    on: 'wide',
    means: 'can share resources with other accounts',
  },
  {
    actions: ['cognito-idp:adminsetuserpassword', 'cognito-identity:setidentitypoolroles'],
    on: 'any',
    means: 'can take over application users',
  },
  {
    actions: [
      'cloudtrail:stoplogging',
      'cloudtrail:deletetrail',
      'cloudtrail:updatetrail',
      'cloudtrail:puteventselectors',
      'guardduty:deletedetector',
      'guardduty:updatedetector',
      'config:stopconfigurationrecorder',
    ],
    on: 'any',
    means: 'can switch off the audit trail',
    hazard: 'audit-loss',
  },
  {
    actions: ['logs:deleteloggroup'],
    on: 'wide',
    means: 'can delete logs',
    hazard: 'audit-loss',
  },
]

/** With `iam:PassRole`, each of these runs code as the role that is handed over. */
export const PASS_ROLE_PARTNERS: readonly string[] = [
  'ec2:runinstances',
  'ec2:associateiaminstanceprofile',
  'ec2:replaceiaminstanceprofileassociation',
  'ec2:requestspotinstances',
  'ec2:createlaunchtemplateversion',
  'ec2:modifylaunchtemplate',
  'lambda:createfunction',
  'lambda:updatefunctionconfiguration',
  'glue:createdevendpoint',
  'glue:createjob',
  'glue:updatejob',
  'glue:createsession',
  'cloudformation:createstack',
  'cloudformation:updatestack',
  'cloudformation:createchangeset',
  'cloudformation:setstackpolicy',
  'datapipeline:createpipeline',
  'datapipeline:putpipelinedefinition',
  'codebuild:createproject',
  'codebuild:updateproject',
  'codebuild:startbuild',
  'codepipeline:createpipeline',
  'ecs:runtask',
  'ecs:starttask',
  'ecs:registertaskdefinition',
  'ecs:createservice',
  'ecs:updateservice',
  'sagemaker:createnotebookinstance',
  'sagemaker:createprocessingjob',
  'sagemaker:createtrainingjob',
  'sagemaker:createpresignednotebookinstanceurl',
  'states:createstatemachine',
  'states:updatestatemachine',
  'apprunner:createservice',
  'apprunner:updateservice',
  'autoscaling:createlaunchconfiguration',
  'autoscaling:createautoscalinggroup',
  'autoscaling:updateautoscalinggroup',
  'bedrock-agentcore:createcodeinterpreter',
  'batch:registerjobdefinition',
  'batch:submitjob',
  'elasticmapreduce:runjobflow',
  'emr-serverless:startjobrun',
  'emr-containers:startjobrun',
  'iot:createtopicrule',
  'amplify:createapp',
  'braket:createjob',
  'scheduler:createschedule',
  'events:putrule',
  'events:puttargets',
]
