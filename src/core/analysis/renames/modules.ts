// A module under a new name: all its members go, and members with the same local addresses come.
import type { Change } from '../../change/model.ts'
import { sameJson } from '../../json.ts'
import type { Subject } from '../../knowledge/subject.ts'
import { compareSides, identityAt, identityOf } from './compare.ts'
import type { Side } from './pairs.ts'

export interface ModuleMove {
  readonly from: string
  readonly to: string
  readonly members: readonly Side[]
  /** Members that go without a counterpart. */
  readonly without: number
}

/** Creates looked at for one delete. */
const WINDOW = 12
const LEAST_SHARE = 0.8
/** Members needed where no identity attribute is known on both sides. */
const LEAST_UNPROVEN = 3

/**
 * Renamed modules. Taken for one where at least four fifths of the members that go have a counterpart
 * with the same local address and type, none of those is proven to be another object, and one is
 * proven to be the same (or there are three).
 */
export function moduleMoves(
  deletes: readonly Subject[],
  creates: readonly Subject[],
): ModuleMove[] {
  const gone = deletes.filter(isModuleGone)
  if (gone.length === 0) return []
  const byLocal = new Map<string, Subject[]>()
  for (const made of creates) {
    if (made.change.moduleAddress === '') continue
    const key = localKey(made.change)
    const list = byLocal.get(key)
    if (list === undefined) byLocal.set(key, [made])
    else list.push(made)
  }
  const votes = new Map<string, { from: string; to: string; members: Side[] }>()
  for (const one of gone) {
    for (const made of (byLocal.get(localKey(one.change)) ?? []).slice(0, WINDOW)) {
      if (made.change.moduleAddress === one.change.moduleAddress) continue
      const [from, to] = trimCommonEnd(one.change.moduleAddress, made.change.moduleAddress)
      if (from === '' || to === '') continue
      const key = `${from}\n${to}`
      const vote = votes.get(key) ?? { from, to, members: [] }
      vote.members.push({ gone: one, made })
      votes.set(key, vote)
    }
  }
  const size = sizes(gone)
  const taken = new Set<Subject>()
  const moves: ModuleMove[] = []
  const ordered = [...votes.values()].sort(
    (a, b) =>
      b.members.length - a.members.length || (`${a.from}${a.to}` < `${b.from}${b.to}` ? -1 : 1),
  )
  for (const { from, to, members } of ordered) {
    const rest = members.filter(({ gone: g, made }) => !taken.has(g) && !taken.has(made))
    const all = size.get(from) ?? 0
    if (rest.length < all * LEAST_SHARE || !isProven(rest)) continue
    for (const side of rest) {
      taken.add(side.gone)
      taken.add(side.made)
    }
    moves.push({ from, to, members: rest, without: all - rest.length })
  }
  return withoutKeys(moves)
}

function isModuleGone({ change }: Subject): boolean {
  return change.reason === 'delete_because_no_module' && change.moduleAddress !== ''
}

function localKey(change: Change): string {
  return `${change.type}\n${change.address.slice(change.moduleAddress.length)}`
}

/** Members that go, for every module above them. */
function sizes(gone: readonly Subject[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const { change } of gone) {
    const steps = stepsOf(change.moduleAddress)
    for (let n = 1; n <= steps.length; n += 1) {
      const prefix = steps.slice(0, n).join('.')
      found.set(prefix, (found.get(prefix) ?? 0) + 1)
    }
  }
  return found
}

/** `module.a.module.x`, `module.b.module.x` → `module.a`, `module.b`. */
function trimCommonEnd(a: string, b: string): [string, string] {
  const x = stepsOf(a)
  const y = stepsOf(b)
  while (x.length > 1 && y.length > 1 && x.at(-1) === y.at(-1)) {
    x.pop()
    y.pop()
  }
  return [x.join('.'), y.join('.')]
}

function stepsOf(moduleAddress: string): string[] {
  return moduleAddress.match(/module\.[\w-]+(?:\["(?:[^"\\]|\\.)*"\]|\[\d+\])?/g) ?? []
}

function isProven(members: readonly Side[]): boolean {
  let agree = 0
  for (const { gone, made } of members) {
    if (contradicts(gone, made)) return false
    if (compareSides(gone, made)?.certainty === 'same') agree += 1
  }
  return agree > 0 || members.length >= LEAST_UNPROVEN
}

/** Every identity attribute known on both sides differs. */
function contradicts(gone: Subject, made: Subject): boolean {
  let known = 0
  for (const name of identityOf(gone)) {
    const before = identityAt(gone.change, 'before', name)
    const after = identityAt(made.change, 'after', name)
    if (before === undefined || after === undefined) continue
    if (sameJson(before, after)) return false
    known += 1
  }
  return known > 0
}

const LAST_KEY = /\["(?:[^"\\]|\\.)*"\]$|\[\d+\]$/

/** Instances of one module that all keep their key are one move of the whole module. */
function withoutKeys(moves: readonly ModuleMove[]): ModuleMove[] {
  const groups = new Map<string, ModuleMove[]>()
  for (const move of moves) {
    const isKept = LAST_KEY.exec(move.from)?.[0] === LAST_KEY.exec(move.to)?.[0]
    const key = isKept ? `${move.from.replace(LAST_KEY, '')}\n${move.to.replace(LAST_KEY, '')}` : ''
    const group = groups.get(key)
    if (group === undefined || key === '')
      groups.set(key === '' ? `${move.from}\n${move.to}\n` : key, [move])
    else group.push(move)
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined || group.length === 1) return group
    return [
      {
        from: first.from.replace(LAST_KEY, ''),
        to: first.to.replace(LAST_KEY, ''),
        members: group.flatMap(({ members }) => members),
        without: group.reduce((sum, { without }) => sum + without, 0),
      },
    ]
  })
}
