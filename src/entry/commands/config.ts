// `holdgate config check|print|schema`: the policy file, looked at without a plan.
import { parseArgs } from 'node:util'
import { effectivePolicy } from '../../core/policy/effective.ts'
import { checkPolicy, type PolicyFailures, placeOf, policySchema } from '../../core/policy/file.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { builtInPolicy } from '../../core/policy/presets.ts'
import { policyWarnings } from '../../core/policy/warnings.ts'
import { err, ok, type Result } from '../../core/result.ts'
import type { Io } from '../io.ts'
import { findPolicyText, type PolicyText } from '../policy-file.ts'
import { CONTEXT_ARGUMENTS, contextFrom, momentOf } from './context.ts'

const USAGE = `holdgate config check|print|schema [--config FILE] [--at TIME]

  check    exit status 0 if the policy file is valid; else every problem with
           line, column and path. Says, too, which grants release nothing, and
           why
  print    the policy in force after preset and defaults, as JSON; for one
           workspace with --workspace NAME, --project NAME,
           --organization NAME, --directory PATH, --environment NAME,
           --tag K=V (may repeat)
  schema   the JSON Schema of the file, for editors
`

const OPTIONS = {
  config: { type: 'string' },
  at: { type: 'string' },
  ...CONTEXT_ARGUMENTS,
} as const

export async function runConfig(argv: readonly string[], io: Io): Promise<number> {
  const [what, ...rest] = argv
  if (what === '--help' || what === '-h') {
    io.stdout.write(USAGE)
    return 0
  }
  if (what === 'schema') {
    io.stdout.write(`${JSON.stringify(policySchema(), null, 2)}\n`)
    return 0
  }
  if (what !== 'check' && what !== 'print') return refuse(io, 'say check, print or schema')
  const values = optionsFrom(rest)
  if (!values.ok) return refuse(io, values.error)
  const { config, at: time } = values.value
  if (config === '') return refuse(io, '--config takes the name of a policy file')
  const at = time === undefined ? Date.now() : momentOf(time)
  if (at === undefined)
    return refuse(io, '--at takes an ISO 8601 time such as 2026-11-20T09:30:00Z')
  const context = contextFrom(values.value, at)
  if (!context.ok) return refuse(io, context.error)
  const found = await findPolicyText(config, io)
  if (!found.ok) return refuse(io, found.error)
  const policy = await policyIn(found.value)
  if (!policy.ok) return problems(io, found.value.name, policy.error)
  if (what === 'check') return warn(io, found.value, policy.value, at)
  const asked = Object.keys(values.value).some((key) => key !== 'config' && key !== 'at')
  const shown = asked
    ? effectivePolicy(policy.value, { ...context.value, accounts: [] })
    : policy.value
  io.stdout.write(`${JSON.stringify(shown, null, 2)}\n`)
  return 0
}

type Options = ReturnType<typeof parseOptions>

const parseOptions = (argv: readonly string[]) =>
  parseArgs({ args: [...argv], options: OPTIONS }).values

function optionsFrom(argv: readonly string[]): Result<Options, string> {
  try {
    return ok(parseOptions(argv))
  } catch (error) {
    const message = error instanceof Error ? error.message.split('. ')[0] : undefined
    return err(
      `${message ?? 'the arguments cannot be read'}; "holdgate config --help" lists the options`,
    )
  }
}

async function policyIn({ text, options }: PolicyText): Promise<Result<Policy, PolicyFailures>> {
  return text === undefined
    ? ok(await builtInPolicy('standard', options))
    : checkPolicy(text, options)
}

function problems(io: Io, name: string, failures: PolicyFailures): number {
  for (const { line, column, path, problem } of failures) {
    const where = line === 0 ? name : `${name}:${line}:${column}`
    io.stderr.write(`${where}: ${path === '' ? '' : `${path}: `}${problem}\n`)
  }
  return 1
}

function warn(io: Io, { text, name }: PolicyText, policy: Policy, at: number): number {
  for (const { path, text: says } of text === undefined ? [] : policyWarnings(policy, at)) {
    const { line, column } = placeOf(text ?? '', path)
    const where = path.length === 0 ? '' : `${path.join('.')}: `
    io.stdout.write(`${name}:${line}:${column}: ${where}warning: ${says}\n`)
  }
  io.stdout.write(`The policy is valid: preset ${policy.preset}, phase ${policy.phase}.\n`)
  return 0
}

function refuse(io: Io, sentence: string): number {
  io.stderr.write(`holdgate config: ${sentence.replace(/\.$/, '')}.\n`)
  return 1
}
