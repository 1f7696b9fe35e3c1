// The policy in force: the configured text, what an https address answers, or the built-in preset.
import { isAddress, type RemotePolicy, remotePolicy } from '../adapters/config/remote.ts'
import type { Net } from '../adapters/net/send.ts'
import { describePolicyFailure, parsePolicy } from '../core/policy/file.ts'
import type { Policy } from '../core/policy/policy.ts'
import { builtInPolicy } from '../core/policy/presets.ts'
import { err, ok, type Result } from '../core/result.ts'
import type { Log } from '../gate/ports.ts'

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

/** A policy that may change while the service runs. */
export interface PolicySource {
  current(): Policy
  /** Looks for a newer one where that is due. Never rejects. */
  refresh(): Promise<void>
  /** True where there is something to look at. */
  readonly changes: boolean
}

/**
 * The policy behind `config`: an https address where it is one, else what `read` makes of it.
 *
 * @returns one sentence when there is no valid policy to start with
 */
export async function policySource(
  settings: { readonly config?: string; readonly killSwitch: boolean },
  outside: { readonly net: Net; readonly log: Log },
  read: (config: string | undefined) => Promise<Result<Policy, string>>,
): Promise<Result<PolicySource, string>> {
  const { config, killSwitch } = settings
  if (config !== undefined && isAddress(config)) {
    const remote = await remotePolicy({
      url: config,
      ...outside,
      parse: (text) => loadPolicy(text, 'HOLDGATE_CONFIG', { killSwitch }),
    })
    return remote.ok ? ok(fresh(remote.value)) : remote
  }
  const policy = await read(config)
  if (!policy.ok) return policy
  return ok({ current: () => policy.value, refresh: () => Promise.resolve(), changes: false })
}

function fresh({ current, refresh }: RemotePolicy): PolicySource {
  return { current, refresh, changes: true }
}
