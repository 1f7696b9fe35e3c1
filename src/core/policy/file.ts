// The policy file a team writes (`holdgate.yaml`) becomes a policy, or problems with line and path.
import { isMap, LineCounter, parseDocument } from 'yaml'
import { digestOf } from '../digest.ts'
import { err, ok, type Result } from '../result.ts'
import type { Nullable } from './grant-schema.ts'
import type { Policy, WrittenGrant, WrittenReviewLimit } from './policy.ts'
import { type PolicyFailure, positionOf, schemaProblems, yamlProblems } from './problems.ts'
import { readWritten, type WrittenPolicy } from './schema.ts'

export type { PolicyFailure } from './problems.ts'
export { policySchema } from './schema.ts'

export type PolicyFailures = readonly [PolicyFailure, ...PolicyFailure[]]

/** Above this the text is refused unread: a policy is written by hand. */
export const MAX_POLICY_CHARACTERS: number = 512 * 1024

/**
 * Reads the text of a policy file (YAML 1.2, at most 512 Ki characters). The first problem is
 * returned with line, column and path; unknown keys are problems, never ignored.
 */
export async function parsePolicy(
  text: string,
  options: { readonly killSwitch?: boolean } = {},
): Promise<Result<Policy, PolicyFailure>> {
  const policy = await checkPolicy(text, options)
  return policy.ok ? policy : err(policy.error[0])
}

/** The same with every problem, in the order of the lines. */
export async function checkPolicy(
  text: string,
  options: { readonly killSwitch?: boolean } = {},
): Promise<Result<Policy, PolicyFailures>> {
  if (text.length > MAX_POLICY_CHARACTERS) {
    const problem = `longer than ${MAX_POLICY_CHARACTERS} characters`
    return err([{ line: 0, column: 0, path: '', problem }])
  }
  const { document, lines } = read(text)
  const [broken, ...alsoBroken] = yamlProblems(document, lines)
  if (broken !== undefined) return err([broken, ...alsoBroken])
  if (!isMap(document.contents)) {
    const problem = 'expected a mapping that starts with "version: 1"'
    return err([{ line: 1, column: 1, path: '', problem }])
  }
  const parsed = readWritten(document.toJS({ maxAliasCount: 0 }))
  if (parsed.ok) {
    const digest = await digestOf(parsed.value.json)
    return ok(policyFrom(parsed.value.policy, { killSwitch: options.killSwitch ?? false, digest }))
  }
  const [first, ...others] = schemaProblems(parsed.error, document, lines)
  const unnamed = { line: 1, column: 1, path: '', problem: 'not a valid policy' }
  return err([first ?? unnamed, ...others])
}

/** Line and column of a path (`grants.0`) in the text, or of the nearest key above it. */
export function placeOf(
  text: string,
  path: readonly (string | number)[],
): { readonly line: number; readonly column: number } {
  const { document, lines } = read(text)
  return positionOf(document, path, lines)
}

function read(text: string): {
  readonly document: ReturnType<typeof parseDocument>
  readonly lines: LineCounter
} {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, schema: 'core' })
  return { document, lines }
}

function policyFrom(
  written: WrittenPolicy,
  rest: { readonly killSwitch: boolean; readonly digest: string },
): Policy {
  const { preset, phase, owner, environments, workspaces, freezes, catalogue, limits, review } =
    written
  return {
    preset,
    phase,
    environments,
    workspaces,
    freezes,
    catalogue,
    ...(owner === undefined ? {} : { owner }),
    limits: {
      ...(limits.max_changes === undefined ? {} : { maxChanges: limits.max_changes }),
      ...(limits.max_services === undefined ? {} : { maxServices: limits.max_services }),
      ...(limits.max_share_percent === undefined
        ? {}
        : { maxSharePercent: limits.max_share_percent }),
    },
    grants: written.grants.map(withoutNulls<WrittenGrant>),
    releaseHours: written.release_hours,
    requireMessage: written.require_message,
    continuouslyDeployed: written.continuously_deployed ?? [],
    automation: written.automation ?? [],
    critical: written.critical ?? [],
    raise: written.rules.raise,
    review: {
      code: review.code,
      hideAccounts: review.hide_accounts,
      releases: review.releases.map(withoutNulls<WrittenReviewLimit>),
    },
    ...rest,
  }
}

/** `granted_by:` with nothing behind it says as much as no `granted_by`. */
function withoutNulls<T extends object>(grant: Nullable<T>): T {
  return Object.fromEntries(Object.entries(grant).filter(([, value]) => value !== null)) as T
}

/** One sentence: where, what is wrong. The text itself is not repeated. */
export function describePolicyFailure(failure: PolicyFailure, name: string): string {
  const where = failure.line === 0 ? name : `${name}:${failure.line}:${failure.column}`
  const path = failure.path === '' ? '' : ` at ${failure.path}`
  return `reading the policy file ${where}${path}: ${failure.problem}; correct it and try again`
}
