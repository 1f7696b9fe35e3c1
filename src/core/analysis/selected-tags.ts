// Tag keys that something in this plan selects by: attribute-based access in policy documents, and
// selectors of backup plans. A tag that is read is not metadata.
import { isList, isObject, type JsonValue } from '../json.ts'
import type { Subject } from '../knowledge/subject.ts'

const IN_POLICY =
  /(?:(?:aws|ec2):(?:Resource|Request|Principal)Tag|s3:ExistingObjectTag|resource\.matchTag\w*\(['"]?)\/?([\w:./@+=-]{1,128})/g
const SELECTORS = new Set([
  'selection_tag',
  'target_tags',
  'target_tag',
  'tag_filter',
  'ec2_tag_filter',
])

/** The keys, from both sides of changed objects and from kept neighbours. */
export function selectedTags(subjects: readonly Subject[]): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const { change } of subjects) {
    collect(change.before.value, keys)
    collect(change.after.value, keys)
  }
  return keys
}

function collect(value: JsonValue, keys: Set<string>): void {
  if (typeof value === 'string') {
    if (!value.includes('Tag')) return
    for (const match of value.matchAll(IN_POLICY)) if (match[1] !== undefined) keys.add(match[1])
    return
  }
  if (isList(value)) {
    for (const item of value) collect(item, keys)
    return
  }
  if (!isObject(value)) return
  for (const [name, item] of Object.entries(value)) {
    if (SELECTORS.has(name)) selectorKeys(item, keys)
    collect(item, keys)
  }
}

function selectorKeys(value: JsonValue, keys: Set<string>): void {
  if (isList(value)) for (const item of value) selectorKeys(item, keys)
  if (!isObject(value)) return
  if (typeof value.key === 'string') keys.add(value.key)
  else
    for (const [name, item] of Object.entries(value)) if (typeof item === 'string') keys.add(name)
}
