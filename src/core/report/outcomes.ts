// The rows below a run task's message: one per finding group, within the limits of the published
// result schema (at most 250 outcomes; id 64, description 1000, body 10 000, label 32 characters).
import type { Severity } from '../knowledge/kind.ts'
import { escapeMarkdown } from '../text/safe.ts'
import { type FindingGroup, findingsIn, leftOut, titleText } from './groups.ts'
import { groupMarkdown } from './markdown.ts'
import type { Outcome, OutcomeTag } from './run-task.ts'
import type { ReportView } from './view.ts'
import { plural, sentence } from './words.ts'

const MAX_OUTCOMES = 250
/** Two rows stay free: one counts what is left out, one collapses what is harmless. */
const MAX_GROUPS = MAX_OUTCOMES - 2
const MAX_ID = 64
const MAX_DESCRIPTION = 1000
const MAX_BODY = 10_000
const MAX_LABEL = 32
const MAX_HAZARDS = 6

/** Most severe first; never empty. */
export function outcomesOf(view: ReportView): readonly Outcome[] {
  const rest = view.groups.slice(MAX_GROUPS)
  return [
    ...view.groups.slice(0, MAX_GROUPS).map((group, at) => outcomeOf(group, at, view)),
    ...(rest.length === 0 ? [] : [countOf(rest, view)]),
    ...(view.clear.length > 0 || view.groups.length === 0 ? [harmless(view)] : []),
  ]
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

function harmless(view: ReportView): Outcome {
  const told = view.clear.slice(0, 20).map((text) => `- ${escapeMarkdown(sentence(text, 300))}`)
  const more = view.clear.length - told.length
  const nothing = view.hasChanges ? 'No finding.' : 'The plan has no changes.'
  const lines = [...told, ...(more > 0 ? [`- and ${more} more`] : [])]
  return {
    id: 'harmless',
    description:
      told.length === 0
        ? nothing
        : sentence(`Looked at and harmless: ${view.clear.join(', ')}`, 300),
    body: lines.length === 0 ? nothing : lines.join('\n'),
    tags: { Status: [{ label: 'Clear', level: 'none' }] },
  }
}
