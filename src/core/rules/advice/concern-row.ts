// What belongs to a concern whatever rule raised it: how far back the way is, the safer way, what to
// check, how to undo it, what to watch. A rule that knows better says so instead.
import type { ResourceClass } from '../../knowledge/kind.ts'
import type { Reversal } from '../../knowledge/reversal.ts'
import type { Subject } from '../../knowledge/subject.ts'
import type { Finding } from '../finding.ts'

/** A finding with the change it is about, where it is about one. */
export interface About {
  readonly finding: Finding
  readonly subject?: Subject
}

export interface ConcernRow {
  /** The best it can be; hazards and what the catalogue knows of the object only make it worse. */
  readonly reversal: Reversal
  /** What the way back takes, after the words of its class: "what was read meanwhile is gone". */
  readonly back: string
  readonly safer: string | ((about: About) => string)
  /** What to look at before saying yes. */
  readonly check: string
  /** How to undo it, and what does not come back. */
  readonly rollback: string
  /** What to watch once it is applied. */
  readonly after: string
}

/** The attributes a finding is about, two at most: "multi_az and 3 more"; `otherwise` where none. */
export function namesIn({ finding }: About, otherwise: string): string {
  return nameList(attributesOf(finding), otherwise)
}

/** "Leave tls as it is", "Leave tls and 3 more as they are". */
export function leaveAsIs(about: About): string {
  const isOne = attributesOf(about.finding).length <= 1
  return `Leave ${namesIn(about, 'it')} as ${isOne ? 'it is' : 'they are'}`
}

export function nameList(names: readonly string[], otherwise: string): string {
  const [first, second] = names
  if (first === undefined) return otherwise
  if (names.length === 1) return first
  return names.length === 2 ? `${first} and ${second}` : `${first} and ${names.length - 1} more`
}

/** Plain attribute names only: keys of maps are written by anyone. */
export function attributesOf({
  covers,
  evidence,
}: Pick<Finding, 'covers' | 'evidence'>): readonly string[] {
  const all = covers === 'all' ? evidence.map(({ path }) => path) : covers
  return [...new Set(all.map((path) => path.split('.')[0] ?? ''))].filter((name) =>
    /^[a-z][a-z0-9_]{0,50}$/.test(name),
  )
}

/** Of attributes that force a replacement: "the edit of name and 1 more", or the edit alone. */
export function forcedBy({ finding }: About): string {
  const forced = finding.evidence.filter((one) => one.forcesReplacement === true)
  const [first] = attributesOf({ covers: 'all', evidence: forced })
  return first === undefined ? 'what forces it' : `the edit of ${first}`
}

export function classIn({ subject }: About): ResourceClass | undefined {
  if (subject === undefined) return undefined
  return subject.kind.kind === 'known' ? subject.kind.class : subject.kind.guess
}

export function actionIn({ subject }: About): string {
  return subject?.change.action.kind ?? ''
}
