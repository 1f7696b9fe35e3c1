// The one lever of a model. Read in one look: a worry always holds; a release needs everything below
// at once, for the whole plan or not at all. Runs before `decide`, so that guards and phase come after.
import { isWeighable } from '../policy/grants/weighable.ts'
import type { Weighed, Weighing } from '../policy/weigh.ts'
import type { Finding } from '../rules/finding.ts'
import { clean, MODEL_LENGTH, SENTENCE_LENGTH } from './clean.ts'
import type { Claim, Heard, Question } from './model.ts'

/**
 * @param weighing with every stop already in it: nothing is let pass beside one
 * @param questions as `questionsOf` gave them before the model was asked
 * @returns the same weighing where no opinion was heard
 */
export function applyOpinions(
  weighing: Weighing,
  questions: readonly Question[],
  heard: Heard,
): Weighing {
  if (heard.kind === 'none') return weighing
  const worries = worriesOf(heard)
  if (worries.length > 0) return { ...weighing, stops: [...weighing.stops, ...worries] }
  const byFinding = new Map(questions.map((question) => [question.finding, question]))
  if (!mayRelease(weighing, byFinding, heard)) return weighing
  return {
    ...weighing,
    weighed: weighing.weighed.map((one): Weighed => {
      const question = one.holds ? byFinding.get(one.finding) : undefined
      return question === undefined ? one : { ...one, holds: false, limit: question.limit }
    }),
  }
}

type Opinions = Extract<Heard, { readonly kind: 'opinions' }>

function mayRelease(
  weighing: Weighing,
  questions: ReadonlyMap<Finding, Question>,
  { asked, blind, informed }: Opinions,
): boolean {
  const holding = weighing.weighed.filter(({ holds }) => holds)
  return (
    holding.length > 0 &&
    weighing.stops.length === 0 &&
    asked.leftOut.length === 0 &&
    asked.hostile.length === 0 &&
    [blind, informed].every(
      ({ position, answers }) =>
        position === 'release' &&
        [...questions.values()].every(({ id }) => answers.get(id) === 'harmless'),
    ) &&
    holding.every(
      ({ finding, fixed }) => fixed !== true && questions.has(finding) && isWeighable(finding),
    )
  )
}

/** One sentence for each thing that either pass worries about. */
function worriesOf({ asked, blind, informed }: Opinions): readonly string[] {
  const claims = [...blind.claims, ...informed.claims]
  return [...new Set(claims.flatMap((claim) => worryIn(claim, asked.model)))]
}

function worryIn({ kind, address, says }: Claim, model: string): readonly string[] {
  if (kind === 'harmless') return []
  const who = `a second reader (${clean(model, MODEL_LENGTH)})`
  const where = address === '' ? 'the plan as a whole' : clean(address, SENTENCE_LENGTH)
  const quoted = `"${clean(says, SENTENCE_LENGTH).replaceAll('"', "'")}"`
  return kind === 'mismatch'
    ? [`${who} finds that what is written at ${where} is not what would happen: ${quoted}`]
    : [`${who} is worried about ${where}: ${quoted}`]
}
