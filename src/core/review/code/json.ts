// The JSON form of the configuration: the same blocks, as objects inside objects.
// https://developer.hashicorp.com/terraform/language/syntax/json
import { isList, isObject, type JsonValue } from '../../json.ts'
import { parseJson } from '../../text/parse-json.ts'
import { isSecretName } from '../../text/secret-names.ts'
import { REDACTED } from '../../text/secrets.ts'
import type { SourceBlock } from './blocks.ts'

const LABELLED = ['resource', 'data', 'ephemeral']
const PLAIN = ['moved', 'removed', 'import']

/** Blocks as indented JSON, with their comments (`//`); none for text that is no JSON. Never throws. */
export function blocksInJson(text: string): readonly SourceBlock[] {
  try {
    const root = parseJson(text)
    return [
      ...LABELLED.flatMap((keyword) =>
        membersOf(member(root, keyword)).flatMap(([type, names]) =>
          membersOf(names).map(([name, body]) =>
            block(keyword, [type, name], { [keyword]: { [type]: { [name]: withheld(body) } } }),
          ),
        ),
      ),
      ...PLAIN.flatMap((keyword) =>
        listOf(member(root, keyword)).map((body) => block(keyword, [], { [keyword]: body })),
      ),
    ]
  } catch {
    // No JSON, or nested beyond what the runtime's stack takes: the tool would not read it either.
    return []
  }
}

function block(keyword: string, labels: readonly string[], value: JsonValue): SourceBlock {
  return { keyword, labels, comments: '', text: JSON.stringify(value, null, 2) }
}

function member(value: JsonValue, key: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** Any level may be a list of objects instead of an object. */
function membersOf(value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] {
  return listOf(value).flatMap((one) => (isObject(one) ? Object.entries(one) : []))
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return []
  return isList(value) ? value : [value]
}

/** Without any text under a name that announces a credential. */
function withheld(value: JsonValue, isSecret = false): JsonValue {
  if (typeof value === 'string') return isSecret && !/^\$\{[\w.]+\}$/.test(value) ? REDACTED : value
  if (isList(value)) return value.map((item) => withheld(item, isSecret))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      withheld(item, isSecret || isSecretName(key)),
    ]),
  )
}
