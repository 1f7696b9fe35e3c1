import { needsNeighbours } from '../../../src/core/analysis/facts.ts'
import { examine } from '../../../src/core/assess.ts'
import type { Context } from '../../../src/core/context.ts'
import { readPlan } from '../../../src/core/plan/read.ts'
import type { Examination } from '../../../src/core/policy/examination.ts'
import type { Policy } from '../../../src/core/policy/policy.ts'
import { builtInPolicy } from '../../../src/core/policy/presets.ts'
import type { Question } from '../../../src/core/review/model.ts'
import { nodeHasher } from '../../../src/entry/hasher.ts'

export const AT: number = Date.parse('2026-11-20T10:00:00Z')

/** The examination of a plan's JSON in production; undefined where it is no readable plan. */
export async function examined(
  json: string,
  context: Partial<Context> = {},
  policy?: Policy,
): Promise<Examination | undefined> {
  const read = await readPlan(new Blob([json]).stream(), {
    hasher: nodeHasher(),
    keepUnchanged: needsNeighbours,
  })
  if (!read.ok) return undefined
  return examine(
    read.value,
    { tags: {}, environment: 'production', at: AT, ...context },
    policy ?? (await builtInPolicy('standard')),
  )
}

/** Every finding that holds as a question: more than any policy would ask. */
export function allQuestions({ weighing }: Examination): readonly Question[] {
  const limit = {
    id: 'all',
    grantedBy: 'jane@acme.example',
    rollback: 'revert',
    expires: '2027-06-30',
  }
  return weighing.weighed
    .filter(({ holds }) => holds)
    .map(({ finding }, at) => ({ id: `q${at + 1}`, finding, limit }))
}
