// What is kept of a plan document, member by member, in whatever order the members come.
import type { JsonValue } from '../json.ts'
import type { Result } from '../result.ts'
import { blockAddress } from './address.ts'
import { hashText, mayName, type Wanted } from './address-hash.ts'
import { type ConfigurationReader, createConfigurationReader } from './configuration.ts'
import {
  shapeCheck,
  shapeCondition,
  shapeDeferred,
  shapeInvocation,
  shapeRelevant,
} from './entries.ts'
import type { PlanFailure } from './failure.ts'
import { parseKept } from './kept.ts'
import { LIMITS } from './limits.ts'
import type {
  ActionInvocation,
  CheckResult,
  Deferred,
  OutputChange,
  Plan,
  ResourceChange,
} from './model.ts'
import { onlyDrifted } from './only-drifted.ts'
import { plainNoOpType, type SeenTypes } from './plain-no-op.ts'
import { recogniseKey, recogniseKeys } from './recognise.ts'
import { isPlainNoOp, shapeChange, shapeOutput } from './shape.ts'
import { SKIP, type Slice, type Visit } from './visit.ts'

export interface DocumentOptions {
  readonly keepUnchanged: (type: string) => boolean
  readonly maxKeptBytes: number
}

/** What the scan of one document gathers; filled while it runs, complete when the document closed. */
export interface Gathered {
  readonly keys: Set<string>
  readonly changes: ResourceChange[]
  readonly unchanged: ResourceChange[]
  readonly drift: ResourceChange[]
  readonly outputs: OutputChange[]
  readonly checks: CheckResult[]
  readonly invocations: ActionInvocation[]
  readonly deferred: Deferred[]
  readonly relevantAttributes: Plan['relevantAttributes'][number][]
  readonly variableNames: string[]
  /** Values of variables that may name the environment; their marks come later in the document. */
  readonly environmentValues: Map<string, string>
  readonly scalars: Map<string, JsonValue>
  readonly configuration: ConfigurationReader
  noOps: number
  /** A provider of OpenTofu's registry was seen. */
  openTofuProvider: boolean
  relevantCut: boolean
}

const ENVIRONMENT_NAMES: ReadonlySet<string> = new Set([
  'env',
  'environment',
  'stage',
  'tier',
  'deployment',
])
const RESOURCE: Uint8Array = new TextEncoder().encode('resource')
const SCALARS: ReadonlySet<string> = new Set([
  'format_version',
  'plan_format_version',
  'terraform_version',
  'timestamp',
  'applyable',
  'complete',
  'errored',
])

/** The visit of the whole document, and what it gathers. */
export function createDocument(options: DocumentOptions): {
  readonly root: Visit
  readonly gathered: Gathered
} {
  const gathered: Gathered = {
    keys: new Set(),
    changes: [],
    unchanged: [],
    drift: [],
    outputs: [],
    checks: [],
    invocations: [],
    deferred: [],
    relevantAttributes: [],
    variableNames: [],
    environmentValues: new Map(),
    scalars: new Map(),
    configuration: createConfigurationReader(changedBlocks),
    noOps: 0,
    openTofuProvider: false,
    relevantCut: false,
  }
  let keptBytes = 0
  let drifted: Wanted | undefined
  const types: SeenTypes = []

  /** Undefined while resources may still come. */
  function changedBlocks(): Wanted | undefined {
    if (!gathered.keys.has('resource_changes')) return undefined
    const all = [...gathered.changes, ...gathered.unchanged, ...gathered.drift]
    return new Set(all.map(({ address }) => hashText(blockAddress(address))))
  }

  function hasDrifted(slice: Slice): boolean {
    if (!gathered.keys.has('resource_drift')) return true
    drifted ??= new Set(gathered.drift.map(({ address }) => hashText(address)))
    return mayName(slice.bytes, RESOURCE, drifted)
  }

  function keep(take: (value: JsonValue) => PlanFailure | undefined): Keep {
    return {
      visit: 'keep',
      maxBytes: LIMITS.elementBytes,
      take(slice) {
        keptBytes += slice.bytes.length
        if (keptBytes > options.maxKeptBytes) {
          return limit('all kept elements together', options.maxKeptBytes, 'bytes')
        }
        const parsed = parseKept(slice)
        return parsed.ok ? take(parsed.value) : parsed.error
      },
    }
  }

  function listOf(where: string, take: (value: JsonValue) => PlanFailure | undefined): Visit {
    return { visit: 'list', where, element: keep(take) }
  }

  /** Collects shaped entries into a list that has a limit. */
  function collect<T>(
    where: string,
    into: T[],
    max: number,
    shape: (raw: JsonValue) => Result<T, PlanFailure>,
  ): (raw: JsonValue) => PlanFailure | undefined {
    return (raw) => {
      const shaped = shape(raw)
      if (!shaped.ok) return shaped.error
      if (into.length >= max) return limit(where, max, 'entries')
      into.push(shaped.value)
      return undefined
    }
  }

  function takeChange(raw: JsonValue): PlanFailure | undefined {
    const shaped = shapeChange(raw, 'resource_changes[]', false)
    if (!shaped.ok) return shaped.error
    const change = shaped.value
    noteProvider(change.providerName)
    if (!isPlainNoOp(change)) gathered.changes.push(change)
    else {
      gathered.noOps += 1
      if (options.keepUnchanged(change.type)) gathered.unchanged.push(change)
    }
    const kept = gathered.changes.length + gathered.unchanged.length
    return kept > LIMITS.changes ? limit('resource_changes', LIMITS.changes, 'entries') : undefined
  }

  function noteProvider(name: string | undefined): void {
    if (name?.startsWith('registry.opentofu.org/') === true) gathered.openTofuProvider = true
  }

  function takeRelevant(raw: JsonValue): PlanFailure | undefined {
    if (gathered.relevantAttributes.length >= LIMITS.relevantAttributes) {
      gathered.relevantCut = true
      return undefined
    }
    const shaped = shapeRelevant(raw)
    if (!shaped.ok) return shaped.error
    gathered.relevantAttributes.push(shaped.value)
    return undefined
  }

  function variable(name: string): Visit {
    gathered.variableNames.push(name)
    if (!ENVIRONMENT_NAMES.has(name)) return SKIP
    const value = keep((raw) => {
      if (typeof raw === 'string' && raw.length <= LIMITS.environmentCharacters) {
        gathered.environmentValues.set(name, raw)
      }
      return undefined
    })
    const member = (key: string): Visit => (key === 'value' ? value : SKIP)
    return { visit: 'object', where: 'variables', member }
  }

  function isOfInterest(slice: Slice): boolean {
    // The first no-op is parsed all the same: its provider tells Terraform from OpenTofu.
    const type = gathered.noOps === 0 ? undefined : plainNoOpType(slice, types)
    if (type === undefined || options.keepUnchanged(type)) return true
    gathered.noOps += 1
    return false
  }
  const changes: Visit = { ...only(isOfInterest, keep(takeChange)), marked: true }

  const members: Readonly<Record<string, Visit>> = {
    resource_changes: { visit: 'list', where: 'resource_changes', element: changes },
    resource_drift: listOf(
      'resource_drift',
      collect('resource_drift', gathered.drift, LIMITS.drift, (raw) =>
        shapeChange(onlyDrifted(raw), 'resource_drift[]', true),
      ),
    ),
    output_changes: {
      visit: 'object',
      where: 'output_changes',
      member: (name) =>
        keep(
          collect('output_changes', gathered.outputs, LIMITS.entries, (raw) =>
            shapeOutput(name, raw),
          ),
        ),
    },
    checks: listOf('checks', collect('checks', gathered.checks, LIMITS.entries, shapeCheck)),
    condition_results: listOf(
      'condition_results',
      collect('condition_results', gathered.checks, LIMITS.entries, shapeCondition),
    ),
    action_invocations: listOf(
      'action_invocations',
      collect('action_invocations', gathered.invocations, LIMITS.entries, shapeInvocation),
    ),
    deferred_changes: listOf(
      'deferred_changes',
      collect('deferred_changes', gathered.deferred, LIMITS.entries, (raw) =>
        shapeDeferred(raw, 'deferred_changes[]', 'resource_change'),
      ),
    ),
    deferred_action_invocations: listOf(
      'deferred_action_invocations',
      collect('deferred_action_invocations', gathered.deferred, LIMITS.entries, (raw) =>
        shapeDeferred(raw, 'deferred_action_invocations[]', 'action_invocation'),
      ),
    ),
    relevant_attributes: {
      visit: 'list',
      where: 'relevant_attributes',
      element: only(hasDrifted, keep(takeRelevant)),
    },
    variables: { visit: 'object', where: 'variables', member: variable },
    configuration: gathered.configuration.visit,
  }

  const root: Visit = {
    visit: 'object',
    where: 'the document',
    member(key) {
      const failure = recogniseKey(key)
      if (failure !== undefined) return { visit: 'refuse', failure }
      gathered.keys.add(key)
      if (SCALARS.has(key)) return keep((value) => void gathered.scalars.set(key, value))
      return Object.hasOwn(members, key) ? (members[key] ?? SKIP) : SKIP
    },
    end: () => recogniseKeys(gathered.keys),
  }
  return { root, gathered }
}

type Keep = Extract<Visit, { visit: 'keep' }>

/** Takes what passes; the rest is dropped unparsed. */
function only(passes: (slice: Slice) => boolean, kept: Keep): Keep {
  return { ...kept, take: (slice) => (passes(slice) ? kept.take(slice) : undefined) }
}

function limit(what: string, max: number, unit: string): PlanFailure {
  return { reason: 'limit', limit: what, max, unit }
}
