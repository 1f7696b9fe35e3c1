// A second reader is asked about a plan: structure first, then the same with what people wrote. However
// this ends, it ends in time, and without an opinion the verdict is the one of rules and policy.
import { digestOfText } from '../../core/digest.ts'
import type { Examination } from '../../core/policy/examination.ts'
import { err, ok, type Result } from '../../core/result.ts'
import type {
  Heard,
  Opinion,
  Packet,
  PassName,
  Prompt,
  Question,
  Reviewed,
} from '../../core/review/model.ts'
import { readOpinion } from '../../core/review/opinion.ts'
import { packetSteps } from '../../core/review/packet.ts'
import { blindPrompt, informedPrompt, promptDigest } from '../../core/review/prompt.ts'
import { questionsOf } from '../../core/review/questions.ts'
import { secretBookSteps } from '../../core/review/redaction/secret-book.ts'
import { endingAt, unlessAborted } from '../deadline.ts'
import { nameOf } from '../failure.ts'
import type { Clock, Log, ReviewPorts, Run } from '../ports.ts'
import { inTurns } from '../turns.ts'
import { type Account, openAccount } from './account.ts'
import { presumedTokens, spentTokens, tokensOf } from './budget.ts'
import { readBlocks, withoutAccounts, withoutSecrets } from './code.ts'
import { LEAST_REVIEW_MS } from './limits.ts'
import { describeNoOpinion, type NoOpinion } from './no-opinion.ts'

export type AskPorts = ReviewPorts & { readonly clock: Clock; readonly log: Log }

export interface AskLimits {
  /** Not a moment longer, milliseconds since the epoch; leave time to conclude. */
  readonly until: number
  /** Ends the review early. */
  readonly signal: AbortSignal
}

/**
 * Asks twice, or says why there is no opinion. Never rejects, and resolves by `limits.until` or as soon
 * as the signal fires, whatever the model does.
 *
 * @param openCode the archive of the configuration; read only where the policy says so
 * @returns undefined where there is nothing to ask about: no change, or everything is held anyway
 */
export async function askForReview(
  examination: Examination,
  ports: AskPorts,
  limits: AskLimits,
  openCode?: Run['openCode'],
): Promise<Reviewed | undefined> {
  if (examination.facts.subjects.length === 0 || examination.policy.killSwitch) return undefined
  const { clock } = ports
  const { signal, close } = endingAt(clock, limits.until, limits.signal)
  const account = openAccount(ports.reviewer.model)
  const asking: Asking = { examination, ports, account, limits: { until: limits.until, signal } }
  const none = (ended: NoOpinion): Heard => withoutOpinion(asking, ended)
  let questions: readonly Question[] = []
  try {
    questions = questionsOf(examination)
    if (limits.signal.aborted) return { questions, heard: none({ reason: 'stopping' }) }
    if (limits.until - clock.now() < LEAST_REVIEW_MS) {
      return { questions, heard: none({ reason: 'no-time' }) }
    }
    const opinions = await unlessAborted(ask(asking, questions, openCode), signal)
    if (opinions?.ok === true) return { questions, heard: heardOf(asking, opinions.value) }
    // Whether the model or the clock speaks first is chance; the cause is one.
    if (limits.signal.aborted) return { questions, heard: none({ reason: 'stopping' }) }
    return { questions, heard: none(opinions?.error ?? { reason: 'out-of-time' }) }
  } catch (error) {
    // The other place that catches: a bug in here costs the review, and the rules' verdict stands.
    ports.log('error', 'review-unexpected', { error: nameOf(error) })
    return { questions, heard: none({ reason: 'unexpected' }) }
  } finally {
    close()
  }
}

interface Asking {
  readonly examination: Examination
  readonly ports: AskPorts
  readonly account: Account
  readonly limits: AskLimits
}

interface Opinions {
  readonly blind: Opinion
  readonly informed: Opinion
}

async function ask(
  asking: Asking,
  questions: readonly Question[],
  openCode: Run['openCode'],
): Promise<Result<Opinions, NoOpinion>> {
  const { examination, ports, account, limits } = asking
  const { notes, clock } = ports
  const secrets = await inTurns(secretBookSteps(examination.plan), clock, limits)
  if (secrets === undefined) return err({ reason: 'out-of-time' })
  const steps = packetSteps(examination, questions, secrets)
  const packet = await inTurns(steps, clock, limits)
  if (packet === undefined) return err({ reason: 'out-of-time' })
  account.know({
    promptDigest: await promptDigest(),
    packetDigest: await digestOfText(packet.text),
    notesDigest: notes === undefined ? null : await digestOfText(notes),
    leftOut: packet.leftOut,
    hostile: packet.hostile,
  })
  // Fetched while the first pass is under way; shown to the second only.
  const reading = readBlocks(examination, secrets, openCode, limits, ports)
  const blind = await pass(asking, 'blind', blindPrompt(packet), packet)
  if (!blind.ok) return blind
  const code = await reading
  account.know({
    codeBlocks: code.blocks.length,
    leftOut: [...packet.leftOut, ...code.leftOut],
    hostile: [...new Set([...packet.hostile, ...code.hostile])],
  })
  const hide = withoutAccounts(examination)
  const extra = {
    ...(notes === undefined ? {} : { notes: hide(withoutSecrets(notes, secrets)) }),
    code: code.blocks,
  }
  const informed = await pass(asking, 'informed', await informedPrompt(packet, extra), packet)
  return informed.ok ? ok({ blind: blind.value, informed: informed.value }) : informed
}

async function pass(
  asking: Asking,
  name: PassName,
  prompt: Prompt,
  packet: Packet,
): Promise<Result<Opinion, NoOpinion>> {
  const { ports, account, limits } = asking
  const { reviewer, budget, clock, log } = ports
  if (limits.signal.aborted) return err({ reason: 'out-of-time' })
  const began = clock.now()
  const presumed = presumedTokens(prompt)
  const settle = budget.reserve(presumed, began)
  if (settle === undefined) return err({ reason: 'budget', pass: name })
  const answer = await reviewer.ask(prompt, limits).catch((error: unknown) => {
    settle(presumed, clock.now())
    throw error
  })
  settle(spentTokens(answer, presumed), clock.now())
  const { usage, cost } = answer.ok ? answer.value : answer.error
  account.use(usage, cost)
  log(answer.ok ? 'info' : 'warn', 'review-pass', {
    pass: name,
    reason: answer.ok ? undefined : answer.error.reason,
    ...usage,
    durationMs: clock.now() - began,
  })
  if (!answer.ok) return err({ reason: answer.error.reason, pass: name })
  account.know({ model: answer.value.model })
  const opinion = readOpinion(answer.value.text, packet, name)
  return opinion.ok ? opinion : err({ reason: 'unusable', pass: name, because: opinion.error })
}

function heardOf({ ports, account }: Asking, { blind, informed }: Opinions): Heard {
  ports.log('info', 'review-heard', {
    claims: blind.claims.length + informed.claims.length,
    discarded: blind.discarded + informed.discarded,
    tokens: tokensOf(account.summary().usage),
  })
  return { kind: 'opinions', asked: account.summary(), blind, informed }
}

function withoutOpinion({ ports, account }: Asking, ended: NoOpinion): Heard {
  const asked = account.summary()
  const fields = { reason: ended.reason, tokens: tokensOf(asked.usage) }
  ports.log('warn', 'review-without-opinion', fields)
  return { kind: 'none', asked, because: describeNoOpinion(ended) }
}
