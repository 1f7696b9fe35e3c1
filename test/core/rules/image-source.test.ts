// A new tag is a rollout; a new registry or organisation is somebody else's code.
import { describe, expect, test } from 'vitest'
import { aws, DEV, on, plan, update } from '../../attack/scenarios/parts.ts'
import { judge } from '../../mutation/judge.ts'

const AT = Date.parse('2026-11-20T10:00:00Z')

async function verdictOf(before: string, after: string): Promise<string> {
  const job = on(aws, 'aws_lambda_function', 'job', {
    arn: 'a',
    function_name: 'job',
    id: 'job',
    image_uri: before,
    memory_size: 512,
    package_type: 'Image',
    role: 'arn:aws:iam::418273945061:role/job',
    timeout: 10,
  })
  const document = plan([update(job, { set: { image_uri: after } })])
  const judged = await judge(document, { tags: {}, ...DEV, at: AT })
  return judged.kind === 'decided' ? judged.decision.verdict : judged.kind
}

describe('an image in dev', () => {
  test.each([
    ['ghcr.io/acme/api:1', 'ghcr.io/acme/api:2', 'release'],
    ['ghcr.io/acme/api:1', 'ghcr.io/acme/worker:1', 'release'],
    [
      '1.dkr.ecr.eu-west-1.amazonaws.com/a/b:1',
      '1.dkr.ecr.eu-west-1.amazonaws.com/c/d:1',
      'release',
    ],
    ['nginx:1', 'nginx:2', 'release'],
    ['ghcr.io/acme/api:1', 'gchr.io/acme/api:1', 'hold'],
    ['ghcr.io/acme/api:1', 'ghcr.io/acme-1/api:1', 'hold'],
    ['nginx:1', 'evil/nginx:1', 'hold'],
    ['ghcr.io/acme/api:1', 'ghcr.io\u200b/acme/api:1', 'hold'],
    ['1.dkr.ecr.eu-west-1.amazonaws.com/a:1', '2.dkr.ecr.eu-west-1.amazonaws.com/a:1', 'hold'],
  ])('%s to %s is answered with %s', async (before, after, verdict) => {
    expect(await verdictOf(before, after)).toBe(verdict)
  })
})
