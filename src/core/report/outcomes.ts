// The rows below a run task's message: one per finding group, within the limits of the published
// result schema (at most 250 outcomes; id 64, description 1000, body 10 000, label 32 characters).
import type { Severity } from '../knowledge/kind.ts'
import { escapeMarkdown, markdownCode } from '../text/safe.ts'
import { type FindingGroup, findingsIn, leftOut, titleText } from './groups.ts'
import { groupMarkdown, titleMarkdown } from './markdown.ts'
import { reviewOutcome } from './outcome-review.ts'
import type { Outcome, OutcomeTag } from './run-task.ts'
import { type ReportView, wayBackRow } from './view.ts'
import { plural, sentence } from './words.ts'

const MAX_OUTCOMES = 250
/** Three rows stay free: what is left out, what is boring, what it was decided from. */
const MAX_GROUPS = MAX_OUTCOMES - 3
const MAX_ID = 64
const MAX_DESCRIPTION = 1000
const MAX_BODY = 10_000
const MAX_LABEL = 32
const MAX_HAZARDS = 6

/** Most severe first; never empty. Rows that decide nothing are one row, and so is the lineage. */
export function outcomesOf(view: ReportView): readonly Outcome[] {
  const telling = view.groups.filter((group) => !isBoring(group))
  const boring = view.groups.filter(isBoring)
  const most = MAX_GROUPS - (view.review === undefined ? 0 : 1)
  const rest = telling.slice(most)
  return [
    ...telling.slice(0, most).map((group, at) => outcomeOf(group, at, view)),
    ...(rest.length === 0 ? [] : [countOf(rest, view)]),
    ...(view.review === undefined ? [] : [reviewOutcome(view.review)]),
    ...(view.clear.length > 0 || boring.length > 0 || view.groups.length === 0
      ? [harmless(boring, view)]
      : []),
    lineage(view),
  ]
}

function isBoring(group: FindingGroup): boolean {
  return !group.holds && (group.severity === 'low' || group.severity === 'info')
}

function outcomeOf(group: FindingGroup, at: number, view: ReportView): Outcome {
  const rule = group.rule.replace(/[^A-Za-z0-9_.-]/g, '-').slice(0, MAX_ID - 8)
  return {
    id: `${rule}-${at + 1}`,
    description: sentence(titleText(group.title), MAX_DESCRIPTION),
    body: groupMarkdown(group, MAX_BODY),
    tags: {
      Status: [statusTag(group.holds, view)],
      Severity: [severityTag(group.severity)],
      ...(group.hazards.length === 0
        ? {}
        : { Hazard: group.hazards.slice(0, MAX_HAZARDS).map(tag) }),
      ...(group.wayBack === undefined ? {} : { Reversal: [tag(group.wayBack)] }),
    },
  }
}

function statusTag(holds: boolean, view: ReportView): OutcomeTag {
  if (!holds) return { label: 'Worth knowing', level: 'info' }
  return view.phase === 'observe'
    ? { label: 'Would need a person', level: 'warning' }
    : { label: 'Needs a person', level: 'error' }
}

const LEVELS: Readonly<Record<Severity, OutcomeTag['level']>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'info',
  info: 'none',
}

function severityTag(severity: Severity): OutcomeTag {
  const label = `${severity.charAt(0).toUpperCase()}${severity.slice(1)}`
  return { label, level: LEVELS[severity] }
}

function tag(hazard: string): OutcomeTag {
  return { label: sentence(hazard, MAX_LABEL), level: 'none' }
}

function countOf(rest: readonly FindingGroup[], view: ReportView): Outcome {
  const [worst] = rest
  return {
    id: 'left-out',
    description: `And ${plural(findingsIn(rest), 'more finding')}`,
    body: leftOut(rest) ?? '',
    tags: {
      Status: [
        statusTag(
          rest.some((group) => group.holds),
          view,
        ),
      ],
      Severity: [severityTag(worst?.severity ?? 'info')],
    },
  }
}

/** What a person need not look at: minor findings by title, then what was cleared. */
function harmless(boring: readonly FindingGroup[], view: ReportView): Outcome {
  const minor = boring.map((group) => `- ${titleMarkdown(group.title)}`)
  const clear = view.clear.map((text) => `- ${escapeMarkdown(sentence(text, 300))}`)
  const nothing = view.hasChanges ? 'No finding.' : 'The plan has no changes.'
  const told = [
    ...(boring.length === 0 ? [] : [`${plural(findingsIn(boring), 'minor finding')}`]),
    ...view.clear,
  ]
  return {
    id: 'harmless',
    description:
      told.length === 0 ? nothing : sentence(`Looked at and harmless: ${told.join(', ')}`, 300),
    body: told.length === 0 ? nothing : fitting([...minor, ...clear], MAX_BODY),
    tags: { Status: [{ label: 'Clear', level: 'none' }] },
  }
}

/** Whole lines of at most `room` characters in all; the others are counted. */
function fitting(lines: readonly string[], room: number): string {
  const kept: string[] = []
  let length = 0
  for (const line of lines) {
    length += line.length + 1
    if (length > room - 40) break
    kept.push(line)
  }
  const more = lines.length - kept.length
  return [...kept, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n')
}

function lineage(view: ReportView): Outcome {
  const rows = view.lineage.map(([label, text]) => `- ${label}: ${markdownCode(text)}`)
  const [first = ['', '']] = view.lineage
  const more = [['Risk', view.risk] as const, ...wayBackRow(view)].map(
    ([label, text]) => `- ${label}: ${markdownCode(text)}`,
  )
  return {
    id: 'decided-from',
    description: sentence(`Decided from: ${first[1]}; risk ${view.risk}`, MAX_DESCRIPTION),
    body: fitting([...rows, ...more], MAX_BODY),
    tags: { Status: [{ label: 'Lineage', level: 'none' }] },
  }
}
