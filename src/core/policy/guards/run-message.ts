import type { Guard } from './guard.ts'

/** `require_message`: a run nobody wrote a word about cannot be told apart from an accident. */
export const runMessage: Guard = {
  id: 'run-message',
  stop: (policy, run, facts) =>
    policy.requireMessage &&
    (run.message?.trim() ?? '') === '' &&
    facts !== undefined &&
    facts.subjects.length > 0
      ? 'the run has no message, and the policy asks for one'
      : undefined,
}
