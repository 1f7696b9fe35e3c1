// What analysis learned of the plan as a whole, and what is no resource: outputs, checks, actions.
import { readSide } from '../../change/side.ts'
import type { JsonValue } from '../../json.ts'
import type { Body, Desk, Item } from './desk.ts'

/** Sentences of one list that are shown; the analysis caps its lists below this. */
const MOST = 60

/** Writes lazily: what cannot fit is only counted. */
export function* factItems(desk: Desk): Generator<Item> {
  const { facts, plan } = desk.examination
  const { curtain } = desk
  for (const fact of facts.network) {
    yield desk.write('network fact', 1, () => {
      const group = desk.cite(fact.group)
      return {
        item: 'network',
        address: group,
        changes: fact.changes.map(({ address }) => desk.cite(address)),
        effect: fact.effect,
        grade: fact.grade,
        ...(fact.webOnly ? { web_only: true } : {}),
        ...(fact.newGroup ? { new_group: true } : {}),
        opened: sentences(desk, fact.opened, group),
        closed: sentences(desk, fact.closed, group),
        rules_on_both_sides: fact.unchangedCount,
        ...(fact.gap === undefined ? {} : { on_the_way: curtain.sentence(fact.gap, group) }),
        doubts: sentences(desk, fact.doubts, group),
        remarks: fact.remarks.map(({ hazard, text }) => ({
          hazard,
          text: curtain.sentence(text, group),
        })),
      }
    })
  }
  for (const fact of facts.identity) {
    yield desk.write('identity fact', 1, () => {
      const address = desk.cite(fact.address)
      return {
        item: 'identity',
        address,
        effect: fact.effect,
        severity: fact.severity,
        ...(fact.public ? { anyone: true } : {}),
        gained: sentences(desk, fact.gained, address),
        lost: sentences(desk, fact.lost, address),
        dangers: fact.dangers.map(({ kind, text }) => ({
          kind,
          text: curtain.sentence(text, address),
        })),
        losses: fact.losses.map(({ kind, text }) => ({
          kind,
          text: curtain.sentence(text, address),
        })),
        doubts: sentences(desk, fact.doubts, address),
      }
    })
  }
  for (const fact of facts.drift) {
    yield desk.write('drift fact', 1, () => {
      const path = curtain.path(fact.path)
      const address = desk.cite(fact.address, [path])
      const where = `${address} ${path}`.trim()
      const change = desk.byAddress.get(fact.address)?.change
      const isMarked =
        change !== undefined &&
        [change.before, change.after].some((side) => readSide(side, fact.path).kind === 'sensitive')
      const masks = { unknown: undefined, sensitive: isMarked }
      const shown = (value: JsonValue): JsonValue => curtain.value(value, masks, fact.path, where)
      return {
        item: 'drift',
        address,
        what: fact.what,
        path,
        real: shown(fact.shown.real),
        planned: shown(fact.shown.planned),
        ...(fact.members === undefined
          ? {}
          : {
              members_that_go: fact.members.going.map(shown),
              members_that_return: fact.members.returning.map(shown),
            }),
        changed: fact.changed.map((name) => curtain.path([name])),
        metadata_only: fact.metadataOnly,
        looks_like_a_hotfix: Math.round(fact.hotfix * 100) / 100,
        raised_by: sentences(desk, fact.raisedBy, where),
        direction: fact.direction,
      }
    })
  }
  yield* renameItems(desk)
  for (const output of [...plan.outputs].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (output.actions.join() === 'no-op') continue
    yield desk.write('output', 1, () => {
      const name = curtain.word(output.name, 'the name of an output')
      const where = `output ${name}`
      // Outputs are for people and other configurations: their text is never shown here.
      const shown = (value: JsonValue, sensitive: JsonValue, unknown: JsonValue): JsonValue =>
        curtain.value(value, { sensitive, unknown }, ['annotations'], where, output.name)
      return {
        item: 'output',
        name,
        actions: output.actions.map((word) => curtain.word(word, where)),
        before: shown(output.before, output.beforeSensitive, false),
        after: shown(output.after, output.afterSensitive, output.afterUnknown),
      }
    })
  }
  const order = (a: { address: string }, b: { address: string }): number =>
    a.address < b.address ? -1 : a.address > b.address ? 1 : 0
  for (const check of [...plan.checks].sort(order)) {
    if (check.status === 'pass') continue
    yield desk.write('check', 1, () => ({
      item: 'check',
      address: desk.cite(check.address),
      kind: curtain.word(check.kind, 'the kind of a check'),
      status: curtain.word(check.status, 'the status of a check'),
    }))
  }
  for (const one of [...plan.invocations].sort(order)) {
    yield desk.write('action', 1, () => ({
      item: 'action',
      address: desk.cite(one.address),
      type: curtain.word(one.type, 'the type of an action'),
      ...(one.trigger === undefined ? {} : { trigger: curtain.word(one.trigger, 'a trigger') }),
    }))
  }
  for (const one of [...plan.deferred].sort(order)) {
    yield desk.write('deferred change', 1, () => ({
      item: 'deferred',
      address: desk.cite(one.address),
      reason: curtain.word(one.reason, 'why a change is deferred'),
    }))
  }
}

function* renameItems(desk: Desk): Generator<Item> {
  const { renames } = desk.examination.facts
  for (const pair of renames.pairs) {
    yield desk.write('rename', 1, () => ({
      item: 'rename',
      address: desk.cite(pair.from),
      to: desk.cite(pair.to),
      certainty: pair.certainty,
      matched_by: sentences(desk, pair.matchedBy, 'a rename'),
    }))
  }
  for (const { from, to, members, without } of renames.modules) {
    yield desk.write('rename', 1, () => ({
      item: 'module renamed',
      address: desk.cite(from),
      to: desk.cite(to),
      members,
      without_counterpart: without,
    }))
  }
  for (const shift of renames.shifts) {
    yield desk.write('rename', 1, () => ({
      item: 'index shift',
      address: desk.cite(shift.of),
      rewritten: shift.rewritten.length,
      replaced: shift.rewritten.filter(({ replaced }) => replaced).length,
      destroyed: shift.destroyed,
      left: shift.left,
    }))
  }
  const { wholesale } = renames
  if (wholesale !== undefined) {
    yield desk.write('rename', 1, (): Body => ({ item: 'wholesale rename', ...wholesale }))
  }
}

function sentences({ curtain }: Desk, list: readonly string[], where: string): JsonValue {
  const rest = list.length - MOST
  return [
    ...list.slice(0, MOST).map((text) => curtain.sentence(text, where)),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ]
}
