// Streams `configuration` into its summary: who refers to whom, what is literal, what runs. Literal
// values, defaults and descriptions are dropped here; they may be secret, and they are most of it.
//
// Plans repeat the block of a module at each of its calls, byte for byte; a repeated piece is parsed
// once. Beyond the first part only blocks of changed resources are kept, and the summary says so. Over
// its limits it is given up whole.
import type { JsonValue } from '../json.ts'
import { hashText, mayName, type Wanted } from './address-hash.ts'
import {
  asText,
  type Block,
  type References,
  readExpressions,
  texts,
  toBlock,
  toOutputs,
} from './expressions.ts'
import { parseKept } from './kept.ts'
import { LIMITS } from './limits.ts'
import { createMemo, type Memo } from './memo.ts'
import type { Configuration, ConfiguredResource, ModuleCall, ProviderConfig } from './model.ts'
import { given } from './shape.ts'
import { SKIP, type Visit } from './visit.ts'

export interface ConfigurationReader {
  readonly visit: Visit
  /** Undefined where the document has none, or more than the limits allow. */
  result(): Configuration | undefined
  overLimit(): boolean
}

const ADDRESS: Uint8Array = new TextEncoder().encode('address')

/**
 * `changed`: the blocks of the resources that the plan changes, as soon as all of them are known;
 * asked once, when the configuration begins. Undefined before: then every block counts as one.
 */
export function createConfigurationReader(changed: () => Wanted | undefined): ConfigurationReader {
  const resources: ConfiguredResource[] = []
  const moduleCalls: ModuleCall[] = []
  const providers: ProviderConfig[] = []
  const sensitiveVariables: string[] = []
  let outputs: References = {}
  let seen = false
  let over = false
  let parsedBytes = 0
  let entries = 0
  let blockBytes = 0
  let wanted: Wanted | undefined
  let partial = false
  const blocks = createMemo(toBlock)
  const outputMaps = createMemo(toOutputs)

  function spend(bytes: number): boolean {
    parsedBytes += bytes
    if (parsedBytes > LIMITS.configurationBytes || entries > LIMITS.configurationEntries) give()
    return !over
  }

  function give(): void {
    over = true
    resources.length = 0
    moduleCalls.length = 0
    providers.length = 0
    blocks.clear()
    outputMaps.clear()
  }

  function keep(take: (value: JsonValue) => void): Visit {
    if (over) return SKIP
    return {
      visit: 'keep',
      maxBytes: LIMITS.elementBytes,
      take(slice) {
        if (!spend(slice.bytes.length)) return undefined
        const parsed = parseKept(slice)
        if (!parsed.ok) return parsed.error
        take(parsed.value)
        return undefined
      },
    }
  }

  function remembered<T>(memo: Memo<T>, take: (value: T) => void): Visit {
    if (over) return SKIP
    return {
      visit: 'keep',
      maxBytes: LIMITS.elementBytes,
      take(slice) {
        entries += 1
        const known = memo.find(slice)
        if (known.value === undefined && known.failure !== undefined) return known.failure
        if (!spend(known.parsedBytes)) return undefined
        if (known.value !== undefined) take(known.value)
        return undefined
      },
    }
  }

  function blocksVisit(path: readonly string[]): Visit {
    const prefix = moduleAddress(path)
    const before = hashText(prefix === '' ? '' : `${prefix}.`)
    const kept = remembered(blocks, (block) => {
      resources.push(placed(block, prefix, path))
    })
    if (kept.visit !== 'keep') return kept
    return {
      ...kept,
      take(slice) {
        blockBytes += slice.bytes.length
        if (wanted !== undefined && blockBytes > LIMITS.configurationFullBytes) {
          if (!mayName(slice.bytes, ADDRESS, wanted, before)) {
            partial = true
            return undefined
          }
        }
        return kept.take(slice)
      },
    }
  }

  function moduleVisit(path: readonly string[], onOutputs: (outputs: References) => void): Visit {
    const variables = path.length === 0 ? variablesVisit() : SKIP
    return object('configuration module', (key) => {
      if (key === 'resources') {
        return { visit: 'list', where: 'configuration resources', element: blocksVisit(path) }
      }
      if (key === 'outputs') return remembered(outputMaps, onOutputs)
      if (key === 'variables') return variables
      if (key === 'module_calls') {
        return object('configuration module_calls', (name) => callVisit([...path, name]))
      }
      return SKIP
    })
  }

  function callVisit(path: readonly string[]): Visit {
    let source = ''
    let versionConstraint: string | undefined
    let inputs: References = {}
    let outputs: References = {}
    let dependsOn: readonly string[] = []
    entries += 1
    return object(
      'a module call in configuration',
      (key) => {
        if (key === 'source') return keep((value) => (source = asText(value) ?? ''))
        if (key === 'version_constraint') {
          return keep((value) => {
            versionConstraint = asText(value)
          })
        }
        if (key === 'expressions')
          return keep((value) => (inputs = readExpressions(value).references))
        if (key === 'depends_on') return keep((value) => (dependsOn = texts(value)))
        if (key === 'module') return moduleVisit(path, (found) => (outputs = found))
        return SKIP
      },
      () => {
        if (!spend(0)) return
        const address = moduleAddress(path)
        const version = given('versionConstraint', versionConstraint)
        moduleCalls.push({ address, source, ...version, inputs, outputs, dependsOn })
      },
    )
  }

  function variablesVisit(): Visit {
    return object('configuration variables', (name) =>
      object('a variable in configuration', (key) =>
        key !== 'sensitive'
          ? SKIP
          : keep((value) => {
              if (value !== false && value !== null) sensitiveVariables.push(name)
            }),
      ),
    )
  }

  function providerVisit(key: string): Visit {
    let fullName: string | undefined
    let versionConstraint: string | undefined
    entries += 1
    return object(
      'a provider in configuration',
      (field) => {
        if (field === 'full_name') {
          return keep((value) => {
            fullName = asText(value)
          })
        }
        if (field !== 'version_constraint') return SKIP
        return keep((value) => {
          versionConstraint = asText(value)
        })
      },
      () => {
        const version = given('versionConstraint', versionConstraint)
        if (spend(0)) providers.push({ key, ...given('fullName', fullName), ...version })
      },
    )
  }

  const visit = object('configuration', (key) => {
    if (key === 'provider_config') return object('provider_config', providerVisit)
    if (key !== 'root_module') return SKIP
    seen = true
    wanted = changed()
    return moduleVisit([], (found) => (outputs = found))
  })
  return {
    visit,
    overLimit: () => over,
    result: () =>
      seen && !over
        ? {
            resources,
            moduleCalls,
            providers,
            sensitiveVariables,
            outputs,
            ...(partial ? { partial } : {}),
          }
        : undefined,
  }
}

/** `module.a.module.b`, `` for the root. */
function moduleAddress(path: readonly string[]): string {
  return path.map((name) => `module.${name}`).join('.')
}

/** Written out: a spread would take longer than everything else here on large plans. */
function placed(block: Block, prefix: string, moduleCalls: readonly string[]): ConfiguredResource {
  const placed: ConfiguredResource = {
    address: prefix === '' ? block.local : `${prefix}.${block.local}`,
    moduleCalls,
    mode: block.mode,
    type: block.type,
    name: block.name,
    references: block.references,
    constants: block.constants,
    dependsOn: block.dependsOn,
    provisioners: block.provisioners,
    hasCount: block.hasCount,
    hasForEach: block.hasForEach,
  }
  if (block.providerConfigKey === undefined) return placed
  return Object.assign(placed, { providerConfigKey: block.providerConfigKey })
}

function object(where: string, member: (key: string) => Visit, end?: () => void): Visit {
  return {
    visit: 'object',
    where,
    member,
    end: () => {
      end?.()
      return undefined
    },
  }
}
