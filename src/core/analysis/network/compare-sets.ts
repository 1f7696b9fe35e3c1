// Two rule sets as wholes: every direction, every protocol, every kind of packet that could be told
// apart. A packet is its address and port plus the names it carries (its "needs" are met). For a set
// of names, the rules whose needs it meets decide; comparing these sides for well-chosen sets of
// names finds every difference:
// - a rule set without order differs for some packet only if it differs for a packet that carries
//   exactly what one changed rule needs;
// - in an ordered set the deciding rule may be another one on each side, at least one of the two is
//   a changed rule, and a packet that carries what those two need shows the difference.
import { type Budget, compareRules, type Difference, type Piece, subtractPieces } from './cover.ts'
import { ANY_PROTOCOL } from './protocol.ts'
import { type Direction, type NetRule, ruleKey } from './rule.ts'

/** Stands for every protocol that the rule set does not name. */
export const OTHER_PROTOCOLS = 'other'

/** Traffic that one side allows and the other does not. */
export interface Flow extends Piece {
  readonly direction: Direction
  readonly protocol: string
  readonly needs: readonly string[]
}

export interface SetDifference {
  readonly opened: readonly Flow[]
  readonly closed: readonly Flow[]
  /** Protocols that were told apart, `OTHER_PROTOCOLS` included where a rule covers it. */
  readonly protocols: readonly string[]
  /** Rules that resources write and both sides have. */
  readonly unchanged: number
}

/** More names than this on one packet are not told apart: the subsets of them are enumerated. */
const MAX_NEEDS = 8

/** Undefined where comparing would cost more than the budget. `ordered`: priorities or denies count. */
export function compareSets(
  before: readonly NetRule[],
  after: readonly NetRule[],
  ordered: boolean,
  budget: Budget,
): SetDifference | undefined {
  const was = new Map(before.map((rule) => [ruleKey(rule), rule]))
  const is = new Map(after.map((rule) => [ruleKey(rule), rule]))
  const kept = [...was].flatMap(([key, rule]) => (is.has(key) ? [rule] : []))
  const removed = [...was].flatMap(([key, rule]) => (is.has(key) ? [] : [rule]))
  const added = [...is].flatMap(([key, rule]) => (was.has(key) ? [] : [rule]))
  const protocols = protocolsOf([...kept, ...removed, ...added])
  const opened: Flow[] = []
  const closed: Flow[] = []
  for (const direction of ['ingress', 'egress'] as const) {
    for (const protocol of protocols) {
      const applies = (rule: NetRule): boolean =>
        rule.direction === direction &&
        (rule.protocol === protocol || rule.protocol === ANY_PROTOCOL)
      const plane = {
        kept: byNeeds(kept.filter(applies)),
        removed: byNeeds(removed.filter(applies)),
        added: byNeeds(added.filter(applies)),
      }
      const found = comparePlane(plane, ordered, budget)
      if (found === undefined) return undefined
      for (const world of found) {
        const about = { direction, protocol, needs: world.needs }
        opened.push(...world.opened.map((piece) => ({ ...about, ...piece })))
        closed.push(...world.closed.map((piece) => ({ ...about, ...piece })))
      }
    }
  }
  return { opened, closed, protocols, unchanged: kept.filter((rule) => !rule.implied).length }
}

function protocolsOf(rules: readonly NetRule[]): string[] {
  const named = new Set(rules.map((rule) => rule.protocol))
  const any = named.delete(ANY_PROTOCOL)
  return [...[...named].sort(), ...(any ? [OTHER_PROTOCOLS] : [])]
}

interface Named {
  readonly needs: readonly string[]
  readonly rules: NetRule[]
}
type ByNeeds = ReadonlyMap<string, Named>

interface Plane {
  readonly kept: ByNeeds
  readonly removed: ByNeeds
  readonly added: ByNeeds
}

interface World extends Difference {
  readonly needs: readonly string[]
}

function comparePlane(plane: Plane, ordered: boolean, budget: Budget): World[] | undefined {
  const worlds = worldsOf(plane, ordered, budget)
  if (worlds === undefined) return undefined
  const found = new Map<string, World>()
  for (const needs of worlds) {
    const keys = subsetKeys(needs)
    const rulesIn = (named: ByNeeds): NetRule[] =>
      keys.flatMap((key) => named.get(key)?.rules ?? [])
    budget.left -= keys.length
    const difference = compareRules(
      { kept: rulesIn(plane.kept), removed: rulesIn(plane.removed), added: rulesIn(plane.added) },
      budget,
    )
    if (difference === undefined) return undefined
    const told = keys.flatMap((key) => found.get(key) ?? [])
    const toldOpened = told.flatMap((world) => world.opened)
    const toldClosed = told.flatMap((world) => world.closed)
    const opened = subtractPieces(difference.opened, toldOpened, budget)
    const closed = subtractPieces(difference.closed, toldClosed, budget)
    if (opened === undefined || closed === undefined) return undefined
    found.set(keyOf(needs), { needs, opened, closed })
  }
  return [...found.values()]
}

/** The sets of names worth comparing, small ones first. */
function worldsOf(plane: Plane, ordered: boolean, budget: Budget): string[][] | undefined {
  const changed = [...plane.removed.values(), ...plane.added.values()].map((named) => named.needs)
  const partners = ordered
    ? [...changed, ...[...plane.kept.values()].map((named) => named.needs)]
    : [[]]
  if (changed.length * partners.length > budget.left) return undefined
  budget.left -= changed.length * partners.length
  const worlds = new Map<string, string[]>()
  for (const one of changed) {
    for (const other of partners) {
      const needs = [...new Set([...one, ...other])].sort()
      if (needs.length > MAX_NEEDS) return undefined
      worlds.set(keyOf(needs), needs)
      if (ordered) worlds.set(keyOf(one), [...one])
    }
  }
  return [...worlds.values()].sort((a, b) => a.length - b.length)
}

function byNeeds(rules: readonly NetRule[]): ByNeeds {
  const named = new Map<string, Named>()
  for (const rule of rules) {
    const key = keyOf(rule.needs)
    const entry = named.get(key)
    if (entry === undefined) named.set(key, { needs: rule.needs, rules: [rule] })
    else entry.rules.push(rule)
  }
  return named
}

function keyOf(needs: readonly string[]): string {
  return needs.join('\u0001')
}

/** Keys of every subset of sorted names, the empty one included. */
function subsetKeys(needs: readonly string[]): string[] {
  let subsets: string[][] = [[]]
  for (const need of needs) {
    subsets = subsets.flatMap((subset) => [subset, [...subset, need]])
  }
  return subsets.map(keyOf)
}
