// Advice where an object ends: by what it is, and whether another one takes its place.
import type { Concern } from '../finding.ts'
import { type About, actionIn, type ConcernRow, classIn, forcedBy } from './concern-row.ts'

export type EndConcern = Extract<Concern, `destroy-${string}` | 'mass-destroy' | 'blast-radius'>

export const ENDS: Readonly<Record<EndConcern, ConcernRow>> = {
  'destroy-stateful': {
    reversal: 'hours-with-restore',
    back: 'from a copy that lives elsewhere; what was written since is gone',
    safer: saferStateful,
    check:
      'Is it this object on purpose? Is the newest copy outside of it, and was one restored as a test? Who still reads or writes it?',
    rollback:
      'Restore a copy to a new object, point its clients there and import it. What was written since, and ids handed out since, do not come back.',
    after:
      'Clients that fail, replicas that stop, counts against the copy, a backup job on what takes its place.',
  },
  'destroy-backup': {
    reversal: 'never',
    back: 'the copies are the way back from everything else',
    safer:
      'Move its copies to a store outside of this configuration, or let a retention rule end them one by one.',
    check: 'Is there a newer copy elsewhere, and was one of those restored as a test?',
    rollback: 'A new schedule or store can be made; what this one had kept cannot.',
    after: 'The next backup job of everything it covered.',
  },
  'destroy-key': {
    reversal: 'never',
    back: 'a deletion can be cancelled while its waiting period runs, if the provider has one',
    safer: (about) =>
      actionIn(about) === 'replace'
        ? 'Issue the new one beside it, move its users over, and remove the old one in a later plan.'
        : 'Disable it first, and delete it when a whole business cycle has passed without a use.',
    check:
      'Who used it in the last 90 days, month ends included, and what was encrypted, signed or logged in with it?',
    rollback:
      'Cancel the deletion within its waiting period and enable it again. Afterwards, what it had encrypted stays unreadable.',
    after: 'Decrypt errors, failed logins, volumes that do not attach.',
  },
  'destroy-identity': {
    reversal: 'other-team',
    back: 'an administrator has to grant it again, and a principal made anew has another id',
    safer: (about) =>
      actionIn(about) === 'replace'
        ? 'Make the new principal first (create_before_destroy), repeat its grants there, and end the old one in a later plan.'
        : isPrincipal(about)
          ? 'Detach its rights and wait a whole business cycle; remove the principal when nobody was refused.'
          : 'Narrow it to what its access log shows for one cycle, month end included, before it goes for good.',
    check:
      'When was it last used, and by which job? Is there another way in for its administrators?',
    rollback:
      'Have another administrator make and grant it again. Grants elsewhere that name an old id stay dead.',
    after: 'Access denied events of whoever worked under it, until the next month end.',
  },
  'destroy-network': {
    reversal: 'minutes-with-outage',
    back: 'it can be built again; addresses and ids that were given up may not come back',
    safer: saferNetwork,
    check:
      'What is routed, resolved or attached through it now, and who outside this plan holds its id or address?',
    rollback: 'Apply the earlier code. Released addresses and names may belong to others by then.',
    after: 'Health checks, refused connections and name look-ups of whatever used it.',
  },
  'destroy-governance': {
    reversal: 'other-team',
    back: 'its owner or the provider has to bring it back, and what happened without it stays',
    safer:
      'Let its owner take it out of force first (detach it, or report only), and remove it when nothing came of that.',
    check: 'Did the owner of this guard rail ask for it, and who or what is bound by it today?',
    rollback:
      'Apply the earlier code. Closed accounts and projects return only through the provider, within a window.',
    after: 'Policy compliance of whatever it covered.',
  },
  'destroy-audit': {
    reversal: 'other-team',
    back: 'it can be started again; the gap in the record stays',
    safer: 'Start its successor first, and end this one when both have recorded the same day.',
    check: 'Is there a second record of the same events, and do security and compliance know?',
    rollback: 'Make it again; what happened in between is recorded nowhere.',
    after: 'Cause one event on purpose and look for it in the record.',
  },
  'destroy-compute': {
    reversal: 'minutes-with-outage',
    back: 'it is built again from code, under another id and without its local state',
    safer: saferCompute,
    check:
      'What runs on it now, what is kept on it alone, and who calls it by its old id or address?',
    rollback: 'Apply the earlier code: it comes back under another id and without local state.',
    after: 'Health checks, 5xx, and jobs that should have started.',
  },
  'destroy-trivial': {
    reversal: 'instant',
    back: 'make it again',
    safer: 'Leave it where it is until something else in its module changes.',
    check: 'Does anything wait for it?',
    rollback: 'Apply the earlier code.',
    after: 'The next plan.',
  },
  'mass-destroy': {
    reversal: 'hours-with-restore',
    back: 'each object has a way of its own, and data returns only from copies',
    safer:
      'Split it: remove one part, look, remove the next. Where code was only moved, moved blocks empty the plan.',
    check:
      'Is this the end of a service, or the wrong workspace, a removed module, a missing moved block?',
    rollback: 'There is no single way back: every object has its own, the last of them decides.',
    after: 'Whatever outside this state still asks for what went.',
  },
  'blast-radius': {
    reversal: 'hours-with-restore',
    back: 'everything that hangs on it has to come back too, in order',
    safer: 'Move what depends on it first, one service at a time, and end it when nothing does.',
    check:
      'Are all of these dependents meant to be rebuilt or lost with it, and do their owners know?',
    rollback:
      'Bring it back first, then each dependent; those in other workspaces plan on their own.',
    after: 'Each dependent that is named, and the next plan of workspaces that read it.',
  },
}

/** Something that others name by its id, and not only a grant. */
function isPrincipal({ subject }: About): boolean {
  const kind = subject?.kind
  return kind?.kind === 'known' && kind.row.destroy.reversibility === 'new_identity'
}

function saferStateful(about: About): string {
  const of = classIn(about)
  if (actionIn(about) === 'replace') {
    if (of === 'messaging') {
      return 'Make the new one beside it, let consumers drain the old one, and remove that in a later plan.'
    }
    return of === 'volume'
      ? `Undo ${forcedBy(about)}, or take a snapshot first and make the new volume from it.`
      : `Undo ${forcedBy(about)}, or restore a copy into a second object and switch over in two steps.`
  }
  switch (of) {
    case 'messaging':
      return 'Stop its senders, let consumers empty it, and remove it in a later plan.'
    case 'volume':
      return 'Take a last snapshot and keep it outside of this configuration before the volume goes.'
    case 'monitoring':
      return 'Export what it has kept to a store of its own before it goes.'
    default:
      return 'If it should only leave this configuration, use a removed block with destroy = false; if it was renamed, add a moved block.'
  }
}

function saferNetwork(about: About): string {
  switch (classIn(about)) {
    case 'network_rule':
      return 'Put what takes over in place first, and remove this one in a later plan.'
    case 'dns_traffic':
      return 'Bring the new name or target up first and lower the TTL; remove this one when nothing asks for it any more.'
    default:
      return actionIn(about) === 'replace'
        ? `Undo ${forcedBy(about)}, or build the new path beside it (create_before_destroy where names allow it) and move traffic over.`
        : 'Build the new path, move traffic over, and remove this one in a later plan.'
  }
}

function saferCompute(about: About): string {
  const action = about.subject?.change.action
  const of = classIn(about)
  if (action?.kind !== 'replace') {
    return of === 'serverless'
      ? 'Switch off what triggers it for a full cycle first; remove it when nobody missed it.'
      : 'Stop it, or scale it to none, for a day first; remove it when nobody missed it.'
  }
  if (action.order === 'create-first') {
    return 'Split it: make the new one in this apply and end the old one in the next, once the new one serves.'
  }
  if (of === 'compute_fleet') {
    return `Undo ${forcedBy(about)}, or let the new fleet come up first (create_before_destroy) and drain the old one.`
  }
  return of === 'compute_singleton'
    ? `Undo ${forcedBy(about)}, or build the new machine beside it and move its work over in a second apply.`
    : `Undo ${forcedBy(about)}, or make the new one first (create_before_destroy), so that nothing is without it.`
}
