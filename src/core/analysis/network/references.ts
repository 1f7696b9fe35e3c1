// Which resource an attribute takes its value from, followed through variables and module outputs.
// Asked only where the value itself is known after apply.

import type { Change } from '../../change/model.ts'
import { blockAddress } from '../../plan/address.ts'
import type { Configuration, ConfiguredResource, ModuleCall } from '../../plan/model.ts'

export interface References {
  /** Configuration addresses of all resources an attribute refers to; undefined where in doubt. */
  of(change: Change, attribute: string): readonly string[] | undefined
  /** Configuration addresses that any configured resource of these types refers to by an attribute. */
  fromTypes(types: readonly string[], attributes: readonly string[]): ReadonlySet<string>
  /** The configuration sets the attribute or something below it; undefined without configuration. */
  isSet(change: Change, attribute: string): boolean | undefined
}

/** Names followed for one attribute; more than any honest configuration has. */
const MAX_VISITS = 500

export function indexReferences(configuration: Configuration | undefined): References {
  const resources = new Map(configuration?.resources.map((item) => [item.address, item]) ?? [])
  const calls = new Map(configuration?.moduleCalls.map((call) => [call.address, call]) ?? [])
  const book: Book = { resources, calls }
  return {
    of: (change, attribute) => {
      const resource = resources.get(blockAddress(change.address))
      if (resource === undefined) return undefined
      const names = referencesAt(resource, attribute)
      if (names.length === 0) return undefined
      return follow(names, blockAddress(change.moduleAddress), book, new Set())
    },
    fromTypes: (types, attributes) => {
      const found = new Set<string>()
      for (const resource of resources.values()) {
        if (!types.includes(resource.type)) continue
        for (const attribute of attributes) {
          const names = referencesAt(resource, attribute)
          const home = moduleOf(resource.address)
          for (const address of follow(names, home, book, new Set()) ?? []) found.add(address)
        }
      }
      return found
    },
    isSet: (change, attribute) => {
      const resource = resources.get(blockAddress(change.address))
      if (resource === undefined) return undefined
      return (
        resource.constants.some((name) => isAtOrBelow(name, attribute)) ||
        Object.keys(resource.references).some((name) => isAtOrBelow(name, attribute))
      )
    },
  }
}

interface Book {
  readonly resources: ReadonlyMap<string, ConfiguredResource>
  readonly calls: ReadonlyMap<string, ModuleCall>
}

function moduleOf(address: string): string {
  const parts = address.split('.')
  let end = 0
  while (parts[end] === 'module' && end + 2 <= parts.length) end += 2
  return parts.slice(0, end).join('.')
}

function referencesAt(resource: ConfiguredResource, attribute: string): readonly string[] {
  return Object.entries(resource.references).flatMap(([name, names]) =>
    isAtOrBelow(name, attribute) || isAtOrBelow(attribute, name) ? names : [],
  )
}

function isAtOrBelow(name: string, root: string): boolean {
  return name === root || name.startsWith(`${root}.`)
}

/** Undefined as soon as one reference leads somewhere that cannot be followed. */
function follow(
  names: readonly string[],
  home: string,
  book: Book,
  visited: Set<string>,
): readonly string[] | undefined {
  if (names.length > MAX_VISITS) return undefined
  const found = new Set<string>()
  for (const name of longestOnly(names.map(blockAddress))) {
    const visit = `${home} ${name}`
    if (visited.has(visit)) continue
    if (visited.size >= MAX_VISITS) return undefined
    visited.add(visit)
    const next = followOne(name, home, book, visited)
    if (next === undefined) return undefined
    for (const address of next) found.add(address)
  }
  return [...found]
}

/** A reference is listed with all its prefixes (`a.b.id`, `a.b`); only the whole one says something. */
function longestOnly(names: readonly string[]): string[] {
  const unique = [...new Set(names)]
  return unique.filter((name) => !unique.some((other) => other.startsWith(`${name}.`)))
}

function followOne(
  name: string,
  home: string,
  book: Book,
  visited: Set<string>,
): readonly string[] | undefined {
  const [first = '', second = '', third] = name.split('.')
  // Selectors of an instance, and what is known when planning: neither is the source of an unknown.
  if (name === 'count.index' || name === 'each.key' || first === 'path') return []
  if (first === 'var') return followVariable(second, home, book, visited)
  if (first === 'module') {
    const address = home === '' ? `module.${second}` : `${home}.module.${second}`
    const outputs = book.calls.get(address)?.outputs
    if (third === undefined || outputs === undefined || !Object.hasOwn(outputs, third)) {
      return undefined
    }
    return follow(outputs[third] ?? [], address, book, visited)
  }
  const address = home === '' ? `${first}.${second}` : `${home}.${first}.${second}`
  return book.resources.get(address)?.mode === 'managed' ? [address] : undefined
}

function followVariable(
  name: string,
  home: string,
  book: Book,
  visited: Set<string>,
): readonly string[] | undefined {
  // A root variable always has a value when planning.
  if (home === '') return []
  const call = book.calls.get(home)
  if (call === undefined) return undefined
  const names = Object.hasOwn(call.inputs, name) ? (call.inputs[name] ?? []) : []
  return follow(names, home.split('.').slice(0, -2).join('.'), book, visited)
}
