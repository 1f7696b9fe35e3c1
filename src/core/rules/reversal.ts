// The ladder of ways back: how much it takes to undo what a finding is about, were it applied. From
// data alone, and only ever worse: a further hazard never shortens the way.
import { endsObject } from '../change/action.ts'
import type { Hazard, Reversibility } from '../knowledge/kind.ts'
import { type Reversal, worstReversal } from '../knowledge/reversal.ts'
import type { Subject } from '../knowledge/subject.ts'
import { rowOf } from './advice/advice.ts'
import type { Concern, Finding } from './finding.ts'

/** What a hazard makes of the way back, at the least; one that is not listed leaves it to the concern. */
const FLOORS: Partial<Record<Hazard, Reversal>> = {
  outage: 'minutes-with-outage',
  'traffic-cutover': 'minutes-with-outage',
  'data-loss': 'hours-with-restore',
  'key-loss': 'hours-with-restore',
  'state-surgery': 'hours-with-restore',
  'lock-out': 'other-team',
  'secret-exposure': 'other-team',
  'identity-churn': 'other-team',
  'drift-revert': 'other-team',
  'supply-chain': 'other-team',
  opaque: 'other-team',
  'prompt-injection': 'other-team',
  misdeployment: 'other-team',
  irreversible: 'never',
  'one-way-door': 'never',
}

/** The same of an object that goes, by what the catalogue says of its return. */
const RETURNS: Readonly<Record<Reversibility, Reversal>> = {
  none: 'instant',
  recreate: 'minutes-with-outage',
  backup: 'hours-with-restore',
  new_identity: 'other-team',
  window: 'other-team',
  locked: 'never',
  irreversible: 'never',
}

/** About the plan and what someone wrote into it, not about a change that would happen. */
const NO_CHANGE: ReadonlySet<Concern> = new Set<Concern>(['stale', 'failing-check', 'hostile-text'])

/** The way back from one finding; `subject` is the change it is about, where there is one. */
export function reversalOf(
  { concern, hazards, covers }: Pick<Finding, 'concern' | 'hazards' | 'covers'>,
  subject?: Subject,
): Reversal {
  const floors = hazards.flatMap((hazard) => FLOORS[hazard] ?? [])
  const isEnd = covers === 'all' && subject !== undefined && endsObject(subject.change.action)
  return worstReversal([rowOf(concern).reversal, ...floors, ...(isEnd ? [returnOf(subject)] : [])])
}

/** Nobody knows whether an object of an unknown type can come back. */
function returnOf({ kind }: Subject): Reversal {
  if (kind.kind === 'unknown') return 'never'
  return kind.row.replace_is_routine === true
    ? 'instant'
    : (RETURNS[kind.row.destroy.reversibility] ?? 'never')
}

/** The way back of a whole plan: the worst of what would happen; the best one where nothing was found. */
export function planReversal(findings: readonly Finding[]): Reversal {
  return worstReversal(
    findings
      .filter(({ concern }) => !NO_CHANGE.has(concern))
      .map((finding) => finding.reversal ?? reversalOf(finding)),
  )
}
