// Azure: a role assignment is (scope, role, principal); a custom role is actions minus not-actions.
// https://learn.microsoft.com/azure/role-based-access-control/overview
import { isList, isObject, type JsonValue, member } from '../../../json.ts'
import { type Comparison, compared, type Danger, unknown } from '../comparison.ts'
import { type Algebra, dimension, type Grant, remainder } from '../grants.ts'
import { type Budget, hasWildcard, includes, overlaps } from '../pattern.ts'
import { hiddenText, reading, type Setting } from '../setting.ts'
import { clip, few } from '../words.ts'
import { AZURE_ESCALATIONS, AZURE_ROLES } from './roles.ts'

const LATER = '(known after apply)'
const ROLE_NAMES = ['role_definition_name', 'role_definition_id'] as const

export const ASSIGNMENT_READS: readonly string[] = [
  'role_definition_id',
  'scope',
  'principal_id',
  'condition',
  'delegated_managed_identity_resource_id',
]

export function compareAssignment(setting: Setting): Comparison {
  const [before, after] = [readAssignment(setting, 'before'), readAssignment(setting, 'after')]
  if (typeof before === 'string') return unknown(before)
  if (typeof after === 'string') return unknown(after)
  const same = before !== undefined && after !== undefined && before.key === after.key
  if (same && before.condition === after.condition) return compared({})
  const loosened: readonly Danger[] =
    same && before.condition !== '' ? [{ kind: 'condition-loosened', text: after.text }] : []
  const lost = before === undefined ? [] : [before.text]
  return compared({
    gained: after === undefined ? [] : [after.text],
    lost,
    dangers: [...(after?.dangers ?? []), ...loosened],
    losses: lost.map((text) => ({ kind: 'attachment', text: `loses ${text}` })),
  })
}

export function compareRoleDefinition(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): Comparison {
  const [old, now] = [permissionsOf(before), permissionsOf(after)]
  if (old === undefined || now === undefined) return unknown('the permissions cannot be read')
  const budget: Budget = { left: 2_000_000 }
  const gained = remainder(now, old, ALGEBRA, budget)
  const lost = remainder(old, now, ALGEBRA, budget)
  if (gained === undefined || lost === undefined) return unknown('too many permissions to compare')
  return compared({
    gained: gained.flatMap(sayGrant),
    lost: lost.flatMap(sayGrant),
    dangers: gained.flatMap((grant) => permissionDangers(grant, budget)),
  })
}

interface Assignment {
  readonly key: string
  readonly text: string
  readonly condition: string
  readonly dangers: readonly Danger[]
}

function readAssignment(
  setting: Setting,
  which: 'before' | 'after',
): Assignment | string | undefined {
  if (setting[which] === undefined) return undefined
  const roles = ROLE_NAMES.map((name) => ({ name, held: reading(setting, which, name) }))
  const named = roles.flatMap(({ held }) =>
    held.kind === 'plain' && typeof held.value === 'string' ? [held.value] : [],
  )
  const hidden = roles.find(({ held }) => held.kind === 'hidden')
  const role = named[0]
  if (role === undefined) {
    // A role that this plan creates is judged where its permissions are.
    const isOurs = hidden !== undefined && which === 'after' && setting.isCreatedHere(hidden.name)
    if (!isOurs) return hiddenText('role_definition_name', 'unknown', which)
  }
  const scope = plainText(setting, which, 'scope')
  const principal = plainText(setting, which, 'principal_id')
  const condition = reading(setting, which, 'condition')
  const words = role === undefined ? 'a role created in this plan' : clip(lastPart(role))
  const text = `${words} on ${clip(scope)} for ${clip(principal)}`
  const kinds = named.flatMap((name) => AZURE_ROLES.get(lastPart(name).toLowerCase()) ?? [])
  const dangers = kinds.map((kind): Danger => ({ kind, text }))
  return {
    key: JSON.stringify([named, scope, principal]),
    text,
    condition: condition.kind === 'absent' ? '' : JSON.stringify(condition),
    dangers: isHigh(scope) ? [...dangers, { kind: 'organisation-wide', text }] : dangers,
  }
}

/** A management group or a whole subscription; a scope nobody can see may be either. */
function isHigh(scope: string): boolean {
  if (scope === LATER) return true
  return /^(\/|\/providers\/Microsoft\.Management\/managementGroups\/.*|\/subscriptions\/[^/]*\/?)$/i.test(
    scope,
  )
}

function plainText(setting: Setting, which: 'before' | 'after', name: string): string {
  const held = reading(setting, which, name)
  if (held.kind === 'plain') return String(held.value)
  return held.kind === 'hidden' && setting.isCreatedHere(name) ? '(created in this plan)' : LATER
}

function lastPart(role: string): string {
  return role.slice(role.lastIndexOf('/') + 1)
}

/** Conditions of a grant here: what is taken out of it again. */
const ALGEBRA: Algebra<readonly string[]> = {
  isPattern: (_, value) => hasWildcard(value),
  covers: (_, wide, narrow, budget) => includes(wide, narrow, budget),
  overlaps: (_, a, b, budget) => overlaps(a, b, budget),
  implies: (narrow, wide, budget) =>
    wide.every((out) => narrow.some((other) => includes(other, out, budget))),
  conditionKey: (out) => JSON.stringify([...out].sort()),
}

function permissionsOf(
  value: JsonValue | undefined,
): readonly Grant<readonly string[]>[] | undefined {
  if (value === undefined) return []
  const blocks = isList(value) ? value : [value]
  const grants: Grant<readonly string[]>[] = []
  for (const block of blocks) {
    if (!isObject(block)) return undefined
    for (const prefix of ['', 'data_']) {
      const actions = stringsOf(member(block, `${prefix}actions`))
      const out = stringsOf(member(block, `not_${prefix}actions`))
      if (actions === undefined || out === undefined) return undefined
      if (actions.length === 0) continue
      const plane = prefix === '' ? '' : 'data '
      const dimensions = [
        dimension(ALGEBRA, 0, [plane]),
        dimension(
          ALGEBRA,
          1,
          actions.map((text) => text.toLowerCase()),
        ),
      ]
      grants.push({ dimensions, conditions: out.map((text) => text.toLowerCase()) })
    }
  }
  return grants
}

function permissionDangers(grant: Grant<readonly string[]>, budget: Budget): readonly Danger[] {
  const [plane, actions] = grant.dimensions
  if (actions === undefined || plane === undefined) return []
  const dangers: Danger[] = []
  for (const value of actions.values) {
    const text = `${plane.values.join()}${clip(value)}`
    if (value === '*') dangers.push({ kind: 'administrator', text })
    else if (/^(\*\/(write|action|delete)|microsoft\.authorization\/\*)/.test(value)) {
      dangers.push({ kind: 'escalation', text })
    } else if (hasWildcard(value) && !value.endsWith('/read')) {
      dangers.push({ kind: 'wildcard', text })
    }
  }
  const allowed = AZURE_ESCALATIONS.filter(
    (action) =>
      plane.known.has('') &&
      actions.values.some((value) => overlaps(value, action, budget)) &&
      !grant.conditions.some((out) => includes(out, action, budget)),
  )
  return allowed.length === 0 ? dangers : [...dangers, { kind: 'escalation', text: few(allowed) }]
}

function sayGrant(grant: Grant<readonly string[]>): readonly string[] {
  const [plane, actions] = grant.dimensions
  const but = grant.conditions.length === 0 ? '' : ` but ${few(grant.conditions)}`
  return (actions?.values ?? []).map((value) => `${plane?.values.join() ?? ''}${clip(value)}${but}`)
}

function stringsOf(value: JsonValue | undefined): readonly string[] | undefined {
  if (value === undefined || value === null) return []
  if (!isList(value)) return undefined
  return value.every((item) => typeof item === 'string') ? (value as readonly string[]) : undefined
}
