// From what the scan gathered to a `Plan`: versions, product, flags, and what a person should know.
import type { JsonValue } from '../json.ts'
import { err, ok, type Result } from '../result.ts'
import type { Gathered } from './document.ts'
import type { PlanFailure } from './failure.ts'
import type { Plan, Variable } from './model.ts'
import { given, wrong } from './shape.ts'

export interface Source {
  readonly bytes: number
  readonly digest: string
  readonly notes: readonly string[]
}

/** The plan; fails with `unsupported-format` and, for flags that are no booleans, `unexpected-shape`. */
export function conclude(gathered: Gathered, source: Source): Result<Plan, PlanFailure> {
  const notes = [...source.notes]
  const format = formatVersion(gathered, notes)
  if (!format.ok) return format
  const errored = flag(gathered, 'errored')
  if (!errored.ok) return errored
  const complete = flag(gathered, 'complete')
  if (!complete.ok) return complete
  const applyable = flag(gathered, 'applyable')
  if (!applyable.ok) return applyable

  const redacted = gathered.keys.has('plan_format_version') || gathered.keys.has('provider_schemas')
  if (redacted) notes.push('a redacted plan: values, configuration and flags are missing from it')
  const configuration = gathered.configuration.result()
  if (gathered.configuration.overLimit()) {
    notes.push('configuration exceeds its limit and was left out: what refers to what is unknown')
  }
  if (configuration?.partial === true) {
    notes.push(
      'configuration is large: of its later part only blocks of changed resources were kept',
    )
  }
  if (gathered.relevantCut) {
    notes.push('relevant_attributes exceeds its limit: the rest was left out')
  }
  const drifted = new Set(gathered.drift.map(({ address }) => address))
  return ok({
    formatVersion: format.value,
    ...given('terraformVersion', string(gathered.scalars.get('terraform_version'))),
    product: isOpenTofu(gathered) ? 'opentofu' : 'terraform',
    bytes: source.bytes,
    digest: source.digest,
    changes: gathered.changes,
    unchanged: gathered.unchanged,
    noOps: gathered.noOps,
    drift: gathered.drift,
    outputs: gathered.outputs,
    relevantAttributes: gathered.relevantAttributes.filter(({ resource }) => drifted.has(resource)),
    ...given('configuration', configuration),
    variables: variables(gathered),
    checks: gathered.checks,
    invocations: gathered.invocations,
    deferred: gathered.deferred,
    flags: {
      errored: errored.value ?? false,
      ...given('complete', complete.value),
      ...given('applyable', applyable.value),
    },
    ...given('timestamp', string(gathered.scalars.get('timestamp'))),
    redacted,
    notes,
  })
}

/** Versions 0.x and 1.x are read; a missing one only where `recogniseKeys` let the document through. */
function formatVersion(gathered: Gathered, notes: string[]): Result<string, PlanFailure> {
  const key = gathered.keys.has('format_version') ? 'format_version' : 'plan_format_version'
  if (!gathered.keys.has(key)) {
    notes.push(
      'format_version is missing: a development build of Terraform 0.12, or a trimmed plan',
    )
    return ok('unknown')
  }
  const raw = gathered.scalars.get(key) ?? null
  const version = typeof raw === 'number' ? String(raw) : raw
  if (typeof version !== 'string') return err(wrong(key, 'a string'))
  if (!/^[01](\.[0-9]{1,6}){0,2}$/.test(version)) {
    return err({ reason: 'unsupported-format', version })
  }
  if (typeof raw === 'number') notes.push(`${key} is a number, which Terraform never writes`)
  return ok(version)
}

function flag(gathered: Gathered, key: string): Result<boolean | undefined, PlanFailure> {
  const raw = gathered.scalars.get(key) ?? undefined
  if (raw === undefined || typeof raw === 'boolean') return ok(raw)
  return err(wrong(key, 'a boolean'))
}

/** Sensitivity is written in `configuration` only; without it no value is given away. */
function variables(gathered: Gathered): readonly Variable[] {
  const configuration = gathered.configuration.result()
  const marked = new Set(configuration?.sensitiveVariables)
  return gathered.variableNames.map((name) => {
    const sensitive = configuration === undefined || marked.has(name)
    return {
      name,
      sensitive,
      ...given('value', sensitive ? undefined : gathered.environmentValues.get(name)),
    }
  })
}

/**
 * OpenTofu keeps the key `terraform_version` for its own version. What tells them apart: its provider
 * registry, and the flags that Terraform has written since 1.8 and OpenTofu never did.
 */
function isOpenTofu(gathered: Gathered): boolean {
  if (gathered.openTofuProvider) return true
  const providers = gathered.configuration.result()?.providers ?? []
  if (providers.some((one) => one.fullName?.startsWith('registry.opentofu.org/') === true))
    return true
  const version = /^1\.([0-9]+)\./.exec(string(gathered.scalars.get('terraform_version')) ?? '')
  const has = (key: string): boolean => gathered.keys.has(key)
  return Number(version?.[1] ?? 0) >= 8 && has('errored') && !has('applyable') && !has('complete')
}

function string(raw: JsonValue | undefined): string | undefined {
  return typeof raw === 'string' ? raw : undefined
}
