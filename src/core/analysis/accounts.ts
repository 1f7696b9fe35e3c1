// Cloud accounts, projects and subscriptions that the changed resources name themselves.
import { plainAt } from '../change/side.ts'
import type { Subject } from '../knowledge/subject.ts'

const ACCOUNT_ATTRIBUTES = ['arn', 'id', 'project', 'owner_id', 'account_id', 'subscription_id']
const ARN = /^arn:[\w-]+:[\w-]*:[\w-]*:(\d{12}):/
const SUBSCRIPTION = /^\/subscriptions\/([0-9a-f-]{36})(\/|$)/i

/** Distinct ids, sorted: 12-digit AWS accounts, Azure subscription ids, Google project ids. */
export function accountsOf(subjects: readonly Subject[]): readonly string[] {
  const found = new Set<string>()
  for (const { change } of subjects) {
    for (const side of [change.before, change.after]) {
      for (const name of ACCOUNT_ATTRIBUTES) {
        const value = plainAt(side, [name])
        if (typeof value !== 'string') continue
        const id = ARN.exec(value)?.[1] ?? SUBSCRIPTION.exec(value)?.[1]
        if (id !== undefined) found.add(id)
        else if (name !== 'arn' && name !== 'id' && value !== '') found.add(value)
      }
    }
  }
  return [...found].sort()
}
