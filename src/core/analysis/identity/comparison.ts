// What comparing one attribute's two sides yields. Comparers return one; a fact joins several.
import type { Hazard, Severity } from '../../knowledge/kind.ts'

export type DangerKind =
  | 'administrator'
  | 'service-administrator'
  | 'escalation'
  | 'external-principal'
  | 'public'
  | 'condition-loosened'
  | 'not-action'
  | 'organisation-wide'
  | 'boundary-removed'
  | 'guardrail-loosened'
  | 'wildcard'

export type LossKind =
  | 'key-administrator'
  | 'authoritative'
  | 'service-principal'
  | 'trust'
  | 'attachment'
  | 'other'

export interface Danger {
  readonly kind: DangerKind
  readonly text: string
}

export interface Loss {
  readonly kind: LossKind
  readonly text: string
}

export interface Comparison {
  readonly gained: readonly string[]
  readonly lost: readonly string[]
  readonly dangers: readonly Danger[]
  readonly losses: readonly Loss[]
  readonly public: boolean
  /** Beyond those that follow from gained, lost, dangers and losses. */
  readonly hazards: readonly Hazard[]
  /** Not empty: part of the effect could not be worked out. */
  readonly doubts: readonly string[]
  /** What is gained lets nobody do anything by itself: a role only a service may use. */
  readonly mild: boolean
}

export const NIL: Comparison = {
  gained: [],
  lost: [],
  dangers: [],
  losses: [],
  public: false,
  hazards: [],
  doubts: [],
  mild: false,
}

export function compared(parts: Partial<Comparison>): Comparison {
  return { ...NIL, ...parts }
}

export function unknown(doubt: string): Comparison {
  return { ...NIL, doubts: [doubt] }
}

/** Joined, texts sorted and without duplicates. Mild only where every part that gains is. */
export function join(parts: readonly Comparison[]): Comparison {
  const gaining = parts.filter((part) => part.gained.length > 0 || part.dangers.length > 0)
  return {
    gained: unique(parts.flatMap((part) => part.gained)),
    lost: unique(parts.flatMap((part) => part.lost)),
    dangers: uniqueBy(parts.flatMap((part) => part.dangers)),
    losses: uniqueBy(parts.flatMap((part) => part.losses)),
    public: parts.some((part) => part.public),
    hazards: unique(parts.flatMap((part) => part.hazards)),
    doubts: unique(parts.flatMap((part) => part.doubts)),
    mild: gaining.length > 0 && gaining.every((part) => part.mild),
  }
}

const DANGER_HAZARDS: Readonly<Record<DangerKind, readonly Hazard[]>> = {
  administrator: ['privilege-escalation'],
  'service-administrator': ['privilege-escalation'],
  escalation: ['privilege-escalation'],
  'external-principal': ['privilege-escalation'],
  public: ['internet-exposure', 'privilege-escalation'],
  'condition-loosened': ['privilege-escalation'],
  'not-action': ['privilege-escalation'],
  'organisation-wide': ['privilege-escalation', 'blast-radius'],
  'boundary-removed': ['privilege-escalation', 'guardrail-loss'],
  'guardrail-loosened': ['privilege-escalation', 'guardrail-loss'],
  wildcard: ['privilege-escalation'],
}

const DANGER_SEVERITY: Readonly<Record<DangerKind, Severity>> = {
  administrator: 'critical',
  'service-administrator': 'high',
  escalation: 'critical',
  'external-principal': 'critical',
  public: 'critical',
  'condition-loosened': 'high',
  'not-action': 'high',
  'organisation-wide': 'critical',
  'boundary-removed': 'critical',
  'guardrail-loosened': 'critical',
  wildcard: 'high',
}

const LOSS_HAZARDS: Readonly<Record<LossKind, readonly Hazard[]>> = {
  'key-administrator': ['lock-out', 'key-loss'],
  authoritative: ['lock-out', 'outage'],
  'service-principal': ['lock-out', 'outage'],
  trust: ['lock-out', 'outage'],
  attachment: ['lock-out', 'outage'],
  other: ['lock-out', 'outage'],
}

const LOSS_SEVERITY: Readonly<Record<LossKind, Severity>> = {
  'key-administrator': 'critical',
  authoritative: 'critical',
  'service-principal': 'high',
  trust: 'high',
  attachment: 'high',
  other: 'medium',
}

const LADDER: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical']

/** Sorted, without duplicates. A mild gain is no hazard; every other gain or loss is one. */
export function hazardsOf(all: Comparison): readonly Hazard[] {
  const gained: readonly Hazard[] =
    all.gained.length > 0 && !all.mild ? ['privilege-escalation'] : []
  const lost: readonly Hazard[] = all.lost.length > 0 ? ['lock-out', 'outage'] : []
  const unclear: readonly Hazard[] = all.doubts.length > 0 ? ['opaque', 'privilege-escalation'] : []
  return unique([
    ...gained,
    ...lost,
    ...unclear,
    ...all.hazards,
    ...all.dangers.flatMap((danger) => DANGER_HAZARDS[danger.kind]),
    ...all.losses.flatMap((loss) => LOSS_HAZARDS[loss.kind]),
  ])
}

/** The highest of what is gained, lost, dangerous or unclear, for production. */
export function severityOf(all: Comparison): Severity {
  const levels: Severity[] = ['info']
  if (all.gained.length > 0) levels.push(all.mild ? 'low' : 'medium')
  if (all.lost.length > 0) levels.push('medium')
  if (all.doubts.length > 0) levels.push('high')
  for (const danger of all.dangers) levels.push(DANGER_SEVERITY[danger.kind])
  for (const loss of all.losses) levels.push(LOSS_SEVERITY[loss.kind])
  return levels.reduce((a, b) => (LADDER.indexOf(b) > LADDER.indexOf(a) ? b : a))
}

function unique<T extends string>(values: readonly T[]): readonly T[] {
  return [...new Set(values)].sort()
}

function uniqueBy<T extends { readonly kind: string; readonly text: string }>(
  items: readonly T[],
): readonly T[] {
  const byKey = new Map(items.map((item) => [`${item.kind}\n${item.text}`, item]))
  return [...byKey.keys()].sort().flatMap((key) => byKey.get(key) ?? [])
}
