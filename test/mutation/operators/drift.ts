// The plan takes back what somebody did by hand.
import { resourceChange, type Target, update } from '../../../fixtures/tools/plan-builder.ts'
import { isList, type JsonObject } from '../../../src/core/json.ts'
import { withChanges } from '../edit.ts'
import type { Operator } from '../mutant.ts'

const AWS = { name: 'aws', source: 'registry.terraform.io/hashicorp/aws', version: '>= 5.0' }

interface Fix {
  readonly why: string
  readonly type: string
  readonly values: JsonObject
  /** What somebody did by hand. */
  readonly byHand: JsonObject
}

// Left out: drift of tags and of values that providers rewrite; taking those back harms nobody.
const FIXES: readonly Fix[] = [
  {
    why: 'more tasks run by hand, and the plan takes them away',
    type: 'aws_ecs_service',
    values: { desired_count: 4, launch_type: 'FARGATE' },
    byHand: { desired_count: 12 },
  },
  {
    why: 'a machine was made larger by hand, and the plan makes it small again',
    type: 'aws_db_instance',
    values: { engine: 'postgres', instance_class: 'db.r6g.large' },
    byHand: { instance_class: 'db.r6g.4xlarge' },
  },
  {
    why: 'a rule was closed in an incident, and the plan opens it again',
    type: 'aws_vpc_security_group_ingress_rule',
    values: {
      cidr_ipv4: '0.0.0.0/0',
      from_port: 443,
      ip_protocol: 'tcp',
      security_group_id: 'sg-0123456789abcdef0',
      to_port: 443,
    },
    byHand: { cidr_ipv4: '203.0.113.0/24' },
  },
  {
    why: 'a key was disabled by hand, and the plan enables it again',
    type: 'aws_iam_access_key',
    values: { status: 'Active', user: 'robot' },
    byHand: { status: 'Inactive' },
  },
]

/** Drift on an attribute and a change that puts the old value back. */
export const revertedFix: Operator = {
  name: 'hand-made change taken back',
  mutate: (seed, random) =>
    FIXES.map(({ why, type, values, byHand }) => {
      const name = `main_${random.int(1000, 9999)}`
      const planned: Target = {
        provider: AWS,
        type,
        name,
        values: { id: name, name, ...values },
      }
      const real: Target = { ...planned, values: { ...planned.values, ...byHand } }
      const drift = resourceChange(update(planned, { set: byHand }))
      const revert = resourceChange(update(real, { set: values }))
      const plan = withChanges(seed.plan, 0, [revert])
      const { resource_drift: drifted } = seed.plan
      return {
        why,
        address: `${type}.${name}`,
        plan: { ...plan, resource_drift: [...(isList(drifted) ? drifted : []), drift] },
      }
    }),
}
