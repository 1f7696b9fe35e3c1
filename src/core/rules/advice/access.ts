// Advice where it changes who reaches what, who may do what, and who sees what.
import type { Concern } from '../finding.ts'
import { type About, actionIn, type ConcernRow, leaveAsIs, namesIn } from './concern-row.ts'

export type AccessConcern = Extract<
  Concern,
  `exposure-${string}` | `network-${string}` | `identity-${string}` | 'secret-shown'
>

export const ACCESS: Readonly<Record<AccessConcern, ConcernRow>> = {
  'exposure-internet': {
    reversal: 'other-team',
    back: 'closing it is quick; what strangers read, and the credentials they met, others have to deal with',
    safer: saferExposure,
    check: 'Why public, for how long, and which authentication stands in front of it?',
    rollback:
      'Close it, then rotate every credential that was reachable. What was read meanwhile does not come back.',
    after: 'Callers nobody knows, in flow and access logs, from the first hour on.',
  },
  'exposure-web': {
    reversal: 'other-team',
    back: 'taking the rule away is quick; whoever owns the service has to say what was read',
    safer:
      'Open it to the office or a tester first, and to everyone when the service behind asks who they are.',
    check: 'Is the service behind it meant for everyone, and what does it serve without a login?',
    rollback: 'Take the rule away again. What was read meanwhile does not come back.',
    after: 'Requests from outside, and what they were answered with.',
  },
  'network-widened': {
    reversal: 'instant',
    back: 'take the rule away',
    safer: 'Name one group or subnet and the ports in use, instead of the whole range.',
    check: 'Who else is in the new range, and is there a narrower source: a group, one subnet?',
    rollback: 'Take the rule away again; connections that are open may stay open.',
    after: 'Flow logs: sources that were not expected.',
  },
  'network-narrowed': {
    reversal: 'minutes-with-outage',
    back: 'put the old rule back; whoever came through it is refused until then',
    safer: (about) =>
      about.finding.rule === 'secure-value'
        ? `Move the clients that still use the old way first, then set ${namesIn(about, 'it')}.`
        : 'Log for a day who still comes through the old rule, and remove it in a plan after the new one.',
    check:
      'Who came through what is closed, in the last day and at the last month end? Flow or access logs say.',
    rollback: 'Put the old rule back; clients succeed at their next try.',
    after: 'Refused connections, timeouts and health checks along this path.',
  },
  'network-changed': {
    reversal: 'other-team',
    back: 'what it opens or closes is not known here, so neither is who has to help',
    safer:
      'Write groups and ranges out, or create what they come from first, so that the next plan shows the effect.',
    check:
      'Which sources and ports does it come to once the values are known? Ask whoever wrote it.',
    rollback:
      'Apply the earlier rules. If it opened something, look who came in; if it closed something, who failed.',
    after: 'Flow logs on both sides: strangers that come in, friends that are refused.',
  },
  'identity-granted': {
    reversal: 'instant',
    back: 'revoke it; what was done with it stays done',
    safer:
      'Grant the actions the caller really makes, on the objects it touches, with an end date.',
    check: 'Who asked for this right, what for, and would less do?',
    rollback: 'Take the right away again. What was done with it, and keys made with it, stay.',
    after: 'The first uses of the new right, in the audit log.',
  },
  'identity-wide': {
    reversal: 'other-team',
    back: 'revoke it; somebody has to read what was done with so wide a right',
    safer:
      'Replace the wildcard by the actions and objects its access log shows, under a condition.',
    check: 'Which actions and objects does its user really need, and until when?',
    rollback:
      'Take it away again. What was done with it, and keys made with it, have to be found in the audit log.',
    after: 'Uses outside of the task it was given for, in the audit log.',
  },
  'identity-removed': {
    reversal: 'other-team',
    back: 'another administrator has to grant it again',
    safer: (about) =>
      about.finding.rule === 'additive-create'
        ? 'Use the type that adds one entry (member, attachment) and leaves those of others alone.'
        : 'Deny it for a day in a way that you can lift, and take it away when a month end has passed without a use.',
    check:
      'When was it last used, month and quarter ends included? Is there another way in for administrators?',
    rollback:
      'Have another administrator grant it again, from the audit log if nobody knows what it was.',
    after: 'Access denied events, until the next month end has passed.',
  },
  'identity-dangerous': {
    reversal: 'other-team',
    back: 'revoke it and end its sessions; somebody has to prove that it was not used',
    safer:
      'Put a permission boundary or a condition around it, and let the owner of the account grant it for a set time.',
    check:
      'Who can take this role, from where, and does the smallest action that works really reach this far?',
    rollback: 'Revoke it and end the sessions it opened. Actions taken and keys minted stay.',
    after: 'Every use of it in the audit log, and keys or principals made with it.',
  },
  'secret-shown': {
    reversal: 'other-team',
    back: 'whoever issued it has to rotate it; what was seen stays seen',
    safer: saferSecret,
    check: 'Who can read the plan, the state and the logs in which it stands from then on?',
    rollback: 'Rotate it at its source, then hide it again. What was printed stays printed.',
    after: 'Uses of the old value, once it is rotated.',
  },
}

function saferExposure(about: About): string {
  const { rule } = about.finding
  if (rule === 'net-effect') {
    return 'Name the peers (a group, one subnet, a VPN range), or put a proxy with a login in front of it.'
  }
  if (rule === 'rights') {
    return 'Name the accounts or principals that need it, under a condition on where they call from.'
  }
  return actionIn(about) === 'create'
    ? 'Create it internal first, and make it public in a second plan, when a login in front of it works.'
    : `${leaveAsIs(about)}, and let clients in through a private endpoint, a proxy or signed links.`
}

function saferSecret(about: About): string {
  if (about.finding.address.startsWith('output.')) {
    return 'Keep the output marked sensitive, and let its readers take the value from the secret store.'
  }
  return about.finding.rule === 'secret-shown'
    ? `Keep the mark on ${namesIn(about, 'the value')}; if it has to be readable, rotate it at its source first.`
    : `Pass a reference to the secret instead of its value in ${namesIn(about, 'this place')}.`
}
