// JSON values as they come from a plan, and the narrow questions asked of them.

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }
export type JsonObject = { readonly [key: string]: JsonValue }

/** Steps from a resource's root: attribute names, map keys and list indexes. */
export type Path = readonly (string | number)[]

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isList(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value)
}

/** Own property only: a key such as `constructor` is data, never the prototype's. */
export function member(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** The value at a path, or undefined where any step is missing. */
export function valueAt(value: JsonValue | undefined, path: Path): JsonValue | undefined {
  let here = value
  for (const step of path) {
    if (typeof step === 'number') here = isList(here) ? here[step] : undefined
    else here = member(here, step)
    if (here === undefined) return undefined
  }
  return here
}

/** Equal in content; the order of object keys never matters, the order of lists does. */
export function sameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true
  if (isList(a)) {
    return isList(b) && a.length === b.length && a.every((item, at) => sameJson(item, b[at]))
  }
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  )
}

/** `null`, `""`, `[]`, `{}`, a list or block of only such values, and absence: "nothing set". */
export function isEmptyJson(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '') return true
  if (isList(value)) return value.length === 0
  return isObject(value) && Object.keys(value).length === 0
}

/** One text for one content: keys sorted, no white space. The input of every digest. */
export function canonicalJson(value: JsonValue): string {
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`)
  return `{${members.join(',')}}`
}

/** The catalogue's form of a path: dotted, without list indexes (`ingress.cidr_blocks`). */
export function dotted(path: Path): string {
  return path.filter((step) => typeof step === 'string').join('.')
}

/** The reader's form of a path: `ingress[0].cidr_blocks`, `tags["kubernetes.io/name"]`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    if (/^[A-Za-z_][\w-]*$/.test(step)) return text === '' ? step : `${text}.${step}`
    return `${text}[${JSON.stringify(step)}]`
  }, '')
}
