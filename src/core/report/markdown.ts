// A decision as a pull request comment, and one finding group as the body of a run-task outcome.
// Text from the plan stands in code spans; everything else is a sentence of plain words.
import type { Decision } from '../decision.ts'
import { escapeMarkdown, markdownCode } from '../text/safe.ts'
import {
  dependentsText,
  type EvidenceLine,
  type FindingGroup,
  leftOut,
  someOf,
  type Title,
} from './groups.ts'
import { reviewMarkdown } from './markdown-review.ts'
import type { ReviewView } from './review-view.ts'
import { type ReportView, viewOf, wayBackRow } from './view.ts'
import { plural } from './words.ts'

/** GitHub refuses comments over 65 536 characters; GitLab and Bitbucket allow more. */
const MAX_COMMENT = 60_000
const MAX_ADDRESSES = 10
const MAX_REACH = 5
const MAX_REVIEW = 15_000

/** At most about 60 000 characters; what does not fit is counted by severity. */
export function renderMarkdown(decision: Decision): string {
  const view = viewOf(decision)
  const head = [
    `## ${view.headline}`,
    '',
    `**${escapeMarkdown(view.reason)}**`,
    '',
    ...view.otherReasons.slice(0, 5).map((text) => `- ${escapeMarkdown(text)}`),
    ...(view.otherReasons.length > 5
      ? [`- and ${plural(view.otherReasons.length - 5, 'more reason')}`]
      : []),
    ...(view.otherReasons.length > 0 ? [''] : []),
    ...(view.phaseNote === undefined ? [] : [view.phaseNote, '']),
    ...(view.review?.note === undefined ? [] : [escapeMarkdown(view.review.note), '']),
    ...(view.verdict === 'hold' && view.owner !== null
      ? [`- **Who decides:** ${markdownCode(view.owner)}`]
      : []),
    `- **Changes:** ${escapeMarkdown(view.changes)}`,
    `- **Risk:** ${escapeMarkdown(view.risk)}`,
    ...wayBackRow(view).map(([label, text]) => `- **${label}:** ${escapeMarkdown(text)}`),
    `- **Environment:** ${escapeMarkdown(view.environment)}`,
  ]
  const foot = [
    ...reachLines(view),
    ...(view.clear.length === 0
      ? []
      : [
          '',
          `**Looked at and harmless:** ${escapeMarkdown(someOf(view.clear, 20, (text) => text))}`,
        ]),
    ...(view.review === undefined ? [] : ['', ...reviewLines(view.review)]),
    '',
    `Policy ${escapeMarkdown(view.policy)} ${markdownCode(view.policyDigest)}${grantsOf(view)}; plan ${markdownCode(view.digest)}.`,
    '',
  ]
  const body: string[] = []
  let room = MAX_COMMENT - [...head, ...foot].join('\n').length - 500
  let shown = 0
  for (const group of view.groups) {
    const block = ['', headingOf(group), '', ...groupLines(group)]
    room -= block.join('\n').length + 1
    if (room < 0) break
    body.push(...block)
    shown += 1
  }
  const rest = leftOut(view.groups.slice(shown))
  return [...head, ...body, ...(rest === undefined ? [] : ['', rest]), ...foot].join('\n')
}

function reachLines({ reach }: ReportView): string[] {
  if (reach.length === 0) return []
  const more = reach.length - MAX_REACH
  return [
    '',
    '**Depends on it:**',
    '',
    ...reach
      .slice(0, MAX_REACH)
      .map((one) => `- ${markdownCode(one.subject)}: ${dependentsText(one, markdownCode)}`),
    ...(more > 0 ? [`- and ${plural(more, 'more object')}`] : []),
  ]
}

function reviewLines(review: ReviewView): string[] {
  const lines = reviewMarkdown(review, MAX_REVIEW)
  return review.outcome === 'no-opinion'
    ? lines
    : [`### Second reader: ${review.outcomeText}`, '', ...lines]
}

function grantsOf(view: ReportView): string {
  return view.grants.length === 0 ? '' : `, grants ${someOf(view.grants, 10, markdownCode)}`
}

/** One group as Markdown of at most `maxLength` characters, whole lines only. */
export function groupMarkdown(group: FindingGroup, maxLength: number): string {
  const lines = groupLines(group)
  const kept: string[] = []
  let length = 0
  for (const [at, line] of lines.entries()) {
    const note = `… ${plural(lines.length - at, 'line')} left out`
    if (length + line.length + 1 + note.length > maxLength) return [...kept, note].join('\n')
    kept.push(line)
    length += line.length + 1
  }
  return kept.join('\n')
}

function headingOf(group: FindingGroup): string {
  const severity = `${group.severity.charAt(0).toUpperCase()}${group.severity.slice(1)}`
  return `### ${severity}: ${group.holds ? 'needs a person' : 'worth knowing'}`
}

function groupLines(group: FindingGroup): string[] {
  const others = group.addresses.slice(1)
  return [
    titleMarkdown(group.title),
    '',
    ...group.evidence.map((item) => `- ${evidenceMarkdown(item)}`),
    ...(group.evidence.length > 0 ? [''] : []),
    ...group.advice.flatMap(([label, text]) => [`**${label}:** ${escapeMarkdown(text)}`, '']),
    ...(others.length > 0 ? [`**Also:** ${someOf(others, MAX_ADDRESSES, markdownCode)}`, ''] : []),
    `Rule ${markdownCode(group.rule)}${group.grant === undefined ? '' : `; let pass by grant ${markdownCode(group.grant)}`}${group.limit === undefined ? '' : `; let pass by a second reader, within limit ${markdownCode(group.limit)}`}.`,
  ]
}

/** The address as code, the rest as words. */
export function titleMarkdown({ subject, what }: Title): string {
  const gap = what.startsWith(' ') ? ' ' : ''
  const rest = what.startsWith(': ') ? `: ${escapeMarkdown(what.slice(2))}` : escapeMarkdown(what)
  return subject === '' ? rest : `${markdownCode(subject)}${gap}${rest}`
}

function evidenceMarkdown(item: EvidenceLine): string {
  const sides =
    item.before === undefined && item.after === undefined
      ? ''
      : `${markdownCode(item.before ?? '(none)')} → ${markdownCode(item.after ?? '(none)')}`
  const forced = item.forcesReplacement ? ' (forces replacement)' : ''
  const note = item.note === undefined ? '' : escapeMarkdown(item.note)
  const said = [`${sides}${forced}`.trim(), note].filter((text) => text !== '').join('; ')
  return item.path === '' ? said : `${markdownCode(item.path)}: ${said}`
}
