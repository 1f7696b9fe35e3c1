// `holdgate gate`: the step before an apply. Its exit status decides: 0 opens, anything else ends the
// apply. It judges the plan again and trusts no earlier verdict; what it takes from the review is that
// there was one, of these bytes.
import { atlantisFailure, atlantisGate } from '../../core/report/atlantis.ts'
import { err, ok, type Result } from '../../core/result.ts'
import { wordsOfStep } from '../../gate/atlantis.ts'
import type { Io } from '../io.ts'
import { digestOfPlanFile, missingReview } from '../plan-file.ts'
import { stepDefaults } from './atlantis-review.ts'
import { assessFrom } from './check.ts'

const USAGE = `holdgate gate [options]

  Stands before the apply of an Atlantis workflow, after "show". Opens (exit
  status 0) where the policy releases the plan, or where a person approved the
  pull request; 2 closed, 1 could not assess.

  --json FILE          output of "terraform show -json"; default: the variable
                       SHOWFILE
  --plan FILE          the plan file about to be applied; default: the variable
                       PLANFILE
  --expect sha256:HEX  the digest it was reviewed under; default: the note that
                       "check" left beside it
  --without-review     ask for no earlier review; the plan is judged here alone
  --pr-approved WORD   true or false; default: the variable ATLANTIS_PR_APPROVED
  Every other option is one of "holdgate check".
`

const OWN = ['--json', '--plan', '--expect', '--pr-approved'] as const
type Own = (typeof OWN)[number]

interface GateOptions {
  readonly own: Partial<Record<Own, string>>
  readonly withoutReview: boolean
  /** For `check`. */
  readonly rest: readonly string[]
}

export async function runGate(argv: readonly string[], io: Io): Promise<number> {
  if (argv.includes('--help') || argv.includes('-h')) {
    io.stdout.write(USAGE)
    // In a workflow this would open the gate.
    return argv.length === 1 ? 0 : 1
  }
  const options = readOptions(argv)
  if (!options.ok) return refuse(io, options.error)
  return gate(options.value, io)
}

async function gate({ own, withoutReview, rest }: GateOptions, io: Io): Promise<number> {
  const planFile = own['--plan'] ?? io.env.PLANFILE ?? ''
  if (planFile === '') return refuse(io, 'no plan file: neither --plan nor PLANFILE names one')
  const before = await digestOfPlanFile(planFile)
  if (!before.ok) return refuse(io, before.error)
  const env = {
    ...io.env,
    SHOWFILE: own['--json'] ?? io.env.SHOWFILE,
    ATLANTIS_PR_APPROVED: own['--pr-approved'] ?? io.env.ATLANTIS_PR_APPROVED,
  }
  const step = wordsOfStep(env, before.value)
  if (!step.ok) return refuse(io, step.error)
  const { run, context, approved } = step.value

  const unreviewed = await whyUnreviewed(own['--expect'], withoutReview, planFile, before.value)
  if (unreviewed !== undefined) return refuse(io, unreviewed, run)
  const assessed = await assessFrom(rest, io, stepDefaults(context, env))
  if (!assessed.ok) return refuse(io, assessed.error, run)
  const after = await digestOfPlanFile(planFile)
  if (!after.ok || after.value !== before.value) {
    return refuse(io, 'the plan file changed while it was being judged', run)
  }
  const answer = atlantisGate(assessed.value.decision, approved, run)
  io.stdout.write(answer.text)
  return answer.opens ? 0 : 2
}

async function whyUnreviewed(
  expected: string | undefined,
  withoutReview: boolean,
  planFile: string,
  digest: string,
): Promise<string | undefined> {
  if (expected !== undefined) {
    return expected === digest ? undefined : 'the plan file is not the one that was expected'
  }
  return withoutReview ? undefined : missingReview(planFile, digest, Date.now())
}

function readOptions(argv: readonly string[]): Result<GateOptions, string> {
  const own: Partial<Record<Own, string>> = {}
  const rest: string[] = []
  let withoutReview = false
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? ''
    const name = OWN.find((one) => word === one || word.startsWith(`${one}=`))
    if (word === '--without-review') withoutReview = true
    else if (name === undefined) rest.push(word)
    else if (own[name] !== undefined) return err(`${name} is given twice`)
    else if (word === name) {
      own[name] = argv[at + 1] ?? ''
      at += 1
    } else own[name] = word.slice(name.length + 1)
  }
  for (const name of ['--json', '--plan'] as const) {
    if (own[name] === '') return err(`${name} takes the name of a file`)
  }
  const expected = own['--expect']
  if (expected !== undefined && !/^sha256:[0-9a-f]{64}$/.test(expected)) {
    return err('--expect takes sha256: and 64 hex digits')
  }
  if (expected !== undefined && withoutReview) return err('--expect is a review; give one of both')
  return ok({ own, withoutReview, rest })
}

/** On standard output, because that is what the pull request is told. */
function refuse(io: Io, sentence: string, run: Parameters<typeof atlantisFailure>[1] = {}): number {
  io.stdout.write(atlantisFailure(sentence, run, 'holdgate gate'))
  return 1
}
