// Kubernetes RBAC: rules are purely additive, so a role is the union of its rules, and a binding is
// the set of its subjects. https://kubernetes.io/docs/reference/access-authn-authz/rbac/
import { isList, isObject, type JsonValue, member } from '../../../json.ts'
import { type Comparison, compared, type Danger, unknown } from '../comparison.ts'
import { type Algebra, dimension, type Grant, remainder } from '../grants.ts'
import { hiddenText, reading, type Setting } from '../setting.ts'
import { clip, few } from '../words.ts'
import { CLUSTER_ROLES, POWERS, SUBJECTS } from './powers.ts'

type RuleGrant = Grant<null>

const MAX_STEPS = 2_000_000
const [VERB, RESOURCE] = [0, 1]

const RBAC: Algebra<null> = {
  isPattern: (_, value) => value.includes('*'),
  covers: (_, wide, narrow) =>
    wide === '*' ||
    (wide.startsWith('*/') && narrow.endsWith(wide.slice(1))) ||
    (wide.startsWith('url:') && wide.endsWith('*') && narrow.startsWith(wide.slice(0, -1))),
  overlaps: () => true,
  implies: () => true,
  conditionKey: () => '',
}

/** The rules of a role; aggregated roles get theirs from elsewhere, unseen. */
export function compareRules(setting: Setting, path: string): Comparison {
  const [before, after] = [readRules(setting, 'before', path), readRules(setting, 'after', path)]
  if (typeof before === 'string') return unknown(before)
  if (typeof after === 'string') return unknown(after)
  const budget = { left: MAX_STEPS }
  const gained = remainder(after, before, RBAC, budget)
  const lost = remainder(before, after, RBAC, budget)
  if (gained === undefined || lost === undefined) return unknown('too many rules to compare')
  const isAggregated = (['before', 'after'] as const).some(
    (which) => reading(setting, which, 'aggregation_rule').kind !== 'absent',
  )
  return compared({
    gained: gained.flatMap(sayRule),
    lost: lost.flatMap(sayRule),
    dangers: gained.flatMap(ruleDangers),
    doubts: isAggregated ? ['the rules are collected from other roles by label'] : [],
  })
}

/** Who holds the role that the binding names. */
export function compareSubjects(setting: Setting, path: string): Comparison {
  const [before, after] = [
    readSubjects(setting, 'before', path),
    readSubjects(setting, 'after', path),
  ]
  if (typeof before === 'string') return unknown(before)
  if (typeof after === 'string') return unknown(after)
  const [had, has] = [before, after].map((side) => new Set(side.map((one) => one.key)))
  const gained = after.filter((one) => !had?.has(one.key))
  const lost = before.filter((one) => !has?.has(one.key))
  return compared({
    gained: gained.map((one) => one.text),
    lost: lost.map((one) => one.text),
    dangers: gained.flatMap(({ role, name, text }): readonly Danger[] => {
      const kinds = [CLUSTER_ROLES.get(role), SUBJECTS.get(name)]
      return kinds.flatMap((kind) => (kind === undefined ? [] : [{ kind, text }]))
    }),
    losses: lost.map((one) => ({ kind: 'attachment', text: `loses ${one.text}` })),
    public: after.some((one) => SUBJECTS.get(one.name) === 'public'),
  })
}

function readRules(
  setting: Setting,
  which: 'before' | 'after',
  path: string,
): readonly RuleGrant[] | string {
  const held = reading(setting, which, path)
  if (held.kind === 'hidden') return hiddenText(path, held.why, which)
  if (held.kind === 'absent') return []
  const blocks = isList(held.value) ? held.value : [held.value]
  const grants: RuleGrant[] = []
  for (const block of blocks) {
    if (!isObject(block)) return 'a rule cannot be read'
    const [verbs, groups, resources, names, urls] = [
      'verbs',
      'api_groups',
      'resources',
      'resource_names',
      'non_resource_urls',
    ].map((name) => stringsOf(member(block, name)))
    if (!verbs || !groups || !resources || !names || !urls) return 'a rule cannot be read'
    if (verbs.length === 0) continue
    const push = (what: readonly string[], inGroups: readonly string[]): void => {
      const values = [verbs, what, inGroups, names.length === 0 ? ['*'] : names]
      const dimensions = values.map((list, at) => dimension(RBAC, at, list))
      grants.push({ dimensions, conditions: null })
    }
    if (resources.length > 0) push(resources, groups.length === 0 ? [''] : groups)
    if (urls.length > 0)
      push(
        urls.map((url) => `url:${url}`),
        ['*'],
      )
  }
  return grants
}

function ruleDangers(grant: RuleGrant): readonly Danger[] {
  const [verbs, resources] = [grant.dimensions[VERB], grant.dimensions[RESOURCE]]
  if (verbs === undefined || resources === undefined) return []
  const text = sayRule(grant)[0] ?? ''
  if (verbs.known.has('*') && resources.known.has('*')) return [{ kind: 'administrator', text }]
  const dangers: Danger[] = []
  if (verbs.known.has('*') || resources.known.has('*')) dangers.push({ kind: 'wildcard', text })
  for (const row of POWERS) {
    const verb = row.verbs.find((name) => verbs.known.has('*') || verbs.known.has(name))
    const held = row.resources.filter((name) =>
      resources.values.some(
        (value) => value === name || RBAC.covers(RESOURCE, value, name, { left: 1 }),
      ),
    )
    if (verb === undefined || held.length === 0) continue
    dangers.push({ kind: 'escalation', text: `${verb} on ${few(held)}: ${row.means}` })
  }
  return dangers
}

function sayRule(grant: RuleGrant): readonly string[] {
  const [verbs, resources, , names] = grant.dimensions
  if (verbs === undefined || resources === undefined) return []
  const only = names === undefined || names.known.has('*') ? '' : ` named ${few(names.values)}`
  return resources.values.map((value) => `${few(verbs.values, 8)} on ${clip(value)}${only}`)
}

interface Bound {
  readonly key: string
  readonly role: string
  readonly name: string
  readonly text: string
}

function readSubjects(
  setting: Setting,
  which: 'before' | 'after',
  path: string,
): readonly Bound[] | string {
  if (setting[which] === undefined) return []
  const [held, ref] = [reading(setting, which, path), reading(setting, which, 'role_ref')]
  if (held.kind === 'hidden') return hiddenText(path, held.why, which)
  if (ref.kind === 'hidden') return hiddenText('role_ref', ref.why, which)
  if (held.kind === 'absent') return []
  const role = ref.kind === 'plain' ? first(ref.value) : undefined
  const roleName = textOf(member(role, 'name'))
  const roleKind = textOf(member(role, 'kind'))
  const blocks = isList(held.value) ? held.value : [held.value]
  const bound: Bound[] = []
  for (const block of blocks) {
    if (!isObject(block) || typeof block.name !== 'string') return 'a subject cannot be read'
    const [kind, name, namespace] = ['kind', 'name', 'namespace'].map((key) =>
      textOf(member(block, key)),
    )
    const space = kind === 'ServiceAccount' && namespace ? `${namespace}/` : ''
    const text = `${clip(roleKind)} ${clip(roleName)} for ${clip(kind ?? '')} ${clip(`${space}${name}`)}`
    const key = JSON.stringify([roleKind, roleName, kind, name, space])
    bound.push({ key, role: roleKind === 'ClusterRole' ? roleName : '', name: name ?? '', text })
  }
  return bound
}

function first(value: JsonValue): JsonValue | undefined {
  return isList(value) ? value[0] : value
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

function stringsOf(value: JsonValue | undefined): readonly string[] | undefined {
  if (value === undefined || value === null) return []
  if (!isList(value)) return undefined
  return value.every((item) => typeof item === 'string') ? (value as readonly string[]) : undefined
}
