// Alarms: which way a threshold moved, and whether a message still reaches the same people.
import type { Delta } from '../../change/model.ts'
import { plainAt } from '../../change/side.ts'
import type { Subject } from '../../knowledge/subject.ts'
import type { Clearance, Finding } from '../finding.ts'
import type { Rule, Spoken } from '../rule.ts'
import { evidenceFor, findingOn } from '../speak.ts'
import { numberOf } from '../when.ts'

const ID = 'alarm'

/** Actions of an alarm that end, stop or restart a machine, or run code, instead of telling people. */
const ACTS = /^arn:[^:]*:automate:[^:]*:ec2:(?:terminate|stop|reboot)$|^arn:[^:]*:(?:swf|lambda):/
/** Looser by up to this share passes, if it is one alarm (default policy, monitoring row). */
const SLIGHTLY = 0.25

type Reading =
  | { readonly is: 'stricter' | 'same-people' }
  | { readonly is: 'looser'; readonly by: number }
  | { readonly is: 'silent'; readonly how: string }

export const alarm: Rule = {
  scope: 'plan',
  id: ID,
  title: 'An alarm that comes later, or reaches other people',
  why: 'A looser threshold pages later; a handle dropped from the text pages nobody.',
  remedy: 'Loosen one alarm a little, watch, then the next.',
  releaseWhen: 'The alarm was noisy and its owner set the new number.',
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html',
  ],
  check: (facts): Spoken => {
    const clearances: Clearance[] = []
    const looser: { subject: Subject; delta: Delta; by: number }[] = []
    const findings: Finding[] = []
    for (const subject of facts.subjects) {
      findings.push(...sayActs(subject))
      for (const delta of subject.change.deltas) {
        const reading = read(subject, delta)
        if (reading === undefined) continue
        if (reading.is === 'looser') looser.push({ subject, delta, by: reading.by })
        else if (reading.is === 'silent') findings.push(saySilent(subject, delta, reading.how))
        else {
          const note =
            reading.is === 'stricter'
              ? 'alarms made stricter'
              : 'alarm texts reworded, same people paged'
          clearances.push({ rule: ID, address: subject.change.address, covers: [delta.name], note })
        }
      }
    }
    return {
      clearances,
      findings: [...findings, ...looser.map((one) => say(one, alarmsIn(looser)))],
    }
  },
}

/** A threshold may stand twice in one alarm: in its query and in its table. */
function alarmsIn(looser: readonly { readonly subject: Subject }[]): number {
  return new Set(looser.map(({ subject }) => subject.change.address)).size
}

/** This rule reads the attribute, so the catalogue's "direction unknown" yields to it. */
export function isAlarmSetting(subject: Subject, delta: Delta): boolean {
  return read(subject, delta) !== undefined
}

function read(subject: Subject, delta: Delta): Reading | undefined {
  const { change, kind } = subject
  if (kind.kind === 'unknown' || kind.class !== 'monitoring' || change.action.kind !== 'update')
    return undefined
  if (delta.name === 'threshold') return readThreshold(subject, delta)
  if (delta.name === 'query' || /^monitor_thresholds\.(critical|warning)$/.test(delta.name)) {
    return readQuery(subject, delta)
  }
  if (delta.name === 'comparison_operator') {
    return { is: 'silent', how: 'raises its alarm on the other side of its threshold' }
  }
  if (delta.name === 'treat_missing_data') return readMissing(delta)
  return delta.name === 'message' ? readMessage(delta) : undefined
}

/** Datadog writes its comparison at the end of the query: `avg(last_5m):avg:x{*} > 5`. */
const COMPARISON = /^([\s\S]*?)\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)\s*$/

function readQuery({ change }: Subject, delta: Delta): Reading | undefined {
  const [old, next] = [change.before, change.after].map((side) => {
    const query = plainAt(side, ['query'])
    return typeof query === 'string' ? (COMPARISON.exec(query) ?? undefined) : undefined
  })
  if (old === undefined || next === undefined || old[1] !== next[1] || old[2] !== next[2])
    return undefined
  const [before, after] =
    delta.name === 'query'
      ? [numberOf(old[3]), numberOf(next[3])]
      : [numberIn(delta.before), numberIn(delta.after)]
  if (before === undefined || after === undefined) return undefined
  return moved(before, after, old[2]?.startsWith('>') === true)
}

function numberIn(value: Delta['after']): number | undefined {
  return value.kind === 'known' ? numberOf(value.value) : undefined
}

/** `above`: it pages where the measure is above the number. */
function moved(before: number, after: number, above: boolean): Reading {
  const looser = above ? after > before : after < before
  if (!looser) return { is: 'stricter' }
  return {
    is: 'looser',
    by: before === 0 ? Number.POSITIVE_INFINITY : Math.abs(after - before) / Math.abs(before),
  }
}

/** An alarm that took silence for a failure is often the only one that sees a dead sender. */
function readMissing({ before, after }: Delta): Reading | undefined {
  const isBreach = (value: Delta['after']): boolean =>
    value.kind === 'known' && value.value === 'breaching'
  if (isBreach(after)) return { is: 'stricter' }
  return isBreach(before) || before.kind !== 'known' || after.kind !== 'known'
    ? { is: 'silent', how: 'no longer takes missing data for a failure' }
    : undefined
}

function readThreshold({ change }: Subject, delta: Delta): Reading | undefined {
  const before = numberIn(delta.before)
  const after = numberIn(delta.after)
  const sides = [
    plainAt(change.before, ['comparison_operator']),
    plainAt(change.after, ['comparison_operator']),
  ]
  const [operator] = sides
  if (
    before === undefined ||
    after === undefined ||
    typeof operator !== 'string' ||
    sides[1] !== operator
  )
    return undefined
  const above = /^GreaterThan/.test(operator)
  if (!above && !/^LessThan/.test(operator)) return undefined
  const looser = above ? after > before : after < before
  if (!looser) return { is: 'stricter' }
  return {
    is: 'looser',
    by: before === 0 ? Number.POSITIVE_INFINITY : Math.abs(after - before) / Math.abs(before),
  }
}

/** `@pagerduty-core` and the like: whoever is named by an @ handle is who gets paged. */
function readMessage(delta: Delta): Reading | undefined {
  if (delta.before.kind !== 'known' || delta.after.kind !== 'known') return undefined
  const before = handlesOf(delta.before.value)
  const after = handlesOf(delta.after.value)
  if (before === undefined || after === undefined || before.length === 0) return undefined
  return before.every((handle) => after.includes(handle)) ? { is: 'same-people' } : undefined
}

function handlesOf(text: unknown): readonly string[] | undefined {
  // Conditional blocks decide when a handle counts, so their text is not compared by handles alone.
  if (typeof text !== 'string' || text.includes('{{#') || text.includes('{{^')) return undefined
  return [...new Set(text.match(/@[\w.:/-]+/g) ?? [])]
}

/** An action that was not there before and does more than page someone. */
function sayActs({ change, kind }: Subject): Finding[] {
  if (kind.kind === 'unknown' || kind.class !== 'monitoring') return []
  if (change.action.kind !== 'create' && change.action.kind !== 'update') return []
  const acting = change.deltas.filter(
    ({ path, before, after }) =>
      /^(alarm|ok|insufficient_data)_actions$/.test(String(path[0])) &&
      actionsIn(after).some((action) => ACTS.test(action) && !actionsIn(before).includes(action)),
  )
  if (acting.length === 0) return []
  return [
    findingOn(change, {
      rule: ID,
      concern: 'interruption',
      hazards: ['outage', 'data-loss'],
      severity: 'high',
      what: 'stops, restarts or ends a machine, or runs code, when it is raised',
      why: 'A threshold that is met once is enough; nobody is asked before it acts.',
      evidence: evidenceFor(acting),
      alternative: 'Page someone first, and add the action once the alarm has proved right.',
      check: 'How often would it have been raised in the last month, and on which machines?',
      reversibility: 'take the action away again; what it ended meanwhile stays ended',
      rollback: 'Take the action out of the alarm again.',
      covers: acting.map(({ name }) => name),
    }),
  ]
}

function actionsIn(value: Delta['after']): readonly string[] {
  if (value.kind !== 'known') return []
  const listed = Array.isArray(value.value) ? value.value : [value.value]
  return listed.filter((one) => typeof one === 'string')
}

function saySilent({ change }: Subject, delta: Delta, how: string): Finding {
  return findingOn(change, {
    rule: ID,
    concern: 'monitoring-lowered',
    hazards: ['audit-loss'],
    severity: 'medium',
    what: how,
    why: 'What paged someone until now may happen without a page.',
    evidence: evidenceFor([delta]),
    covers: [delta.name],
  })
}

function say(
  { subject, delta, by }: { subject: Subject; delta: Delta; by: number },
  count: number,
): Finding {
  const slight = by <= SLIGHTLY && count === 1
  const share = Number.isFinite(by) ? `${Math.round(by * 100)} %` : 'from zero'
  return findingOn(subject.change, {
    rule: ID,
    concern: slight ? 'alarm-slightly-looser' : 'monitoring-lowered',
    hazards: ['audit-loss'],
    severity: slight ? 'low' : 'medium',
    what: `raises its alarm later than before (threshold looser by ${share})`,
    why: slight
      ? 'One alarm a little looser; the page comes later, not never.'
      : `${count === 1 ? 'The alarm' : `${count} alarms`} may stay silent where they paged someone until now.`,
    evidence: evidenceFor([delta]),
    covers: [delta.name],
  })
}
