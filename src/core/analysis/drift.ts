// Drift the apply would undo. `resource_drift` holds state → real; the plan holds real → planned; so
// planned = state ≠ real is a revert of what someone did by hand (or of what a controller did).

import type { Change, Value } from '../change/model.ts'
import { readSide } from '../change/side.ts'
import { isEmptyJson, isList, isObject, type JsonValue, type Path, sameJson } from '../json.ts'
import type { Subject } from '../knowledge/subject.ts'

export interface DriftFact {
  readonly address: string
  /** `reverted`: back to the old value; `conflict`: neither old nor real; `recreated`: it was gone. */
  readonly what: 'reverted' | 'conflict' | 'recreated'
  readonly path: Path
  readonly real: Value
  readonly planned: Value
  /** Only tags, labels or computed noise. */
  readonly metadataOnly: boolean
  /** 0 to 1: how much it looks like a hot-fix, and what raised it. Nothing but structure lowers it. */
  readonly hotfix: number
  readonly raisedBy: readonly string[]
  /** The real value is the tighter or larger one: undoing it re-opens or cuts. */
  readonly tightened: boolean
}

const METADATA =
  /^(tags|tags_all|labels|effective_labels|terraform_labels|etag|fingerprint|last_modified|latest_version|default_version|user_labels|annotations)(\.|$)/
const SECURITY =
  /(ingress|egress|cidr|source|principal|policy|public|rule|acl|member|enabled$|encrypt|permission)/i
const CAPACITY =
  /(min|max|desired|count|capacity|size|replica|instance_class|instance_type|iops|throughput|memory|cpu|limit|timeout)/i
const SWITCH = /(weight|enabled|maintenance|feature|flag|traffic)/i
const INCIDENT =
  /\b(inc|sev|incident|hot-?fix|emergency|do not remove|donotremove|temp|temporary|rollback|pagerduty)\b|INC-?\d+|[A-Z]{2,10}-\d{2,}/i

/** What the plan undoes, of what refresh found changed. Drift the plan leaves alone gives no fact. */
export function driftFacts(drift: readonly Change[], subjects: readonly Subject[]): DriftFact[] {
  const planned = new Map<string, Change>()
  for (const { change } of subjects) {
    if (change.deposed === undefined) planned.set(change.address, change)
  }
  const facts = drift.flatMap((drifted) => {
    const change = planned.get(drifted.address)
    if (change === undefined) return []
    if (drifted.action.kind === 'delete') {
      return change.action.kind === 'create' ? [recreated(drifted, change)] : []
    }
    return change.action.kind === 'update' || change.action.kind === 'replace'
      ? compare(drifted, change)
      : []
  })
  return facts
}

function recreated(drifted: Change, change: Change): DriftFact {
  return {
    address: change.address,
    what: 'recreated',
    path: [],
    real: { kind: 'absent' },
    planned: { kind: 'unknown' },
    metadataOnly: false,
    ...looksLikeHotfix(drifted, [], 'removed by hand', 0.35),
    tightened: true,
  }
}

function compare(drifted: Change, change: Change): DriftFact[] {
  const touched = new Set(change.deltas.map((delta) => String(delta.path[0] ?? '')))
  return topLevel(drifted).flatMap((attribute): DriftFact[] => {
    // No change planned on it: ignored or computed, so nothing is undone.
    if (!touched.has(attribute)) return []
    const path = [attribute]
    const state = readSide(drifted.before, path)
    const real = readSide(drifted.after, path)
    const plan = readSide(change.after, path)
    if (sameValue(plan, real)) return []
    const what = sameValue(plan, state) || returnsPart(state, real, plan) ? 'reverted' : 'conflict'
    return [
      {
        address: change.address,
        what,
        path,
        real,
        planned: plan,
        metadataOnly: METADATA.test(attribute),
        ...looksLikeHotfix(drifted, path, reasonFor(attribute), weightFor(attribute)),
        tightened: sizeOf(real) < sizeOf(plan),
      },
    ]
  })
}

function topLevel(drifted: Change): string[] {
  return [...new Set(drifted.deltas.map((delta) => String(delta.path[0] ?? '')))].filter(
    (name) => name !== '',
  )
}

/** The plan differs from both sides, but what the hand-made change added is gone, or what it removed is back. */
function returnsPart(state: Value, real: Value, planned: Value): boolean {
  const [s, r, p] = [membersOf(state), membersOf(real), membersOf(planned)]
  if (s === undefined || r === undefined || p === undefined) return false
  const has = (list: readonly JsonValue[], item: JsonValue): boolean =>
    list.some((one) => sameJson(one, item))
  const added = r.filter((item) => !has(s, item))
  const removed = s.filter((item) => !has(r, item))
  return added.some((item) => !has(p, item)) || removed.some((item) => has(p, item))
}

function membersOf(value: Value): readonly JsonValue[] | undefined {
  if (value.kind === 'absent') return []
  if (value.kind !== 'known') return undefined
  if (isList(value.value)) return value.value
  return isObject(value.value)
    ? Object.entries(value.value).map(([key, item]) => [key, item])
    : undefined
}

function sameValue(a: Value, b: Value): boolean {
  if (a.kind === 'known' && b.kind === 'known') return sameJson(a.value, b.value)
  const empty = (value: Value): boolean =>
    value.kind === 'absent' || (value.kind === 'known' && isEmptyJson(value.value))
  return empty(a) && empty(b)
}

function sizeOf(value: Value): number {
  if (value.kind !== 'known') return 0
  return JSON.stringify(value.value).length
}

function weightFor(attribute: string): number {
  if (SECURITY.test(attribute)) return 0.35
  if (CAPACITY.test(attribute) || SWITCH.test(attribute)) return 0.3
  return 0
}

function reasonFor(attribute: string): string {
  if (SECURITY.test(attribute)) return `${attribute} decides who gets in`
  if (CAPACITY.test(attribute)) return `${attribute} is capacity`
  return SWITCH.test(attribute) ? `${attribute} is a switch` : ''
}

function looksLikeHotfix(
  drifted: Change,
  _path: Path,
  reason: string,
  weight: number,
): { hotfix: number; raisedBy: string[] } {
  const raisedBy = reason === '' ? [] : [reason]
  const marked = drifted.deltas.some(
    (delta) =>
      INCIDENT.test(delta.path.join(' ')) ||
      (delta.after.kind === 'known' && INCIDENT.test(JSON.stringify(delta.after.value))),
  )
  if (marked) raisedBy.push('an incident marker stands in it')
  return { hotfix: Math.min(1, weight + (marked ? 0.3 : 0)), raisedBy }
}
