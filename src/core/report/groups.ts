// Findings of one rule that differ only in the address become one group: what a reader sees as one
// thing is one thing on every surface.
import type { DecidedFinding } from '../decision.ts'
import type { JsonValue } from '../json.ts'
import type { Severity } from '../knowledge/kind.ts'
import { REVERSAL_WORDS } from '../knowledge/reversal.ts'
import { addressText, adviceOf, plural, SEVERITIES, sentence, stopped, valueText } from './words.ts'

export interface EvidenceLine {
  /** Empty where the fact is not about one attribute. */
  readonly path: string
  readonly before?: string
  readonly after?: string
  readonly forcesReplacement: boolean
  readonly note?: string
}

/** What happens: the first address (empty where the sentence names none or holds it), then the rest. */
export interface Title {
  readonly subject: string
  readonly what: string
}

/** Findings of one rule that differ in nothing but the address. */
export interface FindingGroup {
  readonly rule: string
  readonly severity: Severity
  readonly holds: boolean
  /** The grant that lets it pass. */
  readonly grant?: string
  /** The limit within which a second reader lets it pass. */
  readonly limit?: string
  readonly hazards: readonly string[]
  readonly title: Title
  /** All of them, in the decision's order. */
  readonly addresses: readonly string[]
  readonly evidence: readonly EvidenceLine[]
  readonly advice: readonly (readonly [string, string])[]
  /** The class of the way back, in words. */
  readonly wayBack?: string
}

export function titleText(title: Title): string {
  return `${title.subject}${title.what}`
}

/** One line about the groups a surface has no room for; undefined where all of them fit. */
export function leftOut(groups: readonly FindingGroup[]): string | undefined {
  const count = findingsIn(groups)
  if (count === 0) return undefined
  const held = findingsIn(groups.filter((group) => group.holds))
  const bySeverity = SEVERITIES.map((severity) => ({
    severity,
    count: findingsIn(groups.filter((group) => group.severity === severity)),
  }))
    .filter((row) => row.count > 0)
    .map((row) => `${row.count} ${row.severity}`)
  const people = held === 0 ? 'none needs a person' : `${held} of them need a person`
  return `${plural(count, 'more finding')} left out here: ${bySeverity.join(', ')}; ${people}. The JSON report has all of them.`
}

/** "a, b, c and 27 more", or the list itself where it is short. */
export function someOf(
  items: readonly string[],
  max: number,
  shown: (item: string) => string,
): string {
  const head = items.slice(0, max).map(shown).join(', ')
  return items.length > max ? `${head} and ${items.length - max} more` : head
}

/** The first dependents of an object; the others are counted. */
export function dependentsText(
  { dependents, more }: { readonly dependents: readonly string[]; readonly more: number },
  shown: (item: string) => string,
): string {
  const head = dependents.slice(0, MAX_DEPENDENTS)
  const rest = dependents.length - head.length + more
  return `${head.map(shown).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

const MAX_DEPENDENTS = 5

export function findingsIn(groups: readonly FindingGroup[]): number {
  return groups.reduce((sum, group) => sum + group.addresses.length, 0)
}

/** Those that hold first, then by severity, then as decided. */
export function groupFindings(findings: readonly DecidedFinding[]): readonly FindingGroup[] {
  const alike = new Map<string, DecidedFinding[]>()
  for (const finding of findings) {
    const key = signature(finding)
    const group = alike.get(key)
    if (group === undefined) alike.set(key, [finding])
    else group.push(finding)
  }
  return [...alike.values()]
    .flatMap((group) => {
      const [first] = group
      return first === undefined ? [] : [groupOf(first, group)]
    })
    .sort((a, b) => Number(b.holds) - Number(a.holds) || rank(a.severity) - rank(b.severity))
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity)
}

/** Everything a reader would see except the address, and the counts of what stays beside it. */
function signature(finding: DecidedFinding): string {
  const { address, ...rest } = finding
  const without = (text: string): string => (address === '' ? text : text.replaceAll(address, ''))
  return JSON.stringify([
    ...[rest.rule, rest.concern, rest.severity, rest.holds, rest.hazards, rest.grant ?? ''],
    rest.limit ?? '',
    ...[rest.summary, rest.why, rest.check, rest.alternative, rest.rollback].map(without),
    ...[rest.reversibility, rest.reversal ?? '', rest.after].map(without),
    rest.evidence,
  ])
}

/** What stays differs in numbers within a group: then it is said of one, by name. */
function unaffectedOf(
  first: DecidedFinding,
  group: readonly DecidedFinding[],
): { readonly unaffected?: string } {
  const { unaffected, address } = first
  if (unaffected === undefined || group.every((one) => one.unaffected === unaffected)) return {}
  return {
    unaffected: `${stopped(unaffected)} (This is ${address}; the others differ in numbers.)`,
  }
}

function groupOf(first: DecidedFinding, group: readonly DecidedFinding[]): FindingGroup {
  const title = titleOf(first, group.length - 1)
  return {
    rule: sentence(first.rule, 60),
    severity: first.severity,
    holds: first.holds,
    ...(first.grant === undefined ? {} : { grant: sentence(first.grant, 120) }),
    ...(first.limit === undefined ? {} : { limit: sentence(first.limit, 120) }),
    hazards: first.hazards,
    title,
    addresses: group.map((finding) => addressText(finding.address)),
    evidence: evidenceOf(first, title.what),
    advice: adviceOf({ ...first, ...unaffectedOf(first, group) }),
    ...(first.reversal === undefined ? {} : { wayBack: REVERSAL_WORDS[first.reversal] }),
  }
}

/** Lines kept of one finding; no surface shows more. */
const MAX_EVIDENCE = 15

/** A line that only says what the title says is no evidence. */
function evidenceOf(finding: DecidedFinding, title: string): readonly EvidenceLine[] {
  const lines = tidy(finding.evidence.map(evidenceLine)).filter(
    ({ path, before, after, note, forcesReplacement }) =>
      path !== '' ||
      before !== undefined ||
      after !== undefined ||
      forcesReplacement ||
      note === undefined ||
      !title.endsWith(note),
  )
  const cut = lines.length - MAX_EVIDENCE
  if (cut <= 0) return lines
  return [
    ...lines.slice(0, MAX_EVIDENCE),
    { path: '', forcesReplacement: false, note: `and ${plural(cut, 'more line')} of evidence` },
  ]
}

/** The same note on several attributes is one line that names them all; the same line twice is one. */
function tidy(lines: readonly EvidenceLine[]): readonly EvidenceLine[] {
  const kept = new Map<string, EvidenceLine>()
  for (const line of lines) {
    const isNote = line.before === undefined && line.after === undefined && line.path !== ''
    const key = JSON.stringify(isNote ? ['', line.note, line.forcesReplacement] : line)
    const same = kept.get(key)
    if (same === undefined) kept.set(key, line)
    else if (isNote && !same.path.split(', ').includes(line.path)) {
      kept.set(key, { ...same, path: `${same.path}, ${line.path}` })
    }
  }
  return [...kept.values()]
}

function evidenceLine(item: DecidedFinding['evidence'][number]): EvidenceLine {
  const hidden = item.before === item.after ? HIDDEN_CHANGES.get(item.before) : undefined
  const notes = [hidden, item.note].filter((text) => text !== undefined)
  return {
    path: sentence(item.path, 200),
    ...(item.before === undefined || hidden ? {} : { before: valueText(item.before) }),
    ...(item.after === undefined || hidden ? {} : { after: valueText(item.after) }),
    forcesReplacement: item.forcesReplacement === true,
    ...(notes.length === 0 ? {} : { note: sentence(notes.join('; '), 400) }),
  }
}

/** Two equal placeholders look like "no change". */
const HIDDEN_CHANGES: ReadonlyMap<JsonValue | undefined, string> = new Map([
  ['(sensitive)', 'changed; the value is sensitive and not shown'],
  ['(redacted)', 'changed; the value looks like a secret and is not shown'],
])

/** The address apart from what is said about it, so that a surface can set it as code. */
function titleOf(finding: DecidedFinding, others: number): Title {
  const { address, summary } = finding
  const leads = address !== '' && summary.startsWith(address)
  const told = sentence(leads ? summary.slice(address.length) : summary)
  const isNamed = address === '' || summary.includes(address)
  if (!leads && isNamed && others === 0) return { subject: '', what: told }
  const more = others === 0 ? '' : ` (and ${others} more)`
  return { subject: addressText(address), what: `${more}${leads ? ' ' : ': '}${told}` }
}
