// The policy file a team writes (`holdgate.yaml`) becomes a policy, or an error with line and path.
import { isMap, isNode, LineCounter, parseDocument } from 'yaml'
import * as z from 'zod'
import { digestOf } from '../digest.ts'
import type { JsonValue } from '../json.ts'
import { kindOf } from '../knowledge/catalogue.ts'
import { err, ok, type Result } from '../result.ts'
import { wallClock } from './guards/freeze.ts'
import { KindRowSchema } from './kind-row.ts'
import type { Policy } from './policy.ts'

export interface PolicyFailure {
  /** 1-based; 0 where the file as a whole is meant. */
  readonly line: number
  readonly column: number
  readonly path: string
  readonly problem: string
}

/** Above this the text is refused unread: a policy is written by hand. */
const MAX_CHARACTERS = 512 * 1024

const Patterns = z.array(z.string().min(1)).min(1)
const MatchSchema = z
  .strictObject({
    organization: Patterns.optional(),
    project: Patterns.optional(),
    workspace: Patterns.optional(),
    directory: Patterns.optional(),
    tag: Patterns.optional(),
    account: Patterns.optional(),
  })
  .refine(
    (match) => Object.keys(match).length > 0,
    'at least one of organization, project, workspace, directory, tag, account',
  )

const PhaseSchema = z.enum(['observe', 'propose', 'enforce'])

const WallClock = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?$/,
    'a time such as 2026-12-28T00:00, without an offset',
  )

const FreezeSchema = z
  .strictObject({
    name: z.string().min(1),
    from: WallClock,
    until: WallClock,
    timezone: z
      .string()
      .refine((zone) => wallClock(0, zone) !== undefined, 'a time zone such as Europe/Berlin'),
  })
  .refine(({ from, until }) => from < until, 'a freeze that begins before it ends')

/** Grants are read in full so that a file stays valid, and none of them releases anything yet. */
const GrantSchema = z.strictObject({
  id: z.string().min(1),
  operation: z.enum(['metadata', 'scale', 'monitoring', 'dns-ttl', 'replicas', 'rollout']),
  environments: z.array(z.string().min(1)).min(1),
  addresses: Patterns,
  bounds: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  granted_by: z.string().min(1),
  justification: z.string().min(1),
  rollback: z.string().min(1),
  expires: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2027-06-30'),
})

const PolicyFile = z.strictObject({
  version: z.literal(1),
  preset: z.enum(['strict', 'standard', 'relaxed']).default('standard'),
  phase: PhaseSchema.default('enforce'),
  environments: z
    .array(z.strictObject({ name: z.string().min(1), match: MatchSchema }))
    .default([]),
  workspaces: z
    .array(
      z.strictObject({
        match: MatchSchema,
        owner: z.string().min(1).optional(),
        regulated: z.boolean().optional(),
        phase: PhaseSchema.optional(),
      }),
    )
    .default([]),
  grants: z.array(GrantSchema).default([]),
  freezes: z.array(FreezeSchema).default([]),
  limits: z
    .strictObject({
      max_changes: z.int().positive().optional(),
      max_services: z.int().positive().optional(),
    })
    .default({}),
  catalogue: z
    .array(KindRowSchema)
    .refine(
      (rows) => rows.every(({ type }) => kindOf(type).kind === 'unknown'),
      'types that the catalogue does not have yet: its own rows cannot be weakened here',
    )
    .default([]),
})

/**
 * Reads the text of a policy file (YAML 1.2, at most 512 Ki characters). The first problem is
 * returned with line, column and path; unknown keys are problems, never ignored.
 */
export async function parsePolicy(
  text: string,
  options: { readonly killSwitch?: boolean } = {},
): Promise<Result<Policy, PolicyFailure>> {
  if (text.length > MAX_CHARACTERS) {
    return err({
      line: 0,
      column: 0,
      path: '',
      problem: `longer than ${MAX_CHARACTERS} characters`,
    })
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, schema: 'core' })
  const [broken] = document.errors
  if (broken !== undefined) {
    const at = lines.linePos(broken.pos[0])
    return err({ line: at.line, column: at.col, path: '', problem: firstLine(broken.message) })
  }
  if (!isMap(document.contents)) {
    return err({
      line: 1,
      column: 1,
      path: '',
      problem: 'expected a mapping that starts with "version: 1"',
    })
  }
  const parsed = PolicyFile.safeParse(document.toJS({ maxAliasCount: 0 }))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const path = (issue?.path ?? []).map((step) => (typeof step === 'symbol' ? '' : step))
    return err({
      ...positionOf(document, path, lines),
      path: path.join('.'),
      problem: wordsFor(issue),
    })
  }
  return ok(await policyFrom(parsed.data, options.killSwitch ?? false))
}

async function policyFrom(file: z.infer<typeof PolicyFile>, killSwitch: boolean): Promise<Policy> {
  const {
    version: _version,
    grants: _grants,
    limits,
    ...body
  } = JSON.parse(JSON.stringify(file)) as typeof file
  return {
    ...(body as unknown as Omit<Policy, 'limits' | 'killSwitch' | 'digest'>),
    limits: {
      ...(limits.max_changes === undefined ? {} : { maxChanges: limits.max_changes }),
      ...(limits.max_services === undefined ? {} : { maxServices: limits.max_services }),
    },
    killSwitch,
    digest: await digestOf(JSON.parse(JSON.stringify(file)) as JsonValue),
  }
}

/** The node at the path, or the nearest one above it that exists in the text. */
function positionOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly (string | number)[],
  lines: LineCounter,
): { line: number; column: number } {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) {
      const at = lines.linePos(node.range[0])
      return { line: at.line, column: at.col }
    }
  }
  return { line: 1, column: 1 }
}

function wordsFor(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'not a valid policy'
  if (issue.code === 'unrecognized_keys') return `unknown key ${issue.keys.join(', ')}`
  return issue.code === 'custom' ? `expected ${issue.message}` : firstLine(issue.message)
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/ at line \d+.*$/, '')
}

/** One sentence: where, what is wrong. The text itself is not repeated. */
export function describePolicyFailure(failure: PolicyFailure, name: string): string {
  const where = failure.line === 0 ? name : `${name}:${failure.line}:${failure.column}`
  const path = failure.path === '' ? '' : ` at ${failure.path}`
  return `reading the policy file ${where}${path}: ${failure.problem}; correct it and try again`
}

/** The JSON Schema (draft 2020-12) of the policy file, for editors. */
export function policySchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(PolicyFile, { io: 'input' })
}
