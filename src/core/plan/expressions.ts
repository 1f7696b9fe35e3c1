// Pieces of `configuration` that have been parsed: expressions, resource blocks, outputs.
import { isList, isObject, type JsonObject, type JsonValue, member } from '../json.ts'
import { LIMITS } from './limits.ts'
import type { ConfiguredResource } from './model.ts'
import { given } from './shape.ts'

export type References = Readonly<Record<string, readonly string[]>>
/** A resource block without its place in the tree of modules. */
export type Block = Omit<ConfiguredResource, 'address' | 'moduleCalls'> & { readonly local: string }

/** A resource block; fields of another shape than expected read as absent. */
export function toBlock(raw: JsonValue): Block {
  const mode = asText(member(raw, 'mode')) ?? 'managed'
  const type = asText(member(raw, 'type')) ?? ''
  const name = asText(member(raw, 'name')) ?? ''
  const provisioners = member(raw, 'provisioners')
  return {
    local: asText(member(raw, 'address')) ?? `${mode === 'data' ? 'data.' : ''}${type}.${name}`,
    mode,
    type,
    name,
    ...given('providerConfigKey', asText(member(raw, 'provider_config_key'))),
    ...readExpressions(member(raw, 'expressions')),
    dependsOn: texts(member(raw, 'depends_on')),
    provisioners: isList(provisioners) ? provisioners.map(toProvisioner) : [],
    hasCount: member(raw, 'count_expression') !== undefined,
    hasForEach: member(raw, 'for_each_expression') !== undefined,
  }
}

/** Outputs of a module: name → references. */
export function toOutputs(raw: JsonValue): References {
  if (!isObject(raw)) return {}
  return Object.fromEntries(
    Object.entries(raw).map(([name, output]) => [
      name,
      texts(member(member(output, 'expression'), 'references')),
    ]),
  )
}

/** Dotted attribute path → references, and the paths that are literals. Repeated blocks share a path. */
export function readExpressions(raw: JsonValue | undefined): {
  readonly references: References
  readonly constants: readonly string[]
} {
  const references = new Map<string, string[]>()
  const constants = new Set<string>()
  if (isObject(raw)) walk(raw, '', references, constants)
  return { references: Object.fromEntries(references), constants: [...constants] }
}

function walk(
  block: JsonObject,
  prefix: string,
  references: Map<string, string[]>,
  constants: Set<string>,
): void {
  for (const [key, inner] of Object.entries(block)) {
    const path = prefix === '' ? key : `${prefix}.${key}`
    for (const one of isList(inner) ? inner : [inner]) {
      if (!isObject(one)) continue
      if (Object.hasOwn(one, 'constant_value')) constants.add(path)
      else if (isList(one.references)) {
        const found = references.get(path) ?? []
        for (const reference of texts(one.references)) {
          if (!found.includes(reference)) found.push(reference)
        }
        references.set(path, found)
      } else walk(one, path, references, constants)
    }
  }
}

/** Only a literal `command` is kept, cut: it is hostile text and may hold a secret. */
function toProvisioner(raw: JsonValue): { readonly type: string; readonly command?: string } {
  const type = asText(member(raw, 'type')) ?? ''
  const command = member(member(member(raw, 'expressions'), 'command'), 'constant_value')
  const kept =
    type === 'local-exec' ? asText(command)?.slice(0, LIMITS.commandCharacters) : undefined
  return { type, ...given('command', kept) }
}

export function asText(raw: JsonValue | undefined): string | undefined {
  return typeof raw === 'string' ? raw : undefined
}

/** The strings of a list; anything else is no strings. */
export function texts(raw: JsonValue | undefined): readonly string[] {
  return isList(raw) ? raw.filter((one) => typeof one === 'string') : []
}
