// An alarm that stays silent where it paged is said, whichever of its settings silences it.
import { expect, test } from 'vitest'
import { alarm } from '../../attack/scenarios/aws-objects.ts'
import { PROD, plan, update } from '../../attack/scenarios/parts.ts'
import { judge } from '../../mutation/judge.ts'

const AT = Date.parse('2026-11-20T10:00:00Z')

async function verdictOf(before: Record<string, string>, after: Record<string, string>) {
  const document = plan([update(alarm('up', before), { set: after })])
  const judged = await judge(document, { tags: {}, ...PROD, at: AT })
  return judged.kind === 'decided' ? judged.decision.verdict : judged.kind
}

test.each([
  [{ treat_missing_data: 'breaching' }, { treat_missing_data: 'notBreaching' }, 'hold'],
  [{ treat_missing_data: 'missing' }, { treat_missing_data: 'breaching' }, 'release'],
  [
    { comparison_operator: 'GreaterThanThreshold' },
    { comparison_operator: 'LessThanThreshold' },
    'hold',
  ],
])('%j to %j is answered with %s', async (before, after, verdict) => {
  expect(await verdictOf(before, after)).toBe(verdict)
})
