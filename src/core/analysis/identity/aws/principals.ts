// Who an AWS statement lets in: strangers, other accounts, services, tokens of an identity provider.
import type { Danger } from '../comparison.ts'
import { few } from '../words.ts'
import { type Clause, isNegated, rangeOf } from './condition.ts'
import { type AwsGrant, accountOf, PRINCIPAL, plainName } from './policy.ts'

/**
 * Keys that tie a statement for everyone to somebody known, as AWS's own test for "public" has it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
const NARROWING = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  'aws:vpcsourceip',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  'sts:externalid',
])
const ORGANISATION = new Set([
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
])
/** AWS counts wider source ranges as public. */
const WIDEST_RANGE = { ipv4: 8, ipv6: 32 } as const

export function isEveryone(grant: AwsGrant): boolean {
  const who = grant.dimensions[PRINCIPAL]
  return who !== undefined && (who.negated || who.known.has('*'))
}

/** Open to strangers: everyone, and no condition that narrows it. */
export function isPublic(grant: AwsGrant): boolean {
  return isEveryone(grant) && !grant.conditions.some(isNarrowing)
}

export function servicesOf(grant: AwsGrant): readonly string[] {
  const who = grant.dimensions[PRINCIPAL]
  if (who === undefined || who.negated) return []
  return who.values.filter((value) => value.startsWith('Service:'))
}

export function isOnlyServices(grant: AwsGrant): boolean {
  const who = grant.dimensions[PRINCIPAL]
  return who !== undefined && !who.negated && servicesOf(grant).length === who.values.length
}

/** Dangers of the principals of statements that are newly allowed. `own`: account ids of ours. */
export function principalDangers(
  gained: readonly AwsGrant[],
  own: ReadonlySet<string>,
): readonly Danger[] {
  return gained.flatMap((grant): readonly Danger[] => {
    const who = grant.dimensions[PRINCIPAL]
    if (who === undefined) return []
    if (who.negated)
      return [{ kind: 'public', text: `everyone but ${few(who.values.map(plainName))}` }]
    if (who.known.has('*')) return [everyoneDanger(grant)]
    return who.values.flatMap((value) => principalDanger(value, grant, own))
  })
}

function everyoneDanger(grant: AwsGrant): Danger {
  const narrowing = grant.conditions.filter(isNarrowing)
  if (narrowing.length === 0) return { kind: 'public', text: 'anyone, from any account' }
  const keys = few(narrowing.map((clause) => clause.key))
  const organisation = narrowing.every((clause) => ORGANISATION.has(clause.key))
  return organisation
    ? { kind: 'organisation-wide', text: `everyone in the organisation (${keys})` }
    : { kind: 'external-principal', text: `anyone who passes ${keys}` }
}

function principalDanger(
  value: string,
  grant: AwsGrant,
  own: ReadonlySet<string>,
): readonly Danger[] {
  if (value.startsWith('Service:')) return []
  if (value.startsWith('Federated:')) return federatedDangers(value, grant)
  const account = accountOf(value)
  if (account !== undefined && own.has(account)) return []
  const name = few([plainName(value)])
  const who = account === undefined || account === name ? name : `account ${account} (${name})`
  return [{ kind: 'external-principal', text: `${who} is not known to be ours` }]
}

function federatedDangers(value: string, grant: AwsGrant): readonly Danger[] {
  const provider = few([value.slice('Federated:'.length)])
  const positive = grant.conditions.filter(
    (clause) => !isNegated(clause) && !clause.ifExists && clause.qualifier !== 'ForAllValues',
  )
  const subjects = positive.filter((clause) => clause.key.endsWith(':sub'))
  const isToken = !value.includes(':saml-provider/')
  if (isToken ? subjects.length === 0 : positive.length === 0) {
    const text = `${provider}: any ${isToken ? 'token' : 'login'} of the provider is let in`
    return [{ kind: 'external-principal', text }]
  }
  const wide = subjects.flatMap((clause) =>
    clause.operator === 'StringLike' ? clause.values.filter(isWideSubject) : [],
  )
  if (wide.length === 0 || subjects.some((clause) => !clause.values.some(isWideSubject))) return []
  return [{ kind: 'external-principal', text: `${provider}: subjects ${few(wide)} are let in` }]
}

/**
 * `*`, `repo:org/*`, `system:serviceaccount:*:x`: the wildcard stands where the subject's owner is
 * named. https://docs.github.com/actions/deployment/security-hardening-your-deployments/about-security-hardening-with-openid-connect
 */
function isWideSubject(subject: string): boolean {
  const named = subject.startsWith('system:serviceaccount:') ? 3 : 2
  return /[*?]/.test(subject.split(':').slice(0, named).join(':'))
}

function isNarrowing(clause: Clause): boolean {
  if (!NARROWING.has(clause.key)) return false
  if (isNegated(clause) || clause.ifExists || clause.qualifier === 'ForAllValues') return false
  if (clause.key === 'aws:sourceip' || clause.key === 'aws:vpcsourceip') {
    return clause.operator === 'IpAddress' && clause.values.every(isNarrowRange)
  }
  if (!/^(StringEquals|StringEqualsIgnoreCase|StringLike|ArnLike)$/.test(clause.operator))
    return false
  return !clause.values.some(namesNobody)
}

/** `*`, `arn:aws:*:*:*:*`: all wildcards, or an ARN that names neither account nor resource. */
function namesNobody(value: string): boolean {
  if (/^[*?]*$/.test(value)) return true
  if (!value.startsWith('arn:')) return false
  const [, , , , account = '', ...rest] = value.split(':')
  return /^[*?]*$/.test(account) && /^(\*|[a-z0-9-]+[:/]\*)?$/.test(rest.join(':'))
}

function isNarrowRange(text: string): boolean {
  const range = rangeOf(text)
  return range !== undefined && range[1] >= WIDEST_RANGE[range[0].kind()]
}
