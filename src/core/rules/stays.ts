// What stays as it is beside what a finding is about, counted in this plan. Numbers and names only,
// never a judgement: that something else stays makes nothing of the finding smaller.
import type { Facts } from '../analysis/facts.ts'
import { readsOf } from '../analysis/references.ts'
import { endsObject } from '../change/action.ts'
import type { Change } from '../change/model.ts'
import { readSide } from '../change/side.ts'
import { isEmptyJson, isObject } from '../json.ts'
import { secureValuesOf } from '../knowledge/catalogue.ts'
import type { Kind, Protection } from '../knowledge/kind.ts'
import type { Subject } from '../knowledge/subject.ts'
import { blockAddress } from '../plan/address.ts'
import type { ConfiguredResource } from '../plan/model.ts'
import { securityOf } from './attributes/secure-value.ts'
import { guardState } from './destruction/loss.ts'
import type { Finding } from './finding.ts'

const NAMED = 3
const REFERENCES_NAMED = 2
/** Names of a plan that may be repeated as they are; any other is only counted. */
const PLAIN = /^[A-Za-z_][\w.-]{0,119}$/

/** Answers for each finding of one plan, with the change it is about; never empty. */
export type Staying = (finding: Finding, subject: Subject | undefined) => string

/** Indexes a plan once; each answer then costs about the size of its own object. */
export function stayingIn(facts: Facts): Staying {
  const known = new Map<Change, string>()
  const blocks = blocksOf(facts)
  const fates = fatesIn(facts.subjects)
  const isWhole = !facts.plan.flags.errored && facts.plan.deferred.length === 0
  const beside = besideIn(facts, isWhole)
  const references = (change: Change): References => {
    const block = isWhole ? blocks.get(blockAddress(change.address)) : undefined
    const read = block === undefined ? [] : readsOf(block, undefined)
    const isAllMade = read.every((node) => PLAIN.test(node) && fates.get(node) === 'made')
    return {
      unchanged: read.filter(
        (node) =>
          PLAIN.test(node) && !/(^|\.)data\./.test(node) && blocks.has(node) && !fates.has(node),
      ),
      made: isAllMade ? read : [],
    }
  }
  return (finding, subject) => {
    if (subject === undefined) {
      const others = finding.address.startsWith('output.')
        ? otherOutputs(facts, finding)
        : undefined
      return others ?? beside(undefined)
    }
    const before = known.get(subject.change)
    if (before !== undefined) return before
    const text = ofChange(subject, references) ?? beside(subject)
    known.set(subject.change, text)
    return text
  }
}

/** Blocks that an object refers to: those no change speaks about, or all of them where all are new. */
interface References {
  readonly unchanged: readonly string[]
  readonly made: readonly string[]
}

/** By block: every instance in the plan is new, or something else happens to one of them. */
function fatesIn(subjects: readonly Subject[]): ReadonlyMap<string, 'made' | 'changed'> {
  const fates = new Map<string, 'made' | 'changed'>()
  for (const { change } of subjects) {
    const block = blockAddress(change.address)
    const isMade = change.action.kind === 'create' && fates.get(block) !== 'changed'
    fates.set(block, isMade ? 'made' : 'changed')
  }
  return fates
}

function blocksOf({ plan }: Facts): ReadonlyMap<string, ConfiguredResource> {
  return new Map((plan.configuration?.resources ?? []).map((block) => [block.address, block]))
}

function ofChange(
  { change, kind }: Subject,
  references: (change: Change) => References,
): string | undefined {
  const { kept, all } = attributesOf(change)
  switch (change.action.kind) {
    case 'update':
      return kept === 0
        ? undefined
        : `It is updated in place, and ${shareOf(kept, all, 'stays as it is', 'stay as they are')}${amongThem(keptOf(change, kind))}.`
    case 'forget':
      return `The real object stays, with all ${all} of its attributes; only the state forgets it.`
    case 'replace': {
      const same =
        kept === 0
          ? []
          : [shareOf(kept, all, 'is the same on the new one', 'are the same on the new one')]
      return sentenceOf([...lastCopy(change, kind), ...same, ...stay(references(change).unchanged)])
    }
    case 'delete':
      return sentenceOf([...lastCopy(change, kind), ...stay(references(change).unchanged)])
    case 'create': {
      const { unchanged, made } = references(change)
      return sentenceOf([...stay(unchanged), ...join(made)])
    }
    default:
      return undefined
  }
}

/** Attributes set before, and how many of those no delta speaks about. */
function attributesOf(change: Change): { kept: number; all: number } {
  const before = change.before.value
  if (!isObject(before)) return { kept: 0, all: 0 }
  const touched = new Set(change.deltas.map(({ path }) => path[0]))
  const set = Object.keys(before).filter((name) => !isUnset(before[name]))
  return { kept: set.filter((name) => !touched.has(name)).length, all: set.length }
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || isEmptyJson(value as never)
}

function shareOf(kept: number, all: number, one: string, many: string): string {
  return `${kept} of its ${plural(all, 'attribute')} ${kept === 1 ? one : many}`
}

/** What a reader looks for first: guards that hold on; where there are none, what others know it by. */
function keptOf(change: Change, kind: Kind): readonly string[] {
  const guards = guardsKept(change, kind)
  if (guards.length > 0 || kind.kind === 'unknown') return guards
  const touched = new Set(change.deltas.map(({ path }) => path[0]))
  const before = change.before.value
  return (kind.row.identity ?? [])
    .filter((name) => isObject(before) && Object.hasOwn(before, name) && !isUnset(before[name]))
    .filter((name) => PLAIN.test(name) && !touched.has(name))
    .slice(0, REFERENCES_NAMED)
}

/** Guards of the catalogue first, then settings on the secure side of the public lists. */
function guardsKept(change: Change, kind: Kind): readonly string[] {
  if (kind.kind === 'unknown') return []
  const touched = new Set(change.deltas.map(({ path }) => String(path[0])))
  const isKept = (path: string): boolean =>
    PLAIN.test(path) && !touched.has(path.split('.')[0] ?? '')
  const guards = (kind.row.protections ?? [])
    .filter((guard) => isKept(guard.attr) && guardState(change, guard) === 'in force')
    .map(({ attr }) => attr)
  const secure = secureValuesOf(change.type)
    .filter(({ path }) => isKept(path) && !path.includes('.'))
    .filter((row) => {
      const value = readSide(change.before, [row.path])
      return (
        value.kind === 'known' && !isEmptyJson(value.value) && securityOf(value, row) === 'secure'
      )
    })
    .map(({ path }) => path)
  return [...new Set([...guards, ...secure])].slice(0, NAMED)
}

function amongThem(names: readonly string[]): string {
  return names.length === 0 ? '' : `, ${listed(names)} among them`
}

const IS_COPY: ReadonlySet<Protection['kind']> = new Set<Protection['kind']>(['final_copy'])

function lastCopy(change: Change, kind: Kind): string[] {
  if (kind.kind === 'unknown' || !endsObject(change.action)) return []
  const copy = (kind.row.protections ?? []).find(
    (guard) => IS_COPY.has(guard.kind) && guardState(change, guard) === 'in force',
  )
  return copy === undefined ? [] : [`a last copy is configured (${copy.attr})`]
}

function stay(references: readonly string[]): string[] {
  if (references.length === 0) return []
  const verb = references.length === 1 ? 'is' : 'are'
  return [`${someOf(references)}, which it refers to, ${verb} not changed`]
}

function join(made: readonly string[]): string[] {
  if (made.length === 0) return []
  return made.length === 1
    ? [`${someOf(made)}, which it refers to, did not exist before this plan`]
    : [`none of the ${made.length} objects it refers to (${someOf(made)}) existed before this plan`]
}

function someOf(names: readonly string[]): string {
  const more = names.length - REFERENCES_NAMED
  const named = names.slice(0, REFERENCES_NAMED)
  return more > 0 ? `${named.join(', ')} and ${more} more` : listed(named)
}

function otherOutputs({ plan }: Facts, { address }: Finding): string | undefined {
  const kept = plan.outputs
    .filter(({ name, actions }) => `output.${name}` !== address && actions.join() === 'no-op')
    .map(({ name }) => name)
  if (kept.length === 0) return undefined
  const named = kept.filter((name) => PLAIN.test(name)).slice(0, REFERENCES_NAMED)
  return `${plural(kept.length, 'other output')} of this plan ${kept.length === 1 ? 'keeps its value' : 'keep their values'}${amongThem(named)}.`
}

/** The rest of the plan in numbers, for a finding about one change or about the plan. */
function besideIn(
  { plan, subjects }: Facts,
  isWhole: boolean,
): (subject: Subject | undefined) => string {
  const managed = subjects.filter(({ change }) => change.mode !== 'data')
  const remaining = managed.filter(({ change }) => remains(change)).length
  const shown = isWhole ? '' : 'As far as this plan shows: '
  return (subject) => {
    const isOne = subject !== undefined && subject.change.mode !== 'data'
    const others = managed.length - (isOne ? 1 : 0)
    // Numbers say which plan is meant; where there are none, the address does.
    const isAlone = others === 0 && plan.noOps === 0
    const lead = subject === undefined ? '' : `beside ${isAlone ? subject.change.address : 'it'}, `
    const left = remaining - (isOne && remains(subject.change) ? 1 : 0)
    return capital(`${shown}${lead}${besideText(plan.noOps, others, left, subject)}`)
  }
}

function remains({ action, mode }: Change): boolean {
  if (mode === 'unrecognised' || action.kind === 'unrecognised') return false
  return !endsObject(action)
}

function besideText(
  noOps: number,
  others: number,
  left: number,
  subject: Subject | undefined,
): string {
  const other = subject === undefined ? '' : 'other '
  if (noOps > 0) {
    if (others > 0) {
      const verb = noOps === 1 ? 'stays as it is' : 'stay as they are'
      return `${noOps} of ${noOps + others} ${other}objects in this plan ${verb}.`
    }
    return noOps === 1
      ? `the 1 ${other}object in this plan stays as it is.`
      : `all ${noOps} ${other}objects in this plan stay as they are.`
  }
  if (others === 0) {
    return subject === undefined
      ? 'this plan changes no object at all: 0 of 0.'
      : 'this plan has no other object.'
  }
  if (others === 1) {
    return left === 0
      ? `the 1 ${other}object in this plan goes as well.`
      : `the 1 ${other}object in this plan is neither destroyed nor replaced.`
  }
  if (left === 0) return `all ${others} ${other}objects in this plan go as well.`
  return left === others
    ? `none of the ${others} ${other}objects in this plan is destroyed or replaced.`
    : `${left} of the ${others} ${other}objects in this plan ${left === 1 ? 'is' : 'are'} neither destroyed nor replaced.`
}

function sentenceOf(parts: readonly string[]): string | undefined {
  return parts.length === 0 ? undefined : `${capital(parts.join('; '))}.`
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** A sentence starts large, unless it starts with an address. */
function capital(text: string): string {
  return /^[a-z]+[ :]/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text
}
