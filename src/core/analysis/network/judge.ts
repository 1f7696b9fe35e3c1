// From two rule sets of one group to an effect in words.
import { ANYWHERE, sizes } from './address.ts'
import { type Bucket, type Entry, isShifted, twoSides } from './bucket.ts'
import type { Remark } from './collector.ts'
import { compareSets, type Flow, type SetDifference } from './compare-sets.ts'
import type { Budget } from './cover.ts'
import type { NetworkEffect, NetworkFact } from './fact.ts'
import { flowWords, tame } from './flow-words.ts'
import { gapOf } from './gap.ts'
import {
  type Grade,
  gradeInbound,
  gradeOutbound,
  isExternal,
  isInternet,
  isPublic,
  isWeb,
  worst,
} from './grade.ts'
import { isAdoption } from './groups.ts'
import { ALL_PORTS, ANY_PROTOCOL } from './protocol.ts'
import { type NetRule, ruleKey } from './rule.ts'

type Judged = Omit<NetworkFact, 'group' | 'changes' | 'newGroup'>

/** A range that takes over from another may be at most this many times larger to pass for its heir. */
const SIMILAR_SIZE = 4n

const NOTHING: SetDifference = { opened: [], closed: [], protocols: [], unchanged: 0 }

/** `webFront`: the group is known to belong to a load balancer. */
export function judge(bucket: Bucket, webFront: boolean, budget: Budget): Judged {
  const { entries, group } = bucket
  const ordered = entries.some(({ collector }) => collector.ordered)
  const { before, after, remarks } = twoSides(bucket)
  const denials = changedDenials(bucket, before, after)
  const implied = [...(entries[0]?.collector.implied ?? []), ...behind(denials)]
  const found = compareSets([...before, ...implied], [...after, ...implied], ordered, budget)
  const doubts = doubtsOf(bucket, ordered)
  if (found === undefined) doubts.push('there are more rules than can be compared')
  if (isReordered(denials)) doubts.push('which rules a denial overtakes is not in the plan')
  const { opened, closed, protocols, unchanged } = found ?? NOTHING
  const inbound = opened.filter((flow) => flow.direction === 'ingress')
  const exposes = after.some(letsInternetIn)
  const exposed = exposes ? inbound.filter(isPublic) : []
  const judged = group.isNew ? exposed : opened
  const grade = worst(
    judged.map((flow) =>
      flow.direction === 'ingress'
        ? gradeInbound(flow, webFront, exposes)
        : gradeOutbound(flow, before),
    ),
  )
  const gap = group.isNew ? undefined : gapOf(bucket, closed.length === 0)
  const effect = effectOf(exposed, judged, group.isNew ? [] : closed, grade, doubts.length > 0)
  const isEither = entries.some(({ before: b, after: a }) => b?.ambiguous || a?.ambiguous)
  if (isEither && effect !== 'nil')
    doubts.push('whether the list admits or blocks is decided elsewhere')
  return {
    effect: isEither && effect !== 'nil' ? 'unknown' : effect,
    grade,
    webOnly: webFront && exposed.length > 0 && exposed.every(isWeb),
    opened: flowWords(opened, protocols),
    closed: flowWords(closed, protocols),
    unchangedCount: unchanged,
    ...(gap === undefined ? {} : { gap }),
    fromPublic: closed.some((flow) => flow.direction === 'ingress' && isPublic(flow)),
    doubts: [...new Set(doubts)].sort(),
    remarks: uniqueRemarks([
      ...remarks,
      ...remarksOf(bucket),
      ...(group.isNew ? [] : (entries[0]?.collector.remarkOn?.(opened, closed) ?? [])),
    ]),
    reads: readsOf([...opened, ...closed], [...before, ...after]),
  }
}

interface Denials {
  readonly before: readonly NetRule[]
  readonly after: readonly NetRule[]
}

/**
 * Denials on one side only, of a set whose admitting rules stand in other plans: written one by one,
 * and none of them here. What a denial shuts then hangs on rules that nobody can see.
 */
function changedDenials(
  { entries, group }: Bucket,
  before: readonly NetRule[],
  after: readonly NetRule[],
): Denials {
  const isSeparate = entries.every(({ collector }) => collector.style === 'separate')
  if (group.isNew || !isSeparate) return { before: [], after: [] }
  const admitted = new Set([...before, ...after].flatMap((r) => (r.allow ? [r.direction] : [])))
  const only = (rules: readonly NetRule[], others: readonly NetRule[]): readonly NetRule[] => {
    const keys = new Set(others.map(ruleKey))
    return rules.filter((r) => !r.allow && !admitted.has(r.direction) && !keys.has(ruleKey(r)))
  }
  return { before: only(before, after), after: only(after, before) }
}

/** Everything else is taken for admitted behind such denials, so that what they shut can be seen. */
function behind({ before, after }: Denials): readonly NetRule[] {
  return [...new Set([...before, ...after].map(({ direction }) => direction))].map((direction) => ({
    ...{ direction, needs: [], range: ANYWHERE, protocol: ANY_PROTOCOL, ports: ALL_PORTS },
    ...{ allow: true, priority: Number.MAX_SAFE_INTEGER, implied: true },
  }))
}

function isReordered({ before, after }: Denials): boolean {
  const order = (rules: readonly NetRule[]): string =>
    [...new Set(rules.map(({ priority }) => priority))].sort((a, b) => a - b).join()
  return before.length > 0 && after.length > 0 && order(before) !== order(after)
}

function effectOf(
  exposed: readonly Flow[],
  opened: readonly Flow[],
  closed: readonly Flow[],
  grade: Grade,
  inDoubt: boolean,
): NetworkEffect {
  if (exposed.length > 0) return 'public'
  if (inDoubt) return 'unknown'
  if (opened.length === 0) return closed.length === 0 ? 'nil' : 'narrower'
  if (closed.length === 0) return 'wider'
  return isSwap(opened, closed, grade) ? 'moved' : 'mixed'
}

function letsInternetIn({ direction, allow, needs, range }: NetRule): boolean {
  const isByName = needs.some((need) => need.startsWith('peer:'))
  return direction === 'ingress' && allow && !isByName && isInternet([range])
}

/** Same ports, other private peer, of similar size: a plausible replacement. */
function isSwap(opened: readonly Flow[], closed: readonly Flow[], grade: Grade): boolean {
  if ([...opened, ...closed].some(isExternal) || grade === 'high' || grade === 'critical') {
    return false
  }
  const doors = (flows: readonly Flow[]): string =>
    [...new Set(flows.map((flow) => doorOf(flow)))].sort().join()
  if (doors(opened) !== doors(closed)) return false
  const sum = (flows: readonly Flow[]): bigint =>
    flows.reduce((total, { ranges }) => {
      const { v4, v6 } = sizes(ranges)
      return total + v4 + v6
    }, 0n)
  return sum(opened) <= sum(closed) * SIMILAR_SIZE
}

function doorOf({ direction, protocol, ports, needs }: Flow): string {
  const parts = needs.filter((need) => need.startsWith('part:'))
  return [direction, protocol, ports.from, ports.to, ...parts].join(' ')
}

/**
 * Doubts that matter. A doubtful rule that stays as it is can at most cover something, so where
 * rules only add up, leaving it out never hides an opening; where order counts, it may.
 */
function doubtsOf({ entries }: Bucket, ordered: boolean): string[] {
  const moves = (entry: Entry): boolean => entry.alters || isShifted(entry)
  const all = ordered && entries.some(moves)
  const relevant = entries.filter((entry) => all || moves(entry))
  return relevant.flatMap(({ subject, before, after }) =>
    [...(before?.doubts ?? []), ...(after?.doubts ?? [])].map(
      (doubt) => `${tame(subject.change.address)}: ${doubt}`,
    ),
  )
}

function remarksOf({ entries }: Bucket): Remark[] {
  return entries
    .filter((entry) => entry.touched)
    .flatMap((entry) =>
      [...(entry.after?.remarks ?? []), ...stepRemarks(entry)].map(({ hazard, text }) => ({
        hazard,
        text: `${tame(entry.subject.change.address)}: ${text}`,
      })),
    )
}

/** What the step itself does to a group, beside what its rules say. */
function stepRemarks({ subject, collector }: Entry): Remark[] {
  if (collector.ids === undefined) return []
  if (isAdoption(subject)) {
    return [{ hazard: 'outage', text: 'adopting it removes every rule that is not listed here' }]
  }
  if (subject.change.action.kind !== 'replace') return []
  return [
    {
      hazard: 'outage',
      text: 'the group is made anew under another identifier: members have to be moved, and rules elsewhere that name the old one match nothing',
    },
  ]
}

function uniqueRemarks(remarks: readonly Remark[]): Remark[] {
  const byText = new Map(remarks.map((remark) => [`${remark.hazard} ${remark.text}`, remark]))
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, remark]) => remark)
}

function readsOf(flows: readonly Flow[], rules: readonly NetRule[]): NetworkFact['reads'] {
  const seen = new Set((flows.length > 0 ? flows : rules).map(({ direction }) => direction))
  const [only] = seen
  return seen.size === 1 && only !== undefined ? only : 'both'
}
