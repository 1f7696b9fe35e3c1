#!/usr/bin/env node
// `holdgate`: finds the command and gives it the process's arguments, streams and environment.
import { readFile } from 'node:fs/promises'
import { runCheck } from './commands/check.ts'
import { runConfig } from './commands/config.ts'
import { runGate } from './commands/gate.ts'
import { runRules } from './commands/rules.ts'
import type { Io } from './io.ts'

const USAGE = `holdgate: a hold point for Terraform plans

  holdgate check <plan.json | ->  assess one plan; exit status 0 release, 2 hold,
                                  1 not assessed
  holdgate gate                   the step before an apply of Atlantis; exit
                                  status 0 opens it
  holdgate serve                  the run-task webhook on this computer
  holdgate demo                   practice runs against a real server; nothing
                                  leaves this computer
  holdgate rules [ID]             list the rules, or explain one
  holdgate config check           validate a policy file
  holdgate config print | schema  print the policy in force, or its schema

Every command explains itself with --help; --version prints the version.
`

type Command = (argv: readonly string[], io: Io) => Promise<number>

// The service and the demo bring a web server along; only the commands that need it load it.
const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['check', runCheck],
  ['gate', runGate],
  ['config', runConfig],
  ['rules', runRules],
  ['serve', async (argv, io) => (await import('./commands/serve.ts')).runServe(argv, io)],
  ['demo', async (argv, io) => (await import('./commands/demo.ts')).runDemo(argv, io)],
])

/** Runs one command line and returns its exit status. Bugs end as one sentence and status 1. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = argv
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.stdout.write(USAGE)
    return name === undefined ? 1 : 0
  }
  if (name === '--version') {
    io.stdout.write(`${await version()}\n`)
    return 0
  }
  const command = COMMANDS.get(name)
  if (command === undefined) {
    io.stderr.write(`holdgate: there is no such command; "holdgate --help" lists them.\n`)
    return 1
  }
  try {
    return await command(rest, io)
  } catch (error) {
    const kind = error instanceof Error ? error.name : 'unknown'
    io.stderr.write(
      `holdgate ${name}: unexpected ${kind}; nothing was released, please report it.\n`,
    )
    return 1
  }
}

/** The package's own; the built one lies as deep as the sources do. */
async function version(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}

// A reader that goes away early (`| head`) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 1)
})
process.exitCode = await main(process.argv.slice(2), process)
