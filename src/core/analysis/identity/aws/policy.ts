// Compares two AWS policy documents as what they allow: union of Allow minus union of Deny.
import { type Algebra, dimension, type Grant, grantKey, remainder } from '../grants.ts'
import { type Budget, hasWildcard, includes, overlaps } from '../pattern.ts'
import { clip, few } from '../words.ts'
import { type Clause, clauseKey, implies } from './condition.ts'
import type { PolicyDocument, Statement } from './document.ts'
import { includesArn, overlapsArn } from './match.ts'

export type AwsGrant = Grant<readonly Clause[]>

/** Dimensions of an AWS grant, in the order they are split: the reader's order. */
export const ACTION = 0
export const RESOURCE = 1
export const PRINCIPAL = 2

export interface Allowed {
  readonly allow: readonly AwsGrant[]
  readonly deny: readonly AwsGrant[]
}

export interface Difference {
  readonly before: Allowed
  readonly after: Allowed
  readonly allowGained: readonly AwsGrant[]
  readonly allowLost: readonly AwsGrant[]
  readonly denyAdded: readonly AwsGrant[]
  readonly denyRemoved: readonly AwsGrant[]
  readonly spelling: ReadonlyMap<string, string>
}

/** Steps for one pair of documents; well under a second, and far above what AWS's own limits allow. */
export const MAX_STEPS = 500_000

/** Texts made for one list of grants; far more than are ever shown. */
const MAX_TEXTS = 2000

export const AWS: Algebra<readonly Clause[]> = {
  isPattern: (at, value) => (at === PRINCIPAL ? value === '*' : hasWildcard(value)),
  covers: (at, wide, narrow, budget) => {
    if (at === ACTION) return includes(wide, narrow, budget)
    return at === RESOURCE ? includesArn(wide, narrow, budget) : wide === '*'
  },
  overlaps: (at, a, b, budget) => {
    if (at === ACTION) return overlaps(a, b, budget)
    return at === RESOURCE ? overlapsArn(a, b, budget) : overlapsPrincipal(a, b)
  },
  implies,
  conditionKey: (clauses) => clauses.map(clauseKey).sort().join('\n'),
}

/** Undefined where the documents are too large to compare within `MAX_STEPS`. */
export function comparePolicies(
  before: PolicyDocument,
  after: PolicyDocument,
): Difference | undefined {
  const budget: Budget = { left: MAX_STEPS }
  const [old, now] = [allowedBy(before), allowedBy(after)]
  const allowGained = remainder(now.allow, old.allow, AWS, budget)
  const allowLost = remainder(old.allow, now.allow, AWS, budget)
  const denyAdded = remainder(now.deny, old.deny, AWS, budget)
  const denyRemoved = remainder(old.deny, now.deny, AWS, budget)
  if (!allowGained || !allowLost || !denyAdded || !denyRemoved) return undefined
  const spelling = new Map([...before.spelling, ...after.spelling])
  return { before: old, after: now, allowGained, allowLost, denyAdded, denyRemoved, spelling }
}

export function allowedBy(document: PolicyDocument): Allowed {
  const grants = (effect: Statement['effect']): readonly AwsGrant[] =>
    document.statements.filter((statement) => statement.effect === effect).map(grantOf)
  return { allow: grants('Allow'), deny: grants('Deny') }
}

/** `s3:GetObject on arn:… for AWS:123456789012 if aws:sourcearn`, one for each action. */
export function describe(
  grants: readonly AwsGrant[],
  spelling: ReadonlyMap<string, string>,
  prefix = '',
): readonly string[] {
  const texts: string[] = []
  for (const grant of grants) {
    if (texts.length > MAX_TEXTS) break
    const [action, resource, principal] = grant.dimensions
    if (action === undefined || resource === undefined) continue
    const on = `${resource.negated ? 'everything but ' : ''}${few(resource.values)}`
    const who =
      principal === undefined || (principal.values[0] === '*' && !principal.negated)
        ? ''
        : ` for ${principal.negated ? 'everyone but ' : ''}${few(principal.values.map(plainName))}`
    const keys = [...new Set(grant.conditions.map((clause) => clause.key))].sort()
    const when = keys.length === 0 ? '' : ` if ${few(keys)}`
    const names = action.values.map((name) => spelling.get(name) ?? name)
    const what = action.negated ? [`every action but ${few(names)}`] : names.map((n) => clip(n))
    for (const name of what.slice(0, MAX_TEXTS)) {
      texts.push(`${prefix}${name} on ${on}${who}${when}`)
    }
  }
  return texts
}

/** Identical content, whatever the order it was written in. */
export function sameGrant(a: AwsGrant, b: AwsGrant): boolean {
  return grantKey(a, AWS) === grantKey(b, AWS)
}

/** Without the word for the kind of principal: the name says it. */
export function plainName(principal: string): string {
  return principal.replace(/^(AWS|Service|Federated):/, '')
}

function grantOf(statement: Statement): AwsGrant {
  const { action, resource, principal, conditions } = statement
  const who = principal ?? { negated: false, values: ['*'] }
  return {
    conditions,
    dimensions: [
      dimension(AWS, ACTION, action.values, action.negated),
      dimension(AWS, RESOURCE, resource.values, resource.negated),
      dimension(AWS, PRINCIPAL, who.values, who.negated),
    ],
  }
}

/** An account and a principal of that account are not proven apart. */
function overlapsPrincipal(a: string, b: string): boolean {
  if (a === b || a === '*' || b === '*') return true
  const [x, y] = [accountOf(a), accountOf(b)]
  return x !== undefined && x === y
}

/** The account id of `AWS:<id>` or `AWS:arn:…`; undefined for everything else. */
export function accountOf(principal: string): string | undefined {
  return /^AWS:(?:arn:[a-z-]+:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(principal)?.[1]
}
