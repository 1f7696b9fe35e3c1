import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describePolicyFailure, parsePolicy } from '../core/policy/file.ts'
import type { Policy } from '../core/policy/policy.ts'
import { builtInPolicy } from '../core/policy/presets.ts'
import { err, ok, type Result } from '../core/result.ts'
import type { Io } from './io.ts'

const BESIDE = 'holdgate.yaml'

/**
 * The named file; without a name `holdgate.yaml` beside the caller if it exists, else the preset.
 * `beside: false` where the working directory is not the caller's own, as in a pull request's checkout.
 */
export async function findPolicy(
  named: string | undefined,
  io: Io,
  beside = true,
): Promise<Result<Policy, string>> {
  const found = await findPolicyText(named, io, beside)
  if (!found.ok) return found
  const { text, name, options } = found.value
  if (text === undefined) return ok(await builtInPolicy('standard', options))
  const policy = await parsePolicy(text, options)
  return policy.ok ? policy : err(describePolicyFailure(policy.error, name))
}

export interface PolicyText {
  /** Undefined where no file was named and none lies beside the caller. */
  readonly text: string | undefined
  readonly name: string
  readonly options: { readonly killSwitch: boolean }
}

/** The same file as `findPolicy` takes, unread. */
export async function findPolicyText(
  named: string | undefined,
  io: Io,
  beside = true,
): Promise<Result<PolicyText, string>> {
  const word = io.env.HOLDGATE_KILL_SWITCH ?? ''
  if (word !== '' && word !== 'on' && word !== 'off') {
    return err('HOLDGATE_KILL_SWITCH is neither "on" nor "off"')
  }
  const options = { killSwitch: word === 'on' }
  const name = named ?? BESIDE
  if (named === undefined && !beside) return ok({ text: undefined, name, options })
  const text = await read(named ?? join(io.cwd(), BESIDE), named === undefined)
  return text.ok ? ok({ text: text.value, name, options }) : text
}

async function read(
  path: string,
  mayBeMissing: boolean,
): Promise<Result<string | undefined, string>> {
  try {
    return ok(await readFile(path, 'utf8'))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (mayBeMissing && code === 'ENOENT') return ok(undefined)
    return err(`reading the policy file ${path}: ${whyUnread(code)}`)
  }
}

/** @param code of the system's error; the end of a sentence, without its full stop */
export function whyUnread(code: string | undefined): string {
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a directory; name the YAML file in it'
  return code === undefined ? 'it cannot be read' : `it cannot be read (${code})`
}
