// A decision arranged for reading: what every surface shows, in one order, already redacted and
// visible. Surfaces choose how much of it fits, escape it, and say what they left out.
import type { DecidedFinding, Decision } from '../decision.ts'
import type { JsonValue } from '../json.ts'
import type { Severity } from '../knowledge/kind.ts'
import {
  addressText,
  adviceOf,
  changesText,
  hasChanges,
  plural,
  SEVERITIES,
  sentence,
  stopped,
  valueText,
} from './words.ts'

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
  readonly hazards: readonly string[]
  readonly title: Title
  /** All of them, in the decision's order. */
  readonly addresses: readonly string[]
  readonly evidence: readonly EvidenceLine[]
  readonly advice: readonly (readonly [string, string])[]
}

export interface ReportView {
  readonly verdict: Decision['verdict']
  /** "Hold: needs a person", or what the verdict comes to in the phase in force. */
  readonly headline: string
  /** The one reason that matters; one sentence. */
  readonly reason: string
  readonly otherReasons: readonly string[]
  /** Who decides on a hold, where the policy names someone. */
  readonly owner: string | null
  readonly risk: string
  readonly environment: string
  readonly changes: string
  readonly hasChanges: boolean
  /** Those that hold first, then by severity, then as decided. */
  readonly groups: readonly FindingGroup[]
  readonly clear: readonly string[]
  readonly policy: string
  readonly phase: Phase
  /** What the phase makes of the verdict; undefined in enforce. */
  readonly phaseNote: string | undefined
  readonly digest: string
  readonly terraform: string
}

type Phase = Decision['policy']['phase']

const HEADLINES: Readonly<Record<Phase, Readonly<Record<Decision['verdict'], string>>>> = {
  enforce: { hold: 'Hold: needs a person', release: 'Release: no person needed' },
  propose: { hold: 'Hold: needs a person', release: 'Release (proposed): a person decides' },
  observe: {
    hold: 'Hold (observed): would need a person',
    release: 'Release (observed): would need no person',
  },
}

const PHASE_NOTES: Readonly<Record<Phase, string | undefined>> = {
  enforce: undefined,
  propose: 'Phase propose: a person decides whatever is said here.',
  observe: 'Phase observe: this is reported and stops nothing.',
}

/** Arranges a decision. Pure, total, and the same for the same decision. */
export function viewOf(decision: Decision): ReportView {
  const [first, ...others] = decision.because.map((text) => stopped(sentence(text)))
  const { policy, risk, environment, plan } = decision
  const phase = policy.phase === 'enforce' ? '' : `, phase ${policy.phase}`
  return {
    verdict: decision.verdict,
    headline: HEADLINES[policy.phase][decision.verdict],
    phaseNote: PHASE_NOTES[policy.phase],
    reason: first ?? '',
    otherReasons: [...new Set(others)].filter((text) => text !== first),
    owner: policy.owner === null ? null : sentence(policy.owner, 120),
    risk: `${risk.level}, ${risk.score} of 100`,
    environment: `${sentence(environment.name, 80)} (${sentence(environment.because, 200)})`,
    changes: changesText(plan.changes),
    hasChanges: hasChanges(plan.changes),
    groups: groupFindings(decision.findings),
    clear: decision.clear.map((text) => sentence(text, 300)),
    policy: `${sentence(policy.preset, 40)}${phase}${policy.killSwitch ? ', kill switch on' : ''}`,
    phase: policy.phase,
    digest: sentence(plan.digest, 120),
    terraform: plan.terraformVersion === null ? 'unknown' : sentence(plan.terraformVersion, 40),
  }
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

export function findingsIn(groups: readonly FindingGroup[]): number {
  return groups.reduce((sum, group) => sum + group.addresses.length, 0)
}

function groupFindings(findings: readonly DecidedFinding[]): readonly FindingGroup[] {
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

/** Everything a reader would see except the address. */
function signature(finding: DecidedFinding): string {
  const { address, ...rest } = finding
  const without = (text: string): string => (address === '' ? text : text.replaceAll(address, ''))
  return JSON.stringify([
    ...[rest.rule, rest.concern, rest.severity, rest.holds, rest.hazards],
    ...[rest.summary, rest.why, rest.check, rest.alternative, rest.rollback].map(without),
    ...[rest.reversibility, rest.after, rest.unaffected ?? ''].map(without),
    rest.evidence,
  ])
}

function groupOf(first: DecidedFinding, group: readonly DecidedFinding[]): FindingGroup {
  return {
    rule: sentence(first.rule, 60),
    severity: first.severity,
    holds: first.holds,
    hazards: first.hazards,
    title: titleOf(first, group.length - 1),
    addresses: group.map((finding) => addressText(finding.address)),
    evidence: evidenceOf(first),
    advice: adviceOf(first),
  }
}

/** Lines kept of one finding; no surface shows more. */
const MAX_EVIDENCE = 15

function evidenceOf(finding: DecidedFinding): readonly EvidenceLine[] {
  const lines = finding.evidence.slice(0, MAX_EVIDENCE).map(evidenceLine)
  const cut = finding.evidence.length - lines.length
  if (cut === 0) return lines
  return [
    ...lines,
    { path: '', forcesReplacement: false, note: `and ${plural(cut, 'more line')} of evidence` },
  ]
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
