// Three ways in which silence was once taken for evidence.
import { expect, it } from 'vitest'
import { assess } from '../../../../src/core/assess.ts'
import type { Plan, ResourceChange } from '../../../../src/core/plan/model.ts'
import { builtInPolicy } from '../../../../src/core/policy/presets.ts'

const policy = await builtInPolicy('standard')

async function verdict(change: Partial<ResourceChange>, over: Partial<Plan> = {}): Promise<string> {
  const plan: Plan = {
    formatVersion: '1.2',
    product: 'terraform',
    bytes: 1,
    digest: 'sha256:0',
    changes: [
      {
        address: 'aws_x.y',
        mode: 'managed',
        type: 'aws_x',
        name: 'y',
        actions: ['update'],
        before: {},
        after: {},
        afterUnknown: {},
        beforeSensitive: {},
        afterSensitive: {},
        replacePaths: [],
        importing: false,
        generatedConfig: false,
        ...change,
      },
    ],
    unchanged: [],
    noOps: 1,
    drift: [],
    outputs: [],
    relevantAttributes: [],
    variables: [],
    checks: [],
    invocations: [],
    deferred: [],
    flags: { errored: false },
    redacted: false,
    notes: [],
    ...over,
  }
  return (await assess(plan, { tags: {}, workspace: 'x-prod', at: 0 }, policy)).verdict
}

it('takes no listed value for as good as another: a key that is swapped', async () => {
  const swapped = await verdict({
    type: 'aws_ebs_volume',
    address: 'aws_ebs_volume.y',
    before: { kms_key_id: 'arn:aws:kms:eu-central-1:111122223333:key/a', size: 1 },
    after: { kms_key_id: 'arn:aws:kms:eu-central-1:111122223333:key/b', size: 1 },
  })
  expect(swapped).toBe('hold')
})

it('takes no unknown block list for computed: dynamic blocks leave no trace', async () => {
  const configuration = {
    resources: [
      {
        address: 'aws_security_group.y',
        moduleCalls: [],
        mode: 'managed',
        type: 'aws_security_group',
        name: 'y',
        references: {},
        constants: ['tags', 'name'],
        dependsOn: [],
        provisioners: [],
        hasCount: false,
        hasForEach: false,
      },
    ],
    moduleCalls: [],
    providers: [],
    sensitiveVariables: [],
    outputs: {},
  }
  const rules = [{ from_port: 443, to_port: 443, protocol: 'tcp', cidr_blocks: ['10.0.0.0/8'] }]
  const hidden = await verdict(
    {
      type: 'aws_security_group',
      address: 'aws_security_group.y',
      before: { name: 'y', id: 'sg-1', ingress: rules, tags: { a: '1' } },
      after: { name: 'y', id: 'sg-1', tags: { a: '2' } },
      afterUnknown: { ingress: true },
    },
    { configuration },
  )
  expect(hidden).toBe('hold')
})

it('takes no replaced value for the opposite of a removed one', async () => {
  const swapped = await verdict({
    type: 'aws_sqs_queue',
    address: 'aws_sqs_queue.y',
    before: { name: 'y', redrive_policy: '{"deadLetterTargetArn":"arn:a","maxReceiveCount":5}' },
    after: { name: 'y', redrive_policy: '{"deadLetterTargetArn":"arn:b","maxReceiveCount":5}' },
  })
  expect(swapped).toBe('hold')
})
