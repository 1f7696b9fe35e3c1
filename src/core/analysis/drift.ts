// Drift the apply would undo. `resource_drift` holds state → real; the plan holds real → planned; so
// planned = state ≠ real is a revert of what someone did by hand (or of what a controller did).

import type { Change, Value } from '../change/model.ts'
import { isEmptyJson, isList, type JsonValue, type Path } from '../json.ts'
import type { Subject } from '../knowledge/subject.ts'
import { blockAddress } from '../plan/address.ts'
import type { Dependents } from './blast.ts'
import { type Undone, undoneBy } from './drift/compare.ts'
import {
  compareNumbers,
  hasIncidentMarker,
  isScaledNumber,
  looksLikeHotfix,
} from './drift/hotfix.ts'
import { serviceOf } from './services.ts'

export interface DriftFact {
  readonly address: string
  /**
   * `reverted`: back to the old value, or a member made by hand goes; `conflict`: neither old nor
   * real; `recreated`: it was gone; `destroyed`: changed by hand, and the object goes.
   */
  readonly what: 'reverted' | 'conflict' | 'recreated' | 'destroyed'
  /** Empty where the object as a whole is meant. */
  readonly path: Path
  readonly real: Value
  readonly planned: Value
  /** As a person may see them: redacted. */
  readonly shown: { readonly real: JsonValue; readonly planned: JsonValue }
  readonly members?: Undone['members']
  /** Attributes changed by hand, where the object as a whole is meant. */
  readonly changed: readonly string[]
  /** Only tags, labels, computed noise, or another spelling of one thing. */
  readonly metadataOnly: boolean
  /** 0 to 1: how much it looks like a hot-fix, and what raised it. Nothing but structure lowers it. */
  readonly hotfix: number
  readonly raisedBy: readonly string[]
  /** What was done by hand: made tighter (undoing it re-opens), looser, or more (undoing it cuts). */
  readonly direction: 'tightened' | 'loosened' | 'raised' | 'lowered' | 'unclear'
}

export interface DriftOptions {
  /** The moment to judge by, milliseconds since the epoch. */
  readonly at: number
  readonly dependents: Dependents
  /** Whether code sets the attribute a path begins with. */
  readonly isConfigured: (change: Change, delta: { readonly path: Path }) => boolean
}

const METADATA =
  /^(tags|tags_all|labels|effective_labels|terraform_labels|etag|fingerprint|metadata_fingerprint|label_fingerprint|self_link|last_modified|last_modified_date|last_updated|updated_at|update_time|modified_at|latest_version|latest_revision|default_version|resource_version|generation|user_labels|annotations)(\.|$)/
const SEVERAL = 0.1

/** What the plan undoes, of what refresh found changed. Drift the plan leaves alone gives no fact. */
export function driftFacts(
  drift: readonly Change[],
  subjects: readonly Subject[],
  options: DriftOptions,
): DriftFact[] {
  const planned = new Map<string, Subject>()
  for (const subject of subjects) {
    const { change } = subject
    if (change.deposed !== undefined) continue
    planned.set(change.address, subject)
    if (change.previousAddress !== undefined && !planned.has(change.previousAddress)) {
      planned.set(change.previousAddress, subject)
    }
  }
  const facts = drift.flatMap((drifted) => {
    const subject = planned.get(drifted.address)
    if (subject === undefined || drifted.deposed !== undefined) return []
    return factsOf(drifted, subject.change, options)
  })
  return withNeighbours(facts, planned)
}

function factsOf(drifted: Change, change: Change, options: DriftOptions): DriftFact[] {
  if (drifted.action.kind === 'delete') {
    return change.action.kind === 'create' ? [recreated(change)] : []
  }
  switch (change.action.kind) {
    case 'update':
    case 'replace':
      return undone(drifted, change, options)
    case 'delete':
    case 'forget':
      return destroyed(drifted, change)
    default:
      return []
  }
}

function undone(drifted: Change, change: Change, options: DriftOptions): DriftFact[] {
  const isMarked = hasIncidentMarker(drifted)
  const isScaled =
    drifted.deltas.some(isScaledNumber) &&
    options.dependents(blockAddress(change.address)).some(isAutoscaler)
  return undoneBy(drifted, change, (attribute) =>
    options.isConfigured(change, { path: [attribute] }),
  ).map(
    ({ spelling, ...part }): DriftFact => ({
      address: change.address,
      ...part,
      changed: [],
      metadataOnly: spelling || METADATA.test(String(part.path[0] ?? '')),
      ...looksLikeHotfix(drifted, part.path, part.real, part.planned, {
        at: options.at,
        isScaled,
        isMarked,
      }),
      direction: directionOf(part),
    }),
  )
}

function isAutoscaler(block: string): boolean {
  return /(^|\.)(aws_appautoscaling_target|aws_autoscaling_policy|kubernetes_horizontal_pod_autoscaler(_v\d\w*)?|google_compute_(region_)?autoscaler|azurerm_monitor_autoscale_setting)\.[\w-]+$/.test(
    block,
  )
}

function recreated(change: Change): DriftFact {
  return {
    address: change.address,
    what: 'recreated',
    path: [],
    real: { kind: 'absent' },
    planned: { kind: 'unknown' },
    shown: { real: null, planned: null },
    changed: [],
    metadataOnly: false,
    hotfix: 0.35,
    raisedBy: ['removed by hand'],
    direction: 'tightened',
  }
}

/** Someone changed it since the last apply, and now it goes: perhaps they still need it. */
function destroyed(drifted: Change, change: Change): DriftFact[] {
  const changed = [
    ...new Set(
      drifted.deltas
        .map(({ path }) => String(path[0] ?? ''))
        .filter((name) => name !== '' && !METADATA.test(name)),
    ),
  ].sort()
  const isMarked = hasIncidentMarker(drifted)
  if (changed.length === 0 && !isMarked) return []
  return [
    {
      address: change.address,
      what: 'destroyed',
      path: [],
      real: { kind: 'absent' },
      planned: { kind: 'absent' },
      shown: { real: null, planned: null },
      changed,
      metadataOnly: false,
      hotfix: isMarked ? 0.3 : 0,
      raisedBy: isMarked ? ['an incident marker stands in it'] : [],
      direction: 'unclear',
    },
  ]
}

/** Attributes whose larger value lets more in. */
const OPENS = /(ingress|egress|cidr|source|principal|member|public|peers|allow)/i

function directionOf({
  path,
  real,
  planned,
  members,
}: Omit<Undone, 'spelling'>): DriftFact['direction'] {
  const name = path.join('.')
  const number = compareNumbers(real, planned)
  if (number !== undefined) return number === 'more' ? 'raised' : 'lowered'
  if (members !== undefined) {
    if (members.going.length > 0 && members.returning.length === 0) return 'loosened'
    if (members.returning.length > 0 && members.going.length === 0) return 'tightened'
    if (members.returning.length > 0 && OPENS.test(name)) return 'tightened'
    return 'unclear'
  }
  const on = real.kind === 'known' ? real.value : undefined
  const then = planned.kind === 'known' ? planned.value : undefined
  if (typeof on === 'boolean' || typeof then === 'boolean') {
    const isOpening = OPENS.test(name)
    return (on === true) === isOpening ? 'loosened' : 'tightened'
  }
  if (isList(on) && isEmptyJson(then) && OPENS.test(name)) return 'loosened'
  return 'unclear'
}

/** Several drifts in one service look like someone at work there. */
function withNeighbours(
  facts: readonly DriftFact[],
  planned: ReadonlyMap<string, Subject>,
): DriftFact[] {
  const addresses = new Map<string, Set<string>>()
  const serviceAt = (address: string): string | undefined => {
    const subject = planned.get(address)
    return subject === undefined ? undefined : serviceOf(subject)
  }
  for (const { address } of facts) {
    const service = serviceAt(address)
    if (service === undefined) continue
    addresses.set(service, (addresses.get(service) ?? new Set()).add(address))
  }
  return facts.map((fact) => {
    const size = addresses.get(serviceAt(fact.address) ?? '')?.size ?? 0
    if (size < 2) return fact
    return {
      ...fact,
      hotfix: Math.min(1, fact.hotfix + SEVERAL),
      raisedBy: fact.metadataOnly
        ? fact.raisedBy
        : [...fact.raisedBy, `${size} objects of this service were changed by hand`],
    }
  })
}
