// The simple strategies people use today, judged on the same plans. They read actions and little
// else; that is their point.
import type { Plan, ResourceChange } from '../plan/model.ts'
import type { Verdict } from './case.ts'

export interface Comparator {
  readonly name: string
  holds(plan: Plan): boolean
}

const STATEFUL = new Set([
  'aws_db_instance',
  'aws_dynamodb_table',
  'aws_rds_cluster',
  'aws_s3_bucket',
])

/** Points per action; replacing is not the sum of its halves, because something comes back. */
const POINTS = { create: 1, update: 3, replace: 8, delete: 10 }
const TOO_MANY_POINTS = 10

export const COMPARATORS: readonly Comparator[] = [
  { name: 'always hold', holds: () => true },
  { name: 'hold any delete', holds: (plan) => plan.changes.some(isDelete) },
  {
    name: 'hold any delete or replace',
    holds: (plan) => plan.changes.some((change) => change.actions.includes('delete')),
  },
  {
    name: 'hold any update or delete',
    holds: (plan) =>
      plan.changes.some(
        (change) => change.actions.includes('update') || change.actions.includes('delete'),
      ),
  },
  {
    name: 'never destroy four stateful types',
    holds: (plan) =>
      plan.changes.some((change) => STATEFUL.has(change.type) && change.actions.includes('delete')),
  },
  {
    name: `additive score, hold at ${TOO_MANY_POINTS}`,
    holds: (plan) =>
      plan.changes.reduce((sum, change) => sum + points(change), 0) >= TOO_MANY_POINTS,
  },
]

/** What each strategy answers, in the order of `COMPARATORS`; a plan nobody could read is held. */
export function compare(plan: Plan | undefined): readonly Verdict[] {
  return COMPARATORS.map(({ holds }) => (plan === undefined || holds(plan) ? 'hold' : 'release'))
}

function isDelete({ actions }: ResourceChange): boolean {
  return actions.includes('delete') && !actions.includes('create')
}

function points(change: ResourceChange): number {
  if (isDelete(change)) return POINTS.delete
  if (change.actions.includes('delete')) return POINTS.replace
  if (change.actions.includes('create')) return POINTS.create
  return change.actions.includes('update') ? POINTS.update : 0
}
