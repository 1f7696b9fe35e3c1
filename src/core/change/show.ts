// How a value of a plan may be shown: masks first, then the name, then the shape. Everything that
// leaves the core as evidence comes through here; nothing else may quote a plan.
import { isList, isObject, type JsonValue, member, type Path, pathText, valueAt } from '../json.ts'
import { visible } from '../text/safe.ts'
import { isSecretName, REDACTED, redact } from '../text/secrets.ts'
import type { Delta, Side, Value } from './model.ts'
import { readSide } from './side.ts'

export const SENSITIVE = '(sensitive)'
export const UNKNOWN = '(known after apply)'

/** UTF-16 units of one shown string, and of one shown container as JSON. */
const MAX_SHOWN = 120

/** The same members as a rule's evidence; rules stand above this floor. */
export interface ShownDelta {
  readonly path: string
  readonly before?: JsonValue
  readonly after?: JsonValue
  readonly forcesReplacement?: true
}

/**
 * What a reader sees of a value: `(sensitive)`, `(known after apply)`, `(redacted)` where the name
 * or the shape says credential, `null` for "not set", else the value. Strings are one line of at
 * most 120 units; containers that do not fit as JSON become `{12 keys}` or `[40 items]`. Masks below
 * a container are not seen here: use `showAt` where a side is at hand.
 *
 * `name` is the attribute's name or dotted path.
 */
export function showValue(value: Value, name: string): JsonValue {
  switch (value.kind) {
    case 'sensitive':
      return SENSITIVE
    case 'unknown':
      return UNKNOWN
    case 'absent':
      return null
    case 'known':
      return show(value.value, undefined, undefined, name)
  }
}

/** What a reader sees of one side at a path, with the marks above and below it applied. */
export function showAt(side: Side, path: Path): JsonValue {
  const value = readSide(side, path)
  const name = path.join('.')
  if (value.kind !== 'known') return showValue(value, name)
  return show(value.value, valueAt(side.unknown, path), valueAt(side.sensitive, path), name)
}

/** Evidence of one delta. Both sides are always given; `null` is "not set". */
export function evidenceOf(delta: Delta): ShownDelta {
  const name = delta.label ?? delta.path.join('.')
  return {
    path: visible(redact(pathText(delta.path)), MAX_SHOWN),
    before: showValue(delta.before, name),
    after: showValue(delta.after, name),
    ...(delta.forcesReplacement ? { forcesReplacement: true as const } : {}),
  }
}

type Mask = JsonValue | undefined

function show(value: JsonValue, unknown: Mask, sensitive: Mask, name: string): JsonValue {
  if (isEmptyContainer(value)) return value
  if (typeof value === 'object' && value !== null) {
    if (isSecretName(name)) return REDACTED
    const budget = { left: MAX_SHOWN }
    const small = showDeep(value, unknown, sensitive, name, budget)
    if (budget.left >= 0 && JSON.stringify(small).length <= MAX_SHOWN) return small
    return isList(value) ? `[${value.length} items]` : `{${Object.keys(value).length} keys}`
  }
  return showScalar(value, name)
}

/** The budget counts nodes: a container of more nodes than characters can never fit. */
function showDeep(
  value: JsonValue,
  unknown: Mask,
  sensitive: Mask,
  name: string,
  budget: { left: number },
): JsonValue {
  budget.left -= 1
  if (sensitive === true) return SENSITIVE
  if (unknown === true) return UNKNOWN
  if (budget.left < 0) return null
  if (isList(value)) {
    return value
      .slice(0, MAX_SHOWN)
      .map((item, at) => showDeep(item, below(unknown, at), below(sensitive, at), name, budget))
  }
  if (!isObject(value)) return showScalar(value, name)
  if (isSecretName(name)) return REDACTED
  // `{ name = "DB_PASSWORD", value = … }`: the entry's name is the value's name.
  const entry = member(value, 'name') ?? member(value, 'key')
  const shown = Object.keys(value)
    .slice(0, MAX_SHOWN)
    .map((key) => {
      const named = key.toLowerCase() === 'value' && typeof entry === 'string' ? entry : key
      const item = value[key] ?? null
      return [
        visible(redact(key), MAX_SHOWN),
        showDeep(item, below(unknown, key), below(sensitive, key), named, budget),
      ] as const
    })
  return Object.fromEntries(shown)
}

function below(mask: Mask, step: string | number): Mask {
  if (mask === true) return true
  if (typeof step === 'string') return member(mask, step)
  return isList(mask) ? mask[step] : undefined
}

function showScalar(value: JsonValue, name: string): JsonValue {
  if (typeof value === 'boolean' || value === null || value === '') return value
  if (isSecretName(name)) return REDACTED
  if (typeof value !== 'string') return value
  return visible(redact(value, { identifier: IDENTIFIER.test(name) }), MAX_SHOWN)
}

/** Names of ids and digests: random by nature, and useless to a thief. */
const IDENTIFIER =
  /(?:^|[._-])(?:ids?|arns?|[a-z0-9]*hash|digest|checksum|etag|fingerprint|thumbprint|sha\d*|md5|version)(?:\.\d+)?$/i

function isEmptyContainer(value: JsonValue): boolean {
  return isList(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0
}
