// `holdgate config check|print|schema`: the policy file, looked at without a plan.
import { parseArgs } from 'node:util'
import { policySchema } from '../../core/policy/file.ts'
import type { Io } from '../io.ts'
import { findPolicy } from '../policy-file.ts'

const USAGE = `holdgate config check|print|schema [--config FILE]

  check    exit status 0 if the policy file is valid, else one sentence with line and path
  print    the policy in force after preset and defaults, as JSON
  schema   the JSON Schema of the file, for editors
`

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
  let named: string | undefined
  try {
    named = parseArgs({ args: [...rest], options: { config: { type: 'string' } } }).values.config
  } catch {
    return refuse(io, '--config FILE is the only option')
  }
  if (named === '') return refuse(io, '--config takes the name of a policy file')
  const policy = await findPolicy(named, io)
  if (!policy.ok) return refuse(io, policy.error)
  if (what === 'print') io.stdout.write(`${JSON.stringify(policy.value, null, 2)}\n`)
  else
    io.stdout.write(
      `The policy is valid: preset ${policy.value.preset}, phase ${policy.value.phase}.\n`,
    )
  return 0
}

function refuse(io: Io, sentence: string): number {
  io.stderr.write(`holdgate config: ${sentence.replace(/\.$/, '')}.\n`)
  return 1
}
