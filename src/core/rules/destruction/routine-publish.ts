import type { Rule } from '../rule.ts'
import { evidenceFor, findingOn } from '../speak.ts'
import { isRoutine } from './end-of-object.ts'

/** A secret is published by replacing its version: no loss, but every reader gets the new value. */
export const routinePublish: Rule = {
  scope: 'change',
  id: 'routine-publish',
  title: 'A new version of a secret goes live',
  why: 'Readers pick up the new value at once or at their next restart, which is when a wrong one hurts.',
  remedy: 'Keep the old version readable until all readers have switched.',
  releaseWhen: 'The new value was tried by one reader.',
  sources: ['https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html'],
  check: (subject) => {
    const { change, kind } = subject
    if (!isRoutine(subject) || kind.kind === 'unknown' || kind.class !== 'key_secret') return {}
    return {
      findings: [
        findingOn(change, {
          rule: 'routine-publish',
          concern: 'workload-rollout',
          hazards: ['workload-rollout', 'lock-out'],
          severity: 'medium',
          what: 'publishes a new value to everyone who reads it',
          why: 'A value that is wrong logs its readers out at their next use.',
          evidence: evidenceFor(change.deltas.filter((delta) => delta.forcesReplacement)),
          covers: 'all',
        }),
      ],
    }
  },
}
