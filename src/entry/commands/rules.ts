// `holdgate rules [ID]`: what is looked for, and why.
import { RULES } from '../../core/rules/index.ts'
import type { Io } from '../io.ts'

export async function runRules(argv: readonly string[], io: Io): Promise<number> {
  const [id, ...others] = argv
  if (id === '--help' || id === '-h') {
    io.stdout.write('holdgate rules [ID]\n\n  Lists the rules, or explains one.\n')
    return 0
  }
  if (others.length > 0) return refuse(io, 'rules takes at most one rule id')
  if (id === undefined) {
    const width = Math.max(...RULES.map((rule) => rule.id.length))
    for (const rule of RULES) io.stdout.write(`${rule.id.padEnd(width)}  ${rule.title}\n`)
    return 0
  }
  const rule = RULES.find((one) => one.id === id)
  if (rule === undefined)
    return refuse(io, 'there is no rule with this id; "holdgate rules" lists them')
  io.stdout.write(
    [
      `${rule.id}: ${rule.title}`,
      '',
      `Why it matters   ${rule.why}`,
      `Safer way        ${rule.remedy}`,
      `Rightly released ${rule.releaseWhen}`,
      ...rule.sources.map((source) => `Source           ${source}`),
      '',
    ].join('\n'),
  )
  return 0
}

function refuse(io: Io, sentence: string): number {
  io.stderr.write(`holdgate rules: ${sentence}.\n`)
  return 1
}
