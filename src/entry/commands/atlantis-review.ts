// `holdgate check --format atlantis`: the step of a policy check. Atlantis throws the text of a failed
// step away and takes unrecognised text for a pass, so this ends with status 0 and one block, always.
import { atlantisFailure, renderAtlantis } from '../../core/report/atlantis.ts'
import type { Result } from '../../core/result.ts'
import { wordsOfStep } from '../../gate/atlantis.ts'
import type { Io } from '../io.ts'
import { digestOfPlanFile, writeNote } from '../plan-file.ts'
import type { Assessed, StepDefaults } from './check.ts'

type AssessFrom = (
  argv: readonly string[],
  io: Io,
  step: StepDefaults,
) => Promise<Result<Assessed, string>>

/** The arguments name the format anywhere, even where the rest of them cannot be read. */
export function asksForAtlantis(argv: readonly string[]): boolean {
  return argv.some(
    (word, at) =>
      word === '--format=atlantis' || (word === 'atlantis' && argv[at - 1] === '--format'),
  )
}

export async function reviewForAtlantis(
  argv: readonly string[],
  io: Io,
  assessFrom: AssessFrom,
): Promise<number> {
  io.stdout.write(await blockFrom(argv, io, assessFrom))
  return 0
}

async function blockFrom(argv: readonly string[], io: Io, assessFrom: AssessFrom): Promise<string> {
  // A bug would end as an error on standard error, which reads as a pass: the third place that catches.
  try {
    return await review(argv, io, assessFrom)
  } catch (error) {
    const kind = error instanceof Error ? error.name : 'unknown'
    return atlantisFailure(`unexpected ${kind}; please report it`)
  }
}

async function review(argv: readonly string[], io: Io, assessFrom: AssessFrom): Promise<string> {
  const { PLANFILE: planFile = '' } = io.env
  const digest = planFile === '' ? undefined : await digestOfPlanFile(planFile)
  if (digest?.ok === false) return atlantisFailure(digest.error)
  const step = wordsOfStep(io.env, digest?.value)
  if (!step.ok) return atlantisFailure(step.error)
  const { run, context } = step.value
  const assessed = await assessFrom(argv, io, stepDefaults(context, io.env))
  if (!assessed.ok) return atlantisFailure(assessed.error, run)
  const formats = argv.filter((word) => /^--format(?:=|$)/.test(word))
  if (formats.length > 1) {
    return atlantisFailure('the arguments ask for more than one format', run)
  }
  if (digest !== undefined) await writeNote(planFile, digest.value, Date.now())
  return renderAtlantis(assessed.value.decision, run)
}

/** What a step's variables say where its arguments do not. */
export function stepDefaults(context: StepDefaults['context'], env: Io['env']): StepDefaults {
  return {
    context,
    plan: present(env.SHOWFILE),
    config: present(env.HOLDGATE_CONFIG),
  }
}

function present(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text
}
