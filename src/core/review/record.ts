// The model's part of the decision: what it was, what it said, what came of it, and why.
import type { Review } from '../decision.ts'
import type { Verdict } from '../policy/decide.ts'
import type { ReviewLimit } from '../policy/policy.ts'
import { clean, MODEL_LENGTH, SENTENCE_LENGTH } from './clean.ts'
import type { Claim, Heard, Opinion, PassName, Question } from './model.ts'

/**
 * @param without the verdict of rules and policy alone
 * @param verdict the verdict with what was heard applied
 */
export function reviewOf(parts: {
  readonly heard: Heard
  readonly questions: readonly Question[]
  readonly without: Verdict
  readonly verdict: Verdict
}): Review {
  const { heard, without, verdict } = parts
  const { asked } = heard
  const passes = heard.kind === 'none' ? [] : spoken(heard)
  const limits = verdict.verdict === 'release' ? limitsIn(verdict) : []
  return {
    ...outcomeOf(parts, limits),
    without: without.verdict,
    model: clean(asked.model, MODEL_LENGTH),
    promptDigest: asked.promptDigest,
    packetDigest: asked.packetDigest,
    notesDigest: asked.notesDigest,
    codeBlocks: asked.codeBlocks,
    claims: passes.flatMap(([pass, { claims }]) =>
      claims.map((claim) => ({ pass, ...claim, says: clean(claim.says, SENTENCE_LENGTH) })),
    ),
    discarded: passes.reduce((sum, [, { discarded }]) => sum + discarded, 0),
    leftOut: asked.leftOut.map((text) => clean(text, SENTENCE_LENGTH)),
    hostile: asked.hostile.map((text) => clean(text, SENTENCE_LENGTH)),
    limits: limits.map(({ id, grantedBy }) => ({ id, grantedBy })),
    usage: asked.usage,
    cost: asked.cost,
  }
}

type Opinions = Extract<Heard, { readonly kind: 'opinions' }>

function spoken({ blind, informed }: Opinions): readonly (readonly [PassName, Opinion])[] {
  return [
    ['blind', blind],
    ['informed', informed],
  ]
}

/** Each limit once, in the order of the findings it let pass. */
function limitsIn({ weighed }: Verdict): readonly ReviewLimit[] {
  const used = weighed.flatMap(({ limit }) => (limit === undefined ? [] : [limit]))
  return used.filter(({ id }, at) => used.findIndex((other) => other.id === id) === at)
}

function outcomeOf(
  parts: {
    readonly heard: Heard
    readonly questions: readonly Question[]
    readonly without: Verdict
    readonly verdict: Verdict
  },
  limits: readonly ReviewLimit[],
): Pick<Review, 'outcome' | 'because'> {
  const { heard, questions, without, verdict } = parts
  if (heard.kind === 'none') {
    const because = `no opinion was heard, so the verdict of the rules stands: ${heard.because}`
    return { outcome: 'no-opinion', because: clean(because, SENTENCE_LENGTH) }
  }
  const worries = spoken(heard).flatMap(([, { claims }]) => claims.filter(isWorry))
  if (worries.length > 0) {
    const what = `${new Set(worries.map(({ address }) => address)).size === 1 ? 'one address' : 'several addresses'}`
    const because =
      without.verdict === 'release'
        ? `the rules would have released it; a worry about ${what} makes it wait for a person`
        : `the rules hold it anyway; a worry about ${what} is one more reason`
    return { outcome: 'escalated', because }
  }
  if (limits.length > 0) {
    const ids = limits.map(({ id, grantedBy }) => `${id} of ${grantedBy}`).join(', ')
    const because = `both passes found everything that held to be harmless, within ${limits.length === 1 ? 'limit' : 'limits'} ${ids}`
    return { outcome: 'released', because }
  }
  return { outcome: 'no-change', because: whyNothing(heard, questions, without, verdict) }
}

function isWorry({ kind }: Claim): boolean {
  return kind !== 'harmless'
}

/** The first of the conditions of a release that is not met, in the order a person would ask. */
function whyNothing(
  { asked, blind, informed }: Opinions,
  questions: readonly Question[],
  without: Verdict,
  verdict: Verdict,
): string {
  if (without.verdict === 'release') return 'it found nothing that speaks against the release'
  if (verdict.weighed.some(({ limit }) => limit !== undefined)) {
    return 'the phase in force never releases, whatever is found harmless'
  }
  const asks = new Set(questions.map(({ finding }) => finding))
  const holding = without.weighed.filter(({ holds }) => holds)
  if (holding.length === 0)
    return 'what holds the plan is the policy, which is no question to a model'
  if (holding.some(({ finding }) => !asks.has(finding))) {
    return 'something holds the plan that no limit of the policy lets a model answer for'
  }
  const nothing = 'so the model may let nothing pass'
  if (asked.hostile.length > 0) return `text in the plan looks written for its reader, ${nothing}`
  if (asked.leftOut.length > 0) return `something was left out of what it was shown, ${nothing}`
  const passes = [blind, informed]
  const agreed = passes.every(
    ({ position, answers }) =>
      position === 'release' && questions.every(({ id }) => answers.get(id) === 'harmless'),
  )
  return agreed
    ? 'what holds the plan is the policy, which is no question to a model'
    : 'the two passes did not both call everything harmless that holds the plan'
}
