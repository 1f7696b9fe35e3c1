// A change as the first reader sees it: what happens to which object, and every attribute that
// differs, with its two sides.
import { nameOf } from '../../change/from-plan.ts'
import type { Action, Change, Delta, Side } from '../../change/model.ts'
import { type JsonValue, type Path, valueAt } from '../../json.ts'
import type { Subject } from '../../knowledge/subject.ts'
import { blockAddress } from '../../plan/address.ts'
import { type Body, type Desk, type Item, UNWRITTEN } from './desk.ts'

/** A group of fewer members is as well told one by one. */
const LEAST_MEMBERS = 3
/** Bytes of the shortest delta: what is surely too large is not written to find that out. */
const LEAST_DELTA = 12

/** Changes told together where nothing but their keys can differ; sorted by their first address. */
export function changeGroups(subjects: readonly Subject[]): readonly (readonly Subject[])[] {
  const groups = new Map<string, Subject[]>()
  for (const subject of subjects) {
    const { change } = subject
    const names = change.deltas.slice(0, 200).map(({ name }) => name)
    const key = JSON.stringify([
      blockAddress(change.address),
      change.deposed !== undefined,
      change.action,
      change.deltas.length,
      names,
    ])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [subject])
    else group.push(subject)
  }
  return [...groups.values()]
}

/**
 * Items of one group: one for all members that are the same path by path, and one for each that is
 * not. Lazily, so that what cannot fit is not written.
 */
export function* changeItems(
  desk: Desk,
  group: readonly Subject[],
  room: () => number,
): Generator<Item> {
  const [first] = group
  if (first === undefined) return
  const isTogether = group.length >= LEAST_MEMBERS && group.length * LEAST_DELTA < room()
  if (!isTogether) {
    for (const subject of group) {
      const counts = countsOf(desk, subject)
      if (subject.change.deltas.length * LEAST_DELTA > room())
        yield { ...UNWRITTEN, counts, size: 1 }
      else yield single(desk, subject, counts)
    }
    return
  }
  const alike = new Map<string, Subject[]>()
  let spent = 0
  for (const [at, subject] of group.entries()) {
    if (subject.change.deltas.length * LEAST_DELTA > room() || spent > 20 * room()) {
      yield { ...UNWRITTEN, counts: countsOf(desk, subject), size: 1 }
      continue
    }
    const { line } = desk.write('', 1, () => bodyOf(desk, subject))
    spent += line.length
    const key = `${countsOf(desk, subject)}\n${line}`
    const list = alike.get(key)
    if (list === undefined) alike.set(key, [subject])
    else list.push(group[at] ?? subject)
  }
  for (const members of alike.values()) {
    const [one] = members
    if (one === undefined) continue
    const counts = countsOf(desk, one)
    if (members.length < LEAST_MEMBERS) for (const each of members) yield single(desk, each, counts)
    else {
      yield desk.write(counts, members.length, () => {
        const bodies = members.map((member) => bodyOf(desk, member))
        return {
          item: 'changes that are the same',
          addresses: members.map((member) =>
            desk.cite(nameOf(member.change), pathsOf(desk, member)),
          ),
          ...bodies[0],
        }
      })
    }
  }
}

function single(desk: Desk, subject: Subject, counts: string): Item {
  return desk.write(counts, 1, () => ({
    item: 'change',
    address: desk.cite(nameOf(subject.change), pathsOf(desk, subject)),
    ...bodyOf(desk, subject),
  }))
}

function countsOf({ severityOf }: Desk, { change }: Subject): string {
  const severity = severityOf(nameOf(change))
  return severity === undefined ? 'change without a finding' : `change of severity ${severity}`
}

function pathsOf({ curtain }: Desk, { change }: Subject): readonly string[] {
  return change.deltas.map(({ path }) => curtain.path(path))
}

/** Everything but the address, so that equal bodies are equal changes. */
function bodyOf(desk: Desk, { change, kind }: Subject): Body {
  const { curtain } = desk
  const cause = change.action.kind === 'replace' ? causeOf(desk, change) : undefined
  return {
    action: actionText(desk, change.action),
    type: kind.kind === 'known' ? kind.type : curtain.word(change.type, 'a resource type'),
    class: kind.kind === 'known' ? kind.class : `unknown, perhaps ${kind.guess}`,
    ...(change.mode === 'managed' ? {} : { mode: change.mode }),
    ...(change.reason === undefined ? {} : { reason: reasonText(desk, change.reason) }),
    ...(change.importing ? { imported: true } : {}),
    ...(change.previousAddress === undefined
      ? {}
      : { moved_from: desk.cite(change.previousAddress) }),
    ...(cause === undefined ? {} : { cause }),
    attributes: change.deltas.map((delta) => deltaOf(desk, change, delta)),
  }
}

/** Terraform's own words for why; anything else is a word of the plan like others. */
const REASON =
  /^(?:replace_(?:because_(?:tainted|cannot_update)|by_request|by_triggers)|delete_because_(?:no_resource_config|no_module|wrong_repetition|count_index|each_key|no_move_target)|read_because_(?:config_unknown|dependency_pending|check_nested))$/

function reasonText({ curtain }: Desk, reason: string): string {
  return REASON.test(reason) ? reason : curtain.word(reason, 'action_reason')
}

function actionText({ curtain }: Desk, action: Action): string {
  switch (action.kind) {
    case 'replace':
      return `replace, ${action.order}${action.old === 'forgotten' ? ', the old object is forgotten' : ''}`
    case 'unrecognised':
      return `unrecognised: ${action.words.map((word) => curtain.word(word, 'actions')).join(' ')}`
    default:
      return action.kind
  }
}

function deltaOf(desk: Desk, change: Change, delta: Delta): JsonValue {
  const before = shownSide(desk, change, delta, 'before')
  const after = shownSide(desk, change, delta, 'after')
  return {
    path: desk.curtain.path(delta.path),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(delta.forcesReplacement ? { forces_replacement: true } : {}),
    ...(delta.markOnly ? { only_the_sensitive_mark_differs: true } : {}),
  }
}

/** One side of an attribute through its marks; undefined where it is not set. */
export function shownSide(
  { curtain }: Desk,
  change: Change,
  delta: Delta,
  which: 'before' | 'after',
): JsonValue | undefined {
  const { path } = delta
  const side: Side = change[which]
  const value = delta[which]
  switch (value.kind) {
    case 'absent':
      return undefined
    case 'unknown':
      return '(known after apply)'
    case 'sensitive': {
      const raw = valueAt(side.value, path)
      if (raw === undefined || raw === null) return '(sensitive)'
      return curtain.secret(typeof raw === 'string' ? raw : JSON.stringify(raw))
    }
    case 'known':
      // A mark on one side says what the value of the other side was.
      if (delta.before.kind === 'sensitive' || delta.after.kind === 'sensitive') {
        return curtain.secret(
          typeof value.value === 'string' ? value.value : JSON.stringify(value.value),
        )
      }
      return curtain.value(
        value.value,
        { unknown: valueAt(side.unknown, path), sensitive: valueAt(side.sensitive, path) },
        path,
        `${curtain.address(nameOf(change))} ${curtain.path(path)}`,
        nameAt(path, delta.label),
      )
  }
}

function nameAt(path: Path, label: string | undefined): string {
  return label ?? path.filter((step) => typeof step === 'string').join('.')
}

/** Why it is replaced, back to the first cause. */
function causeOf(desk: Desk, change: Change): JsonValue | undefined {
  const cause = desk.examination.facts.causes(change)
  if (cause === undefined) return undefined
  const { curtain } = desk
  const shown = (names: readonly string[]): string[] =>
    names.map((name) => curtain.path(name.split('.')))
  return {
    kind: cause.kind,
    attributes: shown(cause.attributes),
    ...(cause.chain.length === 0
      ? {}
      : {
          chain: cause.chain.map(({ address, happens, attributes }) => ({
            address: desk.cite(address),
            happens,
            attributes: shown(attributes),
          })),
        }),
    ...(cause.follow === 0 ? {} : { replacements_that_follow: cause.follow }),
  }
}
