// The label beside a plan, NAME.expect.json.
import { z } from 'zod'
import type { Context } from '../context.ts'
import { err, ok, type Result } from '../result.ts'
import type { Case } from './case.ts'

export interface Expectation {
  readonly case: Case
  /** `at` is absent where the label says nothing: the plan's own time counts. */
  readonly context: Omit<Context, 'at'> & { readonly at?: number }
}

const text = z.string().nullish()

const LabelSchema = z.object({
  verdict: z.enum(['release', 'hold']),
  hazards: z.array(z.string()).nullish(),
  informational: z.array(z.string()).nullish(),
  policy: z.boolean().nullish(),
  class: text,
  context: z
    .object({
      organization: text,
      project: text,
      workspace: text,
      directory: text,
      environment: text,
      tags: z.record(z.string(), z.string()).nullish(),
      at: z.union([z.number(), z.iso.datetime({ offset: true, local: true })]).nullish(),
    })
    .nullish(),
})

/**
 * Reads a label: `verdict` (`release` or `hold`) is required; `hazards`, `informational`, `policy`,
 * `class` and `context` may be missing, and a missing context means that nothing is known.
 * `context.at` is ISO 8601 or milliseconds since the epoch. The failure is one sentence that names
 * the member and quotes no value.
 */
export function parseExpectation(name: string, label: unknown): Result<Expectation, string> {
  const parsed = LabelSchema.safeParse(label)
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.')
    return err(`reading the label of ${name}: ${where || 'the document'} is not valid`)
  }
  const { verdict, hazards, informational, policy, class: group, context } = parsed.data
  return ok({
    case: {
      name,
      class: group || 'unclassified',
      label: verdict,
      hazards: hazards ?? [],
      informational: informational ?? [],
      policy: policy ?? false,
    },
    context: {
      ...(context?.organization && { organization: context.organization }),
      ...(context?.project && { project: context.project }),
      ...(context?.workspace && { workspace: context.workspace }),
      ...(context?.directory && { directory: context.directory }),
      ...(context?.environment && { environment: context.environment }),
      tags: context?.tags ?? {},
      ...(context?.at != null && { at: millisecondsOf(context.at) }),
    },
  })
}

function millisecondsOf(at: string | number): number {
  return typeof at === 'number' ? at : Date.parse(at)
}
