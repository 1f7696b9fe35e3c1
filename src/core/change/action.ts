// The nine lists of words Terraform and OpenTofu write today; anything else is unrecognised, which
// is the most severe case. Source: jsonplan `actionString`, Terraform 1.17-dev and OpenTofu 1.13-dev.
import type { Action } from './model.ts'

const LISTED: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['no-op', { kind: 'no-op' }],
  ['create', { kind: 'create' }],
  ['read', { kind: 'read' }],
  ['update', { kind: 'update' }],
  ['delete', { kind: 'delete' }],
  ['forget', { kind: 'forget' }],
  ['open', { kind: 'open' }],
  ['delete,create', { kind: 'replace', order: 'delete-first', old: 'destroyed' }],
  ['create,delete', { kind: 'replace', order: 'create-first', old: 'destroyed' }],
  ['create,forget', { kind: 'replace', order: 'create-first', old: 'forgotten' }],
  ['forget,create', { kind: 'replace', order: 'delete-first', old: 'forgotten' }],
])

/** The action of an `actions` list; an empty, bare or unlisted one is `unrecognised`, never a no-op. */
export function classifyActions(words: readonly string[]): Action {
  return LISTED.get(words.join(',')) ?? { kind: 'unrecognised', words }
}

/** The existing object ends its life: destroyed, or taken out of management. */
export function endsObject(action: Action): boolean {
  return action.kind === 'delete' || (action.kind === 'replace' && action.old === 'destroyed')
}

/** A new object comes to be. */
export function makesObject(action: Action): boolean {
  return action.kind === 'create' || action.kind === 'replace'
}
