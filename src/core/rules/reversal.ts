// The ladder of ways back: how much it takes to undo what a finding is about, were it applied. From
// data alone, and only ever worse: a further hazard never shortens the way.
import { endsObject } from '../change/action.ts'
import type { Hazard, ResourceClass, Reversibility } from '../knowledge/kind.ts'
import { type Reversal, worstReversal } from '../knowledge/reversal.ts'
import type { Subject } from '../knowledge/subject.ts'
import { rowOf } from './advice/advice.ts'
import { makesNoLastCopy, NO_LAST_COPY } from './destruction/loss.ts'
import type { Concern, Finding } from './finding.ts'

interface Floor {
  readonly reversal: Reversal
  /** Why it takes no less. */
  readonly because: string
}

/** What a hazard makes of the way back, at the least; one that is not listed leaves it to the concern. */
const FLOORS: Partial<Record<Hazard, Floor>> = {
  outage: { reversal: 'minutes-with-outage', because: 'whoever uses it fails until then' },
  'traffic-cutover': {
    reversal: 'minutes-with-outage',
    because: 'caches send users astray for a while',
  },
  'data-loss': {
    reversal: 'hours-with-restore',
    because: 'what is deleted returns only from a copy',
  },
  'key-loss': {
    reversal: 'hours-with-restore',
    because: 'what was written meanwhile is encrypted anew',
  },
  'state-surgery': {
    reversal: 'hours-with-restore',
    because: 'an earlier version of the state is restored',
  },
  'lock-out': {
    reversal: 'other-team',
    because: 'whoever is locked out cannot grant it back alone',
  },
  'internet-exposure': {
    reversal: 'other-team',
    because: 'what strangers met meanwhile has to be found and rotated',
  },
  'secret-exposure': {
    reversal: 'other-team',
    because: 'secrets that were readable have to be rotated by whoever issued them',
  },
  'identity-churn': {
    reversal: 'other-team',
    because: 'others have to learn its new id, name or address',
  },
  'drift-revert': {
    reversal: 'other-team',
    because: 'whoever changed it by hand has to do so again',
  },
  'supply-chain': { reversal: 'other-team', because: 'what foreign code has done has to be found' },
  opaque: { reversal: 'other-team', because: 'what it does is not shown' },
  'prompt-injection': { reversal: 'other-team', because: 'its author may have planted more' },
  misdeployment: {
    reversal: 'other-team',
    because: 'the owner of the other place has to put it right',
  },
  irreversible: { reversal: 'never', because: 'the provider keeps nothing of it' },
  'one-way-door': { reversal: 'never', because: 'part of it cannot be set back' },
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
export function reversalOf(finding: Asked, subject?: Subject): Reversal {
  return worstReversal(floorsOf(finding, subject).map(({ reversal }) => reversal))
}

/** Why it takes more than the concern and the object say by themselves; undefined where it does not. */
export function reasonBeyond(finding: Asked, subject?: Subject): string | undefined {
  const floors = floorsOf(finding, subject)
  const reversal = worstReversal(floors.map((floor) => floor.reversal))
  const deciding = floors.filter((floor) => floor.reversal === reversal)
  return deciding.some(({ because }) => because === undefined) ? undefined : deciding[0]?.because
}

type Asked = Pick<Finding, 'concern' | 'hazards' | 'covers'>

/** Records and messages that a service deletes under a setting have no versions to return from. */
const KEEPS_NO_VERSIONS: ReadonlySet<ResourceClass> = new Set<ResourceClass>([
  'monitoring',
  'messaging',
  'backup',
])

/** Everything that has a say, without a reason where the words of the concern or of the row give it. */
function floorsOf(
  { concern, hazards, covers }: Asked,
  subject: Subject | undefined,
): readonly { readonly reversal: Reversal; readonly because?: string }[] {
  const own = { reversal: rowOf(concern).reversal }
  const floors = hazards.flatMap((hazard) => FLOORS[hazard] ?? [])
  if (subject === undefined) return [own, ...floors]
  const { change, kind } = subject
  if (covers === 'all' && endsObject(change.action)) return [own, returnOf(subject), ...floors]
  const isDeleting = change.action.kind === 'update' && hazards.includes('data-loss')
  const keepsNone = kind.kind === 'known' && KEEPS_NO_VERSIONS.has(kind.class)
  return isDeleting && (keepsNone || concern === 'protection-lowered')
    ? [own, { reversal: 'never', because: 'what is deleted under it stays deleted' }, ...floors]
    : [own, ...floors]
}

function returnOf({ change, kind }: Subject): {
  readonly reversal: Reversal
  readonly because?: string
} {
  if (kind.kind === 'unknown') {
    const because = 'nothing here says how an object of this type comes back'
    return { reversal: 'never', because }
  }
  if (kind.row.replace_is_routine === true) return { reversal: 'instant' }
  const reversal = RETURNS[kind.row.destroy.reversibility] ?? 'never'
  return reversal === 'hours-with-restore' && makesNoLastCopy(change, kind.row)
    ? { reversal: 'never', because: NO_LAST_COPY }
    : { reversal }
}

/** The way back of a whole plan: the worst of what would happen; the best one where nothing was found. */
export function planReversal(findings: readonly Finding[]): Reversal {
  return worstReversal(
    findings
      .filter(({ concern }) => !NO_CHANGE.has(concern))
      .map((finding) => finding.reversal ?? reversalOf(finding)),
  )
}
