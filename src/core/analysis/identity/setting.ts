// What a comparer may look at: the two sides of one change, read through their masks, and what is
// known around it.
import type { Change, Side } from '../../change/model.ts'
import { hasSensitiveBelow, hasUnknownBelow, readSide } from '../../change/side.ts'
import { isEmptyJson, type JsonValue } from '../../json.ts'
import type { KindRow } from '../../knowledge/kind.ts'
import { type Comparison, unknown } from './comparison.ts'

export interface Setting {
  readonly change: Change
  readonly row: KindRow
  /** Undefined where the object does not exist on that side. */
  readonly before: Side | undefined
  readonly after: Side | undefined
  /** AWS account ids of ours. */
  readonly accounts: ReadonlySet<string>
  /** Mail domains of people who already hold something. */
  readonly domains: ReadonlySet<string>
  /** The attribute is written in the configuration, or the configuration is not known. */
  readonly isConfigured: (attribute: string) => boolean
  /** An unknown attribute is but the id of something this plan creates, judged by itself. */
  readonly isCreatedHere: (attribute: string) => boolean
}

export type Comparer = (setting: Setting, path: string) => Comparison

/** One attribute on one side: nothing set, a value that is all plain, or why it cannot be read. */
export type Reading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'plain'; readonly value: JsonValue }
  | { readonly kind: 'hidden'; readonly why: 'sensitive' | 'unknown' }

/**
 * On create, an attribute that is unknown and not written in the configuration gets the provider's
 * default, which is "nothing set" for every attribute read here. (A `dynamic` block leaves no trace
 * in the configuration; only inline policies of a role are blocks among them.)
 */
export function reading(setting: Setting, which: 'before' | 'after', attribute: string): Reading {
  const side = setting[which]
  if (side === undefined) return { kind: 'absent' }
  const path = attribute.split('.')
  if (hasSensitiveBelow(side, path)) return { kind: 'hidden', why: 'sensitive' }
  if (hasUnknownBelow(side, path)) {
    const isDefault = setting.before === undefined && !setting.isConfigured(attribute)
    return isDefault ? { kind: 'absent' } : { kind: 'hidden', why: 'unknown' }
  }
  const value = readSide(side, path)
  if (value.kind !== 'known' || isEmptyJson(value.value)) return { kind: 'absent' }
  return { kind: 'plain', value: value.value }
}

/** A comparer for one attribute that holds a whole document on each side. */
export function comparingDocuments(
  compare: (
    before: JsonValue | undefined,
    after: JsonValue | undefined,
    setting: Setting,
  ) => Comparison,
): Comparer {
  return (setting, path) => {
    const [before, after] = [reading(setting, 'before', path), reading(setting, 'after', path)]
    if (before.kind === 'hidden') return unknown(hiddenText(path, before.why, 'before'))
    if (after.kind === 'hidden') return unknown(hiddenText(path, after.why, 'after'))
    const old = before.kind === 'plain' ? before.value : undefined
    const now = after.kind === 'plain' ? after.value : undefined
    // An object that stays but has no document any more falls back to the service's default.
    if (setting.after !== undefined && old !== undefined && now === undefined) {
      const removed = compare(old, undefined, setting)
      const doubt = `${path} is removed: what the service allows without one is not in the plan`
      return { ...removed, doubts: [...removed.doubts, doubt] }
    }
    return compare(old, now, setting)
  }
}

export function hiddenText(
  path: string,
  why: 'sensitive' | 'unknown',
  which: 'before' | 'after',
): string {
  const side = which === 'before' ? ' before' : ''
  return why === 'sensitive' ? `${path} is sensitive${side}` : `${path} is known only after apply`
}
