// The policy in force at the start: the configured text, or the built-in preset.
import { describePolicyFailure, parsePolicy } from '../core/policy/file.ts'
import type { Policy } from '../core/policy/policy.ts'
import { builtInPolicy } from '../core/policy/presets.ts'
import { err, ok, type Result } from '../core/result.ts'

/**
 * @param text the policy file's text; absent: preset `standard`
 * @param name what the text is called in an error: a path, or the setting that holds it
 * @returns one sentence with line and path when the text is not a policy
 */
export async function loadPolicy(
  text: string | undefined,
  name: string = 'HOLDGATE_CONFIG',
  options: { readonly killSwitch?: boolean } = {},
): Promise<Result<Policy, string>> {
  if (text === undefined) return ok(await builtInPolicy('standard', options))
  const parsed = await parsePolicy(text, options)
  return parsed.ok ? parsed : err(describePolicyFailure(parsed.error, name))
}
