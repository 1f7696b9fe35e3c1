// Who may do what after this plan that they could not before, and who can no longer: one fact for
// each change of a policy document, an attachment, a membership, a binding or a ceiling.
import type { Change, Side } from '../../change/model.ts'
import { plainAt } from '../../change/side.ts'
import { isEmptyJson, isObject, sameJson, valueAt } from '../../json.ts'
import type { Hazard, Severity } from '../../knowledge/kind.ts'
import type { Subject } from '../../knowledge/subject.ts'
import type { Configuration } from '../../plan/model.ts'
import { compareAttribute, compareWhole, grantAttributes } from './attachments.ts'
import { isBare } from './bare.ts'
import {
  type Comparison,
  type Danger,
  hazardsOf,
  join,
  type Loss,
  severityOf,
  unknown,
} from './comparison.ts'
import { DOCUMENT_KINDS } from './documents.ts'
import { CEILINGS } from './grant-attributes.ts'
import { type Blocks, blocksOf, originOf, withoutKeys } from './origin.ts'
import { reading, type Setting } from './setting.ts'
import { capped, cappedByKind } from './words.ts'

export interface IdentityFact {
  /** Address of the change, with ` (deposed …)` where it is one. */
  readonly address: string
  /** Dotted attribute names (and everything below them) this fact accounts for, or all of them. */
  readonly covers: 'all' | readonly string[]
  readonly effect: 'nil' | 'gained' | 'lost' | 'both' | 'unknown'
  /** In words, sorted, capped with the rest counted; never whole documents. */
  readonly gained: readonly string[]
  readonly lost: readonly string[]
  readonly dangers: readonly Danger[]
  readonly losses: readonly Loss[]
  /** After the change, anyone may use it: everyone, without a condition that narrows it. */
  readonly public: boolean
  readonly hazards: readonly Hazard[]
  /** For production; the highest of all that is gained, lost, dangerous or unclear. */
  readonly severity: Severity
  /** Not empty exactly where the effect is `unknown`. */
  readonly doubts: readonly string[]
}

interface Surroundings {
  readonly accounts: ReadonlySet<string>
  readonly domains: ReadonlySet<string>
  readonly created: ReadonlySet<string>
  readonly blocks: Blocks | undefined
}

/**
 * One fact for each change that touches who may do what, in the order of the subjects. Changes of
 * unknown kinds are not judged here, nor are in-place changes that leave every grant as it is.
 * `configuration` tells ids of objects this plan creates from values nobody can see; without it
 * every unknown counts as the latter. Never throws; documents too large to compare are doubts.
 */
export function analyseIdentity(
  subjects: readonly Subject[],
  unchanged: readonly Subject[],
  configuration?: Configuration,
): readonly IdentityFact[] {
  const everything = [...subjects, ...unchanged]
  const around: Surroundings = {
    accounts: accountsOf(everything),
    domains: domainsOf(everything),
    created: createdBy(subjects),
    blocks: configuration === undefined ? undefined : blocksOf(configuration),
  }
  return subjects.flatMap((subject) => factOf(subject, around) ?? [])
}

function factOf({ change, kind }: Subject, around: Surroundings): IdentityFact | undefined {
  if (kind.kind === 'unknown' || change.mode === 'data' || change.mode === 'ephemeral') {
    return undefined
  }
  const sides = sidesOf(change)
  const isIdentity = kind.class === 'identity'
  if (sides === 'unreadable') {
    const concerned = isIdentity || (kind.row.policy_attrs ?? []).length > 0
    return concerned ? fact(change, 'all', unknown('the action is not known')) : undefined
  }
  if (sides === undefined) return undefined
  const setting: Setting = {
    change,
    row: kind.row,
    ...sides,
    accounts: around.accounts,
    domains: around.domains,
    ...originOf(change, around.blocks, around.created),
  }
  return isIdentity ? judgeIdentity(setting) : judgeDocuments(setting)
}

/** An object that is nothing but a grant: all of it counts. */
function judgeIdentity(setting: Setting): IdentityFact | undefined {
  const { change, row } = setting
  if (isBare(change, setting.isCreatedHere)) return fact(change, 'all', join([]))
  const documents = row.policy_attrs ?? []
  const comesOrGoes = setting.before === undefined || setting.after === undefined
  const attributes = grantAttributes(row, namesOf(setting, comesOrGoes))
  const parts = documents.flatMap(({ path, kind }) => documentPart(setting, path, kind))
  if (comesOrGoes) {
    const rest =
      documents.length === 0
        ? [compareWhole(setting, attributes)]
        : attributes.map((name) => compareAttribute(setting, name))
    const outside = federates(setting) ? [FEDERATED] : []
    const all = join([...parts.map((part) => part.comparison), ...rest, ...outside])
    const isGone = setting.after === undefined && all.lost.length > 0 && all.losses.length === 0
    const text = 'everything it allowed goes with it'
    return fact(change, 'all', isGone ? { ...all, losses: [{ kind: 'attachment', text }] } : all)
  }
  const touched = attributes.filter((name) => isTouched(change, name))
  const covers = [...parts.flatMap((part) => part.covers), ...touched]
  if (covers.length === 0) return undefined
  const rest = touched.map((name) => compareAttribute(setting, name))
  return fact(change, covers, join([...parts.map((part) => part.comparison), ...rest]))
}

const FEDERATION: ReadonlySet<string> = new Set([
  'aws_iam_openid_connect_provider',
  'aws_iam_saml_provider',
  'google_iam_workload_identity_pool_provider',
])
const FEDERATED: Comparison = {
  ...join([]),
  dangers: [
    { kind: 'external-principal', text: 'an issuer outside is trusted by the whole account' },
  ],
}

/** Whoever the new issuer vouches for can be let in by any role of the account. */
function federates({ change, after }: Setting): boolean {
  return after !== undefined && FEDERATION.has(change.type)
}

/** Another object that carries a policy, or a ceiling. */
function judgeDocuments(setting: Setting): IdentityFact | undefined {
  const { change, row } = setting
  const parts = (row.policy_attrs ?? []).flatMap(({ path, kind }) =>
    documentPart(setting, path, kind),
  )
  const ceilings = [...CEILINGS].filter((name) => isTouched(change, name))
  const covers = [...parts.flatMap((part) => part.covers), ...ceilings]
  if (covers.length === 0) return undefined
  const rest = ceilings.map((name) => compareAttribute(setting, name))
  return fact(change, covers, join([...parts.map((part) => part.comparison), ...rest]))
}

/** The comparison of one document, where the change touches it or brings or takes its object. */
function documentPart(
  setting: Setting,
  path: string,
  kind: string,
): readonly { readonly covers: readonly string[]; readonly comparison: Comparison }[] {
  const known = DOCUMENT_KINDS.get(kind)
  const names = [path, ...(known?.reads ?? [])].filter((name) => isConcerned(setting, name))
  if (names.length === 0) return []
  const comparison =
    known === undefined
      ? unknown(`${path} holds a kind of document that is not known`)
      : known.compare(setting, path)
  return [{ covers: names, comparison }]
}

function fact(change: Change, covers: 'all' | readonly string[], all: Comparison): IdentityFact {
  return {
    address: change.deposed === undefined ? change.address : deposedAddress(change),
    covers: covers === 'all' ? covers : [...new Set(covers)].sort(),
    effect: effectOf(all),
    gained: capped(all.gained),
    lost: capped(all.lost),
    dangers: cappedByKind(all.dangers),
    losses: cappedByKind(all.losses),
    public: all.public,
    hazards: [
      ...hazardsOf(all),
      ...(opensSecrets(change, all) ? ['secret-exposure' as const] : []),
    ],
    severity: severityOf(all),
    doubts: capped(all.doubts),
  }
}

/** Rights on a secret are rights to read it. */
function opensSecrets({ type }: Change, { gained, dangers, hazards }: Comparison): boolean {
  const reads = /secret|key_vault_access_policy|ssm_parameter/.test(type)
  return reads && gained.length + dangers.length > 0 && !hazards.includes('secret-exposure')
}

function effectOf({ gained, lost, doubts }: Comparison): IdentityFact['effect'] {
  if (doubts.length > 0) return 'unknown'
  if (gained.length > 0) return lost.length > 0 ? 'both' : 'gained'
  return lost.length > 0 ? 'lost' : 'nil'
}

function deposedAddress(change: Change): string {
  return `${change.address} (deposed ${change.deposed})`
}

function sidesOf(
  change: Change,
):
  | { readonly before: Side | undefined; readonly after: Side | undefined }
  | 'unreadable'
  | undefined {
  const { before, after } = change
  switch (change.action.kind) {
    case 'create':
      return { before: undefined, after }
    case 'delete':
      return { before, after: undefined }
    case 'update':
    case 'replace':
      return { before, after }
    case 'unrecognised':
      return 'unreadable'
    case 'no-op':
    case 'read':
    case 'open':
    case 'forget':
      return undefined
  }
}

function isTouched(change: Change, name: string): boolean {
  return change.deltas.some(
    ({ name: at, markOnly }) => !markOnly && (at === name || at.startsWith(`${name}.`)),
  )
}

/** Touched by an update, or set where an object comes or goes. */
function isConcerned(setting: Setting, name: string): boolean {
  if (setting.before === undefined) return reading(setting, 'after', name).kind !== 'absent'
  if (setting.after === undefined) return reading(setting, 'before', name).kind !== 'absent'
  if (isTouched(setting.change, name) || differs(setting, name)) return true
  const isReplaced = setting.change.action.kind === 'replace'
  return isReplaced && reading(setting, 'after', name).kind !== 'absent'
}

/** A block without members (`everyone {}`) says something by being there, and leaves no delta. */
function differs({ before, after }: Setting, name: string): boolean {
  const path = name.split('.')
  const [old, now] = [valueAt(before?.value, path), valueAt(after?.value, path)]
  return !sameJson(old, now) && !(isEmptyJson(old) && isEmptyJson(now))
}

/** Top-level attribute names: of both sides where the object comes or goes, else of its deltas. */
function namesOf({ change, before, after }: Setting, whole: boolean): readonly string[] {
  const touched = change.deltas.map((delta) => delta.name.split('.')[0] ?? delta.name)
  if (!whole) return touched
  const side = before ?? after
  const trees = [side?.value, side?.unknown].filter(isObject)
  return [...touched, ...trees.flatMap((tree) => Object.keys(tree))]
}

/** Accounts in which objects of this plan already live, by their own ARNs. */
function accountsOf(subjects: readonly Subject[]): ReadonlySet<string> {
  const accounts = new Set<string>()
  for (const { change } of subjects) {
    if (change.mode !== 'managed') continue
    const arn = plainAt(change.before, ['arn'])
    const account = typeof arn === 'string' ? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn) : null
    if (account?.[1] !== undefined) accounts.add(account[1])
  }
  return accounts
}

/** Mail domains of members that already hold something. */
function domainsOf(subjects: readonly Subject[]): ReadonlySet<string> {
  const domains = new Set<string>()
  for (const { change } of subjects) {
    const held = [plainAt(change.before, ['member']), plainAt(change.before, ['members'])].flat()
    for (const member of held) {
      const domain =
        typeof member === 'string' ? /^(?:user|group):[^@]+@(.+)$/.exec(member)?.[1] : undefined
      if (domain !== undefined) domains.add(domain.toLowerCase())
    }
  }
  return domains
}

function createdBy(subjects: readonly Subject[]): ReadonlySet<string> {
  const created = subjects.filter(
    ({ change, kind }) =>
      kind.kind === 'known' &&
      change.mode === 'managed' &&
      (change.action.kind === 'create' || change.action.kind === 'replace'),
  )
  return new Set(created.map(({ change }) => withoutKeys(change.address)))
}
