// The run's context from the command line, as a platform would give it.
import type { Context } from '../../core/context.ts'
import { err, ok, type Result } from '../../core/result.ts'

export interface ContextOptions {
  readonly workspace?: string | undefined
  readonly project?: string | undefined
  readonly organization?: string | undefined
  readonly directory?: string | undefined
  readonly environment?: string | undefined
  readonly message?: string | undefined
  readonly 'created-by'?: string | undefined
  readonly tag?: readonly string[] | undefined
}

/** Where a run stands, as `parseArgs` takes it. */
export const CONTEXT_ARGUMENTS = {
  workspace: { type: 'string' },
  project: { type: 'string' },
  organization: { type: 'string' },
  directory: { type: 'string' },
  environment: { type: 'string' },
  tag: { type: 'string', multiple: true },
} as const

export function contextFrom(values: ContextOptions, at: number): Result<Context, string> {
  const tags: Record<string, string> = Object.create(null) as Record<string, string>
  for (const pair of values.tag ?? []) {
    const cut = pair.indexOf('=')
    if (cut < 1) return err('--tag takes KEY=VALUE')
    tags[pair.slice(0, cut)] = pair.slice(cut + 1)
  }
  return ok({
    at,
    tags,
    ...given('workspace', values.workspace),
    ...given('project', values.project),
    ...given('organization', values.organization),
    ...given('directory', values.directory),
    ...given('environment', values.environment),
    ...given('message', values.message),
    ...given('createdBy', values['created-by']),
  })
}

/** A date alone is midnight UTC; a time without offset is UTC too, so that every machine agrees. */
export function momentOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text))
    return undefined
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10)) || text.length === 10
  const at = Date.parse(zoned ? text : `${text}Z`)
  return Number.isNaN(at) ? undefined : at
}

function given<K extends string>(
  key: K,
  value: string | undefined,
): { readonly [P in K]?: string } {
  return value === undefined || value === ''
    ? {}
    : ({ [key]: value } as { readonly [P in K]: string })
}
