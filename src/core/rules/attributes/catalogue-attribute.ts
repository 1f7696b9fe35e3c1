// What the catalogue knows of an attribute, applied to an in-place change, and to what a new or
// replaced object is born with.
import type { Delta } from '../../change/model.ts'
import { isEmptyJson } from '../../json.ts'
import type { AttributeRule, Hazard, ResourceClass, Severity } from '../../knowledge/kind.ts'
import type { Subject } from '../../knowledge/subject.ts'
import { concernOf, saferInterruption } from '../effects.ts'
import type { Clearance, Concern, Finding } from '../finding.ts'
import type { Rule, Spoken } from '../rule.ts'
import { evidenceFor, findingOn } from '../speak.ts'
import { type Answer, holdsWhen, isOpposite } from '../when.ts'
import { isAlarmSetting } from './alarm.ts'
import { isComputed } from './computed.ts'
import { mostSpecific } from './paths.ts'
import { isScaled } from './scaling.ts'

const ID = 'catalogue-attribute'

/** On a new object only these say something: nothing of it serves yet, and nobody can lose it. */
const AT_BIRTH = new Set(['expose', 'privilege', 'opaque', 'one_way'])

/** Analysis reads these in full (`network`, `identity`), so the coarse word of the row yields. */
const READ_ELSEWHERE = new Set(['netdiff', 'privilege'])

const LESSENS = new Set(['dec', 'shorter', 'down', 'shrink'])

interface Hit {
  readonly row: AttributeRule
  readonly delta: Delta
  readonly concern: Concern
  readonly answer: Answer
}

export const catalogueAttribute: Rule = {
  scope: 'change',
  id: ID,
  title: 'An attribute whose change has a known effect',
  why: 'Many in-place edits do more than they say: they restart, expose, weaken or delete.',
  remedy: 'Depends on the attribute; the note of the catalogue row says it.',
  releaseWhen: 'The effect is wanted now and the people affected know.',
  sources: ['https://developer.hashicorp.com/terraform/language/resources/behavior'],
  check: (subject, facts): Spoken => {
    const { change, kind } = subject
    if (kind.kind === 'unknown' || change.mode !== 'managed') return {}
    const born = change.action.kind === 'create' || change.action.kind === 'replace'
    if (!born && change.action.kind !== 'update') return {}
    const read = facts.readElsewhere(change.address)
    const hits: Hit[] = []
    const safe: Delta[] = []
    for (const delta of change.deltas) {
      if (delta.markOnly) continue
      if (born && delta.after.kind === 'absent') continue
      if (delta.after.kind === 'unknown' && isComputed(subject, delta, facts)) continue
      const rows = mostSpecific(kind.row.rules ?? [], delta)
      const met = rows.flatMap((row) => hit(row, delta, kind.class, born))
      const open = met.filter(
        ({ row }) =>
          !(READ_ELSEWHERE.has(row.effect) && read(delta.name)) &&
          !(row.effect === 'scale' && isScaled(subject, delta)) &&
          !isAlarmSetting(subject, delta),
      )
      hits.push(...open)
      const back = met.length === 0 && !born ? wentTheOtherWay(rows, delta) : []
      if (back.length > 0 && back.every(isSafeBack)) safe.push(delta)
    }
    return { findings: group(subject, hits), clearances: clear(subject, safe) }
  },
}

function hit(row: AttributeRule, delta: Delta, of: ResourceClass, born: boolean): Hit[] {
  if (born && !saysAtBirth(row) && !isLostByReplacing(row, delta)) return []
  const concern = leavesSandbox(delta) ? 'identity-dangerous' : concernOf(row, of)
  if (concern === undefined) return []
  // A part of something that was not there before cannot have become less.
  const isPart = row.path.length > delta.name.length
  if (isPart && LESSENS.has(row.when) && isUnset(delta.before)) return []
  const answer = endsForEver(row, delta) ? 'yes' : holdsWhen(row.when, delta.before, delta.after)
  if (answer === 'no') return []
  // A hidden value that may be something harmless is no evidence that it is.
  const hidden =
    answer === 'unsure' || delta.after.kind === 'unknown' || delta.after.kind === 'sensitive'
  return hidden && concern === 'note' ? [] : [{ row, delta, concern, answer }]
}

/** A container with one of these holds its node, and so every other container there. */
const NODE_POWERS =
  /(^|\.)(privileged|host_network|host_pid|host_ipc|allow_privilege_escalation)$|(^|\.)(host_path|capabilities\.add)(\.|$)/

function leavesSandbox({ name, after }: Delta): boolean {
  if (!NODE_POWERS.test(name)) return false
  return after.kind === 'known' ? !isEmptyJson(after.value) && after.value !== false : true
}

/**
 * A door is only known to be open, or shut for ever, on a new object where the row names the value;
 * `any` speaks of a switch from one to another. A mild lock of its own is what the author asked for.
 */
function saysAtBirth(row: AttributeRule): boolean {
  if (!AT_BIRTH.has(row.effect)) return false
  if (row.effect === 'one_way') return row.when !== 'any' && isGrave(row)
  return row.when !== 'any' || row.effect !== 'expose'
}

/** A replacement has an old side too: what it guarded is weaker afterwards, besides being replaced. */
function isLostByReplacing({ effect, when }: AttributeRule, { before }: Delta): boolean {
  return effect === 'weaken' && when !== 'any' && before.kind !== 'absent'
}

function isGrave({ severity }: AttributeRule): boolean {
  return severity === 'high' || severity === 'critical'
}

function isUnset(value: Delta['before']): boolean {
  return value.kind === 'absent' || (value.kind === 'known' && isEmptyJson(value.value))
}

/** Retention of 0 means "keep for ever" (provider documentation of log retention): any limit is less. */
function endsForEver(row: AttributeRule, { before, after }: Delta): boolean {
  if (row.effect !== 'data_delete' || !row.when.endsWith('dec')) return false
  return isZero(before) && after.kind === 'known' && !isZero(after)
}

function isZero(value: Delta['before']): boolean {
  return value.kind === 'known' && Number(value.value) === 0
}

/**
 * Effects a step back does not undo but has as well: a door that shuts refuses whoever came through
 * it, a right that goes was used, traffic that was switched away comes back, a stopped job starts.
 */
const BOTH_WAYS = new Set(['expose', 'privilege', 'lockout', 'outage', 'cutover'])

/** More or less of something has a safe side whatever its effect: a shorter wait, a larger limit. */
const SIZES = new Set(['inc', 'dec', 'longer', 'shorter', 'set/dec', 'to:0'])

/** The rows the value demonstrably went the other way of, where no row about the attribute speaks. */
function wentTheOtherWay(rows: readonly AttributeRule[], delta: Delta): readonly AttributeRule[] {
  const silent = rows.every(
    (row) => !endsForEver(row, delta) && holdsWhen(row.when, delta.before, delta.after) === 'no',
  )
  return silent ? rows.filter((row) => isOpposite(row.when, delta.before, delta.after)) : []
}

/** Retention up, a guard switched on: that is evidence, not silence. */
function isSafeBack({ effect, when }: AttributeRule): boolean {
  return SIZES.has(when) || !BOTH_WAYS.has(effect)
}

/** One finding for each question to the policy, so that each is weighed by itself. */
function group(subject: Subject, hits: readonly Hit[]): Finding[] {
  const byConcern = new Map<Concern, Hit[]>()
  for (const one of hits) byConcern.set(one.concern, [...(byConcern.get(one.concern) ?? []), one])
  return [...byConcern].map(([concern, members]) => say(subject, concern, members))
}

function say(subject: Subject, concern: Concern, hits: readonly Hit[]): Finding {
  const { change } = subject
  const names = [...new Set(hits.map(({ delta }) => delta.name))]
  const notes = [...new Set(hits.map(({ row }) => row.note).filter((note) => note !== ''))]
  const doubt = hits.every(({ answer }) => answer === 'unsure')
  const effects = [...new Set(hits.map(({ row }) => EFFECT_WORDS[row.effect] ?? row.effect))]
  const safer =
    concern === 'interruption'
      ? saferInterruption([...new Set(hits.map(({ row }) => row.effect))], names, subject)
      : undefined
  return findingOn(change, {
    rule: ID,
    concern,
    hazards: hazardsOf(hits),
    severity: severest(hits),
    what: `changes ${listed(names)}: ${doubt ? 'possibly ' : ''}${effects.join('; ')}`,
    why:
      notes.length > 0
        ? notes.map(ended).join(' ')
        : `A change of ${listed(names)} on this type ${effects.join(' and ')}.`,
    evidence: evidenceFor([...new Set(hits.map(({ delta }) => delta))]),
    ...(safer === undefined ? {} : { alternative: safer }),
    covers: names,
  })
}

/** Notes of the catalogue carry no full stop, but some of them ask. */
function ended(note: string): string {
  return /[.!?]$/.test(note) ? note : `${note}.`
}

const EFFECT_WORDS: Readonly<Record<string, string>> = {
  interrupt: 'restarts or stops it for a while',
  roll: 'cycles its instances',
  cutover: 'switches traffic, trust or paths at once',
  delayed: 'acts later, at a reboot or in a maintenance window',
  perf: 'may slow it down for a while',
  outage: 'can stop the service',
  weaken: 'takes away a guard, copy or log',
  expose: 'opens it to more people',
  privilege: 'changes what someone may do',
  lockout: 'can lock people or machines out',
  netdiff: 'changes who can reach it',
  crypt: 'switches keys or encryption',
  data_delete: 'lets the service delete data by itself',
  dataloss_maybe: 'may lose data',
  code: 'puts new code live',
  config: 'puts new configuration live',
  scale: 'changes its size',
  cost: 'changes what it costs',
  identity: 'gives it another name or address',
  one_way: 'cannot be unset again',
  amplify: 'makes other pending changes take effect',
  opaque: 'has an effect the plan does not show',
  fail: 'will probably fail half-way through the apply',
  meta: 'is bookkeeping',
}

function hazardsOf(hits: readonly Hit[]): Hazard[] {
  const rank: Readonly<Record<string, number>> = {
    critical: 0,
    high: 1,
    medium: 2,
    low: 3,
    none: 4,
  }
  const sorted = [...hits].sort((a, b) => (rank[a.row.severity] ?? 0) - (rank[b.row.severity] ?? 0))
  return [...new Set(sorted.flatMap(({ row }) => row.hazards))]
}

function severest(hits: readonly Hit[]): Severity {
  const order: readonly Severity[] = ['critical', 'high', 'medium', 'low']
  return order.find((severity) => hits.some(({ row }) => row.severity === severity)) ?? 'info'
}

function listed(names: readonly string[]): string {
  return names.length <= 3
    ? names.join(', ')
    : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
}

function clear({ change }: Subject, safe: readonly Delta[]): Clearance[] {
  if (safe.length === 0) return []
  const covers = [...new Set(safe.map((delta) => delta.name))]
  return [
    { rule: ID, address: change.address, covers, note: 'settings moved in the safe direction' },
  ]
}
