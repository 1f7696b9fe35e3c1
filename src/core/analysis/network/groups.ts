// Who is who among the groups of a plan: identifiers, addresses and references to one name each.

import type { Change } from '../../change/model.ts'
import { plainAt } from '../../change/side.ts'
import { isList } from '../../json.ts'
import type { Subject } from '../../knowledge/subject.ts'
import { blockAddress } from '../../plan/address.ts'
import type { Collector, GroupName } from './collector.ts'
import { tame } from './flow-words.ts'
import type { References } from './references.ts'

export interface Groups {
  byId(id: string): GroupName
  /** Groups that an attribute of a change refers to; undefined where one of them is not certain. */
  byReference(change: Change, attribute: string): readonly GroupName[] | undefined
  /** What an attribute refers to, where all of it comes to be in this plan. */
  created(
    change: Change,
    attribute: string,
    value: string | undefined,
  ): readonly string[] | undefined
  /** Some load balancer is known to carry the group. */
  isFront(group: GroupName): boolean
}

export interface GroupSubject {
  readonly subject: Subject
  readonly collector: Collector
}

// Load balancers and the attribute that lists their groups: what makes ports 80 and 443 ordinary.
const FRONT_TYPES: readonly string[] = ['aws_lb', 'aws_alb', 'aws_elb']
const FRONT_ATTRIBUTE = 'security_groups'
/** Attributes by which something that exists already takes a new group on. */
const ATTACHMENT = /(^|\.)(vpc_|network_|cluster_)?security_groups?(_ids?)?$/

/** Attributes of rules that hold the identifier of a group whose rules have no order. */
const GROUP_ID = /(^|\.)(source_|referenced_)?security_groups?(_ids?)?$/

/** `all`: every group resource of the plan, changed or not; `subjects`: every change of any type. */
export function indexGroups(
  all: readonly GroupSubject[],
  subjects: readonly Subject[],
  references: References,
): Groups {
  const taken = attachedGroups(subjects, references)
  const byId = new Map<string, GroupName>()
  const byPlace = new Map<string, GroupName[]>()
  const newcomers: Newcomer[] = []
  for (const { subject, collector } of all) {
    const { change } = subject
    if (collector.ids === undefined || change.deposed !== undefined) continue
    const config = blockAddress(change.address)
    const isNew =
      change.action.kind === 'create' &&
      !change.importing &&
      !isAdoption(subject) &&
      taken !== 'unclear' &&
      !taken.has(config)
    const name = { key: change.address, label: change.address, isNew }
    for (const id of [
      change.address,
      ...collector.ids(change.before),
      ...collector.ids(change.after),
    ]) {
      byId.set(id, name)
    }
    // Only an object that comes to be has an identifier that is not known yet.
    if (change.action.kind !== 'create' && change.action.kind !== 'replace') continue
    if (!collector.ordered) newcomers.push({ name, module: change.moduleAddress })
    for (const place of placesOf(config, change)) {
      const there = byPlace.get(place)
      if (there === undefined) byPlace.set(place, [name])
      else there.push(name)
    }
  }
  const made = createdBlocks(subjects)
  const onlyNew = unknownMeansNew(newcomers, subjects)
  const fronts = new Set(
    [...frontGroups(subjects, references)].map((id) => byId.get(id)?.key ?? id),
  )
  return {
    byId: (id) => byId.get(id) ?? { key: id, label: tame(id), isNew: false },
    byReference: (change, attribute) => {
      const addresses = references.of(change, attribute)
      if (addresses === undefined && GROUP_ID.test(attribute)) {
        return onlyNew && references.isSet(change, attribute)
          ? [newcomerFor(newcomers, change.moduleAddress)]
          : undefined
      }
      if (addresses === undefined || addresses.length === 0) return undefined
      const names: GroupName[] = []
      for (const address of addresses) {
        const name = oneOf(byPlace, placesOf(address, change), address)
        if (name === undefined) return undefined
        names.push(name)
      }
      return names
    },
    created: (change, attribute, value) => {
      const addresses = references.of(change, attribute)
      if (addresses === undefined || addresses.length === 0) return undefined
      const name = value?.split('/').at(-1)
      const isMade = addresses.every((address) => {
        const names = made.get(address)
        return names !== undefined && (name === undefined || names.has(name))
      })
      return isMade ? addresses : undefined
    },
    isFront: ({ key }) => fronts.has(key) || fronts.has(blockAddress(key)),
  }
}

/** Blocks with an instance that comes to be, and the names of such instances. */
function createdBlocks(subjects: readonly Subject[]): ReadonlyMap<string, ReadonlySet<string>> {
  const made = new Map<string, Set<string>>()
  for (const { change } of subjects) {
    if (change.action.kind !== 'create' || change.importing) continue
    const block = blockAddress(change.address)
    const names = made.get(block) ?? new Set()
    made.set(block, names)
    for (const path of [['name'], ['metadata', 0, 'name']]) {
      const name = plainAt(change.after, path)
      if (typeof name === 'string') names.add(name)
    }
  }
  return made
}

interface Newcomer {
  readonly name: GroupName
  readonly module: string
}

/**
 * A reference through a local value cannot be followed: the plan does not show those. Still an
 * identifier that is unknown belongs to something that comes to be, if nothing else can be behind
 * it: no group is replaced or taken on by something existing, no data is read during the apply, and
 * no attribute of an existing object that holds a group becomes unknown.
 */
function unknownMeansNew(newcomers: readonly Newcomer[], subjects: readonly Subject[]): boolean {
  if (newcomers.length === 0 || !newcomers.every(({ name }) => name.isNew)) return false
  return subjects.every(({ change }) => {
    if (change.action.kind === 'create' || change.action.kind === 'no-op') return true
    if (change.mode !== 'managed' || change.action.kind === 'unrecognised') return false
    return !change.deltas.some(
      ({ name, after }) => after.kind === 'unknown' && name.includes('security_group'),
    )
  })
}

/** The one new group of the module, or one name for all of them: either way it is new. */
function newcomerFor(newcomers: readonly Newcomer[], module: string): GroupName {
  const near = newcomers.filter((one) => one.module === module)
  const [only] = near
  if (only !== undefined && near.length === 1) return only.name
  const label = module === '' ? 'a group of this plan' : `a group of this plan for ${module}`
  return { key: label, label, isNew: true }
}

/** Creating the resource takes a set over that exists already, and empties it of other rules. */
export function isAdoption({ change, kind }: Subject): boolean {
  if (change.action.kind !== 'create' || kind.kind !== 'known') return false
  return kind.row.authoritative?.some(({ path }) => path === '*') ?? false
}

/** From the widest to the narrowest: the block, the block in this module, this instance of it. */
function placesOf(config: string, change: Change): [string, string, string] {
  const inModule = `${config} in ${change.moduleAddress}`
  return [config, inModule, `${inModule} at ${JSON.stringify(change.index ?? null)}`]
}

/** The one group a reference can mean, or all of a block's groups where every one is new. */
function oneOf(
  byPlace: ReadonlyMap<string, readonly GroupName[]>,
  [block, inModule, instance]: readonly [string, string, string],
  config: string,
): GroupName | undefined {
  const pool = byPlace.get(inModule) ?? byPlace.get(block) ?? []
  const [only] = pool
  if (pool.length <= 1) return only
  if (!pool.every((name) => name.isNew)) return undefined
  const same = byPlace.get(instance) ?? []
  if (same.length === 1) return same[0]
  return { key: `${config}[*]`, label: `${config}[*]`, isNew: true }
}

/** Groups that something existing will carry after this plan, by configuration address. */
function attachedGroups(
  subjects: readonly Subject[],
  references: References,
): ReadonlySet<string> | 'unclear' {
  const taken = new Set<string>()
  for (const { change } of subjects) {
    if (change.action.kind !== 'update') continue
    for (const delta of change.deltas) {
      if (delta.after.kind !== 'unknown' || !ATTACHMENT.test(delta.name)) continue
      const addresses = references.of(change, delta.name)
      if (addresses === undefined) return 'unclear'
      for (const address of addresses) taken.add(address)
    }
  }
  return taken
}

/** Configuration addresses and identifiers of groups on load balancers. */
function frontGroups(subjects: readonly Subject[], references: References): ReadonlySet<string> {
  const fronts = new Set(references.fromTypes(FRONT_TYPES, [FRONT_ATTRIBUTE]))
  for (const { change } of subjects) {
    if (!FRONT_TYPES.includes(change.type)) continue
    for (const side of [change.before, change.after]) {
      const ids = isRecord(side.value) ? side.value[FRONT_ATTRIBUTE] : undefined
      for (const id of isList(ids) ? ids : []) if (typeof id === 'string') fronts.add(id)
    }
  }
  return fronts
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
