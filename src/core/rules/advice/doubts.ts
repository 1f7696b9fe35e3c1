// Advice where something is not known, not shown, or not about one change. No doubt is ever instant.
import type { Concern } from '../finding.ts'
import { type About, type ConcernRow, namesIn } from './concern-row.ts'

export type DoubtConcern = Extract<
  Concern,
  | 'code-execution'
  | 'opaque'
  | 'unknown-type'
  | 'unrecognised'
  | 'unexplained'
  | 'unexplained-create'
  | `drift-${string}`
  | 'state-surgery'
  | 'incomplete'
  | 'hostile-text'
  | 'misdeployment'
  | 'stale'
  | 'failing-check'
  | 'interaction'
>

export const DOUBTS: Readonly<Record<DoubtConcern, ConcernRow>> = {
  'code-execution': {
    reversal: 'other-team',
    back: 'what the code does stands in no plan, and so does its way back',
    safer: 'Run the step outside of Terraform, where its script is reviewed and its output kept.',
    check: 'Who wrote what runs, at which commit or digest, and which credentials does it see?',
    rollback:
      'Pin it back and rotate what it could read; what it has done elsewhere has to be found.',
    after: 'Connections going out, processes and audit log of wherever it ran.',
  },
  opaque: {
    reversal: 'other-team',
    back: 'what it comes to is not shown, so nobody can say what undoing it takes',
    safer: (about) =>
      about.finding.rule === 'rights'
        ? 'Write the policy with known names, or apply what it reads first, so that the next plan shows its text.'
        : `Render ${namesIn(about, 'it')} first (a diff of the chart, a change set), and review that with the plan.`,
    check:
      'Get the text it will have: rendered by its tool, or from a plan made once its inputs exist.',
    rollback:
      'Keep the text that is in force today; applying that again is the only way back that is known.',
    after: 'The real text once it is applied, against what was expected.',
  },
  'unknown-type': {
    reversal: 'other-team',
    back: 'someone who knows this type has to say',
    safer: (about) =>
      `Try it on one object in a lower environment, then add a row for ${typeOf(about)} to the catalogue of your policy.`,
    check:
      'What does the documentation of this type say about updates in place, replacement and deletion?',
    rollback:
      'Apply the earlier code and compare the real object; nothing here says that it comes back.',
    after: 'The real object, in its own console, against what the plan says.',
  },
  unrecognised: {
    reversal: 'never',
    back: 'a word nobody here knows may mean a destroy',
    safer:
      'Plan with a version of the tool that this one knows, or update Holdgate, and look again.',
    check: 'What does the release note of the tool that wrote this plan say about the word?',
    rollback: 'Not to be counted on: treat it as a destroy until someone knows better.',
    after: 'Whether the object is still the same one.',
  },
  unexplained: {
    reversal: 'other-team',
    back: 'probably the old value does; nothing here says so',
    safer: (about) =>
      `Change ${namesIn(about, 'it')} on one object in a lower environment first, and tell the catalogue of your policy what it did.`,
    check:
      'What does the documentation of the provider say of it: does it restart, expose or replace?',
    rollback: 'Set the old value again, and see whether the object follows.',
    after: 'The object and whoever uses it, for as long as a restart would take.',
  },
  'unexplained-create': {
    reversal: 'minutes-with-outage',
    back: 'remove it again; what it diverted or blocked fails until then',
    safer: 'Create it unattached, or counting and not blocking, and attach it in a second plan.',
    check:
      'On which existing objects does it act the moment it is there, and do their owners know?',
    rollback: 'Remove it again; whatever it diverted or blocked goes its old way.',
    after: 'Traffic and requests of the objects it acts on.',
  },
  'drift-reverted': {
    reversal: 'other-team',
    back: 'whoever made the change by hand has to make it again',
    safer: 'Put the value that is real today into the code, and plan again.',
    check: 'Who changed it by hand, when and why? On-call and the audit log know.',
    rollback: 'Make the change by hand again; have the command ready.',
    after: 'Whatever the change by hand was made for.',
  },
  'drift-reverted-security': {
    reversal: 'other-team',
    back: 'whoever made the change by hand has to make it again, perhaps in an incident',
    safer:
      'Ask on-call first, and put the value that is real today into the code until they say it may go.',
    check: 'Is the incident over for which it was changed by hand? Ask on-call before all else.',
    rollback:
      'Make the change by hand again, at once: have the command and someone who may run it ready.',
    after: 'The alert or incident the change by hand ended.',
  },
  'state-surgery': {
    reversal: 'hours-with-restore',
    back: 'an earlier version of the state, or an import of each object',
    safer: 'Do the move or the import in a plan of its own, whose only line is that.',
    check:
      'Is there a copy of the state, is each id right, and does nobody else manage these objects?',
    rollback: 'Restore the version of the state before, or import each object again by its id.',
    after: 'Plan again: the next plan should be empty.',
  },
  incomplete: {
    reversal: 'other-team',
    back: 'what is not shown cannot be undone on purpose',
    safer: 'Make a complete plan first, and submit that one.',
    check: 'Why is part of it missing: an error, a -target, something that is decided later?',
    rollback: 'Nothing to undo: do not apply this plan.',
    after: 'Nothing, if this plan is not applied; else the state against the code.',
  },
  'hostile-text': {
    reversal: 'other-team',
    back: 'whoever planted the text may have planted more',
    safer: 'Take the text out where it comes from, plan again, and judge the plan without it.',
    check:
      'Who wrote this text, through which commit or module? Read the raw plan, not a summary of it.',
    rollback: 'Nothing to undo in what exists; look through what the same author changed before.',
    after: 'Further changes by the same author or module.',
  },
  misdeployment: {
    reversal: 'other-team',
    back: 'in a wrong place, the owner of that place has to put it right',
    safer:
      'Name the environment of this workspace in the policy file, or plan from the workspace that is meant.',
    check: 'Do account, region, workspace, state and variables all name the same place?',
    rollback: 'Apply the earlier code there, in the wrong place, and have its owner look.',
    after: 'The place that was not meant: did anything of this appear there?',
  },
  stale: {
    reversal: 'other-team',
    back: 'what it meets today is not what it was planned against',
    safer: 'Plan again and decide on the new plan; it takes minutes.',
    check: 'Plan again: what is different from this one?',
    rollback: 'Nothing to undo: make a new plan.',
    after: 'What changed between the two plans.',
  },
  'failing-check': {
    reversal: 'other-team',
    back: 'whoever wrote the check knows what fails without it',
    safer: 'Make the check pass first, or remove it in a change of its own if it is wrong.',
    check: 'What does the message of the check say, in the output of the plan?',
    rollback: 'What the check stands for decides; its author can say.',
    after: 'The same check, in the plan after this one.',
  },
  interaction: {
    reversal: 'other-team',
    back: 'each of them has its own, and together nobody sees which one failed',
    safer: 'Split it into two plans and look at the first before the second.',
    check: 'Do these belong together, or would each be safe on a day of its own?',
    rollback: 'Undo the later one first, then the other.',
    after: 'Each of the objects named, one after the other.',
  },
}

function typeOf({ subject }: About): string {
  const type = subject?.change.type ?? ''
  return /^[a-z][a-z0-9_]{0,80}$/.test(type) ? type : 'the type'
}
