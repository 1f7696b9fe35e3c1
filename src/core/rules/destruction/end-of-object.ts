// Makes the rules for the end of an object, one per group of classes. They differ in whom they speak
// about and in words; what they see and show is the same.
import { type Cause, chainText } from '../../analysis/causes.ts'
import type { Facts } from '../../analysis/facts.ts'
import type { Change } from '../../change/model.ts'
import { plainAt } from '../../change/side.ts'
import type { KindRow, ResourceClass } from '../../knowledge/kind.ts'
import type { Subject } from '../../knowledge/subject.ts'
import type { Evidence } from '../finding.ts'
import type { Rule, Spoken } from '../rule.ts'
import { evidenceFor, findingOn } from '../speak.ts'
import {
  classOf,
  guardsOf,
  isDoor,
  isLoss,
  isTrivialLoss,
  lossOf,
  lostWithIts,
  makesNoLastCopy,
  NO_LAST_COPY,
} from './loss.ts'

interface End {
  readonly id: string
  readonly title: string
  readonly classes: readonly ResourceClass[]
  /** Restricts the rule to one way of ending; both when absent. */
  readonly way?: 'delete' | 'replace'
  readonly why: string
  readonly remedy: string
  /** Where that of the concern does not fit the class. */
  readonly check?: string
  readonly releaseWhen: string
  readonly sources: readonly string[]
}

export function endOfObject(end: End): Rule {
  return {
    scope: 'change',
    id: end.id,
    title: end.title,
    why: end.why,
    remedy: end.remedy,
    releaseWhen: end.releaseWhen,
    sources: end.sources,
    check: (subject, facts): Spoken => {
      const { change, kind } = subject
      if (!isLoss(subject) || change.deposed !== undefined) return {}
      if (!end.classes.includes(classOf(kind)) || isTrivialLoss(kind) || isRoutine(subject))
        return {}
      // A network rule is judged by what is allowed afterwards, where that could be worked out.
      if (classOf(kind) === 'network_rule' && facts.readElsewhere(change.address)('')) return {}
      if (end.way !== undefined && end.way !== change.action.kind) return {}
      return { findings: [say(subject, end, facts)] }
    },
  }
}

/** Replacing is how this type is published; the content is judged by its own rules. */
export function isRoutine({ change, kind }: Subject): boolean {
  return (
    change.action.kind === 'replace' &&
    kind.kind === 'known' &&
    kind.row.replace_is_routine === true
  )
}

function say(subject: Subject, end: End, facts: Facts): ReturnType<typeof findingOn> {
  const { change, kind } = subject
  const cause = facts.causes(change)
  const loss = isDoor(kind) && guardedEndsToo(change, facts) ? lostWithIts(kind) : lossOf(kind)
  const guards = guardsOf(change, kind)
  const loses = kind.kind === 'known' ? kind.row.destroy.loses : ''
  const recovery = kind.kind === 'known' ? waysBack(change, kind.row) : ''
  return findingOn(change, {
    rule: end.id,
    concern: loss.concern,
    hazards: hazardsFor(change, loss.hazards),
    severity: loss.severity,
    what: `${verb(change)}${loses === '' ? '' : `; lost with it: ${loses}`}${
      guards.stopsApply ? '; a deletion guard will stop the apply half-way' : ''
    }`,
    why: `${loss.why ?? end.why}${kind.kind === 'unknown' ? ' This type is not in the catalogue; its class is a guess from its name.' : ''}${cause === undefined ? '' : whyReplaced(cause, change.address)}`,
    evidence: [...causes(change), ...traced(cause, change.address), ...guards.evidence],
    ...(SAYS_LITTLE.test(recovery) ? {} : { reversibility: recovery }),
    ...(recovery === 'none' ? { reversibility: 'nothing is known that brings it back' } : {}),
    ...(end.check === undefined || loss.why !== undefined ? {} : { check: end.check }),
    covers: 'all',
  })
}

/** As the catalogue has it, without the copy that nobody makes. */
function waysBack(change: Change, row: KindRow): string {
  const { recovery } = row.destroy
  if (!makesNoLastCopy(change, row)) return recovery
  const earlier = recovery.split(', ').filter((way) => !/\bfinal\b/.test(way))
  if (earlier.length === 0) return NO_LAST_COPY
  return `${NO_LAST_COPY}; earlier ones, if there are any: ${earlier.join(', ')}`
}

const ended = new WeakMap<Facts, ReadonlySet<unknown>>()

/** The store it guards is destroyed by the same plan; then nothing is left to be opened. */
function guardedEndsToo({ before }: Change, facts: Facts): boolean {
  const guarded = plainAt(before, ['bucket']) ?? plainAt(before, ['storage_account_id'])
  const ids = ended.get(facts) ?? endedIds(facts)
  ended.set(facts, ids)
  return typeof guarded === 'string' && ids.has(guarded)
}

/** What such a guard can stand before: a table of the same name is another thing. */
const GUARDED = /^aws_s3_bucket$|^azurerm_storage_account$/

function endedIds({ subjects }: Facts): ReadonlySet<unknown> {
  const stores = subjects.filter(
    ({ change }) => change.action.kind === 'delete' && GUARDED.test(change.type),
  )
  return new Set(stores.map(({ change }) => plainAt(change.before, ['id'])))
}

/** Ways back that the words of the concern say better. */
const SAYS_LITTLE = /^(|none|none needed|new|redeploy|re-apply|re-?create( from code)?)$/

function hazardsFor(change: Change, hazards: ReturnType<typeof lossOf>['hazards']): typeof hazards {
  const more = [...hazards]
  if (change.action.kind === 'replace' && !more.includes('outage')) more.push('outage')
  if (change.action.kind === 'replace' && isRenamed(change)) more.push('identity-churn')
  else if (change.action.kind === 'replace' && change.type.startsWith('random_')) {
    // Whatever takes the value is named, numbered or unlocked anew.
    more.push('identity-churn')
  }
  return more
}

function isRenamed(change: Change): boolean {
  const naming = /(^|_)(name|identifier|bucket|id|prefix)$/
  return change.deltas.some((delta) => delta.forcesReplacement && naming.test(delta.name))
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['replace_because_tainted', 'an earlier apply left it tainted'],
  ['replace_by_request', 'someone asked for it with -replace'],
  ['replace_by_triggers', 'replace_triggered_by points at something that changes'],
  ['delete_because_no_resource_config', 'its block is gone from the configuration'],
  ['delete_because_no_module', 'its module is gone from the configuration'],
  ['delete_because_wrong_repetition', 'count or for_each was switched'],
  ['delete_because_count_index', 'the count shrank below its index'],
  ['delete_because_each_key', 'its key left the for_each map'],
  ['delete_because_no_move_target', 'a moved block points at an address without configuration'],
  ['delete_because_enabled_false', 'it was switched off with enabled = false'],
])

function causes(change: Change): Evidence[] {
  const forced = evidenceFor(change.deltas.filter((delta) => delta.forcesReplacement))
  const reason = change.reason === undefined ? undefined : REASONS.get(change.reason)
  return reason === undefined ? forced : [...forced, { path: '', note: reason }]
}

/** A replacement that follows from another one is counted at its root, with its severity kept. */
function whyReplaced(cause: Cause, address: string): string {
  const [root] = cause.chain
  if (root === undefined) return ''
  const because = `because ${root.address} is ${root.happens}`
  if (cause.kind === 'triggered') return ` It goes probably ${because}.`
  return root.happens === 'replaced'
    ? ` It goes ${because}; counted at its root.`
    : ` The first cause: ${chainText(cause, address)}.`
}

function traced(cause: Cause | undefined, address: string): Evidence[] {
  if (cause === undefined) return []
  const notes: string[] = []
  if (cause.kind === 'untraced') {
    notes.push('the new value is unknown and nothing in this plan explains it')
  } else if (cause.chain.length > 0) notes.push(chainText(cause, address))
  if (cause.follow === 1) notes.push('one more replacement follows from this one')
  if (cause.follow > 1) notes.push(`${cause.follow} more replacements follow from this one`)
  if (cause.orderFrom !== undefined) {
    notes.push(`made first, as ${cause.orderFrom}, which depends on it, is made first too`)
  }
  return notes.map((note) => ({ path: '', note }))
}

function verb(change: Change): string {
  if (change.action.kind !== 'replace') return 'would be destroyed'
  return change.action.order === 'create-first'
    ? 'would be replaced (the new one is made first)'
    : 'would be destroyed and made again'
}
