// Advice where an object stays and one of its settings changes.
import type { Concern } from '../finding.ts'
import {
  type About,
  actionIn,
  attributesOf,
  type ConcernRow,
  classIn,
  leaveAsIs,
  namesIn,
} from './concern-row.ts'

export type SettingConcern = Extract<
  Concern,
  | `${'protection' | 'audit' | 'monitoring' | 'guardrail'}-lowered`
  | `capacity-${string}`
  | 'alarm-slightly-looser'
  | 'interruption'
  | 'cost-jump'
  | 'traffic-moved'
  | 'workload-rollout'
  | 'key-weakened'
  | 'data-deleted-by-setting'
  | 'one-way'
  | 'output-changed'
  | 'note'
>

export const SETTINGS: Readonly<Record<SettingConcern, ConcernRow>> = {
  'protection-lowered': {
    reversal: 'instant',
    back: 'today; on the day it is needed there is nothing to undo it with',
    safer: saferProtection,
    check: 'Why is it lowered, and until when? Is a destroy planned next?',
    rollback: 'Set it back. Copies and versions that went meanwhile do not come back.',
    after: 'That the guard is back when it should be, and that the next backup job ran.',
  },
  'audit-lowered': {
    reversal: 'instant',
    back: 'what was not recorded until then stays unknown',
    safer: (about) =>
      `${leaveAsIs(about)}, and record less, or to a cheaper store, instead of nothing.`,
    check: 'Does a second trail see the same, and do security and compliance know of this?',
    rollback: 'Set it back; what happened in between is recorded nowhere.',
    after: 'Records still arrive: cause one on purpose and find it.',
  },
  'monitoring-lowered': {
    reversal: 'instant',
    back: 'what nobody was told until then stays untold',
    safer: saferMonitoring,
    check: 'Is there a second sight of the same thing, and does whoever is paged by it know?',
    rollback:
      'Set it back, or make it again; pages and records of the time between do not come later.',
    after: 'Set it off once on purpose: does it reach the people it should?',
  },
  'alarm-slightly-looser': {
    reversal: 'instant',
    back: 'a page that did not come is not sent later',
    safer: 'Loosen it by half of that, look at a week of pages, then go on.',
    check: 'Was it noisy, and did its owner choose the new number?',
    rollback: 'Set the old threshold again; pages that were not sent stay unsent.',
    after: 'How often the measure lies between the old threshold and the new one.',
  },
  'guardrail-lowered': {
    reversal: 'other-team',
    back: 'its owner sets it again; what slipped through meanwhile has to be found',
    safer: (about) =>
      classIn(about) === 'edge_protection' && actionIn(about) !== 'update'
        ? 'Attach what replaces it first, counting and not blocking, and remove this one in a later plan.'
        : 'Make an exception for the one that needs it, with an end date, instead of lowering it for everyone.',
    check: 'Did the owner of this limit agree, and not only who asks for the change?',
    rollback: 'Put the limit back. What passed without it has to be looked for, one by one.',
    after:
      'What the limit would have stopped: compliance reports, blocked requests, access analysis.',
  },
  interruption: {
    reversal: 'minutes-with-outage',
    back: 'the old value interrupts it a second time',
    safer: (about) =>
      `Change ${namesIn(about, 'it')} in a maintenance window, on one copy first where there are several.`,
    check:
      'How long does it stop, do its clients try again, and is there a second one to take over?',
    rollback: 'Apply the old value, which interrupts it a second time.',
    after: 'Errors and connections of its clients, lag of its replicas, until it is as before.',
  },
  'capacity-out-of-bounds': {
    reversal: 'instant',
    back: 'the old number, if the room is still free',
    safer: 'Go in steps of half at most, and look at the load before the next one.',
    check: 'How busy is it now and at its peak, against the new size? What does its autoscaler do?',
    rollback: 'Set the old number again.',
    after: 'Saturation, throttling, queues and pods that wait.',
  },
  'capacity-to-zero': {
    reversal: 'minutes-with-outage',
    back: 'the old number; nothing serves until it is up again',
    safer:
      'Leave one running and take its traffic away first; go to zero when nothing asks for it.',
    check:
      'Who still calls it, and is there a schedule or an autoscaler that should have done this?',
    rollback: 'Set the old number; until the first one is up again, nothing serves.',
    after: 'Callers that fail, queues that grow.',
  },
  'cost-jump': {
    reversal: 'instant',
    back: 'what was spent until then stays spent',
    safer: 'Double at most, look at load and bill for a day, double again.',
    check: 'What does it add a month, who pays it, and is there a cap? Or is it a typing mistake?',
    rollback: 'Scale back; what was spent, and commitments to a term, stay.',
    after: 'The bill of the first full day, against the one before.',
  },
  'traffic-moved': {
    reversal: 'minutes-with-outage',
    back: 'switch back; caches keep the wrong answer for a TTL',
    safer:
      'Move a share first (a weight of 5 to 10 % on the new target), and the rest once its errors stay flat.',
    check:
      'Is the new target healthy under real load, does its certificate carry the name, and was the TTL lowered before?',
    rollback: 'Switch back. Cached answers and sticky sessions stay where they are until they end.',
    after: 'Requests, errors and latency of each target, old and new.',
  },
  'workload-rollout': {
    reversal: 'minutes-with-outage',
    back: 'roll back to the revision before; migrated data does not go back with it',
    safer: saferRollout,
    check:
      'Did this revision run in a lower environment, and can the one before still read what it writes?',
    rollback: 'Go back to the revision before. Data that was migrated does not go back with it.',
    after: 'Error rate, saturation and the events of the rollout.',
  },
  'key-weakened': {
    reversal: 'hours-with-restore',
    back: 'everything written or sent meanwhile has to be encrypted or rotated again',
    safer: (about) =>
      /tls|ssl|https|cipher|security_policy/.test(namesIn(about, ''))
        ? `Give old clients an endpoint of their own, and leave ${namesIn(about, 'it')} for everyone else.`
        : actionIn(about) === 'create' || actionIn(about) === 'replace'
          ? `Make it encrypted from the start (${namesIn(about, 'its settings')}); later that costs a new object.`
          : `${leaveAsIs(about)}, and move over to a copy that is encrypted the new way.`,
    check: 'Who needs it weaker, for how long, and what is written or sent in clear from then on?',
    rollback:
      'Set the old value again and re-encrypt or rotate what was written or sent meanwhile; copies others made stay.',
    after: 'Connections and objects that are not encrypted as before.',
  },
  'data-deleted-by-setting': {
    reversal: 'hours-with-restore',
    back: 'what the service has deleted until then returns only from copies or versions',
    safer: (about) =>
      `Try ${namesIn(about, 'it')} on a prefix or a copy first, and count what it would delete.`,
    check: 'How much of what is stored today does the new rule match, and who still needs it?',
    rollback:
      'Put the old value back at once, for the service deletes later; where versions are kept, remove the delete markers.',
    after: 'Counts and bytes stored, against the number expected.',
  },
  'one-way': {
    reversal: 'never',
    back: 'what is set here cannot be unset',
    safer: (about) =>
      `Set ${namesIn(about, 'it')} on a copy or in a lower environment first: here there is no second try.`,
    check:
      'For how long does it bind, what does that cost, and who may have to delete in that time?',
    rollback: 'None: only a new object without the setting, and moving over to it.',
    after: 'That it holds what it should, and nothing else.',
  },
  'output-changed': {
    reversal: 'other-team',
    back: 'readers in other workspaces have to plan again themselves',
    safer:
      'Add the new value as a second output, and take the old one away when its readers have moved.',
    check: 'Which workspaces read it through remote state, and what do they build on it?',
    rollback: 'Publish the old value again, before a reader plans with the new one.',
    after: 'The next plan of each workspace that reads it.',
  },
  note: {
    reversal: 'instant',
    back: 'set the old value',
    safer: (about) =>
      `Leave ${namesIn(about, 'it')} for a plan of its own if nobody asked for it now.`,
    check: 'Was this asked for?',
    rollback: 'Set the old value again.',
    after: 'The object itself, once.',
  },
}

const REACHES_BACK = /backup|retention|versioning|recovery_window|point_in_time/
const GUARDS = /delet|protect|destroy|snapshot|lock|guard|purge/

function saferProtection(about: About): string {
  const names = namesIn(about, 'it')
  const all = attributesOf(about.finding)
  if (all.some((name) => REACHES_BACK.test(name))) {
    return `Leave ${names} unchanged until a copy elsewhere reaches as far back.`
  }
  return about.finding.rule === 'secure-value' && !all.some((name) => GUARDS.test(name))
    ? `Leave ${names} unchanged, and give whoever needs it weaker an object of their own.`
    : `Leave ${names} unchanged, and lift it only in the plan that needs it, for that one apply.`
}

function saferMonitoring(about: About): string {
  if (actionIn(about) !== 'update') {
    return 'Make what replaces it first, and let both watch for one cycle.'
  }
  return about.finding.rule === 'alarm'
    ? 'Mute it for a set time instead, and tell whoever is paged by it.'
    : `Leave ${namesIn(about, 'it')} on, and make it cheaper or quieter instead.`
}

function saferRollout(about: About): string {
  switch (classIn(about)) {
    case 'key_secret':
      return 'Publish it as a second version, and let one reader try it before it becomes the current one.'
    case 'serverless':
      return 'Publish a version and shift its alias by weight: a few calls first, then the rest.'
    default:
      return 'Roll it out to one copy first, with rollback on failure switched on, and pin it by digest.'
  }
}
