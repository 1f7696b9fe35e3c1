// A decision on a terminal: the verdict and its reason before the fold, details below, in plain
// text that reads the same without colours.
import type { Decision } from '../decision.ts'
import type { Severity } from '../knowledge/kind.ts'
import {
  dependentsText,
  type EvidenceLine,
  type FindingGroup,
  leftOut,
  someOf,
  titleText,
} from './groups.ts'
import {
  claimLead,
  claimsLeftOut,
  MODEL_WORDS,
  type ReviewView,
  silentText,
} from './review-view.ts'
import { type ReportView, viewOf, wayBackRow } from './view.ts'
import { plural } from './words.ts'

/** Groups shown in full; the rest is counted. */
const MAX_GROUPS = 40
const MAX_ADDRESSES = 5
const MAX_REACH = 5
const MAX_CLAIMS = 12
const LABEL_WIDTH = 18

/** Plain text of at most `width` columns (words longer than that stay whole); ANSI on request. */
export function renderTerminal(
  decision: Decision,
  options: { readonly color?: boolean; readonly width?: number } = {},
): string {
  const view = viewOf(decision)
  const paint: Paint = options.color === true ? painted : (text) => text
  const width = Math.max(options.width ?? 80, 40)
  const lines = [
    ...headOf(view, paint, width),
    ...view.groups.slice(0, MAX_GROUPS).flatMap((group, at) => {
      const before = view.groups[at - 1]
      const isFirst = before?.severity !== group.severity || before.holds !== group.holds
      return [
        ...(isFirst ? ['', titleOfSection(group, paint)] : ['']),
        ...detail(group, paint, width),
      ]
    }),
    ...restOf(view, width),
    ...reachLines(view, width),
    ...clearOf(view, width),
    ...(view.review === undefined ? [] : reviewLines(view.review, paint, width)),
    '',
    ...wrap(`policy ${view.policy}${grantsOf(view)}`, width, '', ''),
    `plan ${view.digest}`,
  ]
  return `${lines.join('\n')}\n`
}

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green'
type Paint = (text: string, style: Style) => string

const CODES: Readonly<Record<Style, number>> = { bold: 1, dim: 2, red: 31, yellow: 33, green: 32 }

function painted(text: string, style: Style): string {
  return `\u001b[${CODES[style]}m${text}\u001b[0m`
}

function headOf(view: ReportView, paint: Paint, width: number): string[] {
  const [word = '', ...rest] = view.headline.split(' ')
  const mark = paint(
    [word.toUpperCase(), ...rest].join(' '),
    view.verdict === 'hold' ? 'yellow' : 'green',
  )
  const facts: (readonly [string, string])[] = [
    ['Changes', view.changes],
    ['Risk', view.risk],
    ...wayBackRow(view),
    ['Environment', view.environment],
  ]
  if (view.verdict === 'hold' && view.owner !== null) facts.unshift(['Who decides', view.owner])
  return [
    mark,
    '',
    // A model's words may stand in it: no line of them begins where a line of ours does.
    ...wrap(view.reason, width, '', view.review === undefined ? '' : '  ').map((line) =>
      paint(line, 'bold'),
    ),
    ...view.otherReasons.slice(0, 5).flatMap((text) => wrap(text, width, '- ', '  ')),
    ...(view.otherReasons.length > 5
      ? [`- and ${plural(view.otherReasons.length - 5, 'more reason')}`]
      : []),
    ...(view.phaseNote === undefined ? [] : ['', ...wrap(view.phaseNote, width, '', '')]),
    ...(view.review?.note === undefined ? [] : ['', ...wrap(view.review.note, width, '', '  ')]),
    '',
    ...facts.flatMap(([label, text]) => labelled(label, text, width, '')),
  ]
}

const STYLES: Readonly<Record<Severity, Style>> = {
  critical: 'red',
  high: 'red',
  medium: 'yellow',
  low: 'dim',
  info: 'dim',
}

function titleOfSection(group: FindingGroup, paint: Paint): string {
  const who = group.holds ? 'needs a person' : 'worth knowing'
  return `${paint(group.severity.toUpperCase(), STYLES[group.severity])}  ${who}`
}

function detail(group: FindingGroup, paint: Paint, width: number): string[] {
  const others = group.addresses.slice(1)
  return [
    ...wrap(titleText(group.title), width, '  ', '    ').map((line) => paint(line, 'bold')),
    ...group.evidence.flatMap((item) => wrap(evidenceText(item), width, '    ', '      ')),
    ...group.advice.flatMap(([label, text]) => labelled(label, text, width, '    ')),
    ...(others.length > 0
      ? labelled(
          'Also',
          someOf(others, MAX_ADDRESSES, (item) => item),
          width,
          '    ',
        )
      : []),
    ...(group.grant === undefined
      ? []
      : labelled('Let pass by', `grant ${group.grant}`, width, '    ')),
    ...(group.limit === undefined
      ? []
      : labelled('Let pass by', `a second reader, within limit ${group.limit}`, width, '    ')),
    ...labelled('Rule', group.rule, width, '    '),
  ]
}

/** `path: before → after (forces replacement)`, or the note where that is the point. */
export function evidenceText(item: EvidenceLine): string {
  const sides =
    item.before === undefined && item.after === undefined
      ? ''
      : `${item.before ?? '(none)'} → ${item.after ?? '(none)'}`
  const forced = item.forcesReplacement ? ' (forces replacement)' : ''
  const said = [`${sides}${forced}`.trim(), item.note ?? '']
    .filter((text) => text !== '')
    .join('; ')
  return item.path === '' ? said : `${item.path}: ${said}`
}

function grantsOf(view: ReportView): string {
  return view.grants.length === 0 ? '' : `, grants ${someOf(view.grants, 10, (grant) => grant)}`
}

function restOf(view: ReportView, width: number): string[] {
  const note = leftOut(view.groups.slice(MAX_GROUPS))
  return note === undefined ? [] : ['', ...wrap(note, width, '', '')]
}

function reachLines(view: ReportView, width: number): string[] {
  const plain = (text: string): string => text
  const lines = view.reach
    .slice(0, MAX_REACH)
    .flatMap((one) => wrap(`${one.subject}: ${dependentsText(one, plain)}`, width, '  ', '    '))
  const more = view.reach.length - MAX_REACH
  if (lines.length === 0) return []
  return [
    '',
    'Depends on it:',
    ...lines,
    ...(more > 0 ? [`  and ${plural(more, 'more object')}`] : []),
  ]
}

function clearOf(view: ReportView, width: number): string[] {
  if (view.clear.length === 0) return []
  return [
    '',
    ...wrap(`Looked at and harmless: ${someOf(view.clear, 12, (text) => text)}`, width, '', '  '),
  ]
}

function reviewLines(review: ReviewView, paint: Paint, width: number): string[] {
  if (review.outcome === 'no-opinion') return ['', ...wrap(silentText(review), width, '', '  ')]
  const rest = claimsLeftOut(review, MAX_CLAIMS)
  return [
    '',
    `${paint('SECOND READER', 'bold')}  ${review.outcomeText}`,
    ...[...review.facts, ['Used', review.used] as const].flatMap(([label, text]) =>
      labelled(label, text, width, '  '),
    ),
    ...review.remarks.flatMap((text) => wrap(text, width, '  ', '    ')),
    ...(review.claims.length === 0 ? [] : wrap(MODEL_WORDS, width, '  ', '  ')),
    ...review.claims.slice(0, MAX_CLAIMS).flatMap((claim, at) => {
      const lead = claimLead(claim, (name) => name)
      return wrap(`${at + 1}. ${lead}: ${claim.says}`, width, '  ', '     ')
    }),
    ...(rest === undefined ? [] : [`  ${rest}`]),
  ]
}

function labelled(label: string, text: string, width: number, indent: string): string[] {
  const lead = `${indent}${`${label}:`.padEnd(LABEL_WIDTH)}`
  return wrap(text, width, lead, ' '.repeat(Math.min(lead.length, 22)))
}

/** Words over lines of at most `width` columns; a longer word has a line to itself. */
function wrap(text: string, width: number, first: string, next: string): string[] {
  const lines: string[] = []
  let line = first
  let isEmpty = true
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line)
      line = next
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return [...lines, line]
}
