// The small members of a plan: checks, invocations, deferred changes, relevant attributes.
import { isObject, type JsonValue, member } from '../json.ts'
import { err, ok, type Result } from '../result.ts'
import type { PlanFailure } from './failure.ts'
import type { ActionInvocation, CheckResult, Deferred, Plan } from './model.ts'
import { type Fields, given, isPath, text, wrong } from './shape.ts'

/** One element of `checks` (1.3 and newer). */
export function shapeCheck(raw: JsonValue): Result<CheckResult, PlanFailure> {
  const address = member(raw, 'address')
  if (!isObject(raw) || !isObject(address)) return err(wrong('checks[].address', 'an object'))
  const fields: Fields = { where: 'checks[]', failure: undefined }
  const shaped = {
    address: text(address, 'to_display', fields) ?? '',
    status: text(raw, 'status', fields) ?? 'unknown',
    kind: text(address, 'kind', fields) ?? 'unknown',
  }
  return fields.failure === undefined ? ok(shaped) : err(fields.failure)
}

/** One element of `condition_results`, what 1.2 and 1.3 wrote in place of `checks`. */
export function shapeCondition(raw: JsonValue): Result<CheckResult, PlanFailure> {
  if (!isObject(raw)) return err(wrong('condition_results[]', 'an object'))
  const fields: Fields = { where: 'condition_results[]', failure: undefined }
  const passed = member(raw, 'result') === true
  const status = member(raw, 'unknown') === true ? 'unknown' : passed ? 'pass' : 'fail'
  const shaped = {
    address: text(raw, 'address', fields) ?? '',
    status,
    kind: text(raw, 'condition_type', fields) ?? 'unknown',
  }
  return fields.failure === undefined ? ok(shaped) : err(fields.failure)
}

/** One element of `action_invocations`. Its configuration may be secret and is dropped. */
export function shapeInvocation(raw: JsonValue): Result<ActionInvocation, PlanFailure> {
  if (!isObject(raw)) return err(wrong('action_invocations[]', 'an object'))
  const fields: Fields = { where: 'action_invocations[]', failure: undefined }
  const lifecycle = member(raw, 'lifecycle_action_trigger')
  const event = isObject(lifecycle) ? text(lifecycle, 'action_trigger_event', fields) : undefined
  const invoked = isObject(member(raw, 'invoke_action_trigger')) ? 'invoke' : undefined
  const shaped = {
    address: text(raw, 'address', fields) ?? '',
    type: text(raw, 'type', fields) ?? '',
    ...given('trigger', event ?? invoked),
  }
  return fields.failure === undefined ? ok(shaped) : err(fields.failure)
}

/** One element of `deferred_changes` or `deferred_action_invocations`; `inner` holds its subject. */
export function shapeDeferred(
  raw: JsonValue,
  where: string,
  inner: 'resource_change' | 'action_invocation',
): Result<Deferred, PlanFailure> {
  const subject = member(raw, inner)
  if (!isObject(raw) || !isObject(subject)) return err(wrong(`${where}.${inner}`, 'an object'))
  const fields: Fields = { where, failure: undefined }
  const shaped = {
    reason: text(raw, 'reason', fields) ?? 'unknown',
    address: text(subject, 'address', fields) ?? '',
  }
  return fields.failure === undefined ? ok(shaped) : err(fields.failure)
}

/** One element of `relevant_attributes`; the attribute is a list of steps, or in documents a string. */
export function shapeRelevant(
  raw: JsonValue,
): Result<Plan['relevantAttributes'][number], PlanFailure> {
  const resource = member(raw, 'resource')
  const written = member(raw, 'attribute')
  const attribute = typeof written === 'string' ? [written] : (written ?? [])
  if (typeof resource !== 'string') return err(wrong('relevant_attributes[].resource', 'a string'))
  if (!isPath(attribute)) return err(wrong('relevant_attributes[].attribute', 'a path'))
  return ok({ resource, attribute })
}
