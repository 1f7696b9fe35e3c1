// The four kinds of AWS policy document, compared: what is gained, lost and dangerous in each.
import type { JsonValue } from '../../../json.ts'
import { type Comparison, compared, type Danger, type Loss, unknown } from '../comparison.ts'
import type { Budget } from '../pattern.ts'
import { few } from '../words.ts'
import { allowsAction, identityDangers, liftedDenials, loosenedConditions } from './dangers.ts'
import { type PolicyDocument, readPolicies } from './document.ts'
import { ACTION, type AwsGrant, comparePolicies, type Difference, describe } from './policy.ts'
import { isOnlyServices, isPublic, principalDangers, servicesOf } from './principals.ts'

export interface AwsSetting {
  /** Account ids known to be ours. */
  readonly own: ReadonlySet<string>
  readonly holdsKey: boolean
}

/** A policy attached to a user, group, role or permission set. `undefined`: no document. */
export function compareIdentityPolicy(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): Comparison {
  return withDifference(before, after, false, (difference) => {
    const { dangers, hazards } = identityDangers(difference)
    return { ...changesOf(difference), hazards, dangers: [...dangers, ...loosened(difference)] }
  })
}

/** Who may assume a role. A new role that only services may use grants nothing by itself. */
export function compareTrustPolicy(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  setting: AwsSetting,
): Comparison {
  return withDifference(before, after, true, (difference) => {
    const { allowGained, allowLost, denyRemoved } = difference
    const dangers = [...principalDangers(allowGained, setting.own), ...loosened(difference)]
    return {
      ...changesOf(difference),
      dangers,
      losses: lossesOf(allowLost, 'trust', difference),
      public: difference.after.allow.some(isPublic),
      mild:
        (before === undefined || allowGained.every(isSessionTag)) &&
        dangers.length === 0 &&
        denyRemoved.length === 0 &&
        allowGained.every((grant) => isOnlyServices(grant) || isSessionTag(grant)),
    }
  })
}

/** A policy on a bucket, queue, key, secret, endpoint …: who may use it. */
export function compareResourcePolicy(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  setting: AwsSetting,
): Comparison {
  return withDifference(before, after, true, (difference) => {
    const notActions = difference.allowGained
      .filter((grant) => grant.dimensions[ACTION]?.negated)
      .map(
        (grant): Danger => ({
          kind: 'not-action',
          text: describe([grant], difference.spelling)[0] ?? '',
        }),
      )
    return {
      ...changesOf(difference),
      dangers: [
        ...principalDangers(difference.allowGained, setting.own),
        ...notActions,
        ...loosened(difference),
      ],
      losses: [
        ...lossesOf(difference.allowLost, 'other', difference),
        ...keyLosses(difference, setting.holdsKey && after !== undefined),
      ],
      public: difference.after.allow.some(isPublic),
    }
  })
}

/** A guardrail of an organisation: every widening loosens it, every narrowing may stop accounts. */
export function compareGuardrail(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): Comparison {
  return withDifference(before, after, 'either', (difference) => {
    const { gained, lost } = changesOf(difference)
    const dangers =
      before === undefined
        ? []
        : gained.map((text): Danger => ({ kind: 'guardrail-loosened', text }))
    const losses = lost.map(
      (text): Loss => ({ kind: 'other', text: `every account below: ${text}` }),
    )
    return { gained, lost, dangers, losses, hazards: ['blast-radius'] }
  })
}

function withDifference(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  principals: boolean | 'either',
  judge: (difference: Difference) => Partial<Comparison>,
): Comparison {
  const [old, now] = [readSide(before, principals), readSide(after, principals)]
  if (typeof old === 'string') return unknown(`before: ${old}`)
  if (typeof now === 'string') return unknown(`after: ${now}`)
  const both = old.statements.length > 0 && now.statements.length > 0
  if (both && old.variables !== now.variables && (old.hasVariables || now.hasVariables)) {
    return unknown('the version of the policy language changes what its variables mean')
  }
  const difference = comparePolicies(old, now)
  if (difference === undefined) return unknown('the policy documents are too large to compare')
  const quiet = [
    difference.allowGained,
    difference.allowLost,
    difference.denyAdded,
    difference.denyRemoved,
  ].every((list) => list.length === 0)
  const judged = judge(difference)
  return compared(quiet ? { public: judged.public ?? false } : judged)
}

function readSide(
  value: JsonValue | undefined,
  principals: boolean | 'either',
): PolicyDocument | string {
  const read = readPolicies(value)
  if (!read.ok) return read.error
  const fits = read.value.statements.every(
    (statement) => principals === 'either' || (statement.principal !== undefined) === principals,
  )
  return fits ? read.value : 'a statement names a principal where none belongs, or names none'
}

function changesOf(difference: Difference): {
  readonly gained: readonly string[]
  readonly lost: readonly string[]
} {
  const { allowGained, allowLost, denyAdded, denyRemoved, spelling } = difference
  return {
    gained: [
      ...describe(allowGained, spelling),
      ...describe(denyRemoved, spelling, 'no longer denied: '),
    ],
    lost: [...describe(allowLost, spelling), ...describe(denyAdded, spelling, 'newly denied: ')],
  }
}

function loosened(difference: Difference): readonly Danger[] {
  return [...loosenedConditions(difference), ...liftedDenials(difference)]
}

function lossesOf(
  lost: readonly AwsGrant[],
  kind: 'trust' | 'other',
  difference: Difference,
): readonly Loss[] {
  return lost.map((grant): Loss => {
    const services = servicesOf(grant)
    if (services.length > 0) {
      const names = few(services.map((name) => name.slice('Service:'.length)))
      return { kind: 'service-principal', text: `${names} can no longer use it` }
    }
    return { kind, text: describe([grant], difference.spelling)[0] ?? '' }
  })
}

/**
 * A key whose policy lets nobody change the policy can only be recovered by AWS support.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
 */
function keyLosses(difference: Difference, holdsKey: boolean): readonly Loss[] {
  const manages = (grants: readonly AwsGrant[]): boolean =>
    grants.some((grant) => {
      const actions = grant.dimensions[ACTION]
      const budget: Budget = { left: 100_000 }
      return (
        actions !== undefined &&
        !isOnlyServices(grant) &&
        allowsAction(actions, 'kms:putkeypolicy', budget)
      )
    })
  if (!holdsKey || !isAboutKeys(difference) || manages(difference.after.allow)) return []
  const text = 'nobody may change the key policy any more'
  return [{ kind: 'key-administrator', text }]
}

/** Other things that hold secrets have policies too, without any key action in them. */
function isAboutKeys({ before, after }: Difference): boolean {
  return [...before.allow, ...after.allow].some((grant) =>
    grant.dimensions[ACTION]?.values.some((name) => name.startsWith('kms:')),
  )
}

/** `sts:TagSession` and `sts:SetSourceIdentity` label a session; they open nothing. */
function isSessionTag(grant: AwsGrant): boolean {
  const actions = grant.dimensions[ACTION]
  return (
    actions !== undefined &&
    !actions.negated &&
    actions.values.every((name) => name === 'sts:tagsession' || name === 'sts:setsourceidentity')
  )
}
