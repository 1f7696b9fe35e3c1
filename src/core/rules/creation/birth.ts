// Does a new object act on something that exists already? Read from its row (`create`), its
// attributes, and where the configuration takes them from.

import type { Facts } from '../../analysis/facts.ts'
import { indexReferences, type References } from '../../analysis/network/references.ts'
import type { Change, Delta } from '../../change/model.ts'
import { plainAt } from '../../change/side.ts'
import { isEmptyJson, isObject } from '../../json.ts'
import type { Birth, BirthMark } from '../../knowledge/kind.ts'
import { blockAddress } from '../../plan/address.ts'
import { unreachable } from '../../result.ts'
import { isUnder } from '../attributes/paths.ts'

export interface Surroundings {
  readonly references: References
  readonly isConfigured: Facts['isConfigured']
  readonly readElsewhere: Facts['readElsewhere']
  /** Changes by the address of their block in the configuration. */
  readonly byBlock: ReadonlyMap<string, readonly Change[]>
}

/** What the births of one plan are held against; indexed once. */
export function surroundingsIn(facts: Facts): Surroundings {
  const byBlock = new Map<string, Change[]>()
  for (const { change } of facts.subjects) {
    const address = blockAddress(change.address)
    const list = byBlock.get(address)
    if (list === undefined) byBlock.set(address, [change])
    else list.push(change)
  }
  const references = indexReferences(facts.plan.configuration)
  const { isConfigured, readElsewhere } = facts
  return { references, isConfigured, readElsewhere, byBlock }
}

/** False only if no mark of the row is found on it, or all that it acts on is new in the same plan. */
export function actsOnExisting(
  birth: Birth & { readonly look: true },
  change: Change,
  surroundings: Surroundings,
): boolean {
  const set = change.deltas.filter((delta) => surroundings.isConfigured(change, delta))
  // What network or identity analysis reads is weighed there, with what it means.
  const isRead = surroundings.readElsewhere(change.address)
  const marks = birth.when?.filter((mark) => !isRead(mark.path))
  if (marks?.every((mark) => !isFound(mark, set)) === true) return false
  if (birth.on === undefined) return true
  const targets = set.filter(({ name }) => birth.on?.some((path) => isUnder(name, path)))
  return targets.length === 0 || targets.some((target) => !isNew(target, change, surroundings))
}

function isFound(mark: BirthMark, set: readonly Delta[]): boolean {
  const values = set.filter(({ name }) => isUnder(name, mark.path)).map(({ after }) => after)
  const hidden = values.some(({ kind }) => kind === 'unknown' || kind === 'sensitive')
  const texts = values.flatMap((after) => (after.kind === 'known' ? wordsOf(after.value) : []))
  switch (mark.is) {
    case 'set':
      return hidden || texts.some((text) => text !== 'false' && text !== '0')
    case 'one-of':
      return hidden || texts.some((text) => isListed(mark.values, text))
    case 'not-one-of':
      // Not set at all means the provider's default, which the row leaves out of its list.
      return hidden || texts.length === 0 || texts.some((text) => !isListed(mark.values, text))
    case 'without':
      return (
        hidden ||
        texts.length === 0 ||
        texts.some((text) => !mark.values.some((word) => text.includes(word)))
      )
    case 'wide-name':
      return hidden || texts.length === 0 || texts.some(isWide)
    default:
      return unreachable(mark)
  }
}

function wordsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsOf)
  return value === null || value === '' || typeof value === 'object' ? [] : [String(value)]
}

function isListed(values: readonly string[], text: string): boolean {
  return values.some((value) => value.toLowerCase() === text.toLowerCase())
}

function isWide(name: string): boolean {
  const labels = name.replace(/\.$/, '').split('.')
  return name === '@' || labels.length === 2 || labels.some((label) => label.includes('*'))
}

/** Its value can come only from objects that this plan creates. */
function isNew(
  target: Delta,
  change: Change,
  { references, byBlock }: Pick<Surroundings, 'references' | 'byBlock'>,
): boolean {
  const sources = references.of(change, target.name)
  if (sources === undefined || sources.length === 0) return false
  const origins = sources.map((address) => byBlock.get(address) ?? [])
  const created = origins.every(
    (list) => list.length > 0 && list.every(({ action }) => action.kind === 'create'),
  )
  if (!created) return false
  if (target.after.kind === 'unknown') return true
  // A known value may as well be a variable beside the reference: it has to be one of the new names.
  const value = target.after.kind === 'known' ? target.after.value : undefined
  if (typeof value !== 'string' || isEmptyJson(value)) return false
  return origins
    .flat()
    .some(
      (origin) =>
        (isObject(origin.after.value) && hasName(origin.after.value, value)) ||
        isBucket(origin, value),
    )
}

function hasName(value: Readonly<Record<string, unknown>>, name: string): boolean {
  return NAMES.some((key) => Object.hasOwn(value, key) && value[key] === name)
}

/** How a log sink names a bucket; nobody else can have one of the same name. */
function isBucket({ type, after }: Change, destination: string): boolean {
  const name = plainAt(after, ['name'])
  if (type !== 'google_storage_bucket' || typeof name !== 'string') return false
  return destination === `storage.googleapis.com/${name}`
}

const NAMES = ['name', 'id', 'bucket', 'identifier', 'cluster_identifier', 'resource_id', 'rule']
