// Ids of cloud accounts, projects and subscriptions, put out of sight where the team asks for it.
import { accountsOf } from '../../analysis/accounts.ts'
import { isList, isObject, type JsonValue } from '../../json.ts'
import type { Subject } from '../../knowledge/subject.ts'
import type { Examination } from '../../policy/examination.ts'

const AWS = /(?<![0-9A-Za-z])\d{12}(?![0-9A-Za-z])/g
const AZURE = /(?<=subscriptions\/)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi
const GOOGLE = /(?<=(?:^|[/"])projects\/)[a-z0-9][a-z0-9:.-]{3,62}/g
const GOOGLE_MAIL = /(?<=@)[a-z][a-z0-9-]{4,29}(?=\.iam\.gserviceaccount\.com)/g
const ACCOUNT_NAMES =
  /^(?:project|project_id|account_id|owner_id|subscription_id|tenant_id|aws_account_id|owner|account)$/
const SHAPE = /^(?:\d{12}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[a-z][a-z0-9-]{4,62})$/i

/** Every account id that the changes name, in attributes or inside other ids; sorted. */
function accountIdsOf(subjects: readonly Subject[]): readonly string[] {
  const found = new Set(accountsOf(subjects).filter((id) => id.length >= 5))
  const walk = (value: JsonValue, name: string): void => {
    if (typeof value === 'string') {
      if (value.length > 4_096) return
      for (const shape of [AWS, AZURE, GOOGLE, GOOGLE_MAIL]) {
        for (const [id] of value.matchAll(shape)) found.add(id)
      }
      if (ACCOUNT_NAMES.test(name) && SHAPE.test(value)) found.add(value)
    } else if (isList(value)) for (const item of value) walk(item, name)
    else if (isObject(value)) for (const key of Object.keys(value)) walk(value[key] ?? null, key)
  }
  for (const { change } of subjects) {
    walk(change.before.value, '')
    walk(change.after.value, '')
  }
  return [...found].sort()
}

/** Replaces ids in a text. `put` gives the word for an id. */
export type HideAccounts = (text: string, put: (id: string) => string) => string

/** Hides nothing where the team does not ask for it. */
export function accountHider({
  policy,
  facts,
}: Pick<Examination, 'policy' | 'facts'>): HideAccounts {
  return policy.review.hideAccounts ? hideAccounts(accountIdsOf(facts.subjects)) : (text) => text
}

/** Hides those known and those of such a shape. */
function hideAccounts(ids: readonly string[]): HideAccounts {
  const known = new Set(ids.map((id) => id.toLowerCase()))
  // Words of ids: whatever is no letter, digit or dash ends one.
  return (text, put) =>
    text
      .replace(/[A-Za-z0-9][A-Za-z0-9-]*/g, (word) =>
        known.has(word.toLowerCase()) ? put(word.toLowerCase()) : word,
      )
      .replace(/\d+(?:-\d+)*/g, (digits) => {
        const plain = digits.replaceAll('-', '')
        return plain.length === 12 ? put(plain) : digits
      })
      .replace(AZURE, (id) => put(id.toLowerCase()))
      .replace(GOOGLE, put)
      .replace(GOOGLE_MAIL, put)
}
