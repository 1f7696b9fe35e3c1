// From parsed JSON to the model, field by field. A field that decides something and has another
// shape than the format says is a failure, never a guess; what older versions leave out is filled in.
import { isList, isObject, type JsonObject, type JsonValue, member, type Path } from '../json.ts'
import { err, ok, type Result } from '../result.ts'
import type { PlanFailure } from './failure.ts'
import type { OutputChange, ResourceChange } from './model.ts'

/** Collects the first wrong shape while fields are read, so that readers stay one line a field. */
export interface Fields {
  readonly where: string
  failure: PlanFailure | undefined
}

/**
 * One element of `resource_changes`, `resource_drift`, or a deferred change. Where `address` is
 * absent and `mayLackAddress` (drift before 1.0.1), it is put together from module, type, name, index.
 */
export function shapeChange(
  raw: JsonValue,
  where: string,
  mayLackAddress: boolean,
): Result<ResourceChange, PlanFailure> {
  if (!isObject(raw)) return err(wrong(where, 'an object'))
  const fields: Fields = { where, failure: undefined }
  const type = text(raw, 'type', fields) ?? missing('type', fields)
  const name = text(raw, 'name', fields) ?? missing('name', fields)
  const index = indexOf(raw, fields)
  const moduleAddress = text(raw, 'module_address', fields)
  const mode = text(raw, 'mode', fields) ?? 'managed'
  const written = text(raw, 'address', fields)
  if (written === undefined && !mayLackAddress) missing('address', fields)
  const change = member(raw, 'change')
  if (!isObject(change)) return err(wrong(`${where}.change`, 'an object'))
  const shaped: ResourceChange = {
    address: written ?? synthesize(moduleAddress, mode, type, name, index),
    ...given('previousAddress', text(raw, 'previous_address', fields)),
    ...given('moduleAddress', moduleAddress),
    mode,
    type,
    name,
    ...given('index', index),
    ...given('providerName', text(raw, 'provider_name', fields)),
    ...given('deposed', deposed(raw, fields)),
    ...given('actionReason', text(raw, 'action_reason', fields)),
    ...sides(change, fields),
    replacePaths: paths(change, fields),
    importing: isSet(member(change, 'importing')),
    generatedConfig: isSet(member(change, 'generated_config')),
  }
  return fields.failure === undefined ? ok(shaped) : err(fields.failure)
}

/** One member of `output_changes`. */
export function shapeOutput(name: string, raw: JsonValue): Result<OutputChange, PlanFailure> {
  if (!isObject(raw)) return err(wrong('output_changes', 'an object for each output'))
  const fields: Fields = { where: 'output_changes', failure: undefined }
  const shaped = { name, ...sides(raw, fields) }
  return fields.failure === undefined ? ok(shaped) : err(fields.failure)
}

/** Exactly `["no-op"]`, neither moved nor imported. */
export function isPlainNoOp(change: ResourceChange): boolean {
  return (
    change.actions.length === 1 &&
    change.actions[0] === 'no-op' &&
    change.previousAddress === undefined &&
    !change.importing
  )
}

function sides(change: JsonObject, fields: Fields): Omit<OutputChange, 'name'> {
  return {
    actions: actions(change, fields),
    before: member(change, 'before') ?? null,
    after: member(change, 'after') ?? null,
    afterUnknown: tree(change, 'after_unknown', fields),
    beforeSensitive: tree(change, 'before_sensitive', fields),
    afterSensitive: tree(change, 'after_sensitive', fields),
  }
}

/**
 * The words of `actions`. A bare string, as hand-made documents have it, is kept as two words, which
 * no version writes: what follows then calls it unrecognised instead of trusting it.
 */
function actions(change: JsonObject, fields: Fields): readonly string[] {
  const raw = member(change, 'actions')
  if (typeof raw === 'string') return [raw, 'not-a-list']
  if (isList(raw) && raw.every((word) => typeof word === 'string')) return raw
  fields.failure ??= wrong(`${fields.where}.change.actions`, 'a list of strings')
  return []
}

/** A mask: a boolean, an object or a list. Absent and null mean that nothing is marked. */
function tree(change: JsonObject, key: string, fields: Fields): JsonValue {
  const raw = member(change, key) ?? false
  if (typeof raw === 'number' || typeof raw === 'string') {
    fields.failure ??= wrong(`${fields.where}.change.${key}`, 'a tree of booleans')
  }
  return raw
}

function paths(change: JsonObject, fields: Fields): readonly Path[] {
  const raw = member(change, 'replace_paths') ?? []
  if (isList(raw) && raw.every(isPath)) return raw
  fields.failure ??= wrong(`${fields.where}.change.replace_paths`, 'a list of paths')
  return []
}

/** A list of strings and numbers. */
export function isPath(raw: JsonValue): raw is Path & readonly JsonValue[] {
  return isList(raw) && raw.every((step) => typeof step === 'string' || typeof step === 'number')
}

function indexOf(raw: JsonObject, fields: Fields): string | number | undefined {
  const index = member(raw, 'index') ?? undefined
  if (index === undefined || typeof index === 'string' || typeof index === 'number') return index
  fields.failure ??= wrong(`${fields.where}.index`, 'a string or a number')
  return undefined
}

/** Builds before 0.12.0 wrote the boolean `true` on every element: it says nothing. */
function deposed(raw: JsonObject, fields: Fields): string | undefined {
  return typeof member(raw, 'deposed') === 'boolean' ? undefined : text(raw, 'deposed', fields)
}

/** A string member; absent and null are undefined, anything else is a wrong shape. */
export function text(raw: JsonObject, key: string, fields: Fields): string | undefined {
  const value = member(raw, key) ?? undefined
  if (value === undefined || typeof value === 'string') return value
  fields.failure ??= wrong(`${fields.where}.${key}`, 'a string')
  return undefined
}

function missing(key: string, fields: Fields): string {
  fields.failure ??= wrong(`${fields.where}.${key}`, 'a string')
  return ''
}

/** `{}` and `{"unknown": true}` are set too: both mean that an import takes place. */
function isSet(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null && value !== false && value !== ''
}

function synthesize(
  moduleAddress: string | undefined,
  mode: string,
  type: string,
  name: string,
  index: string | number | undefined,
): string {
  const resource = `${mode === 'data' ? 'data.' : ''}${type}.${name}`
  const key = index === undefined ? '' : `[${JSON.stringify(index)}]`
  return `${moduleAddress === undefined ? '' : `${moduleAddress}.`}${resource}${key}`
}

/** An optional property: present only where there is a value. */
export function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V })
}

export function wrong(where: string, expected: string): PlanFailure {
  return { reason: 'unexpected-shape', where, expected }
}
