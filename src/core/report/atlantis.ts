// A decision as the output of an Atlantis step. There the printed text decides and unrecognised text
// passes, so every block says its verdict in its first and in its last line, in the words that all
// versions recognise, and nothing between them can be taken for one.
// https://www.runatlantis.io/docs/custom-policy-checks
import type { Decision } from '../decision.ts'
import { visible } from '../text/safe.ts'
import { BREAK, neutral } from './atlantis-text.ts'
import { type FindingGroup, leftOut, someOf, titleText } from './groups.ts'
import {
  claimLead,
  claimsLeftOut,
  MODEL_WORDS,
  type ReviewView,
  silentText,
} from './review-view.ts'
import { evidenceText } from './terminal.ts'
import { type ReportView, viewOf, wayBackRow } from './view.ts'
import { addressText, plural, sentence, stopped } from './words.ts'

/** What Atlantis knows of the run; all of it may be missing, none of it decides. */
export interface AtlantisRun {
  readonly project?: string | undefined
  readonly workspace?: string | undefined
  readonly directory?: string | undefined
  readonly repository?: string | undefined
  readonly pull?: string | undefined
  readonly author?: string | undefined
  readonly commit?: string | undefined
  /** `sha256:` and 64 hex digits of the plan file that would be applied. */
  readonly planFile?: string | undefined
}

/** The last line of a blocked block; the recogniser counts it, and the comment lifts it out of the fold. */
export const FAILED_SUMMARY = '1 test, 0 passed, 0 warnings, 1 failure, 0 exceptions'

/** UTF-8 bytes of one block: several projects share a comment, and Bitbucket Server splits at 32 768. */
const MAX_BYTES = 24_000
/** Kept for what follows the findings. */
const FOOT_BYTES = 8_000
const MAX_ITEM_BYTES = 4_000
const MAX_ADDRESSES = 5
/** The rules' part goes first where room is short. */
const MAX_REVIEW_BYTES = 4_000
const MAX_CLAIMS = 5

/**
 * The output of a policy-check step: exactly one block, at most 24 000 bytes, lines under 6 000
 * characters. A pass where the phase observes, or where it enforces and the verdict is release.
 */
export function renderAtlantis(decision: Decision, run: AtlantisRun = {}): string {
  const view = viewOf(decision)
  const passes = passesAt(decision)
  return passes
    ? block('pass', 'holdgate', headlineOf(view), reportOf(view, run), run)
    : block('fail', 'holdgate', headlineOf(view), [...reportOf(view, run), ...items(decision)], run)
}

/**
 * The block for whatever was not assessed, which never passes.
 * @param reason one sentence without any value of the plan
 */
export function atlantisFailure(
  reason: string,
  run: AtlantisRun = {},
  step: 'holdgate' | 'holdgate gate' = 'holdgate',
): string {
  const told = stopped(sentence(reason))
  const lines = [
    `- ${told}`,
    '  Nothing was found out about the changes, good or bad.',
    ...labelled([['Run', runText(run)]]),
  ]
  return block('fail', step, 'not assessed, so a person has to look', lines, run)
}

export interface GateAnswer {
  readonly opens: boolean
  readonly text: string
}

/**
 * The gate before an apply: opens for what the policy releases, or where a person approved the pull
 * request; never for an approval while the kill switch is on. `approved` is undefined where Atlantis
 * does not say (before v0.37.0, and outside the stages plan and apply).
 */
export function atlantisGate(
  decision: Decision,
  approved: boolean | undefined,
  run: AtlantisRun = {},
): GateAnswer {
  const view = viewOf(decision)
  const report = reportOf(view, run)
  if (passesAt(decision)) {
    return { opens: true, text: block('pass', 'holdgate gate', headlineOf(view), report, run) }
  }
  if (decision.policy.killSwitch) {
    const headline = 'closed, and no approval opens it while the kill switch is on'
    return { opens: false, text: block('fail', 'holdgate gate', headline, report, run) }
  }
  if (approved === true) {
    const headline = 'needs a person, and a person approved the pull request'
    return { opens: true, text: block('pass', 'holdgate gate', headline, report, run) }
  }
  const next =
    approved === false
      ? '  Have the pull request approved by another person, then comment the apply again.'
      : '  Atlantis did not say whether the pull request is approved; v0.37.0 and later do.'
  const headline = 'closed: the plan needs a person and the pull request is not approved'
  return { opens: false, text: block('fail', 'holdgate gate', headline, [next, ...report], run) }
}

function passesAt(decision: Decision): boolean {
  const { phase } = decision.policy
  return phase === 'observe' || (phase === 'enforce' && decision.verdict === 'release')
}

function headlineOf(view: ReportView): string {
  const hold = view.verdict === 'hold'
  if (view.phase === 'observe') {
    return hold ? 'observing only; would need a person' : 'observing only; would need no person'
  }
  if (view.phase === 'propose') return 'a person decides, as always in phase propose'
  return hold ? 'needs a person' : 'no person needed'
}

function block(
  verdict: 'pass' | 'fail',
  step: string,
  headline: string,
  lines: readonly string[],
  run: AtlantisRun,
): string {
  const clean = lines.map((line) => neutral(line, verdict))
  const isBroken = clean.some((line) => line.includes(BREAK))
  const note = isBroken
    ? [`  A "${BREAK}" inside a word keeps Atlantis from reading a verdict in it.`]
    : []
  const planFile = planFileText(run)
  const last =
    verdict === 'pass' ? [`PASS - ${step}: ${planFile}`] : [`  ${planFile}`, FAILED_SUMMARY]
  const word = verdict === 'pass' ? 'PASS' : 'FAIL'
  return `${[`${word} - ${step}: ${headline}`, ...clean, ...note, ...last].join('\n')}\n`
}

/** Anything but a digest is left out: the line is compared with the file on the other side. */
function planFileText(run: AtlantisRun): string {
  return run.planFile !== undefined && /^sha256:[0-9a-f]{64}$/.test(run.planFile)
    ? `plan file ${run.planFile}`
    : 'plan file not named'
}

/** Lines starting with - ! or + are coloured: what holds, what is worth knowing, what is harmless. */
function reportOf(view: ReportView, run: AtlantisRun): string[] {
  const hold = view.verdict === 'hold'
  const owner = hold && view.owner !== null ? view.owner : ''
  const head = [
    `${hold ? '-' : '+'} ${view.reason}`,
    ...view.otherReasons.slice(0, 5).map((text) => `  ${visible(text, 300)}`),
    ...(view.otherReasons.length > 5
      ? [`  and ${plural(view.otherReasons.length - 5, 'more reason')}`]
      : []),
    ...(view.phaseNote === undefined ? [] : [`  ${view.phaseNote}`]),
    ...(view.review?.note === undefined ? [] : [`! ${view.review.note}`]),
    ...labelled([
      ['Who decides', owner],
      ['Changes', view.changes],
      ['Risk', view.risk],
      ...wayBackRow(view),
      ['Environment', view.environment],
      ['Run', runText(run)],
    ]),
  ]
  const foot = [
    ...(view.clear.length === 0
      ? []
      : [`+ Looked at and harmless: ${someOf(view.clear, 6, (text) => text)}`]),
    ...(view.review === undefined ? [] : reviewLines(view.review)),
    `  policy ${view.policy}; plan ${view.digest}`,
  ]
  const body: string[] = []
  let room = MAX_BYTES - FOOT_BYTES - bytesOf([...head, ...foot])
  let shown = 0
  for (const group of view.groups) {
    const lines = groupLines(group)
    room -= bytesOf(lines)
    if (room < 0) break
    body.push(...lines)
    shown += 1
  }
  const rest = leftOut(view.groups.slice(shown))
  return [...head, ...body, ...(rest === undefined ? [] : [`! ${rest}`]), ...foot]
}

function groupLines(group: FindingGroup): string[] {
  const who = group.holds ? 'needs a person' : 'worth knowing'
  const others = group.addresses.slice(1)
  return [
    '',
    `${group.holds ? '-' : '!'} ${group.severity}, ${who}: ${titleText(group.title)}`,
    ...group.evidence.slice(0, 5).map((item) => `    ${evidenceText(item)}`),
    ...(group.evidence.length > 5
      ? [`    and ${plural(group.evidence.length - 5, 'more line')} of evidence`]
      : []),
    ...group.advice.map(([label, text]) => `  ${`${label}:`.padEnd(18)}${text}`),
    ...(others.length === 0
      ? []
      : [`  ${'Also:'.padEnd(18)}${someOf(others, MAX_ADDRESSES, (item) => item)}`]),
    ...labelled([
      [
        'Let pass by',
        group.limit === undefined ? '' : `a second reader, within limit ${group.limit}`,
      ],
    ]),
    `  ${'Rule:'.padEnd(18)}${group.rule}`,
  ]
}

/** The model's part, in whole lines of at most 4 000 bytes; claims without room are counted. */
function reviewLines(review: ReviewView): string[] {
  if (review.outcome === 'no-opinion') return [`  ${silentText(review)}`]
  const lines = [
    '',
    `! Second reader: ${review.outcomeText}`,
    ...labelled(review.facts),
    ...review.remarks.map((text) => `  ${visible(text, 160)}`),
    ...(review.claims.length === 0 ? [] : [`  ${MODEL_WORDS}`]),
  ]
  let room = MAX_REVIEW_BYTES - bytesOf(lines)
  let shown = 0
  for (const claim of review.claims.slice(0, MAX_CLAIMS)) {
    const line = `  ${shown + 1}. ${claimLead(claim, (name) => name)}: ${claim.says}`
    room -= bytesOf([line])
    if (room < 0) break
    lines.push(line)
    shown += 1
  }
  const rest = claimsLeftOut(review, shown)
  return [...lines, ...(rest === undefined ? [] : [`  ${rest}`]), '']
}

/**
 * Stable lines for sticky approvals: what holds, and what the plan does as a whole, so that an
 * approval survives only a plan that does the same.
 */
function items(decision: Decision): string[] {
  const held = decision.findings.filter(({ holds }) => holds)
  const lines = held.map(
    ({ rule, address }) => `ITEM ${sentence(rule, 60)} ${addressText(address)}`,
  )
  let room = MAX_ITEM_BYTES
  const shown = [...new Set(lines)].sort().filter((line) => {
    room -= bytesOf([line])
    return room >= 0
  })
  return ['', ...shown, `ITEM plan ${sentence(decision.plan.fingerprint, 120)}`]
}

function runText(run: AtlantisRun): string {
  const parts: readonly (readonly [string, string | undefined])[] = [
    ['', run.repository],
    ['pull request ', run.pull],
    ['commit ', run.commit],
    ['by ', run.author],
    ['project ', run.project],
    ['directory ', run.directory],
    ['workspace ', run.workspace === 'default' ? undefined : run.workspace],
  ]
  return parts
    .flatMap(([lead, text]) => {
      const told = text === undefined ? '' : sentence(text, 120)
      return told === '' ? [] : [`${lead}${told}`]
    })
    .join(', ')
}

function labelled(pairs: readonly (readonly [string, string])[]): string[] {
  return pairs.flatMap(([label, text]) =>
    text === '' ? [] : [`  ${`${label}:`.padEnd(18)}${text}`],
  )
}

/** As printed: breaking words up makes them longer. */
function bytesOf(lines: readonly string[]): number {
  const printed = lines.map((line) => neutral(line, 'pass')).join('\n')
  return new TextEncoder().encode(printed).length + 1
}
