// Network rules, judged by what they let through and not by how they are written: per group, the
// traffic allowed before and after the plan. Never decides; rules and policy do.
import type { Change, Side } from '../../change/model.ts'
import type { Subject } from '../../knowledge/subject.ts'
import type { Configuration } from '../../plan/model.ts'
import { indexLists, type Lists } from './address-lists.ts'
import { type Bucket, type Entry, isShifted } from './bucket.ts'
import type { Collector, GroupName, GroupRules, Surroundings } from './collector.ts'
import { COLLECTORS, UNREAD } from './collectors.ts'
import type { Budget } from './cover.ts'
import type { AccountedChange, NetworkFact } from './fact.ts'
import { type GroupSubject, type Groups, indexGroups, isAdoption } from './groups.ts'
import { judge } from './judge.ts'
import { indexReferences, type References } from './references.ts'

export type { NetworkEffect, NetworkFact } from './fact.ts'

/** Work for one plan, in visits of a rule: some seconds at most. Groups beyond it are unknown. */
const WORK_PER_PLAN = 8_000_000
const WORK_PER_GROUP = 2_000_000

/**
 * One fact for every group whose rules a change touches, sorted by group. `subjects` are all changes
 * of the plan of any type, `unchanged` its kept no-ops (rules and groups: a rule that goes may be
 * covered by one that stays). Without `configuration`, whatever refers to something created in the
 * same plan is unknown. Never throws on hostile input; beyond the work limit the effect is unknown.
 */
export function analyseNetwork(
  subjects: readonly Subject[],
  unchanged: readonly Subject[],
  configuration?: Configuration,
): readonly NetworkFact[] {
  const references = indexReferences(configuration)
  const rules = [...subjects, ...unchanged].flatMap(withCollector)
  const groups = indexGroups(rules, subjects, references)
  const lists = indexLists([...subjects, ...unchanged])
  const buckets = new Map<string, Bucket>()
  for (const { subject, collector } of rules) {
    for (const [group, entry] of entriesOf(subject, collector, { references, groups, lists })) {
      const bucket = buckets.get(group.key)
      if (bucket === undefined) buckets.set(group.key, { group, entries: [entry] })
      else bucket.entries.push(entry)
    }
  }
  const plan: Budget = { left: WORK_PER_PLAN }
  return [...buckets.values()]
    .filter(({ entries }) => entries.some((entry) => entry.touched || isShifted(entry)))
    .sort((a, b) => (a.group.key < b.group.key ? -1 : 1))
    .map((bucket) => {
      const share = Math.min(plan.left, WORK_PER_GROUP)
      const budget: Budget = { left: share }
      const judged = judge(bucket, groups.isFront(bucket.group), budget)
      plan.left -= share - Math.max(budget.left, 0)
      return {
        group: bucket.group.label,
        changes: bucket.entries
          .filter(({ touched }) => touched)
          .map(accountFor)
          .sort((a, b) => (a.address < b.address ? -1 : 1)),
        newGroup: bucket.group.isNew,
        ...judged,
      }
    })
}

function withCollector(subject: Subject): GroupSubject[] {
  const { change, kind } = subject
  if (change.mode !== 'managed' || kind.kind !== 'known') return []
  const model = kind.row.net_rule_model
  if (model === undefined) return []
  return [{ subject, collector: COLLECTORS.get(model) ?? UNREAD }]
}

interface World {
  readonly references: References
  readonly groups: Groups
  readonly lists: Lists
}

/** What a resource says about each group it speaks of, both sides brought together. */
function entriesOf(
  subject: Subject,
  collector: Collector,
  world: World,
): readonly (readonly [GroupName, Entry])[] {
  const touched = isTouched(subject, [...collector.reads, ...collector.words])
  const alters = isTouched(subject, collector.reads)
  const { before, after } = collectSides(subject, collector, touched, world)
  const byKey = new Map<string, { group: GroupName; before?: GroupRules; after?: GroupRules }>()
  for (const rules of before) {
    const known = byKey.get(rules.group.key)
    byKey.set(rules.group.key, { ...known, group: rules.group, before: join(known?.before, rules) })
  }
  for (const rules of after) {
    const known = byKey.get(rules.group.key)
    byKey.set(rules.group.key, { ...known, group: rules.group, after: join(known?.after, rules) })
  }
  return [...byKey.values()].map(({ group, ...sides }) => [
    group,
    { subject, collector, touched, alters, ...sides },
  ])
}

function join(one: GroupRules | undefined, other: GroupRules): GroupRules {
  if (one === undefined) return other
  return {
    group: other.group,
    rules: [...one.rules, ...other.rules],
    doubts: [...one.doubts, ...other.doubts],
    remarks: [...one.remarks, ...other.remarks],
    ambiguous: (one.ambiguous ?? false) || (other.ambiguous ?? false),
  }
}

interface Sides {
  readonly before: readonly GroupRules[]
  readonly after: readonly GroupRules[]
}

/** Which sides of a change are in force before and after the apply. */
function collectSides(
  subject: Subject,
  collector: Collector,
  touched: boolean,
  world: World,
): Sides {
  const { change } = subject
  const read = (side: Side, which: 'before' | 'after'): readonly GroupRules[] =>
    collector.collect(side, surroundings(subject, which, world))
  const was = (): readonly GroupRules[] => read(change.before, 'before')
  const is = (): readonly GroupRules[] => read(change.after, 'after')
  switch (change.action.kind) {
    case 'create':
      return { before: isAdoption(subject) ? is().map(withUnknownPast) : [], after: is() }
    case 'delete':
      return { before: was(), after: outlivesDelete(subject) ? read(change.before, 'after') : [] }
    case 'forget':
      return { before: was(), after: read(change.before, 'after') }
    case 'replace':
      return {
        before: was(),
        after:
          change.action.old === 'forgotten' ? [...read(change.before, 'after'), ...is()] : is(),
      }
    case 'unrecognised':
      return { before: was().map(withUnknownAction), after: is().map(withUnknownAction) }
    case 'update':
    case 'no-op':
    case 'read':
    case 'open': {
      const before = was()
      return { before, after: touched || world.lists.isChanging ? is() : before }
    }
  }
}

/** The rules that an adopted group has now are in no plan. */
function withUnknownPast(rules: GroupRules): GroupRules {
  const doubt = 'the group exists already, and the rules it has now are not in the plan'
  return { ...rules, rules: [], doubts: [...rules.doubts, doubt] }
}

function withUnknownAction(rules: GroupRules): GroupRules {
  return { ...rules, doubts: [...rules.doubts, 'what happens to it is not understood'] }
}

/** Destroying the resource only forgets it: the object stays as it is. */
function outlivesDelete({ kind }: Subject): boolean {
  return kind.kind === 'known' && kind.row.destroy.reversibility === 'none'
}

function surroundings(
  subject: Subject,
  which: 'before' | 'after',
  { references, groups, lists }: World,
): Surroundings {
  return {
    subject,
    which,
    groupById: groups.byId,
    groupsByReference: (attribute) => groups.byReference(subject.change, attribute),
    // What the configuration says now was not necessarily so before.
    createdByReference: (attribute, value) =>
      which === 'after' ? groups.created(subject.change, attribute, value) : undefined,
    addressesOf: (id) => lists.addressesOf(id, which),
    isConfigured: (attribute) => references.isSet(subject.change, attribute),
  }
}

function isTouched({ change }: Subject, attributes: readonly string[]): boolean {
  switch (change.action.kind) {
    case 'create':
    case 'delete':
    case 'replace':
    case 'unrecognised':
      return true
    case 'update':
      return headsOf(change).some((head) => attributes.includes(head))
    case 'no-op':
    case 'forget':
    case 'read':
    case 'open':
      return false
  }
}

function accountFor({ subject: { change }, collector }: Entry): AccountedChange {
  const heads = headsOf(change)
  const naming = change.action.kind === 'update' ? [] : (collector.naming ?? [])
  const explained = [...collector.reads, ...collector.words, ...naming]
  const covered = heads.filter((head) => explained.includes(head))
  const isAll = collector.style === 'separate' && covered.length === heads.length
  return {
    address: change.address,
    ...(change.deposed === undefined ? {} : { deposed: change.deposed }),
    covers: isAll ? 'all' : covered,
  }
}

/** Top-level attributes that differ, sorted. */
function headsOf(change: Change): string[] {
  return [...new Set(change.deltas.map(({ path }) => String(path[0] ?? '')))].sort()
}
