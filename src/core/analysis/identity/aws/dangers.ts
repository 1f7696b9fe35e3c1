// What makes a gained AWS permission dangerous: administrator, escalation, lifted guards.
import type { Hazard } from '../../../knowledge/kind.ts'
import type { Danger } from '../comparison.ts'
import { coversDimensions, type Dimension } from '../grants.ts'
import { type Budget, includes, overlaps } from '../pattern.ts'
import { few } from '../words.ts'
import { isImplied } from './condition.ts'
import { ESCALATIONS, PASS_ROLE_PARTNERS } from './escalation-actions.ts'
import {
  ACTION,
  AWS,
  type AwsGrant,
  type Difference,
  describe,
  MAX_STEPS,
  RESOURCE,
} from './policy.ts'

export interface Dangerous {
  readonly dangers: readonly Danger[]
  readonly hazards: readonly Hazard[]
}

const PASS_ROLE = 'iam:passrole'
const PASSED_TO = 'iam:passedtoservice'
/** Patterns are short lists here; the documents have been bounded before. */
const STEPS_PER_GRANT = 200_000

/** Dangers of what is newly allowed by a policy attached to an identity. */
export function identityDangers(difference: Difference): Dangerous {
  const dangers: Danger[] = []
  const hazards: Hazard[] = []
  for (const grant of difference.allowGained) {
    const budget: Budget = { left: STEPS_PER_GRANT }
    const [actions, resources] = [grant.dimensions[ACTION], grant.dimensions[RESOURCE]]
    if (actions === undefined || resources === undefined) continue
    const on = ` on ${resources.negated ? 'everything but ' : ''}${few(resources.values)}`
    const wide = isWide(resources)
    if (actions.negated) {
      const text = `every action but ${few(actions.values)}${on}`
      dangers.push({ kind: 'not-action', text })
    } else {
      for (const value of actions.values) {
        const kind = wildcardKind(value, wide)
        const text = `${difference.spelling.get(value) ?? few([value])}${on}`
        if (kind !== undefined) dangers.push({ kind, text })
      }
    }
    for (const row of ESCALATIONS) {
      if (row.on === 'wide' && !wide) continue
      const held = row.actions.filter((action) => allowsAction(actions, action, budget))
      if (held.length === 0) continue
      const names = held.map((name) => difference.spelling.get(name) ?? name)
      dangers.push({ kind: 'escalation', text: `${few(names)}${on}: ${row.means}` })
      if (row.hazard !== undefined) hazards.push(row.hazard)
    }
    // Out of steps: what was not looked at may be anything.
    if (budget.left < 0) dangers.push({ kind: 'wildcard', text: `too many actions to name${on}` })
  }
  return { dangers: [...dangers, ...passRoleDangers(difference)], hazards }
}

/** Conditions that fell away or got looser on something that was allowed before. */
export function loosenedConditions(difference: Difference): readonly Danger[] {
  const budget: Budget = { left: MAX_STEPS }
  return difference.allowGained.flatMap((grant) => {
    if (budget.left < 0) return []
    const old = difference.before.allow.find((candidate) =>
      coversDimensions(candidate, grant, AWS, budget),
    )
    if (old === undefined) return []
    const loosened = old.conditions.filter((clause) => !isImplied(clause, grant.conditions, budget))
    return loosened.map((clause): Danger => {
      const stays = grant.conditions.some((other) => other.key === clause.key)
      const what = `condition on ${few([clause.key])} ${stays ? 'is looser' : 'removed'}`
      return { kind: 'condition-loosened', text: `${what}: ${firstOf(grant, difference)}` }
    })
  })
}

/** A Deny that no longer stands. */
export function liftedDenials(difference: Difference): readonly Danger[] {
  return describe(difference.denyRemoved, difference.spelling, 'no longer denied: ').map(
    (text): Danger => ({ kind: 'guardrail-loosened', text }),
  )
}

export function allowsAction(actions: Dimension, action: string, budget: Budget): boolean {
  if (actions.negated) return !actions.values.some((out) => includes(out, action, budget))
  if (actions.known.has(action)) return true
  return actions.patterns.some((pattern) => overlaps(pattern, action, budget))
}

/** `*`, all of one kind in an account, or everything but some: not a named resource. */
export function isWide(resources: Dimension): boolean {
  return resources.negated || resources.values.some(isWideResource)
}

function isWideResource(resource: string): boolean {
  if (/^[*?]+$/.test(resource)) return true
  const [, , , , account = '', ...rest] = resource.split(':')
  const name = rest.join(':')
  if (resource.split(':').length < 6) return resource.endsWith('*')
  return /^\*+$/.test(name) || (account !== '' && /^[A-Za-z0-9-]*[:/]\*/.test(name))
}

function wildcardKind(action: string, wide: boolean): Danger['kind'] | undefined {
  if (/^[*?]+$/.test(action) || action === '*:*') return wide ? 'administrator' : 'wildcard'
  if (!wide || !/[*?]/.test(action)) return undefined
  if (/^[^:]*:\*+$/.test(action)) return 'service-administrator'
  return /^[a-z0-9-]+:(describe|list)[a-z]*\*$/.test(action) ? undefined : 'wildcard'
}

function passRoleDangers(difference: Difference): readonly Danger[] {
  const budget: Budget = { left: STEPS_PER_GRANT }
  const passes = (grant: AwsGrant): boolean => {
    const [actions, resources] = [grant.dimensions[ACTION], grant.dimensions[RESOURCE]]
    if (actions === undefined || resources === undefined) return false
    const bounded = grant.conditions.some((clause) => clause.key === PASSED_TO && !clause.ifExists)
    return allowsAction(actions, PASS_ROLE, budget) && (isWide(resources) || !bounded)
  }
  const partnersOf = (grants: readonly AwsGrant[]): readonly string[] =>
    PASS_ROLE_PARTNERS.filter((action) =>
      grants.some((grant) => {
        const actions = grant.dimensions[ACTION]
        return actions !== undefined && allowsAction(actions, action, budget)
      }),
    )
  const { allowGained, after } = difference
  if (allowGained.length === 0 || !after.allow.some(passes)) return []
  const partners = partnersOf(allowGained.some(passes) ? after.allow : allowGained)
  if (partners.length === 0) return []
  const names = partners.map((name) => difference.spelling.get(name) ?? name)
  const text = `iam:PassRole with ${few(names)}: can run code as another role`
  return [{ kind: 'escalation', text }]
}

function firstOf(grant: AwsGrant, difference: Difference): string {
  return describe([grant], difference.spelling)[0] ?? ''
}
