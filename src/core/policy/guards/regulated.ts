import { workspaceOf } from '../declared.ts'
import type { Guard } from './guard.ts'

/** Workspaces that a regulator looks at are never released without a person. */
export const regulated: Guard = {
  id: 'regulated',
  stop: (policy, run, facts) =>
    workspaceOf(policy, run)?.regulated === true &&
    (facts === undefined || facts.subjects.length > 0)
      ? 'this workspace is regulated, so a person decides on every change'
      : undefined,
}
