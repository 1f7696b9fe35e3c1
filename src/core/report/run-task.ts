// What HCP Terraform and Terraform Enterprise show of a decision: one message, and outcomes. The
// command line prints the message and nothing else, so it stands alone, in plain text.
import type { Decision } from '../decision.ts'
import { visible } from '../text/safe.ts'
import { someOf } from './groups.ts'
import { outcomesOf } from './outcomes.ts'
import { type ReportView, viewOf } from './view.ts'
import { NOBODY_NAMED, plural, sentence, stopped } from './words.ts'

export interface Outcome {
  readonly id: string
  readonly description: string
  /** Markdown. */
  readonly body: string
  readonly tags: Readonly<Record<string, readonly OutcomeTag[]>>
}

export interface OutcomeTag {
  readonly label: string
  readonly level: 'none' | 'info' | 'warning' | 'error'
}

export interface RunTaskReport {
  readonly status: 'passed' | 'failed'
  readonly message: string
  readonly outcomes: readonly Outcome[]
}

export interface RunTaskRun {
  readonly stage: 'pre_plan' | 'post_plan' | 'pre_apply' | 'post_apply'
  readonly enforcement: 'advisory' | 'mandatory' | 'unknown'
  readonly speculative: boolean
}

/** Published schema of run-task results: `message` is 1 to 1000 characters. */
const MAX_MESSAGE = 1000
const MAX_REASON = 420

/**
 * The status follows the verdict and the phase: observe always passes, propose never does, enforce
 * passes what is released. Stage and enforcement level change words only. `message` is at most 1000
 * UTF-16 units; there are 1 to 250 outcomes, most severe first.
 */
export function runTaskReport(decision: Decision, run: RunTaskRun): RunTaskReport {
  const view = viewOf(decision)
  const passes =
    view.phase === 'observe' || (view.phase === 'enforce' && decision.verdict === 'release')
  return {
    status: passes ? 'passed' : 'failed',
    message: joined([
      verdictText(view, run),
      view.review?.note ?? '',
      reasonText(view),
      ...nextSteps(view, run),
    ]),
    outcomes: outcomesOf(view),
  }
}

/**
 * No decision could be made, which is never a pass. `reason` is one sentence about what stopped the
 * assessment, without any value of the plan; `reference` finds it in the logs.
 */
export function runTaskFailure(
  failure: { readonly reason: string; readonly reference: string },
  run: RunTaskRun,
): RunTaskReport {
  const reason = stopped(sentence(failure.reason, MAX_REASON))
  return {
    status: 'failed',
    message: joined([
      'Needs a person: this run could not be assessed.',
      reason,
      'Nothing was found out about its changes, good or bad.',
      whatFollows(run, null),
      `Reference ${sentence(failure.reference, 80)}.`,
    ]),
    outcomes: [],
  }
}

/** Before the plan exists: only what stops every run (kill switch, freeze) can be told. */
export function prePlanReport(
  check: { readonly stops: readonly string[] },
  run: RunTaskRun,
): RunTaskReport {
  const [first, ...others] = check.stops.map((text) => stopped(sentence(text, MAX_REASON)))
  if (first === undefined) {
    return {
      status: 'passed',
      message: 'Nothing stops planning: no freeze, no kill switch. The plan was not looked at.',
      outcomes: [],
    }
  }
  const more = others.length === 0 ? '' : `And ${plural(others.length, 'more reason')}.`
  return {
    status: 'failed',
    message: joined([`Needs a person: ${first}`, more, whatFollows(run, null)]),
    outcomes: [],
  }
}

function verdictText(view: ReportView, run: RunTaskRun): string {
  const isHold = view.verdict === 'hold'
  if (view.phase === 'observe') {
    return isHold
      ? 'Observing only: this run would have waited for a person.'
      : 'Observing only: this run would have been released.'
  }
  if (view.phase === 'propose') {
    return isHold
      ? 'Needs a person.'
      : 'Needs a person, as every run does in phase propose. The proposal is to release it.'
  }
  if (run.stage === 'post_apply') {
    return isHold
      ? 'Needs a person: this was applied, and nothing here prevented it.'
      : 'Applied; nothing in it needed a person.'
  }
  return isHold ? 'Needs a person.' : 'Released: no person needed.'
}

function reasonText(view: ReportView): string {
  const reason = stopped(sentence(view.reason, MAX_REASON))
  const isSaid = view.hasChanges || /\bno (?:\w+ )?changes?\b/i.test(reason)
  const none = isSaid ? '' : 'The plan has no changes.'
  const held = view.groups.filter((group) => group.holds).length
  const more = view.verdict === 'hold' && held > 1 ? `${plural(held, 'concern')} in all.` : ''
  const back = view.wayBack === undefined ? '' : `Way back: ${view.wayBack}.`
  return [none, reason, more, view.hasChanges ? `Plan: ${view.changes}.` : '', back]
    .filter((text) => text !== '')
    .join(' ')
}

function nextSteps(view: ReportView, run: RunTaskRun): string[] {
  const speculative = run.speculative ? 'Speculative plan: it cannot be applied.' : ''
  if (view.phase === 'observe') {
    const decider = view.owner === null ? '' : ` by ${view.owner}`
    const would = `In phase enforce the status would have been failed, until approved${decider}.`
    return [
      view.verdict === 'hold' ? would : '',
      'Nothing was stopped: the platform goes on regardless.',
      speculative,
    ]
  }
  if (view.verdict === 'release' && view.phase === 'enforce') return [grantedBy(view), speculative]
  const owner = `Who decides: ${view.owner ?? NOBODY_NAMED}.`
  return [owner, speculative === '' ? whatFollows(run, view.owner) : speculative]
}

/** A release by grant is on whoever granted it, and says so. */
function grantedBy(view: ReportView): string {
  if (view.grants.length === 0) return ''
  const told = (items: readonly string[]): string => someOf(items, 3, (item) => item)
  const who = view.accountable.length === 0 ? '' : `, granted by ${told(view.accountable)}`
  return `Released under ${view.grants.length === 1 ? 'grant' : 'grants'} ${told(view.grants)}${who}.`
}

/** What the platform does now, and what the reader can do; an override is not theirs to promise. */
function whatFollows(run: RunTaskRun, owner: string | null): string {
  if (run.stage === 'post_apply') return 'Look at what was applied now.'
  const who = owner ?? 'its owner'
  const ways = `change the code, or have ${who} change the policy; then start a new run`
  switch (run.enforcement) {
    case 'advisory':
      return 'This task is advisory: the platform goes on regardless. Where the workspace applies automatically, nobody is asked again; otherwise look before you confirm the apply.'
    case 'mandatory':
      return `This task is mandatory, so the platform ends the run: ${ways}.`
    case 'unknown':
      return `If the platform ends the run: ${ways}.`
  }
}

function joined(parts: readonly string[]): string {
  return visible(parts.filter((part) => part !== '').join(' '), MAX_MESSAGE)
}
