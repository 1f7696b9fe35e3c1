// Google Cloud IAM: members, bindings and whole policies as sets of (role, member, condition).
// https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_project_iam
import { isList, isObject, type JsonValue, member } from '../../../json.ts'
import { parseJson } from '../../../text/parse-json.ts'
import { type Comparison, compared, type Danger, type Loss, unknown } from '../comparison.ts'
import { hiddenText, reading, type Setting } from '../setting.ts'
import { clip, few } from '../words.ts'
import { CONSUMER_DOMAINS, NOT_SCOPE, PERMISSIONS, ROLES, SERVICE_AGENT } from './roles.ts'

interface Held {
  readonly role: string
  readonly member: string
  /** The expression; empty where there is none. */
  readonly condition: string
  readonly scope: string
}

/** Members of one document; a longer list is not compared. */
const MAX_HELD = 50_000
/** Longer names of roles and members are no names of Google's. */
const MAX_NAME_CHARS = 400
const LATER = '(created in this plan)'
const AUDIT = 'audit configuration'

/** One grant of its own, beside whatever else there is. */
export function compareMember(setting: Setting): Comparison {
  return compareSides(setting, false, (which) => readMembers(setting, which, 'member'))
}

/** All members of one role: whoever is not listed loses it, wherever they were added. */
export function compareBinding(setting: Setting): Comparison {
  return compareSides(setting, true, (which) => readMembers(setting, which, 'members'))
}

/** All members of all roles. */
export function comparePolicy(setting: Setting): Comparison {
  return compareSides(setting, true, (which) => readPolicyData(setting, which))
}

/** The permissions of a custom role. */
export function comparePermissions(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): Comparison {
  const [old, now] = [stringsOf(before ?? []), stringsOf(after ?? [])]
  if (old === undefined || now === undefined) return unknown('the permissions cannot be read')
  const [had, has] = [new Set(old), new Set(now)]
  const gained = now.filter((permission) => !had.has(permission)).map((text) => clip(text))
  return compared({
    gained,
    lost: old.filter((permission) => !has.has(permission)).map((text) => clip(text)),
    dangers: gained
      .filter((permission) => PERMISSIONS.some((row) => row.test(permission)))
      .map((text): Danger => ({ kind: 'escalation', text })),
  })
}

function compareSides(
  setting: Setting,
  isAuthoritative: boolean,
  read: (which: 'before' | 'after') => readonly Held[] | string,
): Comparison {
  const [before, after] = [read('before'), read('after')]
  if (typeof before === 'string') return unknown(before)
  if (typeof after === 'string') return unknown(after)
  if (before.length + after.length > MAX_HELD) return unknown('too many members to compare')
  const conditional = new Set(before.map((held) => keyOf({ ...held, condition: '' })))
  const gained = uncovered(after, before)
  const lost = uncovered(before, after)
  const height = heightOf(setting)
  const unseen = isAuthoritative ? unseenLosses(setting, before, after) : []
  return compared({
    gained: gained.map(sayHeld),
    lost: [...lost.map(sayHeld), ...unseen.map((loss) => loss.text)],
    dangers: gained.flatMap((held) => dangersOf(held, conditional, setting.domains, height)),
    losses: [...lost.map((held) => lossOf(held, isAuthoritative)), ...unseen],
    public: after.some((held) => isEveryone(held.member)),
    hazards: [...gained, ...lost].some((held) => held.role === AUDIT) ? ['audit-loss'] : [],
  })
}

/** A dead principal (`deleted:…`) holds nothing; a grant without condition covers one with it. */
function uncovered(held: readonly Held[], by: readonly Held[]): readonly Held[] {
  const keys = new Set(by.map(keyOf))
  return held.filter(
    (one) =>
      !one.member.startsWith('deleted:') &&
      !keys.has(keyOf(one)) &&
      !keys.has(keyOf({ ...one, condition: '' })),
  )
}

/** `before` of a new authoritative object is null and hides what it removes. */
function unseenLosses(
  setting: Setting,
  before: readonly Held[],
  after: readonly Held[],
): readonly Loss[] {
  if (setting.before !== undefined && setting.after !== undefined) return []
  const roles = [...new Set([...before, ...after].map((held) => held.role))].sort()
  const on = [...new Set([...before, ...after].map((held) => held.scope))].join()
  const what = roles.length === 1 ? `every other member of ${few(roles)}` : 'every other member'
  return [{ kind: 'authoritative', text: `${what}${on === '' ? '' : ` on ${clip(on)}`}` }]
}

function lossOf(held: Held, isAuthoritative: boolean): Loss {
  const text = `loses ${sayHeld(held)}`
  if (held.member.length <= MAX_NAME_CHARS && SERVICE_AGENT.test(held.member))
    return { kind: 'service-principal', text }
  return { kind: isAuthoritative ? 'authoritative' : 'attachment', text }
}

function dangersOf(
  held: Held,
  conditional: ReadonlySet<string>,
  domains: ReadonlySet<string>,
  height: Height,
): readonly Danger[] {
  const text = sayHeld(held)
  const dangers: Danger[] = []
  const row =
    held.role.length > MAX_NAME_CHARS
      ? { kind: 'wildcard' as const, wide: false }
      : ROLES.find(({ roles }) => roles.test(held.role))
  if (row !== undefined && (row.wide !== true || height !== 'resource')) {
    dangers.push({ kind: row.kind, text })
  }
  if (height === 'organisation') dangers.push({ kind: 'organisation-wide', text })
  if (conditional.has(keyOf({ ...held, condition: '' }))) {
    dangers.push({ kind: 'condition-loosened', text })
  }
  const outside = outsideKind(held.member, domains)
  return outside === undefined ? dangers : [...dangers, { kind: outside, text }]
}

function outsideKind(who: string, domains: ReadonlySet<string>): Danger['kind'] | undefined {
  if (isEveryone(who)) return 'public'
  if (/^principalSet:\/\/.*\/\*$/.test(who)) return 'external-principal'
  if (who.startsWith('domain:')) return 'organisation-wide'
  const domain = /^(?:user|group):[^@]*@(.+)$/.exec(who)?.[1]?.toLowerCase()
  if (domain === undefined) return undefined
  if (CONSUMER_DOMAINS.has(domain)) return 'external-principal'
  return who.startsWith('user:') && !domains.has(domain) ? 'external-principal' : undefined
}

function isEveryone(who: string): boolean {
  return who === 'allUsers' || who === 'allAuthenticatedUsers'
}

type Height = 'organisation' | 'project' | 'resource'

function heightOf(setting: Setting): Height {
  const names = scopeNames(setting)
  if (['org_id', 'folder', 'billing_account_id'].some((name) => names.includes(name))) {
    return 'organisation'
  }
  return names.every((name) => name === 'project') ? 'project' : 'resource'
}

function scopeNames(setting: Setting): readonly string[] {
  const trees = [setting.after ?? setting.before].flatMap((side) => [side?.value, side?.unknown])
  const names = trees.filter(isObject).flatMap((tree) => Object.keys(tree))
  const isSet = (name: string): boolean =>
    (['before', 'after'] as const).some((which) => reading(setting, which, name).kind !== 'absent')
  return [...new Set(names)].filter((name) => !NOT_SCOPE.has(name) && isSet(name)).sort()
}

function scopeOf(setting: Setting, which: 'before' | 'after'): string {
  const words = scopeNames(setting).map((name) => {
    const held = reading(setting, which, name)
    return `${name} ${held.kind === 'plain' ? String(held.value) : LATER}`
  })
  return words.join(', ')
}

function readMembers(
  setting: Setting,
  which: 'before' | 'after',
  attribute: 'member' | 'members',
): readonly Held[] | string {
  if (setting[which] === undefined) return []
  const [role, who] = [reading(setting, which, 'role'), reading(setting, which, attribute)]
  if (role.kind === 'hidden') return hiddenText('role', role.why, which)
  let members: readonly string[] | undefined = [LATER]
  if (who.kind === 'hidden') {
    const isOurs = which === 'after' && who.why === 'unknown' && setting.isCreatedHere(attribute)
    if (!isOurs) return hiddenText(attribute, who.why, which)
  } else members = stringsOf(who.kind === 'plain' ? who.value : [])
  if (role.kind !== 'plain' || typeof role.value !== 'string') return 'the role cannot be read'
  if (members === undefined) return 'the members cannot be read'
  const block = reading(setting, which, 'condition')
  if (block.kind === 'hidden') return hiddenText('condition', block.why, which)
  const condition = block.kind === 'plain' ? conditionOf(block.value) : ''
  const scope = scopeOf(setting, which)
  return members.map((name) => ({ role: String(role.value), member: name, condition, scope }))
}

function readPolicyData(setting: Setting, which: 'before' | 'after'): readonly Held[] | string {
  const data = reading(setting, which, 'policy_data')
  if (data.kind === 'hidden') return hiddenText('policy_data', data.why, which)
  if (data.kind === 'absent') return []
  const policy = typeof data.value === 'string' ? parse(data.value) : data.value
  const bindings = member(policy, 'bindings') ?? []
  if (!isObject(policy) || !isList(bindings)) return 'the policy cannot be read'
  const scope = scopeOf(setting, which)
  const held: Held[] = []
  for (const binding of bindings) {
    const role = member(binding, 'role')
    const members = stringsOf(member(binding, 'members') ?? [])
    if (typeof role !== 'string' || members === undefined) return 'a binding cannot be read'
    const condition = conditionOf(member(binding, 'condition') ?? null)
    for (const name of members) held.push({ role, member: name, condition, scope })
  }
  const audit = member(policy, 'auditConfigs')
  if (audit === undefined || audit === null) return held
  return [...held, { role: AUDIT, member: '', condition: JSON.stringify(audit), scope }]
}

function parse(text: string): JsonValue | undefined {
  if (text.length > 5_000_000) return undefined
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

/** The expression of a condition; anything else in its place counts as an expression of its own. */
function conditionOf(value: JsonValue): string {
  const block = isList(value) ? value[0] : value
  if (block === undefined || block === null) return ''
  const expression = member(block, 'expression')
  return typeof expression === 'string' && expression !== '' ? expression : JSON.stringify(block)
}

function stringsOf(value: JsonValue): readonly string[] | undefined {
  const list = isList(value) ? value : [value]
  return list.every((item) => typeof item === 'string') ? (list as readonly string[]) : undefined
}

function keyOf(held: Held): string {
  return JSON.stringify([held.role, held.member, held.condition, held.scope])
}

function sayHeld({ role, member: who, condition, scope }: Held): string {
  const when = condition === '' || role === AUDIT ? '' : ' under a condition'
  return `${clip(role)}${who === '' ? '' : ` for ${clip(who)}`} on ${clip(scope)}${when}`
}
